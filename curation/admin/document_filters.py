"""What the list of documents can be narrowed by."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q

from corpus.analysis import dates
from corpus.models import CopyEdge, Document, ImportRun, Mention, Reliability, Sighting
from curation.admin.fields import entity_named
from curation.models import CopyVerdict, Link

RUNS_OFFERED = 50


class DecidedReliability(admin.SimpleListFilter):
    title = "decided label"
    parameter_name = "decided"

    def lookups(self, request, model_admin):
        return [*Reliability.choices, ("none", "nobody has labelled it")]

    def queryset(self, request, queryset):
        value = self.value()
        if value == "none":
            return queryset.filter(decided=None)
        return queryset.filter(decided=value) if value in Reliability.values else queryset


class SuggestedReliability(admin.SimpleListFilter):
    title = "suggested label"
    parameter_name = "suggested"

    def lookups(self, request, model_admin):
        return [*Reliability.choices, ("none", "no suggestion")]

    def queryset(self, request, queryset):
        value = self.value()
        if value == "none":
            return queryset.filter(suggested_reliability="")
        known = value in Reliability.values
        return queryset.filter(suggested_reliability=value) if known else queryset


class AssessedByAnybody(admin.SimpleListFilter):
    title = "share assessed"
    parameter_name = "assessed"

    def lookups(self, request, model_admin):
        return [("all", "all passages"), ("some", "some passages"), ("none", "no passage")]

    def queryset(self, request, queryset):
        questions = {
            "all": Q(assessed__gte=F("to_assess"), assessed__gt=0),
            "some": Q(assessed__gt=0, assessed__lt=F("to_assess")),
            "none": Q(assessed=0),
        }
        question = questions.get(self.value() or "")
        return queryset.filter(question) if question else queryset


class HasCopies(admin.SimpleListFilter):
    title = "copies"
    parameter_name = "copies"

    def lookups(self, request, model_admin):
        return [
            ("some", "has copies"),
            ("open", "has copies nobody decided on"),
            ("none", "has none"),
        ]

    def queryset(self, request, queryset):
        found, said = CopyEdge.objects.standing(), CopyVerdict.objects.in_force()
        same, apart = (said.filter(word=word) for word in ("same_story", "independent"))
        if self.value() == "open":
            return queryset.filter(_in_a_pair(found.exclude(_judged(said))))
        copied = _in_a_pair(found.exclude(_judged(apart))) | _in_a_pair(same)
        if self.value() == "some":
            return queryset.filter(copied)
        return queryset.exclude(copied) if self.value() == "none" else queryset


def _judged(verdicts):
    return Exists(verdicts.filter(a=OuterRef("a"), b=OuterRef("b")))


def _in_a_pair(pairs):
    return Exists(pairs.filter(a=OuterRef("pk"))) | Exists(pairs.filter(b=OuterRef("pk")))


class FromImport(admin.SimpleListFilter):
    title = "import"
    parameter_name = "import"

    def lookups(self, request, model_admin):
        runs = ImportRun.objects.only("pk", "label", "started_at")[:RUNS_OFFERED]
        return [(str(run.pk), f"{run.pk}: {run.label[:40]}") for run in runs]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if not value.isascii() or not value.isdigit() or len(value) > 12:
            return queryset
        seen = Sighting.objects.filter(capture__document=OuterRef("pk"), import_run=int(value))
        return queryset.filter(Exists(seen))


class OnTheDesk(admin.SimpleListFilter):
    """The usual list leaves out what only imports that were set aside brought in."""

    title = "place on the desk"
    parameter_name = "desk"

    def lookups(self, request, model_admin):
        return [("aside", "set aside with its import"), ("all", "both")]

    def choices(self, changelist):
        usual, *others = super().choices(changelist)
        return [usual | {"display": "on the desk"}, *others]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        if self.value() == "aside":
            return queryset.filter(current_capture=None)
        return queryset.on_the_desk()


class Written(admin.SimpleListFilter):
    """A filter by what somebody types, instead of by a list of choices."""

    template = "admin/corpus/document/_written_filter.html"
    fields: list = []  # (parameter, label, placeholder)
    parameters: list = []
    list_of_names = ""

    def __init__(self, request, params, model, model_admin):
        self.request = request
        self.given = {name: (params.pop(name, None) or [""])[-1] for name in self.parameters}
        super().__init__(request, params, model, model_admin)
        self.used_parameters |= {name: value for name, value in self.given.items() if value}

    def lookups(self, request, model_admin):
        return [("", "")]

    def expected_parameters(self):
        return self.parameters

    def choices(self, changelist):
        others = changelist.filter_params  # the search and the order too
        yield {
            "fields": [
                {"name": name, "label": label, "like": like, "value": self.given[name]}
                for name, label, like in self.fields
            ],
            "others": [
                (key, value)
                for key, values in others.items()
                if key not in self.parameters
                for value in (values if isinstance(values, list) else [values])
            ],
            "clear": changelist.get_query_string(remove=self.parameters)
            if any(self.given.values())
            else "",
            "names": self.list_of_names,
        }

    def narrowed(self, queryset):
        raise NotImplementedError

    def queryset(self, request, queryset):
        if not any(self.given.values()):
            return queryset
        try:
            return self.narrowed(queryset)
        except ValidationError as error:
            messages.warning(request, f"{' '.join(error.messages)} No document is shown.")
        except dates.NotADate as error:
            messages.warning(request, f"{error} No document is shown.")
        return queryset.none()


class NamesEntity(Written):
    title = "entity named in it"
    parameter_name = "entity"
    parameters = ["entity"]
    fields = [("entity", "Name of an entity", "")]
    list_of_names = "entity-names"

    def narrowed(self, queryset):
        return naming(queryset, entity_named(self.given["entity"][:200]))


class Dated(Written):
    title = "date"
    parameter_name = "dated_from"
    parameters = ["dated_from", "dated_to"]
    fields = [("dated_from", "From", "2022-03"), ("dated_to", "To", "2024")]

    def narrowed(self, queryset):
        first, last = self.given["dated_from"], self.given["dated_to"]
        return queryset.published_between(
            dates.parse(first).earliest if first else None,
            dates.parse(last).latest if last else None,
        )


def naming(queryset, entity):
    """Documents in which an entity was found or linked, and nobody says that it is not."""
    ids = entity.and_merged()
    links = Link.objects.in_force().filter(document=OuterRef("pk"), entity__in=ids)
    found = Mention.objects.standing().filter(capture=OuterRef("current_capture"), entity__in=ids)
    denied = links.filter(verdict=Link.Verdict.IS_NOT, capture=None)
    return queryset.filter(
        Exists(links.filter(verdict=Link.Verdict.IS)) | (Exists(found) & ~Exists(denied))
    )


def document_count(entity) -> int:
    return naming(Document.objects.on_the_desk(), entity).count()
