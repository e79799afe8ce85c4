"""Partnerships: parties, roles and states with the claims each rests on; the claims themselves."""

from datetime import date

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html

from curation import partnering, workflow
from curation.admin.base import attempt, carry_out, post_only
from curation.admin.claim_moves import WriteClaim
from curation.admin.claims import contradictions_among, for_showing, may, shown, when
from curation.admin.decisions import lines
from curation.admin.fields import EdtfField, EntityField, RowsField
from curation.admin.finding_moves import NoteFinding, WithdrawFinding
from curation.admin.moves import Move, by_form, forms_for
from curation.admin.showing import ShowingAdmin, filter_called
from curation.admin.suggesting import offer_partnerships
from curation.models import Claim, Decision, Page, Partnership, PartnershipState, Party, Summary
from curation.standing import weakest

# --- what can be done -------------------------------------------------------------------------


class PartnershipMove(Move):
    permission = "curation.change_partnership"


class Rename(PartnershipMove):
    label = "Rename"
    name = forms.CharField(max_length=200, help_text="The old public address goes on leading here.")

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, initial={"name": about.name}, **kwargs)

    def act(self, by):
        partnering.rename(self.about, by=by, name=self.cleaned_data["name"])
        return f"It is called “{self.about.name}” now."


class RestingOnClaims(PartnershipMove):
    """From, to and the claims that say so."""

    since = EdtfField(required=False, label="from")
    until = EdtfField(required=False, label="to")
    claims = RowsField(
        Claim.objects.none(),
        label="rests on",
        widget=forms.CheckboxSelectMultiple,
        help_text="Every party, role, state and date names the claim that says so.",
        error_messages={"required": "Tick at least one claim that says so."},
    )

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        self.offer("claims", about.claims.current())


class AddParty(RestingOnClaims):
    label = "Add this party"
    entity = EntityField(label="entity", help_text="A name that the desk knows.")
    role = forms.ChoiceField(choices=[("", "choose"), *Party.Role.choices])
    field_order = ["entity", "role", "since", "until", "claims"]

    def act(self, by):
        party = partnering.add_party(self.about, by=by, **self.cleaned_data)
        return f"{party} is a party now."


class AddState(RestingOnClaims):
    label = "Add this state"
    word = forms.ChoiceField(
        label="state", choices=[("", "choose"), *PartnershipState.Word.choices]
    )
    field_order = ["word", "since", "until", "claims"]

    def act(self, by):
        state = partnering.add_state(self.about, by=by, **self.cleaned_data)
        return f"The state “{state.word}” is noted."


class Withdraw(PartnershipMove):
    label = "Withdraw"
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    row = forms.ModelChoiceField(Party.objects.none(), widget=forms.HiddenInput)


class WithdrawParty(Withdraw):
    kind = "party"

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        self.offer("row", about.parties.in_force())

    def act(self, by):
        party = self.cleaned_data["row"]
        partnering.withdraw_party(party, by=by, reason=self.cleaned_data["reason"])
        return f"{party} is a party no more; the ledger keeps why."


class WithdrawState(Withdraw):
    kind = "state"

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        self.offer("row", about.states.in_force())

    def act(self, by):
        state = self.cleaned_data["row"]
        partnering.withdraw_state(state, by=by, reason=self.cleaned_data["reason"])
        return f"The state “{state.word}” is withdrawn; the ledger keeps why."


@post_only
def start_summary(screen, request, partnership):
    """Begin the summary and go there; if somebody began it meanwhile, go to that one."""
    told = attempt(lambda: f"{workflow.start(partnership, by=request.user)} is begun.")
    if told.status == 403:
        raise PermissionDenied(told.words)
    messages.add_message(request, messages.SUCCESS if told.done else messages.INFO, told.words)
    summary = Summary.objects.get(partnership=partnership)
    return HttpResponseRedirect(reverse("admin:curation_summary_change", args=[summary.pk]))


class NewPartnership(forms.Form):
    name = forms.CharField(max_length=200)
    succeeds = forms.ModelChoiceField(
        Partnership.objects.all(),
        required=False,
        empty_label="none",
        help_text="An earlier partnership that this one takes the place of.",
    )


# --- the screens ------------------------------------------------------------------------------


