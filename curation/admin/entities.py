"""Entities: who and what is spoken of, under which names; merging two, and un-merging."""

from django import forms
from django.contrib import admin
from django.urls import path

from corpus.models import Document, Entity
from curation import identifying
from curation.admin.document_filters import naming
from curation.admin.fields import EntityField, offer, typed
from curation.admin.forms import DeskForm
from curation.admin.merging import IntoForm, merge, unmerge
from curation.admin.records import RecordAdmin
from curation.ledger import latest_about

PAGE = "admin/corpus/entity/entity.html"
DOCUMENTS_SHOWN = 50


class EntityForm(DeskForm):
    ids = "entity"
    name = forms.CharField(max_length=200)
    kind = forms.ChoiceField(choices=[("", "choose"), *Entity.Kind.choices])
    identity = forms.ChoiceField(
        choices=Entity.Identity.choices,
        initial=Entity.Identity.UNTRACED,
        help_text="Untraced: nobody has yet found who or what this is.",
    )
    wikidata_id = forms.CharField(
        label="Wikidata id", max_length=20, required=False, help_text="Such as Q23548."
    )
    part_of = EntityField(required=False, label="Part of")
    aliases = forms.CharField(
        label="Other names",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line. They are found in texts as the name itself is.",
    )

    def clean_aliases(self):
        return [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]

    @classmethod
    def of(cls, entity: Entity) -> "EntityForm":
        names = ("name", "kind", "identity", "wikidata_id")
        aliases = [alias.text for alias in entity.aliases.all() if alias.text != entity.name]
        return cls(
            initial={name: getattr(entity, name) for name in names}
            | {
                "part_of": typed(entity.part_of) if entity.part_of else "",
                "aliases": "\n".join(aliases),
            }
        )


class Merged(admin.SimpleListFilter):
    title = "merged"
    parameter_name = "merged"

    def lookups(self, request, model_admin):
        return [("yes", "merged into another"), ("all", "both")]

    def choices(self, changelist):
        usual, *others = super().choices(changelist)
        return [usual | {"display": "in use"}, *others]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.exclude(merged_into=None)
        return queryset if self.value() == "all" else queryset.in_use()


@admin.register(Entity)
class EntityAdmin(RecordAdmin):
    template = PAGE
    form_class = EntityForm
    list_display = ["name", "kind", "identity", "wikidata_id", "goes_by", "merged_into"]
    list_select_related = ["merged_into"]
    list_filter = ["kind", "identity", Merged]
    search_fields = ["name", "aliases__text", "wikidata_id"]
    search_help_text = "Any of its names, or its Wikidata id."
    moves = {"merge": merge, "unmerge": unmerge}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("aliases")

    def get_urls(self):
        names = path("names/", self.admin_site.admin_view(offer), name="entity_names")
        return [names, *super().get_urls()]

    def make(self, by, values):
        return identifying.make_entity(by=by, **values)

    def change(self, row, by, seen, values):
        identifying.change_entity(row, by=by, seen=seen, **values)
        return f"Kept: {row}."

    def show(self, request, entity, /, form=None, merge_form=None, **context):
        documents = list(
            naming(Document.objects.on_the_desk(), entity).select_related("source")[
                : DOCUMENTS_SHOWN + 1
            ]
        )
        return self.page(
            request,
            PAGE,
            entity,
            entity=entity,
            form=form or EntityForm.of(entity),
            seen=request.POST.get("seen", "") if form else latest_about(entity),
            merge_form=merge_form or IntoForm(),
            documents=documents[:DOCUMENTS_SHOWN],
            more_documents=len(documents) > DOCUMENTS_SHOWN,
            merged=list(entity.merged.all()),
            may_change=self.has_change_permission(request),
            move_merge=self.address(entity, "merge"),
            move_unmerge=self.address(entity, "unmerge"),
            **context,
        )

    @admin.display(description="also goes by")
    def goes_by(self, entity):
        others = [alias.text for alias in entity.aliases.all() if alias.text != entity.name]
        return ", ".join(others[:6]) + (f" and {len(others) - 6} more" if len(others) > 6 else "")
