"""Other evidence for a claim under which something moved: found, and put to it, at the cause.

The words of any text are put to it by the dialog of the reading room, which answers here.
"""

from urllib.parse import urlencode

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse

from corpus import search
from curation import resolving
from curation.admin.base import LONGEST_SEARCH, Told, answer, fragment, wants_fragment
from curation.admin.claim_moves import AddEvidence
from curation.admin.claims import for_showing, shown
from curation.admin.dialogs import number_in
from curation.admin.passages_found import Known
from curation.ledger import one_writer
from curation.models import Alert, Claim, Standing

PANEL = "curation_desk/writing/_other_evidence.html"
PAGE = "curation_desk/writing/other_evidence.html"


class PutQuote(AddEvidence):
    label = "Put these words to it"

    def __init__(self, *args, alert, **kwargs):
        self.alert = alert
        super().__init__(*args, mark=f"-{kwargs['about'].pk}", **kwargs)

    def act(self, by):
        with one_writer():
            return answered_by(self.alert, self.put(by), by)


def other_evidence(desk, request, alert):
    """GET shows what the claim rests on and what a search finds; POST puts quoted words to it."""
    claim = _claim(request, alert)
    if request.method != "POST":
        told = panel(request, alert, claim)
        if wants_fragment(request):
            return fragment(Told(told["said"]), render_to_string(PANEL, told, request))
        title = f"Other evidence for {claim.key}"
        return desk.page(request, PAGE, alert, title=title, back=desk.address(alert), **told)
    form = PutQuote(request.POST, about=claim, alert=alert)

    def fragments(outcome):
        if outcome.done:
            return desk.parts(request, alert, of_claim(claim))
        return render_to_string(PANEL, panel(request, alert, claim, form), request)

    def again(outcome):
        told = panel(request, alert, claim, form) | {"said": outcome.words}
        title = f"Other evidence for {claim.key}"
        return desk.page(request, PAGE, alert, title=title, back=desk.address(alert), **told)

    return answer(
        request, lambda: form.carry_out(request.user), desk.address(alert), fragments, again
    )


def of_claim(claim):
    return lambda group: group.partnership.pk == claim.partnership_id


def panel(request, alert, claim, tried=None):
    query = request.GET.get("q", "")[:LONGEST_SEARCH]
    passages = search.passages(query)
    known = Known.of(passages)
    found = [known.found(each, alert, claim) for each in passages]
    told = f"{len(found) or 'No'} passage{'' if len(found) == 1 else 's'} found."
    may_put = request.user.has_perm(AddEvidence.permission)
    action = reverse("admin:curation_alert_move", args=[alert.pk, "other-evidence"])
    return {
        "claim": claim,
        "one": shown(for_showing(Claim.objects.filter(pk=claim.pk)))[0],
        "query": query,
        "found": found,
        "said": told if query.strip() else "",
        "may_put": may_put,
        "in_place": wants_fragment(request),
        "form": (tried or PutQuote(about=claim, alert=alert)) if may_put else None,
        "action": action,
        "put": f"{action}?{urlencode({'q': query})}" if query else action,  # what is found stays
    }


def answered_by(alert, evidence, by):
    """What came of putting evidence to a claim, in words; whoever may closes what it answers."""
    claim = evidence.claim
    if by.has_perm("curation.resolve_alert"):
        resolving.by_evidence(alert, evidence, by=by)
    waiting = Alert.objects.open().of_cause(alert.cause_kind, alert.cause_id).filter(claim=claim)
    left = waiting.count()
    stands = f"{claim.key} is {Standing.objects.get(claim=claim).word} now."
    if not left:
        return f"{stands} What waited of it here is dealt with."
    return f"{stands} {left} place{' of it waits' if left == 1 else 's of it wait'} here still."


def moved_by(alert):
    """The claims under which the cause of an alert moved something."""
    of_cause = Alert.objects.of_cause(alert.cause_kind, alert.cause_id)
    return Claim.objects.filter(pk__in=of_cause.values("claim"))


def _claim(request, alert):
    """A claim that this cause moved."""
    given = request.POST if request.method == "POST" else request.GET
    claim = moved_by(alert).filter(pk=number_in(given, "claim")).first()
    if claim is None:
        raise Http404("This cause moved no such claim.")
    return claim
