"""One cause of alerts: all that rested on what it moved, by partnership, and what is told of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F

from curation.admin.causes import causes_in_words
from curation.admin.drafting import Draft, draft_of
from curation.admin.passages_found import Known
from curation.admin.placing import asked_of
from curation.gathering import number, prose_of
from curation.holding import ON_THE_SHELF
from curation.models import (
    Alert,
    Edition,
    Page,
    Quote,
    Revision,
    Standing,
    Summary,
)
from curation.moving import WORDS
from curation.reading import Reading


@dataclass
class Held:
    """One claim as one partnership tells it: in the edition that readers have, and in its draft."""

    claim: Any
    moved: list[str]
    public: Alert | None = None
    draft: Alert | None = None
    public_sentences: list[str] = field(default_factory=list)
    draft_sentences: list[str] = field(default_factory=list)
    before: str = ""
    now: str = ""
    asked: list[tuple[Any, list[Any]]] = field(default_factory=list)  # of its quotes, what is near

    @property
    def alerts(self):
        return [each for each in (self.public, self.draft) if each]

    @property
    def open(self):
        return [each for each in self.alerts if not each.closed_at]

    @property
    def places(self):
        """[(where, alerts, sentences)], once where readers have what the draft says."""
        public, draft = self.public, self.draft
        if public and draft and self.public_sentences == self.draft_sentences:
            return [("Readers have, and the draft says", [public, draft], self.public_sentences)]
        found = [
            ("Readers have", public, self.public_sentences),
            ("The draft says", draft, self.draft_sentences),
        ]
        return [(where, [alert], said) for where, alert, said in found if alert]


@dataclass
class Group:
    """All that one partnership tells of what moved."""

    partnership: Any
    summary: Summary | None
    page: Page | None
    held: list[Held]
    draft: Draft | None = None
    withdrawing: Any = None  # the form, where this person may
    difference: list[Any] = field(default_factory=list)  # of what was typed from what was saved
    people: str = ""  # options: who may be handed it

    @property
    def waiting(self):
        return [each for each in self.held if each.open]

    @property
    def settled(self):
        return [each for each in self.held if not each.open]

    @property
    def open(self):
        return [alert for held in self.held for alert in held.open]

    @property
    def seen(self):
        """Its open alerts and whose each is, as forms tell it."""
        return " ".join(f"{each.pk}:{each.assignee_id or ''}" for each in self.open)

    @property
    def assignees(self):
        return sorted({each.assignee.get_username() for each in self.open if each.assignee})

    @property
    def readers_have_it(self):
        return self.page is not None and self.page.status in ON_THE_SHELF

    @property
    def answered(self):
        """The revision that answers what is open of it, if all of that is answered."""
        every = {each.answered_in for each in self.open}
        return next(iter(every)) if len(every) == 1 else None


def told_of(alert):
    """All that rested on what this alert's cause moved, by partnership."""
    rows = Alert.objects.of_cause(alert.cause_kind, alert.cause_id).order_by("pk")
    alerts = list(
        rows.select_related("claim__partnership", "assignee", "answered_in", "decision__by")
    )
    (cause,) = causes_in_words({(alert.cause_kind, alert.cause_id)}).values()
    groups = list(_groups(alerts))
    _ask_of_places(alert, groups)
    return {
        "cause": cause,
        "groups": groups,
        "open": sum(len(group.open) for group in groups),
        "critical": any(
            each.severity == Alert.Severity.CRITICAL for group in groups for each in group.open
        ),
        "closed": [each for each in alerts if each.closed_at],
    }


