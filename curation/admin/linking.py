"""Say who the names in a document stand for: by name, by place, or from a selection."""

from django import forms
from django.core.exceptions import ValidationError

from corpus.models import Entity
from curation import identifying, linking
from curation.admin import dialogs, reading
from curation.admin.base import answer, post_only, seen_in
from curation.admin.fields import EntityField
from curation.admin.forms import DeskForm, check
from curation.admin.room import room_of
from curation.ledger import new_act, one_writer
from curation.models import Link
from curation.names import as_one_line, deciding

MOVED = ["names", "claims"]


class VerdictForm(forms.Form):
    name = forms.CharField(max_length=200, strip=False)
    entity = forms.ModelChoiceField(Entity.objects.all())
    verdict = forms.ChoiceField(choices=Link.Verdict.choices)
    start = forms.IntegerField(required=False, min_value=0)
    end = forms.IntegerField(required=False, min_value=0)

    def place(self):
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        return None if start is None or end is None else (start, end)


class LinkForm(DeskForm):
    """Link selected words to an entity that exists, or to one made for them."""

    ids = "link"

    exact = forms.CharField(widget=forms.HiddenInput, max_length=20_000, strip=False)
    seen_document = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen_place = forms.IntegerField(widget=forms.HiddenInput, required=False)
    entity = EntityField(required=False, label="They stand for")
    scope = forms.ChoiceField(
        choices=[("document", "everywhere in this document"), ("place", "at this place only")],
        widget=forms.RadioSelect,
        label="Where",
    )
    verdict = forms.ChoiceField(
        choices=Link.Verdict.choices, widget=forms.RadioSelect, label="The name"
    )

    def __init__(self, data=None, *, may_make=False, **kwargs):
        super().__init__(data, **kwargs)
        self.may_make = may_make
        if may_make:
            self.fields |= NewEntityFields().fields

    def clean(self):
        super().clean()
        said = self.cleaned_data
        named = [bool(said.get("entity")), bool(said.get("new_name"))]
        if not self.errors and sum(named) != 1:
            also = ", or make a new one (not both)" if self.may_make else ""
            raise ValidationError(f"Say which entity these words stand for{also}.")
        if said.get("new_name") and not said.get("new_kind"):
            self.add_error("new_kind", "Say what kind of thing it is.")
        return said


class NewEntityFields(forms.Form):
    new_name = forms.CharField(max_length=200, required=False, label="Name")
    new_kind = forms.ChoiceField(
        choices=[("", "choose"), *Entity.Kind.choices], required=False, label="Kind"
    )
    new_identity = forms.ChoiceField(
        choices=Entity.Identity.choices, required=False, label="Identity"
    )
    new_wikidata_id = forms.CharField(
        max_length=20, required=False, label="Wikidata id", help_text="Such as Q23548."
    )
    new_aliases = forms.CharField(
        max_length=2000,
        required=False,
        label="Other names",
        help_text="Separated by semicolons.",
    )


@post_only
def verdict(desk, request, document):
    """Decide on a name that was found, in the whole document or at one place."""
    form = VerdictForm(request.POST)

    def do():
        check(form)
        said = form.cleaned_data
        link = _link(
            request, document, said["name"], said["entity"], said["verdict"],
            form.place(), seen=seen_in(request),
        )  # fmt: skip
        return f"Kept: {said['name']} {link.get_verdict_display()} {said['entity']}."

    return answer(
        request,
        do,
        reading.back(desk, request, document, "#names"),
        _names_and_text(desk, request, document),
    )


def _link(request, document, words, entity, verdict, place, **kwargs) -> Link:
    kwargs["by"] = request.user
    if place is None:
        return linking.link_name(document, words, entity, verdict, **kwargs)
    kwargs |= {"capture": seen_in(request, "capture"), "exact": words}
    start, end = place
    return linking.link_place(document, start, end, entity, verdict, **kwargs)


def link(desk, request, document):
    """The dialog for selected words that the machine missed, or took for another."""
    selected = dialogs.selection_in(request, document)
    may_make = request.user.has_perm("corpus.add_entity")
    form = LinkForm(request.POST or None, may_make=may_make, initial=_in_force(document, selected))
    told = {"form": form, "selected": selected, "document": document}

    def do():
        check(form)
        made = _link_selected(request, document, selected, form.cleaned_data)
        return f"Kept: {made.name} {made.get_verdict_display()} {made.entity}."

    if request.method != "POST":
        return dialogs.show(desk, request, document, "link", told)
    return answer(
        request,
        do,
        f"{desk.address(document)}?at={dialogs.passage_of(selected)}#names",
        lambda outcome: dialogs.after(
            desk,
            request,
            outcome,
            "link",
            told,
            _names_and_text(desk, request, document, selected.start),
        ),
        again=lambda outcome: dialogs.page(desk, request, document, "link", told, outcome.words),
    )


def _link_selected(request, document, selected, said) -> Link:
    act = new_act()
    with one_writer():  # a new entity and its link are there together, or not at all
        entity = said["entity"] or _make_entity(said, by=request.user, act_id=act)
        place = (selected.start, selected.end) if said["scope"] == "place" else None
        seen = said[f"seen_{said['scope']}"]
        return _link(
            request, document, said["exact"], entity, said["verdict"], place, seen=seen, act_id=act
        )


def _make_entity(said, **kwargs) -> Entity:
    return identifying.make_entity(
        name=said["new_name"],
        kind=said["new_kind"],
        identity=said["new_identity"] or Entity.Identity.UNTRACED,
        wikidata_id=said["new_wikidata_id"],
        aliases=[alias.strip() for alias in said["new_aliases"].split(";") if alias.strip()],
        **kwargs,
    )


def _in_force(document, selected) -> dict:
    """What holds of these words when the dialog opens, everywhere and at the place alone."""
    links = Link.objects.in_force().filter(document=document)
    of_name = deciding(links.filter(capture=None, name=as_one_line(selected.exact)))
    at_place = deciding(
        links.filter(capture=selected.capture, start=selected.start, end=selected.end)
    )
    return {
        "scope": "document",
        "verdict": Link.Verdict.IS,
        "new_identity": Entity.Identity.UNTRACED,
        "exact": selected.exact,
        "seen_document": of_name.pk if of_name else None,
        "seen_place": at_place.pk if at_place else None,
    }


def _names_and_text(desk, request, document, place=None):
    """The panel of names, and the passages in which names are marked."""

    def parts(told):
        room = room_of(document, request.POST.get("at"), place=place)
        marked = {shown.passage.pk for shown in room.passages if any(p.name for p in shown.pieces)}
        return reading.fragments(desk, request, room, MOVED, marked)

    return parts
