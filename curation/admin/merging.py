"""Merge an entity into another, once it was said what follows; un-merge it again."""

from django import forms

from corpus.models import Alias, Document, Entity
from curation import identifying
from curation.admin.base import answer, post_only
from curation.admin.document_filters import naming
from curation.admin.fields import EntityField, typed
from curation.admin.forms import DeskForm, check
from curation.ledger import authorise
from curation.models import Address, Claim, Link, Page

PAGE = "admin/corpus/entity/merging.html"


class IntoForm(DeskForm):
    ids = "merge"
    into = EntityField(label="Is the same as", help_text="That one stays, under its own name.")


class MergeForm(IntoForm):
    reason = forms.CharField(max_length=1000, help_text="Kept in the ledger.")


def merge(desk, request, entity):
    """GET with the other one's name asks, and says what follows; POST merges."""
    if request.method != "POST" and "into" in request.GET and not entity.merged_into_id:
        authorise(request.user, "corpus.change_entity")
        form = IntoForm(request.GET)
        if form.is_valid() and form.cleaned_data["into"] != entity:
            return ask(desk, request, entity, form.cleaned_data["into"])
        if form.is_valid():
            form.add_error("into", "An entity cannot be merged into itself.")
        return desk.show(request, entity, merge_form=form)
    return _merge(desk, request, entity)


@post_only
def _merge(desk, request, entity):
    form = MergeForm(request.POST)

    def do():
        authorise(request.user, "corpus.change_entity")
        check(form)
        into, reason = form.cleaned_data["into"], form.cleaned_data["reason"]
        identifying.merge(entity, into, by=request.user, reason=reason)
        return f"{entity} is merged into {into}."

    def again(told):
        into = form.cleaned_data.get("into")
        if into is None or into == entity:
            form.fields.pop("reason")
            return desk.show(request, entity, merge_form=form, said=told.words)
        return ask(desk, request, entity, into, form, told.words)

    return answer(request, do, desk.address(entity), again=again)


def ask(desk, request, entity, into, form=None, said=""):
    form = form or MergeForm(initial={"into": typed(into)})
    form.fields["into"].widget = forms.HiddenInput()
    return desk.page(
        request,
        PAGE,
        entity,
        title=f"Merge {entity} into {into}?",
        entity=entity,
        into=into,
        form=form,
        said=said,
        follows=what_follows(entity),
        other_way=desk.address(into, "merge"),
        typed=typed(entity),
        move_merge=desk.address(entity, "merge"),
        back=desk.address(entity),
    )


def what_follows(entity: Entity) -> dict[str, object]:
    """How much is asked of another entity once this one is merged into it."""
    ids = entity.and_merged()
    pages = Page.objects.for_reading().filter(edition__parties__entity_id__in=ids)
    address = Address.objects.of_entities().filter(entity_id=entity.pk).first()
    return {
        "names": list(Alias.objects.filter(entity__in=ids).order_by("text")[:20]),
        "links": Link.objects.in_force().filter(entity__in=ids).count(),
        "documents": naming(Document.objects.on_the_desk(), entity).count(),
        "claims": Claim.objects.about(entity).count(),
        "pages": pages.distinct().count(),
        "slug": address.slug if address else "",
    }


@post_only
def unmerge(desk, request, entity):
    reason = request.POST.get("reason", "")

    def do():
        identifying.unmerge(entity, by=request.user, reason=reason)
        return f"{entity} stands by itself again."

    return answer(
        request,
        do,
        desk.address(entity),
        again=lambda told: desk.show(request, entity, said=told.words, reason=reason),
    )
