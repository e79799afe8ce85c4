"""Quoted words in a text that was collected again: found, unclear, lost; placed by a person."""

from datetime import timedelta

import pytest

from corpus.importing import pipeline
from corpus.importing.records import Record
from corpus.models import Document
from curation import anchoring
from curation.assessing import text_collected
from curation.ledger import Refused
from curation.models import Alert, Anchor, Decision, Notice, Page, Standing, Summary
from curation.standings import refresh
from tests.factories import (
    NOON,
    make_approved,
    make_assessment,
    make_claim,
    make_draft,
    make_entity,
    make_evidence,
    make_published,
    make_quote,
    make_source,
    make_user,
    passages_of,
)

pytestmark = pytest.mark.django_db

WORDS = "ESA and NASA agreed."
AS_QUOTED, ELSEWHERE = f"{WORDS} They met.", f"On Monday they met. {WORDS}"
TWICE, LOST = f"It was said. {WORDS} {WORDS}", "They met."


def collect(words, day, at="a"):
    record = Record(
        f"{at}.txt",
        raw=words.encode(),
        address=f"https://news.example.org/{at}",
        collected_at=NOON + timedelta(days=day),
    )
    pipeline.run([record], label="test", after_store=text_collected)


@pytest.fixture
def claim():
    """Held by a draft; it rests on one quote of the text as it was collected first."""
    collect(AS_QUOTED, 0)
    document = Document.objects.get()
    for passage in passages_of(document):
        make_assessment(passage, credibility=2)
    claim = make_claim(quotes=[make_quote(document, WORDS)])
    refresh([claim])
    make_draft(claims=[claim])
    return claim


def anchor():
    return Anchor.objects.in_force().order_by("-pk").first()


def alerts():
    return list(Alert.objects.order_by("pk").values_list("severity", "resolution"))


@pytest.mark.parametrize(
    ("words", "state", "expected"),
    [
        (ELSEWHERE, "moved", [("minor", "as before")]),
        (TWICE, "unclear", [("major", "")]),
        (LOST, "lost", [("major", "")]),
        (f"{AS_QUOTED} It is new.", "same", []),
    ],
)
def test_words_are_looked_for_in_what_is_collected(claim, words, state, expected):
    collect(words, 1)
    assert anchor().state == state
    assert alerts() == expected


def test_words_that_stand_twice_count_as_they_did(claim):
    before = Standing.objects.get(claim=claim).word
    collect(TWICE, 1)
    assert Standing.objects.get(claim=claim).word == before


@pytest.mark.parametrize("again", [AS_QUOTED, ELSEWHERE])
def test_unclear_place_is_undone_by_a_text_that_is_clear(claim, again):
    collect(TWICE, 1)
    collect(again, 2)
    assert alerts()[0] == ("major", "undone")
    assert not Alert.objects.open().exists()


def test_place_that_a_person_tells_settles_what_was_unclear(claim, editor):
    collect(TWICE, 1)
    start = TWICE.rindex(WORDS)
    said = anchoring.say_place(anchor(), start, by=editor)
    assert (said.state, said.start, said.end) == ("moved", start, start + len(WORDS))
    assert alerts() == [("major", "undone")]


def test_other_words_are_no_place_of_the_quote(claim, editor):
    collect(TWICE, 1)
    with pytest.raises(Refused, match="not the quoted words"):
        anchoring.say_place(anchor(), 3, by=editor)
    assert anchor().state == "unclear"


def test_words_that_a_person_says_are_lost_count_no_more(claim, editor):
    collect(TWICE, 1)
    anchoring.say_lost(anchor(), by=editor, reason="Both are about another agreement.")
    assert Standing.objects.get(claim=claim).confirmed_word == "unsupported"
    assert Alert.objects.open().get().severity == "major"


def test_second_to_tell_the_place_is_refused(claim, editor):
    collect(TWICE, 1)
    stale = anchor()
    anchoring.say_place(stale, TWICE.rindex(WORDS), by=editor)
    with pytest.raises(Refused):
        anchoring.say_lost(stale, by=editor, reason="I looked.")


# --- said once, and the text collected anew -----------------------------------------------------


@pytest.fixture
def edition(claim):
    """Readers have it; then a person says that the words are gone from the text of day 1."""
    edition = make_published(Summary.objects.get())
    collect(LOST, 1)
    anchoring.say_lost(anchor(), by=make_user("editor"), reason="I read it through.")
    assert notices() == [None]
    return edition


def notices():
    return list(Notice.objects.order_by("pk").values_list("closed_at", flat=True))


def status():
    return Page.objects.get().status


def test_words_lost_by_a_persons_word_are_told_to_readers(claim, edition):
    assert status() == "under review"


def test_they_are_lost_from_a_later_text_too_that_lacks_them(claim, edition):
    collect(f"{LOST} It rained.", 2)
    assert anchor().decision is not None
    assert (notices(), status()) == ([None], "under review")


def test_they_stand_again_when_they_are_back_and_readers_are_told_no_more(claim, edition):
    version = Page.objects.get().version
    collect(ELSEWHERE, 2)
    assert Standing.objects.get(claim=claim).confirmed_word == "reported"
    assert notices() != [None]
    assert (status(), Page.objects.get().version) == ("usable", version + 1)


def test_readers_are_told_how_it_stands_when_it_stands_higher_but_not_as_it_was(claim, editor):
    signed = "Two ministers signed in Rome."
    collect(signed, 0, at="b")
    other = Document.objects.order_by("-pk").first()
    make_assessment(passages_of(other)[0], credibility=2)
    make_evidence(claim, make_quote(other, signed))
    for n, document in enumerate(Document.objects.all()):
        document.source = make_source(grade="B", owner=make_entity(f"Owner {n}"))
        document.save()
    refresh([claim])
    make_published(make_draft(claims=[claim]))
    for at in "ab":
        collect(LOST, 1, at=at)
        anchoring.say_lost(anchor(), by=editor, reason="I read it through.")
    before = Notice.objects.open().get()
    assert "was corroborated then, and is unsupported now" in before.words

    collect(f"It rained. {signed}", 2, at="b")

    notice = Notice.objects.open().get()
    assert "was corroborated then, and is reported now" in notice.words
    assert (notice.decision, status()) == (before.decision, "under review")


def test_text_that_lost_them_once_lowers_nothing_by_itself_when_it_is_back(claim, edition):
    collect(AS_QUOTED, 2)
    collect(LOST, 3)
    stands = Standing.objects.get(claim=claim)
    assert (stands.word, stands.confirmed_word) == ("unsupported", "reported")
    assert status() == "usable"
    assert Alert.objects.open().exists()
    anchoring.say_lost(anchor(), by=make_user("editor"), reason="It is gone again.")
    assert status() == "under review"


# --- what is approved ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "state"), [(LOST, "in review"), (ELSEWHERE, "approved"), (TWICE, "approved")]
)
def test_approval_lapses_when_readers_would_be_told_otherwise(claim, words, state):
    approval = make_approved(Summary.objects.get()).latest.approvals.get()
    collect(words, 1)
    approval.refresh_from_db()
    assert Summary.objects.get().state == state
    assert bool(approval.lapsed) == (state == "in review")


def test_lapse_by_a_text_says_that_nobody_did_it(claim):
    summary = make_approved(Summary.objects.get())
    collect(LOST, 1)
    line = Decision.objects.about(summary).order_by("-seq").first()
    assert (line.act, line.by) == ("lapse", summary.latest.approvals.get().by)
    assert "No person did this: a text was collected again" in line.reason