def _groups(alerts):
    editions = Edition.objects.in_bulk(
        {each.holder_id for each in alerts if each.holder_kind == Alert.Holder.EDITION}
    )
    partnerships = {each.claim.partnership_id: each.claim.partnership for each in alerts}
    summaries = {
        each.partnership_id: each for each in Summary.objects.filter(partnership__in=partnerships)
    }
    revisions = _latest(summaries.values())
    pages = {
        each.partnership_id: each
        for each in Page.objects.filter(partnership__in=partnerships).select_related("edition")
    }
    desk = _Desk(alerts, editions, summaries, revisions)
    for pk, partnership in sorted(partnerships.items(), key=lambda item: item[1].name):
        held = list(desk.held(pk))
        summary = summaries.get(pk)
        revision = revisions.get(summary.pk) if summary else None
        draft = draft_of(revision, summary) if revision else None
        yield Group(partnership, summary, pages.get(pk), held, draft)


def _ask_of_places(alert, groups):
    """Give each claim its quotes that a person has to look for, with what stands there now."""
    asked = asked_of(alert)
    if not asked:
        return
    known = Known.of([passage for each in asked.values() for passage in each.near])
    for held in (held for group in groups for held in group.waiting):
        quotes = dict.fromkeys(change[1] for each in held.open for change in each.changes)
        held.asked = [
            (asked[pk], [known.found(passage, alert, held.claim) for passage in asked[pk].near])
            for pk in quotes
            if pk in asked
        ]


def _latest(summaries):
    newest = Revision.objects.filter(summary__in=list(summaries), n=F("summary__n"))
    return {each.summary_id: each for each in newest}


class _Desk:
    def __init__(self, alerts, editions, summaries, revisions):
        self.editions = editions
        self.alerts = defaultdict(list)  # by partnership
        for alert in alerts:
            self.alerts[alert.claim.partnership_id].append(alert)
        self.summaries, self.revisions = summaries, revisions
        claims = {each.claim_id for each in alerts}
        words = Standing.objects.filter(claim__in=claims).values_list("claim", "word")
        self.now = dict(words)
        quotes = {change[1] for each in alerts for change in each.changes if change[1]}
        found = Quote.objects.filter(pk__in=quotes).select_related("capture__document")
        found = found.defer("capture__text", "capture__mended")
        self.documents = {quote.pk: quote.capture.document.title for quote in found}

    def held(self, partnership):
        by_claim: dict[int, Held] = {}
        for alert in self.alerts[partnership]:
            self._add(by_claim, alert)
        return by_claim.values()

    def _add(self, by_claim, alert):
        held = by_claim.setdefault(
            alert.claim_id,
            Held(
                claim=alert.claim,
                moved=self.in_words(alert),
                before=alert.word_before,
                now=self.now.get(alert.claim_id, ""),
            ),
        )
        if alert.holder_kind == Alert.Holder.EDITION:
            held.public = alert
            held.public_sentences = _public_sentences(
                self.editions[alert.holder_id], alert.claim_id
            )
        else:
            held.draft = alert
            revision = self.revisions.get(alert.holder_id)
            held.draft_sentences = _draft_sentences(revision, alert.claim_id)

    def in_words(self, alert):
        """What moved, a line each; of which document, where it is a quote's."""
        return [
            f"{_of(self.documents.get(quote), WORDS[of])}: {_value(of, was)} → {_value(of, now)}"
            for of, quote, was, now in alert.changes
            if of != "review date"  # the cause says it all
        ]


def _of(document, words):
    return f"“{document}”, {words}" if document else words


def _value(of, value):
    """A value of the facts as people say it."""
    if of == "labels":
        said = [f"{label}, credibility {credibility}" for label, credibility, _ in value or []]
        return "; ".join(said) or "nothing"
    if of == "document_label":
        return f"credibility {value[0]}" if value else "nothing"
    if value is None or value == "" or value == []:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value != (of == "lost") else "no"  # told as whether they still stand
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _public_sentences(edition, claim):
    reading = Reading(edition.content)
    return [each["text"] for each in said_in(reading.content) if claim in each["claims"]]


def said_in(content):
    yield from content["title"]
    yield from content["standfirst"]
    for block in content["blocks"]:
        yield from block["sentences"]


def _draft_sentences(revision, claim):
    return [
        sentence.text
        for sentence in prose_of(revision).sentences
        if claim in {number(key) for key in sentence.keys}
    ]