@admin.register(Partnership)
class PartnershipAdmin(ShowingAdmin):
    list_display = ["name", "now", "claim_count", "draft", "public"]
    list_filter = [
        ("summary__state", filter_called("summary")),
        ("page__status", filter_called("page")),
    ]
    list_select_related = ["summary", "page"]
    search_fields = ["name", "parties__entity__name", "parties__entity__aliases__text"]
    search_help_text = "Its name, or a name of one of its parties."
    moves = {
        "rename": by_form(Rename),
        "add-party": by_form(AddParty),
        "withdraw-party": by_form(WithdrawParty),
        "add-state": by_form(AddState),
        "withdraw-state": by_form(WithdrawState),
        "write-claim": by_form(WriteClaim),
        "note-finding": by_form(NoteFinding),
        "withdraw-finding": by_form(WithdrawFinding),
        "start-summary": start_summary,
    }

    def get_urls(self):
        offer = self.admin_site.admin_view(offer_partnerships)
        names = path("names/", offer, name="partnership_names")
        return [names, *super().get_urls()]

    def get_queryset(self, request):
        current = Count("claims", filter=Q(claims__replaced_by=None), distinct=True)
        partnerships = super().get_queryset(request).annotate(claim_count=current)
        return partnerships.prefetch_related("states")

    @admin.display(description="state")
    def now(self, partnership):
        return state_now(partnership.states.all())

    @admin.display(description="claims", ordering="claim_count")
    def claim_count(self, partnership):
        return partnership.claim_count

    @admin.display(description="summary", ordering="summary__state")
    def draft(self, partnership):
        summary = getattr(partnership, "summary", None)
        if summary is None:
            return "not begun"
        address = reverse("admin:curation_summary_change", args=[summary.pk])
        return format_html('<a href="{}">{}</a>', address, summary.state)

    @admin.display(description="page", ordering="page__status")
    def public(self, partnership):
        page = getattr(partnership, "page", None)
        return page.get_status_display() if page else "not published"

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else None
        form = NewPartnership(sent, label_suffix="")
        made = []

        def make():
            made.append(partnering.make_partnership(by=request.user, **form.cleaned_data))

        if form.is_valid() and carry_out(form, make):
            messages.success(request, f"Made: {made[0]}.")
            return HttpResponseRedirect(self.address(made[0]))
        status = 422 if form.errors else 200
        return self.page(
            request,
            "curation_desk/writing/partnership_add.html",
            status=status,
            form=form,
            title="New partnership",
        )

    def show(self, request, partnership, tried=None, told=None):
        return self.page(
            request,
            "curation_desk/writing/partnership.html",
            partnership,
            told=told,
            **told_of(request.user, partnership, tried),
        )

    def fragments(self, request, partnership, tried=None):
        context = told_of(request.user, partnership, tried) | {"original": partnership}
        return render_to_string("curation_desk/writing/_partnership.html", context, request)


def told_of(user, partnership, tried=None):
    """All that the page of a partnership shows, in a number of queries that does not grow."""
    claims = shown(for_showing(partnership.claims.all()))
    words = {one.claim.pk: one.stands.word for one in claims}
    states = list(partnership.states.in_force().prefetch_related("claims"))
    parties = partnership.parties.in_force().select_related("entity").prefetch_related("claims")
    public = Page.objects.filter(partnership=partnership)
    offered = [AddParty, AddState, Rename, WriteClaim, NoteFinding]
    return {
        "state": state_now(states),
        "states": [resting(row, words) for row in states],
        "parties": [resting(row, words) for row in parties],
        "claims": [one for one in claims if not one.replaced],
        "contradictions": contradictions_among(claims),
        "replaced": [one for one in claims if one.replaced],
        "findings": partnership.findings.in_force().select_related("asked", "decision__by"),
        "summary": Summary.objects.filter(partnership=partnership).first(),
        "public_page": public.select_related("edition").first(),
        "forms": forms_for(user, partnership, offered, tried),
        "tried": tried,
        "may": may(user)
        | {
            "change": user.has_perm("curation.change_partnership"),
            "start": user.has_perm("curation.add_summary"),
            "find": user.has_perm("curation.add_finding"),
        },
        "back": "partnership",
        "decisions": lines(Decision.objects.about(partnership)[:10]),
    }


def state_now(states):
    """Of the states that have not ended, the one that began last."""
    in_force = [state for state in states if state.superseded_at is None]
    in_force = [state for state in in_force if not state.until] or in_force
    begun = [(state.since_earliest or date.min, state.pk, state.word) for state in in_force]
    return max(begun)[2] if begun else ""


def resting(row, words):
    """A party or state, and how what it rests on stands."""
    claims = list(row.claims.all())
    standing = weakest(words[claim.pk] for claim in claims) if claims else "unsupported"
    told = {"row": row, "claims": claims, "standing": standing}
    return told | {"since": when(row.since), "until": when(row.until)}
