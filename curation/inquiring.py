"""What the desk itself searched, asked and compared, with what result: findings."""

from django.contrib.auth.models import User

from corpus.models import Entity
from curation import entering
from curation.lapsing import evidence_moved
from curation.ledger import authorise, decide, one_writer, supersede
from curation.models import Finding, Partnership


def note_finding(
    partnership: Partnership,
    *,
    by: User,
    kind: str,
    words: str,
    date: str,
    outcome: str,
    result: str,
    place: str = "",
    asked: Entity | None = None,
) -> Finding:
    """Note what was done, and what came of it. It never changes; another takes its place."""
    authorise(by, "curation.add_finding")
    finding = Finding(
        partnership=partnership,
        kind=entering.one_of("kind", kind, Finding.Kind.values),
        words=entering.line("words", words, needed="Write what was done."),
        place=entering.line("place", place),
        asked=asked and asked.resolved,
        outcome=entering.one_of("outcome", outcome, Finding.Outcome.values),
        result=entering.line("result", result, needed="Write what came of it."),
        **entering.day("date", date),
    )
    with one_writer():
        entering.check(finding)
        finding.decision = decide("note finding", partnership, by=by, after=_told(finding))
        finding.save()
        return finding


def withdraw_finding(finding: Finding, *, by: User, reason: str) -> None:
    """Take a finding out of force: a draft that cites it may not be published."""
    authorise(by, "curation.add_finding")
    reason = entering.words("reason", reason, needed="Write why this finding is withdrawn.")
    with one_writer():
        supersede(finding)
        decision = decide(
            "withdraw finding", finding.partnership, by=by, before=_told(finding), reason=reason
        )
        claims = finding.partnership.claims.all()
        evidence_moved(claims, by=decision.by, act_id=decision.act_id)


def _told(finding: Finding) -> dict[str, object]:
    values = {
        "finding": finding.pk,
        "kind": finding.kind,
        "words": finding.words,
        "place": finding.place,
        "asked": finding.asked_id,
        "date": finding.date,
        "outcome": finding.outcome,
        "result": finding.result,
    }
    return {name: value for name, value in values.items() if value}
