"""Make a claim of selected words, or put them to one that is there: one dialog, one act."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from curation import evidencing, partnering, selecting
from curation.admin import dialogs, reading
from curation.admin.base import answer, post_only
from curation.admin.causes import cause_of
from curation.admin.claim_form import ClaimForm
from curation.admin.fields import LONGEST
from curation.admin.forms import check
from curation.admin.other_evidence import answered_by, moved_by, of_claim
from curation.admin.room import room_of
from curation.ledger import new_act, one_writer
from curation.models import Alert, Evidence

PANELS = ["tally", "claims", "bar"]


def claim(desk, request, document):
    selected = dialogs.selection_in(request, document)
    alert = cause_of(request, "alert")  # where the dialog was opened on the screen of its cause
    form = ClaimForm(
        request.POST or None,
        selected=selected,
        document=document,
        by=request.user,
        waiting=moved_by(alert) if alert else None,
    )
    told = {"form": form, "selected": selected, "document": document, "alert": alert}
    if request.method != "POST":
        form.initial["claim"] = request.GET.get("claim", "")[:LONGEST]
        return dialogs.show(desk, request, document, "claim", told)

    def do():
        dialogs.refuse_too_long(selected)
        check(form)
        with one_writer():
            evidence = _claim(document, selected, form.values(), request.user)
            if alert:
                return answered_by(alert, evidence, request.user)
        return f"Kept as evidence of {evidence.claim.key}: {evidence.claim.words}"

    def parts(outcome):
        if alert:
            screen = desk.admin_site.get_model_admin(Alert)
            return screen.parts(request, alert, of_claim(form.cleaned_data["claim"]))
        return _touched(desk, request, document, selected)(outcome)

    back = f"{desk.address(document)}?at={dialogs.passage_of(selected)}#claims"
    return answer(
        request,
        do,
        reverse("admin:curation_alert_change", args=[alert.pk]) if alert else back,
        lambda outcome: dialogs.after(desk, request, outcome, "claim", told, parts),
        again=lambda outcome: dialogs.page(desk, request, document, "claim", told, outcome.words),
    )


def _claim(document, selected, said, by) -> Evidence:
    act = new_act()
    with one_writer():  # a new partnership and its claim are there together, or not at all
        if name := said.pop("new_partnership"):
            said["partnership"] = partnering.make_partnership(by=by, name=name, act_id=act)
        place = selected.start, selected.end
        return selecting.claim_of_selection(document, *place, by=by, act_id=act, **said)


def _touched(desk, request, document, selected):
    """The passages that the quote touches, and the claims beside the text."""

    def parts(told):
        room = room_of(document, place=selected.start)
        touched = room.touched(selected.start, selected.end)
        return reading.fragments(desk, request, room, PANELS, touched)

    return parts


@post_only
def tick(desk, request, document):
    evidence = _evidence(request, document)

    def do():
        if request.POST.get("do") == "untick":
            evidencing.untick(evidence, by=request.user)
            return f"The tick at {evidence.claim.key} is taken away."
        evidencing.tick(evidence, by=request.user)
        return f"Ticked at {evidence.claim.key}: the passage says this."

    return answer(
        request,
        do,
        reading.back(desk, request, document, "#claims"),
        _claims(desk, request, document, evidence),
    )


@post_only
def withdraw(desk, request, document):
    evidence = _evidence(request, document)

    def do():
        reason = request.POST.get("reason", "")
        evidencing.withdraw_evidence(evidence, by=request.user, reason=reason)
        return f"Withdrawn from {evidence.claim.key}. The decision is kept."

    return answer(
        request,
        do,
        reading.back(desk, request, document, "#claims"),
        _claims(desk, request, document, evidence),
    )


def _evidence(request, document) -> Evidence:
    given = request.POST.get("evidence", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0
    return get_object_or_404(Evidence, quote__capture__document=document, pk=number)


def _claims(desk, request, document, evidence):
    def parts(told):
        room = room_of(document, request.POST.get("at"))
        touched = room.touched(evidence.quote.start, evidence.quote.end)
        return reading.fragments(desk, request, room, ["claims"], touched)

    return parts
