"""Marks: the words with which an author answers an objection, while sentence and standing stay."""

import pytest
from django.core.exceptions import PermissionDenied

from corpus.models import Source
from curation import describing, drafting, gate, gathering, marking, workflow
from curation.ledger import Refused
from curation.models import Decision, Mark, SourceGrade
from tests.factories import make_approved, make_claim, make_draft, make_news, make_user

pytestmark = pytest.mark.django_db

TEXT = "The mission is good in the telling of its makers."


@pytest.fixture
def summary(contributor):
    claim = make_claim(quotes=[make_news(grade="C")])
    return make_draft(claims=[claim], by=contributor, text=f"{TEXT} [@{claim.key}]")


def objection(summary):
    (found,) = gate.objections(gathering.gather(summary))
    return found


def mark(summary, by, words="of its makers", **kwargs):
    held = objection(summary)
    start = TEXT.index(words)
    given = {
        "seen": summary.n,
        "sentence": held.sha256,
        "objection": held.code,
        "standing": held.standing,
        "start": start,
        "end": start + len(words),
    }
    return marking.mark(summary, by=by, **given | kwargs)


def save(summary, by, text):
    latest = summary.latest
    drafting.save(summary, by=by, seen=summary.n, title=latest.title, standfirst="", text=text)


def test_marked_words_answer_an_objection_and_are_shown(summary, contributor):
    with pytest.raises(workflow.MoveRefused, match="does not name who says so"):
        workflow.submit(summary, by=contributor, seen=1)

    row = mark(summary, contributor)

    assert TEXT[row.start : row.end] == "of its makers"
    assert objection(summary).marks == (row,)
    line = Decision.objects.about(summary).order_by("-seq").first()
    assert (line.act, line.by) == ("mark_words", contributor)
    workflow.submit(summary, by=contributor, seen=1)


def test_spaces_at_the_ends_are_not_marked(summary, contributor):
    row = mark(summary, contributor, " of its ")

    assert TEXT[row.start : row.end] == "of its"


def test_mark_taken_away_answers_nothing(summary, contributor):
    row = mark(summary, contributor)

    marking.unmark(row, by=contributor, seen=1)

    assert objection(summary).marks == ()
    assert Decision.objects.about(summary).order_by("-seq").first().act == "unmark_words"
    with pytest.raises(Refused):
        marking.unmark(row, by=contributor, seen=1)


def test_mark_carries_over_while_its_sentence_is_the_same(summary, contributor):
    row, text = mark(summary, contributor), summary.latest.text

    save(summary, contributor, f"{text} More later. [@editorial]")
    assert objection(summary).marks == (row,)

    save(summary, contributor, text.replace("good", "bad"))
    assert objection(summary).marks == ()


def test_mark_lapses_when_the_standing_changes(summary, contributor, editor):
    mark(summary, contributor)

    describing.grade(
        Source.objects.get(),
        by=editor,
        grade="D",
        reason="Wrong.",
        seen=SourceGrade.objects.get().pk,
    )

    assert (objection(summary).code, objection(summary).marks) == ("only_the_doubt", ())


@pytest.mark.parametrize(
    ("kwargs", "words"),
    [
        ({"seen": 0}, "Somebody else was faster"),
        ({"seen": None}, "did not say which revision"),
        ({"sentence": "0" * 64}, "Nothing objects"),
        ({"objection": "both_sides"}, "Nothing objects"),
        ({"standing": "disputed"}, "you saw it as disputed"),
        ({"end": 400}, "not in the sentence"),
        ({"start": -1}, "not in the sentence"),
        ({"start": 9, "end": 9}, "not in the sentence"),
        ({"start": len(TEXT) - 1, "end": len(TEXT)}, "at least one word"),
    ],
)
def test_mark_that_fits_nothing_is_refused(summary, contributor, kwargs, words):
    with pytest.raises(Refused, match=words):
        mark(summary, contributor, **kwargs)

    assert not Mark.objects.exists()


def test_same_words_are_marked_once_and_others_beside_them(summary, contributor):
    mark(summary, contributor)
    mark(summary, contributor, "The mission")

    with pytest.raises(Refused, match="marked already"):
        mark(summary, contributor)

    assert len(objection(summary).marks) == 2


def test_approved_text_is_marked_no_more(contributor):
    claim = make_claim(quotes=[make_news(grade="C")])
    summary = make_approved(
        make_draft(claims=[claim], by=contributor, text=f"{TEXT} [@{claim.key}]")
    )
    (row,) = objection(summary).marks

    with pytest.raises(Refused, match="send it back"):
        mark(summary, contributor)
    with pytest.raises(Refused, match="send it back"):
        marking.unmark(row, by=contributor, seen=1)


def test_marking_needs_the_right_to_write(summary, contributor):
    row, stranger = mark(summary, contributor), make_user(role="")

    with pytest.raises(PermissionDenied):
        mark(summary, stranger, "The mission")
    with pytest.raises(PermissionDenied):
        marking.unmark(row, by=stranger, seen=1)
