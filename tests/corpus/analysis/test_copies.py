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
    assert len(Read(long).words) == MOST_WORDS
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
