"""Claims: what each says, what the evidence makes of it and why, and what can be done about it."""

from dataclasses import dataclass

from django.contrib import admin
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone

from corpus.analysis import dates
from corpus.models import Entity, Passage
from curation import contradicting
from curation.admin.claim_moves import (
    AddEvidence,
    LeaveDisputed,
    ReplaceClaim,
    Tick,
    Untick,
    WithdrawEvidence,
)
from curation.admin.concluding import Conclude, DidItHappen, Reopen, concluded
from curation.admin.decisions import lines
from curation.admin.moves import by_form, forms_for
from curation.admin.redacting import redact
from curation.admin.showing import ShowingAdmin, filter_called
from curation.admin.suggesting import offer_claims
from curation.models import Claim, Decision, Evidence, Outcome
from curation.standing import ClaimFacts, Stands, Verdict, currency
from curation.standings import standings
from curation.templatetags.signs import sign


@dataclass
class Shown:
    """A claim as the desk shows it: with the rule's answer now, not the one stored."""

    claim: Claim
    stands: Stands
    evidence: list[tuple[Evidence, Verdict | None]]

    @property
    def replaced(self):
        return next(iter(self.claim.replaced_by.all()), None)

    @property
    def currency(self):
        return currency_of(self.claim)

    @property
    def said_by(self):
        return self.claim.said_by_entity or self.claim.said_by_words

    @property
    def acting(self):
        return [entity.name for entity in self.claim.acting.all()]

    @property
    def date(self):
        return when(self.claim.date)

    @property
    def as_of(self):
        return when(self.claim.as_of)


def when(edtf):
    """A date as people write it; nothing when there is none."""
    return dates.in_words(edtf) if edtf else ""


def for_showing(claims):
    """All that a claim's page reads, in a number of queries that does not grow."""
    touched = Passage.objects.filter(
        capture=OuterRef("quote__capture"),
        start__lt=OuterRef("quote__end"),
        end__gt=OuterRef("quote__start"),
    )
    evidence = (
        Evidence.objects.in_force()
        .annotate(passage=Subquery(touched.order_by("start").values("pk")[:1]))
        .select_related("quote__capture__document__source", "origin_entity", "ticked__by")
        .defer("quote__capture__text")
        .prefetch_related("own_record_of")
    )
    return claims.select_related("partnership", "said_by_entity", "replaces").prefetch_related(
        "acting",
        "replaced_by",
        outcomes_in_force(),
        Prefetch("evidence", evidence, to_attr="in_force"),
    )


def outcomes_in_force():
    return Prefetch("outcomes", Outcome.objects.in_force(), to_attr="told_outcomes")


def shown(claims):
    """[Shown] of claims fetched by for_showing()."""
    answers = standings(claims)
    return [Shown(claim, answers[claim.pk], _weighed(claim, answers[claim.pk])) for claim in claims]


def _weighed(claim, stands):
    verdicts = {verdict.facts.id: verdict for verdict in stands.counted}
    return [(evidence, verdicts.get(evidence.pk)) for evidence in claim.in_force]


def currency_of(claim):
    """Of a claim fetched with what replaced it, and with its outcome."""
    because = tuple(each.because for each in claim.replaced_by.all())
    outcome = next((each.get_word_display() for each in claim.told_outcomes), "")
    told = ClaimFacts(claim.pk, claim.told_as, (), claim.date_latest, because, outcome=outcome)
    return currency(told, timezone.localdate())


class OfEntity(admin.SimpleListFilter):
    title = "entity"
    parameter_name = "entity"

    def lookups(self, request, model_admin):
        used = Q(parties__superseded_at=None, parties__isnull=False) | Q(acts__isnull=False)
        named = Entity.objects.in_use().filter(used).distinct()[:100]
        return [(str(entity.pk), entity.name) for entity in named]

    def queryset(self, request, claims):
        entity = self.value() and Entity.objects.filter(pk__in=_number(self.value())).first()
        return claims.about(entity) if entity else claims


def _number(text):
    return [int(text)] if text.isascii() and text.isdigit() and len(text) < 18 else []


