"""What the desk should have stored, computed from scratch: slow, plain, and from the facts alone.

It shares no code with what gathers facts and keeps alerts, notices and approvals. The rule of
standing is taken as given: it has tests of its own.
"""

import html
import json
from collections import defaultdict
from dataclasses import asdict
from functools import cache
from unittest import mock

from django.test import Client

from curation import gate, gathering
from curation.content import content_of, evidence_digests
from curation.gathering import gather_all
from curation.ledger import canonical
from curation.models import (
    Alert,
    Approval,
    Citation,
    Edition,
    EditionClaim,
    Outcome,
    Page,
    PartnershipState,
    Party,
    Revision,
    Standing,
    Summary,
)
from curation.sealing import seal
from curation.standing import STRENGTH, stand, stand_confirmed
from tests.curation.facts_from_rows import IN_FORCE, Facts, many, rows, table

BESIDE = {"place", "unclear", "contradicts", "link", "review date"}  # the rule is not told of them
MATTERS = {
    *("evidence", "ticked", "withdrawn", "lost", "unclear"),
    *("replaced", "contradicts", "link", "stance", "outcome"),
}


def weaker(word, than):
    return STRENGTH.index(word) > STRENGTH.index(than)


@cache
def sealed(text):
    """Of the text of an edition: it is read after every act, and few acts publish."""
    return seal(json.loads(text))


def things(facts):
    """All of which an alert may tell that it moved, by its name and the quote that it is of."""
    told = {
        ("replaced", None): list(facts["replaced_because"]),
        ("outcome", None): facts["outcome"],
        ("acting", None): [who["name"] for who in facts["acting"]],
    }
    for each in facts["evidence"]:
        seen = [part for part in each["passages"] if part["label"]]
        alike = (one["quote"] for one in facts["evidence"] if one["chain"] == each["chain"])
        of_quote = {
            **each,
            "evidence": each["stance"],
            "owner": each["owner"] and each["owner"]["name"],
            "origin": each["origin"] and each["origin"]["name"],
            "labels": [[part[of] for of in ("label", "credibility", "reasons")] for part in seen],
            "repeats": any(part["repeats"] for part in each["passages"]),
            "document_label": [each["document_credibility"], each["document_reasons"]],
            "own_record_of": [who["name"] for who in each["own_record_of"]],
            "copies": sorted({*alike} - {each["quote"]}) if each["chain"] else [],
        }
        told |= {(of, each["quote"]): value for of, value in of_quote.items()}
    return {key: json.loads(json.dumps(value)) for key, value in told.items()}


class Reader:
    """Sees the public pages; one that is on the shelf as it was is not asked for again."""

    def __init__(self):
        self.client, self.seen = Client(), {}

    def __call__(self, page, notices):
        rows = [page, page.edition, *notices]
        key = tuple(
            tuple(row.__dict__[field.attname] for field in row._meta.fields) for row in rows
        )
        if key not in self.seen:
            answer = self.client.get(f"/partnerships/{page.slug}/")
            self.seen[key] = html.unescape(answer.content.decode())
        return self.seen[key]


