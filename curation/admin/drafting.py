"""What the summary editor shows: the text, what it may cite, the reader's view, the gate."""

from django import forms

from curation import gate
from curation.admin.answering import MAY_BE_MARKED, MarkWords, answering
from curation.admin.decisions import lines
from curation.admin.overriding import offers_over, unapproved
from curation.admin.revisiting import awaited, offers_again
from curation.admin.summary_moves import offers
from curation.content import content_of, says_the_same
from curation.differing import changes
from curation.gathering import gather
from curation.markdown import LONGEST, LONGEST_TITLE
from curation.models import Approval, Decision, Page, Revision, Summary
from curation.publishing import OFF
from curation.reading import Reading

PARTS = ("title", "standfirst", "text")
REVISIONS_LISTED = 200
TURNS = ("send_back", "lapse", "not_published")


class Draft(forms.Form):
    """The text in front of the writer, and the revision it was made from."""

    seen = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)
    title = forms.CharField(
        required=False,
        max_length=LONGEST_TITLE,
        help_text="Cites its claims too, unless it is the partnership’s plain name.",
    )
    standfirst = forms.CharField(
        required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    text = forms.CharField(
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "true"}),
        help_text="Markdown: paragraphs, ## headings, lists, > quotations, *emphasis*, links. "
        "A citation stands at the end of its sentence: [@c12], or [@editorial].",
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, auto_id="draft-%s", label_suffix="", **kwargs)

    def typed(self, summary):
        """What was typed as a revision that is not stored: for the preview."""
        told = {name: self.data.get(name, "") for name in PARTS}
        bounded = {name: words[:LONGEST].replace("\0", "") for name, words in told.items()}
        return Revision(summary=summary, n=summary.n, **bounded)


def draft_of(revision, summary):
    values = {name: getattr(revision, name) for name in PARTS} if revision else {}
    return Draft(initial=values | {"seen": summary.n})


def remade(draft, summary):
    """What was typed, as made from the newest revision: saving it again is deliberate."""
    data = draft.data.copy()
    data["seen"] = str(summary.n)
    return Draft(data)


def told_of(user, summary, draft=None, told=None, tried=None):
    """All that the editor shows, of the saved text or of what was typed."""
    summary = Summary.objects.select_related("partnership").get(pk=summary.pk)
    saved = summary.revisions.filter(n=summary.n).select_related("by").first()
    faster = told and told.status == 409 and draft and was_faster(draft, summary)
    typed = draft.typed(summary) if draft else None
    telling = gather(summary, saved)
    over = offers_over(summary, user, telling, tried)
    return view_of(summary, typed or saved) | {
        "saved": saved,
        "next_n": summary.n + 1,
        "draft": remade(draft, summary) if faster else (draft or draft_of(saved, summary)),
        "is_typed": draft is not None,
        "hindered": told.words if told and not told.done else "",
        "difference": differing(saved, typed) if faster and saved else [],
        "saved_by": f"Revision {saved.n}, {saved.by.get_username()}" if saved else "",
        "offers": [
            *offers(summary, user, telling, tried),
            *over,
            *offers_again(summary, user, tried),
        ],
        "again": awaited(summary),
        "unapproved": unapproved(summary),
        "tried": tried,
        "may_write": user.has_perm("curation.change_summary"),
        "may_mark": may_mark(user, summary) and draft is None,
        "claims": claims_to_cite(summary),
        "findings": summary.partnership.findings.in_force(),
        "turned": turned(summary),
        "scheduled": Approval.objects.scheduled().filter(revision__summary=summary).first(),
        "decisions": lines(Decision.objects.about(summary)[:5]),
    }


def may_mark(user, summary):
    return user.has_perm(MarkWords.permission) and summary.state in MAY_BE_MARKED


def page_of(summary):
    return Page.objects.filter(partnership=summary.partnership_id).select_related("edition").first()


def turned(summary):
    """The line that held up its way, in words, while that is the last move."""
    moves = Decision.objects.about(summary).exclude(act="save").select_related("by")
    last = moves.order_by("-seq").first()
    return last if last and last.act in TURNS else None


def was_faster(draft, summary):
    return draft.data.get("seen") != str(summary.n)


def view_of(summary, revision):
    """The reader's view of a revision, stored or typed, and what the gate says of it."""
    telling = gather(summary, revision)
    refusals = gate.refusals(telling)
    wording = answering(telling)
    page = page_of(summary)
    content = content_of(telling, n=page.edition.n + 1 if page else 1)
    is_public, shown_as = as_readers_have(page, content)
    return {
        "summary": summary,
        "public_page": page,
        "reading": Reading(content),
        "is_public": is_public,
        "shown_as": shown_as,
        "refusals": refusals,
        "warnings": gate.warnings(summary, telling=telling),
        "held": {each.sentence for each in refusals if each.sentence},
        "objected": {each.objection.sentence for each in wording["objections"]},
        **wording,
        "cited": set(telling.cited_claims),
    }


def as_readers_have(page, content):
    """Whether readers have what the view shows, and the words that say so beside its heading."""
    if page is None:
        return False, "edition 1, not public yet"
    if page.status in OFF:
        return False, f"edition {content['n']}, not public: the page is {page.get_status_display()}"
    if says_the_same(page.edition.content, content):
        return True, f"edition {page.edition.n}, as readers have it"
    return False, f"edition {content['n']}, not public yet: readers have {page.edition.n}"


def claims_to_cite(summary):
    """The side list: each claim with its key and how it stands."""
    return summary.partnership.claims.current().select_related("standing")


# --- revisions --------------------------------------------------------------------------------


def differing(one, other):
    """[(part, changes)] of two revisions, for the parts that differ."""
    parts = [(name, getattr(one, name), getattr(other, name)) for name in PARTS]
    return [(name, changes(before, after)) for name, before, after in parts if before != after]


def history_of(summary, asked):
    """Its revisions, two of them compared, and every decision about it."""
    revisions = summary.revisions.defer("standfirst", "text").select_related("by")
    last, first = number(asked.get("to")) or summary.n, number(asked.get("from"))
    first = first if first is not None else max(last - 1, 0)
    compared = {each.n: each for each in summary.revisions.filter(n__in=[first, last])}
    blank = Revision(summary=summary, n=0)
    one, other = compared.get(first, blank), compared.get(last, blank)
    return {
        "revisions": revisions[:REVISIONS_LISTED],
        "first": one.n,
        "last": other.n,
        "difference": differing(one, other),
        "first_words": f"Revision {one.n}" if one.n else "The empty page",
        "last_words": f"Revision {other.n}",
        "turned": turned(summary),
        "decisions": lines(Decision.objects.about(summary)[:REVISIONS_LISTED]),
    }


def number(text):
    """The revision that an address asks for; None when it asks for none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