@admin.register(Claim)
class ClaimAdmin(ShowingAdmin):
    list_display = ["key", "words", "partnership", "stands", "told_as", "current"]
    list_display_links = ["key", "words"]
    list_filter = [
        ("standing__word", filter_called("standing")),
        "told_as",
        ("partnership", admin.RelatedOnlyFieldListFilter),
        OfEntity,
        DidItHappen,
    ]
    list_select_related = ["partnership", "standing"]
    ordering = ["-pk"]
    search_fields = ["words", "partnership__name", "said_by_words", "said_by_entity__name"]
    search_help_text = "Words of the claim, its partnership or its speaker."
    moves = {
        "tick": by_form(Tick),
        "untick": by_form(Untick),
        "withdraw-evidence": by_form(WithdrawEvidence),
        "add-evidence": by_form(AddEvidence),
        "replace": by_form(ReplaceClaim),
        "redact": redact,
        "leave-disputed": by_form(LeaveDisputed),
        "conclude": by_form(Conclude),
        "reopen": by_form(Reopen),
    }

    def has_add_permission(self, request):
        return False  # a claim is written in the reading room or on its partnership's page

    def get_urls(self):
        names = path("names/", self.admin_site.admin_view(offer_claims), name="claim_names")
        return [names, *super().get_urls()]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.prefetch_related("replaced_by", outcomes_in_force())

    @admin.display(description="key", ordering="pk")
    def key(self, claim):
        return claim.key

    @admin.display(description="standing", ordering="standing__word")
    def stands(self, claim):
        standing = getattr(claim, "standing", None)
        return sign(standing.word if standing else "unsupported", show_word=True)

    @admin.display(description="currency")
    def current(self, claim):
        return currency_of(claim)

    def show(self, request, claim, tried=None, told=None):
        one = shown(for_showing(Claim.objects.filter(pk=claim.pk)))[0]
        current = [] if one.replaced else [ReplaceClaim, LeaveDisputed]
        outcome = concluded(one.claim)
        if outcome and not one.replaced:
            current += [Conclude, Reopen] if outcome["row"] else [Conclude]
        offered = [AddEvidence, *current]
        context = {
            "one": one,
            "contradiction": contradiction_of(one),
            "outcome": outcome,
            "forms": forms_for(request.user, one.claim, offered, tried),
            "tried": tried,
            "told": told,
            "may": may(request.user),
            "rests_here": resting_here(one.claim),
            "decisions": lines(Decision.objects.about(claim)[:20]),
        }
        title = f"{claim.key}: {claim.words}"
        return self.page(
            request, "curation_desk/writing/claim.html", one.claim, title=title, **context
        )

    def back(self, request, claim):
        if request.POST.get("back") == "partnership":
            page = reverse("admin:curation_partnership_change", args=[claim.partnership_id])
            return f"{page}#claim-{claim.pk}"
        return self.address(claim)

    def fragments(self, request, claim, tried=None):
        """The claim as it stands after the act, wherever a page shows it."""
        one = shown(for_showing(Claim.objects.filter(pk=claim.pk)))[0]
        context = {"one": one, "may": may(request.user), "tried": tried}
        context["back"] = "claim" if request.POST.get("back") == "claim" else "partnership"
        return render_to_string("curation_desk/writing/_claim.html", context, request)


def contradiction_of(one):
    """A claim beside those that say otherwise; None where there are none."""
    against = [] if one.replaced else contradicting.rivals(one.claim)
    if not against:
        return None
    sides = [one, *shown(for_showing(Claim.objects.filter(pk__in=[each.pk for each in against])))]
    return told_beside(contradicting.attribute_of(one.claim), sides)


def contradictions_among(claims):
    """[what they are about, claims side by side, whether they are left so] of a partnership's."""
    by_claim = {one.claim.pk: one for one in claims if not one.replaced}
    found = contradicting.among(one.claim for one in by_claim.values())
    return [
        told_beside(each.attribute, [by_claim[claim.pk] for claim in each.claims]) for each in found
    ]


def told_beside(attribute, sides):
    claims = [one.claim for one in sides]
    beside = contradicting.left_beside(claims)
    return {
        "attribute": attribute,
        "sides": [(one, [each.key for each in beside[one.claim]]) for one in sides],
        "left": contradicting.are_left(claims),
    }


def may(user):
    """What the buttons of a claim ask before they show."""
    return {
        "evidence": user.has_perm("curation.change_evidence"),
        "add": user.has_perm("curation.add_evidence"),
        "claim": user.has_perm("curation.add_claim"),
    }


def resting_here(claim):
    """What else of the partnership names this claim: parties, states, the draft's sentences."""
    return {
        "parties": claim.party_rows.in_force().select_related("entity"),
        "states": claim.partnershipstate_rows.in_force(),
    }
