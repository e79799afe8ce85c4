"""What the invented desk did after it had published: evidence moved, and people dealt with some.

An act of the file names its verb; it is carried out by whoever may, on what the file names.
"""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from corpus.models import Source
from curation import (
    anchoring,
    assessing,
    claiming,
    concluding,
    copying,
    describing,
    evidencing,
    identifying,
    linking,
    publishing,
    resolving,
    revisiting,
)
from curation.drafting import save
from curation.ledger import latest_about
from curation.models import Alert, Anchor, Evidence, Summary
from curation.models.alerts import AlertQuerySet
from curation.names import deciding
from curation.sample_curation import (
    Curation,
    NotLoaded,
    Row,
    accept_rest,
    at,
    cited,
    label_told,
    publish,
    put_to,
    say_what_it_is,
)

__all__ = ["carry_out"]


def carry_out(curation: Curation, acts: list[Row]) -> None:
    for n, row in enumerate(acts, 1):
        with at(f"act {n}, {row['does']}"):
            ACTS[row["does"]](curation, row)


# --- texts and sources ----------------------------------------------------------------------------


def _say_lost(curation: Curation, row: Row) -> None:
    document = curation.documents[row["file"]]
    document.refresh_from_db()
    anchor = Anchor.objects.in_force().get(
        capture=document.current_capture, quote__exact=row["quote"]
    )
    anchoring.say_lost(anchor, by=curation.editor, reason=row["reason"])


def _judge_copies(curation: Curation, row: Row) -> None:
    one, other = (curation.documents[row[name]] for name in ("file", "other"))
    copying.judge(one, other, row["word"], by=curation.editor, reason=row["reason"])


def _source(row: Row) -> Source:
    return Source.objects.get(name=row["source"])


def _change_owner(curation: Curation, row: Row) -> None:
    source = _source(row)
    describing.change_source(
        source,
        by=curation.editor,
        name=source.name,
        host=source.host,
        owner=curation.entity(row["owner"]),
        seen=latest_about(source),
    )


def _grade(curation: Curation, row: Row) -> None:
    source = _source(row)
    describing.grade(
        source,
        by=curation.editor,
        grade=row["grade"],
        reason=row["reason"],
        seen=source.grades.in_force().values_list("pk", flat=True).first(),
    )


def _read_document(curation: Curation, row: Row) -> None:
    """One that was collected after publication: what it is, and its labels."""
    say_what_it_is(curation, row)
    accept_rest(curation, row)


def _describe_document(curation: Curation, row: Row) -> None:
    """As it is, but for what the act says."""
    document = curation.documents[row["file"]]
    document.refresh_from_db()
    describing.describe(
        document,
        by=curation.editor,
        title=row.get("title", document.title),
        source=document.source,
        published=row.get("published", document.published),
        published_basis=row.get("basis", document.published_basis),
        url=document.url,
        origin_entity=curation.entity(row.get("origin", "")) or document.origin_entity,
        origin_words=document.origin_words,
        seen=document.descriptions.in_force().values_list("pk", flat=True).first(),
    )


def _assess_document(curation: Curation, row: Row) -> None:
    document = curation.documents[row["file"]]
    capture = document.current_capture
    assert capture is not None
    assessing.assess_document(
        document,
        by=curation.editor,
        capture=capture.pk,
        seen=capture.assessments.in_force().values_list("pk", flat=True).first(),
        **label_told(row),
    )


def _assess_passage(curation: Curation, row: Row) -> None:
    capture = curation.documents[row["file"]].current_capture
    assert capture is not None
    passage = capture.passages.get(text=row["words"])
    assessing.assess_passage(
        passage,
        by=curation.editor,
        seen=passage.assessments.in_force().values_list("pk", flat=True).first(),
        **label_told(row),
    )


# --- names and entities ---------------------------------------------------------------------------


def _link(curation: Curation, row: Row) -> None:
    document, entity = curation.documents[row["file"]], curation.entities[row["entity"]]
    held = deciding(document.links.in_force().filter(name=row["name"], capture=None))
    linking.link_name(
        document,
        row["name"],
        entity,
        row["verdict"],
        by=curation.editor,
        seen=held.pk if held else None,
    )


def _make_entity(curation: Curation, row: Row) -> None:
    curation.entities[row["slug"]] = identifying.make_entity(
        by=curation.editor, name=row["name"], kind=row["kind"], slug=row["slug"]
    )


def _merge(curation: Curation, row: Row) -> None:
    one, into = (curation.entities[row[name]] for name in ("entity", "into"))
    identifying.merge(one, into, by=curation.editor, reason=row["reason"])


def _unmerge(curation: Curation, row: Row) -> None:
    identifying.unmerge(curation.entities[row["entity"]], by=curation.editor, reason=row["reason"])


# --- claims ---------------------------------------------------------------------------------------


def _evidence(curation: Curation, row: Row) -> Evidence:
    evidence = curation.claims[row["claim"]].evidence.in_force()
    return evidence.get(quote__exact=row["quote"])


