"""Reuse is told from writing on the same subject."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.analysis.copies import MOST_WORDS, THRESHOLD, Read, reuse, score

WIRE = (
    "The space agency of the northern states and the coastal union signed an agreement on Tuesday "
    "to build a weather satellite together. Under the deal the union will supply the radar, worth "
    "about 140 million crowns, while the agency provides the platform and the launch. The "
    "satellite is to fly in 2031 from the island range. Engineers on both sides have worked on "
    "the design since the spring, after an earlier plan had failed over money. “We share the "
    "weather, so we share the work,” a spokesperson said at the signing. A second satellite may "
    "follow if the parliaments agree to pay for it next year."
)
REWORDED = (
    "On Tuesday the space agency of the northern states signed an agreement with the coastal union "
    "to jointly build a weather satellite. The union will supply the radar, which costs about "
    "140 million crowns, and the agency provides both the platform and the launch. It should fly "
    "from the island range in 2031. Engineers have worked on its design since spring, after an "
    "earlier plan failed over money. A second satellite may follow next year if the parliaments "
    "agree to pay."
)
INDEPENDENT = (
    "Fishermen along the coast have long asked for better storm warnings. Their union now pins its "
    "hopes on a spacecraft: a radar in orbit that sees rain at night. The northern agency, which "
    "will own the machine, says it expects first pictures in 2031. Critics in the assembly call "
    "the price too high and point to buoys, which are cheap and could be put out this summer. The "
    "agreement, signed this week, leaves open who pays when the instrument fails in space."
)
OTHER = (
    "The museum has bought a painting of the old harbour. It hung for a century in a private "
    "house and was seen by few. The director said that the picture would be cleaned in the autumn "
    "and shown from December, beside the drawings that the painter made on his walks along the "
    "quay. Visitors may watch the work through a window. The price was not told."
)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("itself", WIRE),
        ("itself in another case, with other quotes", WIRE.upper().replace("“", '"')),
        ("a few sentences of it", ". ".join(WIRE.split(". ")[1:5])),
        ("it within a longer page", f"{OTHER} {WIRE} {OTHER.replace('museum', 'gallery')}"),
        ("a paragraph of it in another piece", f"{OTHER} {'. '.join(WIRE.split('. ')[:3])}. " * 1),
        ("its sentences in another order", ". ".join(reversed(WIRE.split(". ")))),
        ("another number", WIRE.replace("140", "160").replace("2031", "2033")),
        ("light rewording", REWORDED),
    ],
    ids=lambda value: value if len(value) < 50 else "",
)
def test_reuse_is_found(what, text):
    assert reuse(Read(WIRE), Read(text)).found


@pytest.mark.parametrize("text", [INDEPENDENT, OTHER, "", "Agency.", "the of and to in"])
def test_what_was_written_independently_is_no_copy(text):
    assert not reuse(Read(WIRE), Read(text)).found


SPEECH = (
    "{0}The weather knows no border, and those who wait for rain on one shore should hear of it "
    "from the other,{1} the minister said. {0}What we signed today is no treaty of friendship: it "
    "is a bill that two households have agreed to share, and both of them will read it line by "
    "line.{1}"
)


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "«»", "„“"])
def test_those_who_quote_the_same_speech_are_no_copies(marks):
    speech = SPEECH.format(*marks)
    assert not reuse(Read(f"{WIRE} {speech}"), Read(f"{INDEPENDENT}\n{speech}")).found
    bare = speech.translate(dict.fromkeys(map(ord, marks)))
    assert reuse(Read(f"{WIRE} {bare}"), Read(f"{INDEPENDENT}\n{bare}")).found


def test_text_that_quotes_and_says_little_is_compared_with_what_it_quotes():
    speech = SPEECH.format("“", "”")
    assert reuse(Read(speech), Read(f"{OTHER}\n{speech}")).found


def test_reason_tells_that_quotations_are_left_aside():
    found = reuse(Read(f"{WIRE} {SPEECH.format('“', '”')}"), Read(WIRE))
    assert found.reason == (
        "nearly every word of the shorter text stands in the other, quotations aside"
    )


def test_sentence_is_reuse_of_the_text_that_holds_it_alone():
    sentences = WIRE.split(". ")
    long = f"{WIRE} {INDEPENDENT} {OTHER}"
    assert reuse(Read(sentences[2]), Read(long)).found
    assert not reuse(Read(OTHER.split(". ")[1]), Read(f"{WIRE} {INDEPENDENT}")).found
    assert not reuse(Read(INDEPENDENT.split(". ")[3]), Read(WIRE)).found


def test_order_of_the_two_does_not_matter():
    assert reuse(Read(WIRE), Read(REWORDED)) == reuse(Read(REWORDED), Read(WIRE))


def test_share_is_that_of_the_smaller_text():
    part = ". ".join(WIRE.split(". ")[:3]) + "."
    assert reuse(Read(part), Read(WIRE)).shared == 1
    assert reuse(Read(WIRE), Read(f"{part} {OTHER}")).shared < 0.6


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (WIRE, "nearly every word of the shorter text stands in the other"),
        (REWORDED, "of the shorter text stands in the other, word for word"),
    ],
)
def test_reason_is_told_in_words(text, words):
    assert words in reuse(Read(WIRE), Read(text)).reason


def test_texts_without_words_and_of_a_word_are_compared():
    assert score("", "") == 0
    assert score("Yes.", "yes") == 1
    assert score("Yes.", "No.") == 0


def test_only_so_many_words_are_compared():
    rng = random.Random(1)
    long = " ".join(str(rng.randrange(10**6)) for _ in range(MOST_WORDS + 10))
    assert len(Read(long).every.words) == MOST_WORDS
    assert score(long, long) > THRESHOLD


@given(st.text(max_size=300), st.text(max_size=300))
@settings(deadline=None, max_examples=100)
def test_any_two_texts_have_a_score(a, b):
    found = reuse(Read(a), Read(b))
    assert 0 <= found.score <= 1
    assert 0 <= found.shared <= 1
    assert found.reason


@given(st.lists(st.sampled_from("abcdefghij"), min_size=40, max_size=200))
@settings(deadline=None, max_examples=50)
def test_every_text_is_a_copy_of_itself(words):
    assert score(" ".join(words), " ".join(words)) >= THRESHOLD
