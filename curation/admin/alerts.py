"""Alerts, a screen a cause: everything that rested on what moved, resolved without leaving."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.html import format_html_join

from curation.admin import causes
from curation.admin.alert_moves import (
    ConfirmForm,
    RewordForm,
    beside_newest,
    confirm,
    hand_on,
    lost,
    place,
    reword,
    withdraw,
    withdrawing,
    writers,
)
from curation.admin.other_evidence import other_evidence
from curation.admin.pages import WithdrawPage
from curation.admin.resting import told_of
from curation.admin.showing import ShowingAdmin
from curation.models import Alert

LIST, ONE = "curation_desk/writing/alerts.html", "curation_desk/writing/alert.html"
PARTS = "curation_desk/writing/_alert_parts.html"
WHICH = {"open": "Open", "mine": "For you", "all": "All, those that are closed too"}


@admin.register(Alert)
class AlertAdmin(ShowingAdmin):
    moves = {
        "confirm": confirm,
        "reword": reword,
        "hand-on": hand_on,
        "lost": lost,
        "place": place,
        "other-evidence": other_evidence,
        "withdraw": withdraw,
    }

    def has_add_permission(self, request):
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        which = request.GET.get("which", "open")
        if which not in WHICH or set(request.GET) - {"which"}:
            return HttpResponseRedirect(request.path)
        listed = causes.listed(which, request.user)
        kinds = WHICH.items()
        return self.page(request, LIST, causes=listed, which=which, kinds=kinds)

    def show(self, request, row, tried=None, told=None):
        context = self.context(request, row, tried)
        said = told.words if told else ""
        title = context["cause"].words
        return self.page(request, ONE, row, title=title, said=said, confirming=True, **context)

    def parts(self, request, row, of, tried=None, *, confirming=False):
        """What an act moved: the head and the groups it was about. The form that confirms holds
        what a person has begun to write: only its own act brings a new one."""
        context = self.context(request, row, tried) | {"confirming": confirming}
        context["groups"] = [each for each in context["groups"] if of(each)]
        return render_to_string(PARTS, context, request)

    def context(self, request, row, tried):
        context = told_of(row)
        may = may_do(request.user)
        people = Writers() if may["resolve"] else None
        for group in context["groups"]:
            if isinstance(tried, RewordForm) and _is_about(tried, group):
                group.difference = beside_newest(tried, group.summary)
            if group.readers_have_it and may["withdraw"]:
                own = isinstance(tried, WithdrawPage) and tried.about.pk == group.page.pk
                group.withdrawing = tried if own else withdrawing(group.page)
            group.people = people.offered(group.assignees) if people else ""
        return context | {
            "may": may,
            "confirm_form": tried if isinstance(tried, ConfirmForm) else ConfirmForm(),
            "tried": tried,
            "here": row.pk,
            "at": {verb.replace("-", "_"): self.address(row, verb) for verb in self.moves},
        }


class Writers:
    """Those to whom alerts are handed, as options of a list; written out once for all groups."""

    def __init__(self):
        self._names = list(writers().values_list("pk", "username"))
        self._written = {}

    def offered(self, assignees):
        chosen = assignees[0] if len(assignees) == 1 else ""
        if chosen not in self._written:
            rows = ((pk, " selected" if name == chosen else "", name) for pk, name in self._names)
            self._written[chosen] = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return self._written[chosen]


def _is_about(form, group):
    return group.summary is not None and form["summary"].value() == str(group.summary.pk)


def may_do(user):
    """What the screen asks before it shows a form."""
    return {
        "evidence": user.has_perm("curation.add_evidence"),
        "write": user.has_perm("curation.change_summary"),
        "resolve": user.has_perm("curation.resolve_alert"),
        "withdraw": user.has_perm(WithdrawPage.permission),
    }