def _untick(curation: Curation, row: Row) -> None:
    evidencing.untick(_evidence(curation, row), by=curation.editor)


def _withdraw_evidence(curation: Curation, row: Row) -> None:
    evidencing.withdraw_evidence(_evidence(curation, row), by=curation.editor, reason=row["reason"])


def _replace(curation: Curation, row: Row) -> None:
    claim = curation.claims[row["claim"]]
    plain = ("told_as", "said_by_entity", "said_by_words", "date", "as_of", "attribute", "value")
    curation.claims[row["claim"]] = claiming.replace(
        claim,
        by=curation.editor,
        because=row["because"],
        same_meaning=row.get("same_meaning", False),
        words=row["words"],
        acting=claim.acting.all(),
        **{name: getattr(claim, name) for name in plain},
    )


def _claim(curation: Curation, row: Row) -> None:
    told = {name: value for name, value in row.items() if name not in ("does", "key", "evidence")}
    partnership = curation.partnerships[told.pop("partnership")]
    claim = claiming.make_claim(partnership, by=curation.editor, **told)
    curation.claims[row["key"]] = claim
    for evidence in row["evidence"]:
        put_to(claim, evidence, curation, by=curation.editor)


def _tell_outcome(curation: Curation, row: Row) -> None:
    claim = curation.claims[row["claim"]]
    concluding.conclude(claim, row["word"], by=curation.editor, reason=row["reason"])


# --- what people do about it ----------------------------------------------------------------------


def _look_again(curation: Curation, row: Row) -> None:
    """On a day that was set yesterday, and has come."""
    today = timezone.localdate()
    summary = curation.partnerships[row["partnership"]].summary
    yesterday = today - timedelta(days=1)
    revisiting.look_again(
        summary, by=curation.editor, on=today, reason=row["reason"], today=yesterday
    )
    list(revisiting.tell_what_passed(today))


def _confirm(curation: Curation, row: Row) -> None:
    """Of the newest cause: what is written stands as it is."""
    resolving.reconfirm(_of_newest_cause(), by=curation.publisher, reason=row["reason"])


def _of_newest_cause() -> AlertQuerySet:
    newest = Alert.objects.open().order_by("-pk").first()
    if newest is None:
        raise NotLoaded("Nothing is open that could be dealt with.")
    return Alert.objects.open().of_cause(newest.cause_kind, newest.cause_id)


def _put_other_evidence(curation: Curation, row: Row) -> None:
    """To a claim that the newest cause moved: what it lost is made good."""
    claim = curation.claims[row["claim"]]
    alert = _of_newest_cause().filter(claim=claim).first()
    if alert is None:
        raise NotLoaded(f"Nothing that the newest cause moved is open of {claim.key}.")
    evidence = put_to(claim, row, curation, by=curation.editor)
    resolving.by_evidence(alert, evidence, by=curation.editor)


def _take_out(curation: Curation, row: Row) -> None:
    """Of a draft: readers still have the edition."""
    summary: Summary = curation.partnerships[row["partnership"]].summary
    save(summary, by=curation.contributor, **_with_other_words(summary, row["words"], "", curation))


def _correct(curation: Curation, row: Row) -> None:
    """Reword what the newest cause moved, and have it reviewed and published as a correction."""
    summary: Summary = curation.partnerships[row["partnership"]].summary
    told = _with_other_words(summary, row["before"], row["after"], curation)
    resolving.reword(_of_newest_cause().about(summary), summary, by=curation.contributor, **told)
    summary.refresh_from_db()
    publish(curation, summary, kind="correction", note=row["note"])


def _with_other_words(summary: Summary, before: str, after: str, curation: Curation) -> Row:
    """The draft with other words in its text; keys of the file lead to claims, as they do there."""
    revision = summary.latest
    assert revision is not None
    before, after = cited(before, curation), cited(after, curation)
    if before not in revision.text:
        raise NotLoaded(f"“{before}” does not stand in the draft.")
    return {
        "seen": revision.n,
        "title": revision.title,
        "standfirst": revision.standfirst,
        "text": revision.text.replace(before, after),
    }


def _withdraw_page(curation: Curation, row: Row) -> None:
    page = curation.partnerships[row["partnership"]].page
    publishing.withdraw(page, by=curation.publisher, reason=row["reason"])


ACTS: dict[str, Callable[[Curation, Row], None]] = {
    "say lost": _say_lost,
    "judge copies": _judge_copies,
    "change owner": _change_owner,
    "grade": _grade,
    "read document": _read_document,
    "describe document": _describe_document,
    "assess document": _assess_document,
    "assess passage": _assess_passage,
    "link": _link,
    "make entity": _make_entity,
    "merge": _merge,
    "unmerge": _unmerge,
    "untick": _untick,
    "withdraw evidence": _withdraw_evidence,
    "replace": _replace,
    "claim": _claim,
    "tell outcome": _tell_outcome,
    "look again": _look_again,
    "confirm": _confirm,
    "put other evidence": _put_other_evidence,
    "take out": _take_out,
    "correct": _correct,
    "withdraw page": _withdraw_page,
}