class Recomputed:
    def __init__(self):
        self.facts = Facts().of_all()
        self.word = {pk: stand(each).word for pk, each in self.facts.items()}
        self.confirmed = {pk: stand_confirmed(each) for pk, each in self.facts.items()}
        self.pages = list(Page.objects.select_related("edition"))
        self.on_show = [page for page in self.pages if page.status in ("usable", "under review")]
        self.alerts = list(Alert.objects.all())
        self.open = [alert for alert in self.alerts if alert.closed_at is None]
        self.told = defaultdict(list)  # by edition: (sentence, claim, word)
        for row in rows(EditionClaim, "edition", "sentence", "claim_id", "standing"):
            self.told[row["edition"]].append((row["sentence"], row["claim_id"], row["standing"]))
        outcomes = Outcome.objects.filter(superseded_at=None).order_by("pk")
        self.outcomes = {row.claim_id: row for row in outcomes}
        self.holding = set(self._holding())

    def differences(self, shown):
        """All that is stored otherwise, in words; nothing where all is right.

        `shown` answers with what readers see of a page and its notices.
        """
        yield from self._standings()
        yield from self._alerts()
        yield from self._notices(shown)
        with mock.patch.object(gathering, "facts", self._gathered):  # no need to ask them again
            newest = {each: each.latest for each in Summary.objects.exclude(n=0)}
            drafts = {each.summary: (each, content_of(each)) for each in gather_all(newest)}
        yield from self._gate_lists(drafts.values())
        yield from self._approvals({each: told for each, (_, told) in drafts.items()})
        for row in rows(Edition, "text", "hash"):
            if sealed(row["text"]) != row["hash"]:
                yield f"edition {row['pk']} is not what was hashed"

    def _gathered(self, claims):
        return [self.facts[claim.pk] for claim in claims]

    def _holding(self):
        """(kind, holder, claim): drafts whose newest revision or fields tell it, and editions."""
        for summary, claim in {*self._cited(), *self._of_fields()}:
            yield "summary", summary, claim
            if by := self._told_by(claim):
                yield "summary", summary, by
        for page in self.on_show:
            for _, claim, _ in self.told[page.edition_id]:
                yield "edition", page.edition_id, claim

    def _cited(self):
        newest = {(row["pk"], row["n"]) for row in rows(Summary, "n")}
        revisions = table(Revision, "summary", "n")
        for row in rows(Citation, "revision", "claim"):
            revision = revisions[row["revision"]]
            if row["claim"] and (revision["summary"], revision["n"]) in newest:
                yield revision["summary"], row["claim"]

    def _of_fields(self):
        drafts = {
            row["partnership"]: row["pk"] for row in rows(Summary, "partnership", "n") if row["n"]
        }
        for model in (Party, PartnershipState):
            claims = many(model.claims.through, model._meta.model_name, "claim")
            for row in rows(model, "partnership", **IN_FORCE):
                if row["partnership"] in drafts:
                    for claim in claims[row["pk"]]:
                        yield drafts[row["partnership"]], claim

    def _told_by(self, plan):
        """The claim that tells what became of it."""
        row = self.outcomes.get(plan)
        return row and row.by_claim_id

    # --- standings ------------------------------------------------------------------------------

    def _standings(self):
        every = rows(Standing, "claim", "word", "confirmed_word", "inputs")
        stored = {row["claim"]: row for row in every}
        for claim, word in self.word.items():
            row = stored.get(claim)
            if row and row["inputs"] != canonical(told := asdict(self.facts[claim])):
                yield f"c{claim} was told {row['inputs']}, the rows tell {told}"
            kept = row and (row["word"], row["confirmed_word"])
            if kept != (word, self.confirmed[claim]):
                yield f"c{claim} stands {word, self.confirmed[claim]}, stored is {kept}"

    # --- alerts ---------------------------------------------------------------------------------

    def _alerts(self):
        for alert in self.open:
            name = f"alert {alert.pk} of c{alert.claim_id} in {alert.holder_kind}"
            if (alert.holder_kind, alert.holder_id, alert.claim_id) not in self.holding:
                yield f"{name}: it holds that claim no more"
            elif alert.severity != (severity := self._severity(alert)):
                yield f"{name} is {alert.severity}, not {severity}"
            if self.is_as_before(alert):
                yield f"{name} is open, and what it tells of is as it was: {alert.moved}"
        for alert in self.alerts:
            stays = alert.cause_kind == "review date"  # until somebody has looked
            if alert.closed_at is None and alert.severity == "minor" and not stays:
                yield f"alert {alert.pk} is minor and open"

    def is_as_before(self, alert):
        """Whether all that it tells of is so again; None where the facts do not tell."""
        changes = json.loads(alert.moved)
        if any(of in BESIDE for of, *_ in changes):
            return None
        told = things(asdict(self.facts[alert.claim_id]))
        return all(told.get((of, quote)) == before for of, quote, before, _ in changes)

    def _severity(self, alert):
        if alert.cause_kind == "review date":
            return "minor"
        takes = alert.claim_id in self._takers(alert.holder_id)
        if alert.holder_kind == "edition" and alert.cause_kind == "decision" and takes:
            return "critical"
        as_before = self.word[alert.claim_id] == alert.word_before
        matters = any(change[0] in MATTERS for change in json.loads(alert.moved))
        return "minor" if as_before and not matters else "major"

    def _takers(self, edition):
        """The claims that took the standing of something that an edition tells."""
        for sentence, told in self._places(edition).items():
            for claim, word in told:
                floor = word if sentence is None else max((w for _, w in told), key=STRENGTH.index)
                if weaker(self.confirmed[claim], floor):
                    yield claim

    def _places(self, edition):
        places = defaultdict(list)
        for sentence, claim, word in self.told[edition]:
            places[sentence].append((claim, word))
        return places

    def _fallen(self, edition):
        """Sentences, or None for the fields, with what readers are to be told of them."""
        for sentence, told in self._places(edition).items():
            if sentence is None:
                told = [each for each in told if weaker(self.confirmed[each[0]], each[1])]
            if not told:
                continue
            stood = max((word for _, word in told), key=STRENGTH.index)
            stands = max((self.confirmed[claim] for claim, _ in told), key=STRENGTH.index)
            if weaker(stands, stood):
                yield sentence, f"It was {stood} then, and is {stands} now."

    # --- what readers see -----------------------------------------------------------------------

    def _notices(self, shown):
        for page in self.pages:
            every = list(page.notices.order_by("pk"))
            notices = [each for each in every if (each.kind, each.closed_at) == ("evidence", None)]
            fallen = dict(self._fallen(page.edition_id)) if page in self.on_show else {}
            told = {each.sentence: each.words for each in notices}
            if told.keys() != fallen.keys() or len(told) != len(notices):
                yield f"page {page.pk} tells of {told}, fell: {fallen}"
            elif any(words not in told[n] for n, words in fallen.items()):
                yield f"page {page.pk} tells {told}, not {fallen}"
            if page in self.on_show and (page.status == "under review") != bool(fallen):
                yield f"page {page.pk} is {page.status}, fell: {fallen}"
            seen = shown(page, every)
            for notice in every:
                if notice.kind != "evidence" or (notice.words in seen) == (notice in notices):
                    continue
                same = any(each.words == notice.words for each in notices)
                if notice in notices or not same:
                    yield f"page {page.pk} and notice {notice.pk}: shown otherwise than open"

    # --- drafts ---------------------------------------------------------------------------------

    def _gate_lists(self, drafts):
        for telling, content in drafts:
            summary = telling.summary
            told = set(telling.told_claims)
            found = {each.claim_id for each in gate.refusals(telling) if each.code == MOVED}
            if found != (expected := set(self._weighing_on(summary, telling.revision)) & told):
                yield f"the gate of summary {summary.pk} names {found}, not {expected}"
            yield from self._outcomes(f"summary {summary.pk}", content)

    def _outcomes(self, name, content):
        """What a draft would tell of plans, and that it tells the fact by which one knows."""
        told = {claim["id"]: claim for claim in content["claims"]}
        for pk, claim in told.items():
            row, by = self.outcomes.get(pk), self._told_by(pk)
            by = None if by and weaker(self.word[by], "unverified") else by
            known = row is not None and bool(by or row.reason)
            if (claim.get("outcome", {}).get("by"), "outcome" in claim) != (by, known):
                yield f"{name} tells of c{pk} {claim.get('outcome')}, not that c{by} tells so"
            if by and by not in told:
                yield f"{name} does not tell c{by}, by which one knows of c{pk}"
            if "overtaken" not in self.facts[pk].replaced_because:
                says = claim["currency"] if claim["currency"] in OUTCOMES else None
                if says != (row.get_word_display() if known else None):
                    yield f"{name} tells c{pk} as {claim['currency']}"

    def _weighing_on(self, summary, revision):
        page = next((p for p in self.pages if p.partnership_id == summary.partnership_id), None)
        for alert in self.open:
            of_draft = (alert.holder_kind, alert.holder_id) == ("summary", summary.pk)
            of_page = page and (alert.holder_kind, alert.holder_id) == ("edition", page.edition_id)
            weighs = alert.severity != "minor" and alert.answered_in_id != revision.pk
            if (of_draft or of_page) and weighs:
                yield alert.claim_id

    def _approvals(self, told):
        for approval in Approval.objects.filter(lapsed=None).select_related("revision__summary"):
            summary = approval.revision.summary
            if (summary.state, summary.n) != ("approved", approval.revision.n):
                yield f"approval {approval.pk} stands, of a summary that is {summary.state}"
            elif seal(evidence_digests(told[summary])) != approval.evidence_digest:
                yield f"approval {approval.pk} stands, and its evidence moved"


MOVED = "evidence_moved"
OUTCOMES = set(Outcome.Word.labels)
