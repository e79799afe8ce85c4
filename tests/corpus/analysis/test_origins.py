import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.mentions import Finder, Name
from corpus.analysis.origins import suggest_origin
from corpus.text.segment import segment

FINDER = Finder([Name("NASA", 1, 1), Name("Josef Aschbacher", 2, 2, "person")])


def origin(text):
    lead = [(cut.start, cut.end) for cut in segment(text) if cut.kind == "sentence"]
    return suggest_origin(text, lead, FINDER.find(text))


@pytest.mark.parametrize(
    ("text", "words", "because"),
    [
        ("PARIS (AFP) — ESA agreed.", "AFP", "the byline says “AFP”"),
        ("PARIS, March 3 (Reuters) - ESA agreed.", "Reuters", "the byline says “Reuters”"),
        ("ESA agreed today.\nSource: Xinhua", "Xinhua", "the byline says “Xinhua”"),
        ("ESA agreed.\nBy Reuters\nIt paid.", "Reuters", "the byline says “Reuters”"),
        ("It was first reported by DEA News.", "DEA News", "“first reported by DEA News”"),
        ("It failed, according to Reuters.", "Reuters", "“according to Reuters”"),
        ("According to Dr. Lisa Chen, it fell.", "Dr. Lisa Chen", "“According to Dr. Lisa Chen”"),
        ("In a statement, NASA agreed.", "NASA", "“In a statement, NASA”"),
        ("NASA said on Friday in a statement it fell.", "NASA", "said on Friday in a statement”"),
        ("A statement by the Japanese government came.", "Japanese government", "statement by"),
        ("Josef Aschbacher told Reuters it flies.", "Reuters", "“told Reuters”"),
        ("Josef Aschbacher told reporters it flies.", "Josef Aschbacher", "told”"),
        ("Sputnik News reported that it fell.", "Sputnik News", "“Sputnik News reported”"),
    ],
)
def test_who_said_it_first_is_suggested_with_the_words_that_decided(text, words, because):
    found = origin(text)

    assert (found.words, because in found.because) == (words, True)
    assert text[found.start : found.end] == words


def test_an_origin_that_is_known_is_that_entity():
    assert origin("According to a NASA spokesperson, it flew.").entity == 1
    assert origin("It was reported by DEA News.").entity is None


@pytest.mark.parametrize(
    "text",
    [
        "ESA and NASA agreed.",
        "According to officials, it flew.",
        "According to plan it flew.",
        "They told Congress nothing.",
        "It is so. " * 5 + "It flew, according to Reuters.",
        "according to the man who was named for the next post at the head of NASA it flew",
    ],
)
def test_no_origin_is_invented(text):
    assert origin(text) is None


def test_a_byline_says_more_than_the_lead():
    assert origin("PARIS (AFP) — It flew, according to NASA.").words == "AFP"


PARTS = ["according to", "NASA", "told", "reported by", "(AFP) —", "said in a statement", ".", "\n"]
PARTS += ["Josef Aschbacher", "The", "Dr.", "it", ","]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map(" ".join))
def test_the_place_of_an_origin_is_exact(text):
    if found := origin(text):
        assert " ".join(text[found.start : found.end].split()) == found.words
        assert len(found.because) <= 300
