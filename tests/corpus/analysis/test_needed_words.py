"""What saves looking for a pattern never hides what the pattern would find."""

import random
import re

import pytest

from corpus.analysis import cues
from corpus.analysis.needed_words import Needs, needed

EVERY = (cues.CONTENTS, *cues.OF_SOMEBODY, *cues.OF_ANYBODY)
NEEDS = Needs([cue.words for cue in EVERY], [cue.cased for cue in EVERY])


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (r"said|says\b", {r"said\w*", "says"}),
        (r"underscor\w+", {r"underscor\w*"}),
        (r"(?:is|are) (?:now )?(?:building|testing)\b", {"building", "testing"}),
        (r"the (?:few|challenge) of\b", {"few", "challenge"}),
        (r"ground-?breaking", {r"\w*breaking\w*"}),
        (r"sett?(?:ing)? the stage\b", {"stage"}),
        (r"(?<!united )states\b", {r"\w*states"}),
        (r"critical(?! design)", {r"critical\w*"}),
        (r"(?-i:^(?:Look|Consider)\b)", {"look", "consider"}),
        (r"(?:\$|€)\d", {r"\w*\d\w*"}),
    ],
)
def test_words_that_a_pattern_needs_are_its_rarest(shape, words):
    assert needed(shape).words == words


def test_pattern_of_marks_alone_needs_no_word():
    assert needed(r"[A-Z]+ [—–-]{1,2} ") is None


def test_pattern_that_nobody_can_read_is_refused():
    with pytest.raises(ValueError, match="What does"):
        needed(r"one\Atwo")


def test_whatever_a_cue_finds_was_not_ruled_out():
    found = set()
    for said in _sayings(4000):
        low = said.lower()
        can_hold = NEEDS.can_hold(said, low)
        for place, cue in enumerate(EVERY):
            if cue.found(said, low):
                found.add(cue)
                assert can_hold & 1 << place, (cue.reason, said)

    assert len(found) == len(EVERY)


def test_most_cues_are_ruled_out():
    plain = "The lander reached the crater and its drill turned."

    assert NEEDS.can_hold(plain, plain.lower()).bit_count() < 4


def test_letters_that_change_their_number_rule_nothing_out():
    assert NEEDS.can_hold("İ", "İ".lower()).bit_count() == len(EVERY)


def _sayings(many):
    """Words of the cues in any order, so that some of them fit by chance."""
    draw = random.Random(5)
    pieces = [
        re.sub(r"\(\?[-:!=<i]*|[()?+*^]|\\.|\[.*?\]", "", each)
        for cue in EVERY
        for each in cue.words.split("|")
    ]
    pieces += ["to", "of", "for", "the", "2035", "$7", "US", "ſ", "who knowſ", "— ", "Paris", "is"]
    yield "Paris, 2 May — The rover landed."
    for _ in range(many):
        some = draw.choices(pieces, k=draw.randint(1, 12))
        yield " ".join(each.capitalize() if draw.random() < 0.2 else each for each in some)
