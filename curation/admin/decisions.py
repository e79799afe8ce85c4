"""The ledger: who did what to what, from where to where, and why. Nothing here can be changed."""

import json
import re

from django.apps import apps
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

from curation.admin.redacting import redact
from curation.admin.showing import ShowingAdmin, filter_called
from curation.models import Decision, Page

DIGEST = re.compile("[0-9a-f]{64}")
NOTHING = "nothing"
SHORT = 12  # characters of a hash that people compare
MOVED_SHOWN = 6  # things that a line moved, in the list; its own page shows all


def act_in_words(act):
    return act.replace("_", " ").replace("-", " ")


def read(text):
    """What a line says of before or after: [(name, words)]; one nameless pair for a bare value."""
    if not text:
        return []
    try:
        value = json.loads(text)
    except ValueError:  # redacted, or not ours: show what is there
        return [("", text)]
    if isinstance(value, dict):
        return [(act_in_words(str(name)), of_field(name, of)) for name, of in value.items()]
    return [("", in_words(value))]


def of_field(name, value):
    """The value in words; of the one that lines store under a word that no editor uses, theirs."""
    usable = name == "status" and value == Page.Status.USABLE
    return str(Page.Status.USABLE.label) if usable else in_words(value)


def in_words(value):
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(in_words(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{act_in_words(str(name))}: {in_words(of)}" for name, of in value.items())
    return f"{value[:SHORT]}…" if DIGEST.fullmatch(str(value)) else str(value)


def changes(decision):
    """[(name, before, after)] of a line, one for each thing that it moved; silence is ""."""
    before, after = dict(read(decision.before)), dict(read(decision.after))
    told = [(name, before.get(name, ""), after.get(name, "")) for name in {**before, **after}]
    return [(name, was, now) for name, was, now in told if (was or NOTHING) != (now or NOTHING)]


def lines(decisions):
    """Lines of the ledger for a page, with the act in words."""
    found = list(decisions.select_related("by"))
    for line in found:
        line.did = act_in_words(line.act)
    return found


def in_a_line(name, before, after):
    moved = " → ".join(Truncator(words).chars(48) for words in (before, after) if words)
    return f"{name}: {moved}" if name else moved


def subject_address(decision):
    """Where the desk shows what a line is about; empty when no screen does."""
    app, _, model = decision.subject_kind.partition(".")
    try:
        return reverse(f"admin:{app}_{model}_change", args=[decision.subject_id])
    except NoReverseMatch:
        return ""


class OfKind(admin.SimpleListFilter):
    title = "kind of subject"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        kinds = Decision.objects.order_by("subject_kind").values_list("subject_kind", flat=True)
        return [(kind, kind_in_words(kind)) for kind in kinds.distinct()]

    def queryset(self, request, decisions):
        return decisions.filter(subject_kind=self.value()) if self.value() else decisions


def kind_in_words(kind):
    """What editors call it; the kind as it stands when no model has that name any more."""
    try:
        return apps.get_model(kind)._meta.verbose_name
    except (LookupError, ValueError):
        return kind


@admin.register(Decision)
class DecisionAdmin(ShowingAdmin):
    list_display = ["line", "when", "by", "did", "subject", "moved", "chain"]
    list_display_links = ["line"]
    list_filter = [
        ("at", filter_called("date", admin.DateFieldListFilter)),
        ("act", admin.AllValuesFieldListFilter),
        OfKind,
        ("by", filter_called("person", admin.RelatedOnlyFieldListFilter)),
    ]
    list_select_related = ["by"]
    list_per_page = 50
    search_fields = ["subject_label", "reason", "act"]
    search_help_text = "Words of the subject, the reason or the act."
    moves = {"redact": redact}
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def changelist_view(self, request, extra_context=None):
        head = Decision.objects.only("seq", "hash").first()
        return super().changelist_view(request, {"head": head} | (extra_context or {}))

    def show(self, request, row, tried=None, told=None):
        return self.page(
            request,
            "curation_desk/writing/decision.html",
            row,
            title=f"Line {row.seq}",
            line=row,
            did=act_in_words(row.act),
            changes=changes(row),
            subject_address=subject_address(row),
            same_act=Decision.objects.filter(act_id=row.act_id).exclude(pk=row.pk)[:50],
        )

    @admin.display(description="line", ordering="seq")
    def line(self, decision):
        return decision.seq

    @admin.display(description="when", ordering="at")
    def when(self, decision):
        return date_format(decision.at, "j M Y, H:i")

    @admin.display(description="act", ordering="act")
    def did(self, decision):
        return act_in_words(decision.act)

    @admin.display(description="subject")
    def subject(self, decision):
        address = subject_address(decision)
        label = decision.subject_label or "(words removed)"
        return format_html('<a href="{}">{}</a>', address, label) if address else label

    @admin.display(description="from → to, and why")
    def moved(self, decision):
        told = [(in_a_line(*change),) for change in changes(decision)[:MOVED_SHOWN]]
        lines = format_html_join("", '<div class="moved">{}</div>', told)
        why = format_html('<div class="why">{}</div>', Truncator(decision.reason).chars(200))
        return lines + why if decision.reason else lines

    @admin.display(description="hash")
    def chain(self, decision):
        return format_html("<code>{}</code>", decision.hash[:SHORT])
