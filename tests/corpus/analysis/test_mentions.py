import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.mentions import Finder, Found, Name
from corpus.analysis.ranking import Refusal, context
from corpus.analysis.written_names import Page
from corpus.text.decode import decode

NAMES = [
    "NASA", "ESA", "European Space Agency", "JAXA", "ExoMars", "Mars", "Artemis", "Artemis Accords",
    "Gateway", "Lunar Gateway", "Oxia Planum", "Ariane 6", "CubeSat", "L'Oréal", "imec", "日本",
    "नासा", "Roscosmos", "Roskosmos", "SpaceX", "Thales Alenia Space", "Toyota", "Argonaut",
    "Lunar Cruiser", "Apophis", "Mars Sample Return", "Rosalind Franklin",
]  # fmt: skip
FINDER = Finder(Name(text, number, number) for number, text in enumerate(NAMES))


def found(text, finder=FINDER):
    return [text[at.start : at.end] for at in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("an ESA-built lander for the NASA–ESA team", ["ESA", "NASA", "ESA"]),
        ("NASA’s and JAXA's", ["NASA", "JAXA"]),
        ("the European\u00a0Space\u202fAgency (ESA)", ["European\u00a0Space\u202fAgency", "ESA"]),
        ("the EUROPEAN SPACE\nAGENCY", ["EUROPEAN SPACE\nAGENCY"]),
        ("European\n\nSpace Agency", []),
        ("Ariane‑6, ARIANE 6, Ariane-6", ["Ariane‑6", "ARIANE 6", "Ariane-6"]),
        ("ariane 6, esa, Esa, mars, MESA, ESAs, gateway", []),
        ("three CubeSats", ["CubeSats"]),
        ("L’Oreal and imec and IMEC", ["L’Oreal", "imec", "IMEC"]),
        ("日本の नासा, नासान", ["日本", "नासा"]),
        ("the Artemis Accords of Artemis", ["Artemis Accords", "Artemis"]),
        ("the Oxia Planum Research Station", ["Oxia Planum"]),
        ("ExoMars-2022", ["ExoMars"]),
    ],
)
def test_names_are_found_as_people_write_them(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the Unified Mars Gateway", ["Mars"]),
        ("The Gateway orbits.", ["Gateway"]),
        ("the Lunar Gateway", ["Lunar Gateway"]),
        ("the NASA Gateway", ["NASA", "Gateway"]),
        ("Great Plans\nGateway orbits.", ["Gateway"]),
        ("They agreed. Gateway orbits.", ["Gateway"]),
    ],
)
def test_a_common_noun_that_ends_an_unknown_name_is_no_mention(text, names):
    assert found(text) == names


def test_every_entity_of_an_ambiguous_name_is_told():
    finder = Finder([Name("ESA", 1, 10), Name("ESA", 2, 20), Name("Esa", 3, 30)])

    text = "The ESA rover orbits Mars."
    assert finder.find(text) == [Found(4, 7, 1, 10), Found(4, 7, 2, 20), Found(4, 7, 3, 30)]


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("At the Oxia Planum Research Station, a geologist", "Oxia Planum Research Station"),
        ("the Rosalind Franklin Institute opened", "Rosalind Franklin Institute"),
        ("the Toyota Stadium in town", "Toyota Stadium"),
        ("the Argonaut Centre in town", "Argonaut Centre"),
    ],
)
def test_a_name_that_begins_a_longer_one_is_told_apart(text, longer):
    [place] = FINDER.find(text)

    assert place.doubtful
    assert f"“{longer}”" in place.because


@pytest.mark.parametrize(
    "text",
    [
        "the ExoMars Mission Director",
        "said NASA Administrator Bill Nelson",
        "a SpaceX Falcon Heavy rocket; SpaceX built it",
        "Toyota and its Land Cruiser",
        "Roscosmos Director General Dmitry Bakanov",
        "Mars Sample Return Faces Another Long Review",
    ],
)
def test_titles_products_and_headlines_make_no_longer_name(text):
    assert not any(place.doubtful for place in FINDER.find(text))


@pytest.mark.parametrize(
    ("text", "kind", "doubtful"),
    [
        ("the minister Maria Aschbacher said", "person", None),
        ("said Director General Aschbacher", "person", False),
        ("built the Lockheed Aschbacher for it", "spacecraft", True),
        ("built by the Lockheed Aschbacher", "company", False),
    ],
)
def test_an_unknown_name_before_a_name_makes_another_person_and_a_doubtful_craft(
    text, kind, doubtful
):
    places = Finder([Name("Aschbacher", 1, 1, kind)]).find(text)

    assert [place.doubtful for place in places] == ([] if doubtful is None else [doubtful])


def test_a_reason_is_never_longer_than_its_field():
    [place] = FINDER.find(f"the Oxia Planum {'Very' * 60} Research Station, it said")

    assert place.doubtful
    assert len(place.because) == 200


def test_capitals_of_acronyms_with_small_letters_count():
    finder = Finder([Name("EgSA", 1, 1), Name("CaSSIS", 2, 2), Name("DoS", 3, 3)])

    assert found("EgSA, EGSA, egsa, Egsa; CaSSIS, CASSIS, Cassis; DoS, DOS", finder) == [
        "EgSA", "CaSSIS", "CASSIS", "DoS",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Goddard Space Flight Center", "the Goddard Space Flight Centre"),
        ("Airbus Defence & Space", "Airbus Defense and Space"),
        ("Collins Aerospace (United States)", "Collins Aerospace"),
        ("The Planetary Society", "Planetary Society"),
        ("US Space Force", "U.S. Space Force"),
        ("Centre National d'Études Spatiales", "Centre national d’etudes spatiales"),
        ("Thales Alenia Space S.p.A.", "Thales Alenia Space"),
    ],
)
def test_other_spellings_of_a_name_are_found(name, text):
    assert found(text, Finder([Name(name, 1, 1)])) == [text.removeprefix("the ")]


def test_addresses_of_the_web_hold_no_names():
    assert found("See NASA.gov and @NASA. NASA. Yes.") == ["NASA"]


SSC = Finder(
    [
        Name("Stennis Space Center", 1, 1, "organisation", country="US"),
        Name("SSC", 1, 2, "organisation", country="US"),
        Name("Swedish Space Corporation", 2, 3, "company"),
        Name("SSC", 2, 4, "company"),
        Name("European Space Agency", 3, 5, "agency"),
        Name("ESA", 3, 6, "agency"),
    ]
)


@pytest.mark.parametrize(
    ("text", "first", "because"),
    [
        ("The Swedish Space Corporation (SSC) met ESA. SSC agreed.", 2, "spells it out"),
        ("SSC (Stennis Space Center) met ESA.", 1, "spells it out"),
        ("Swedish Space Corporation met ESA. Later SSC agreed.", 2, "another of its names"),
        ("ESA said that SSC of Sweden launches a rocket to orbit.", 2, "“Sweden” stands"),
        ("In Stennis, Mississippi, SSC tests rockets for orbit.", 1, "stennis"),
        ("SSC, the company, builds rockets for orbit.", 2, "“company” stands beside it"),
    ],
)
def test_whom_the_text_speaks_of_ranks_first(text, first, because):
    places = [place for place in SSC.find(text) if text[place.start : place.end] == "SSC"]
    best = [place for place in places if place.rank == 1]

    assert {place.entity for place in best} == {first}
    assert all(because in place.because for place in best)


def test_an_acronym_that_the_text_spells_out_as_somebody_else_is_nobody_known():
    finder = Finder([Name("Stennis Space Center", 1, 1), Name("SSC", 1, 2)])

    assert found("The Swedish Space Corporation (SSC) launched. SSC paid.", finder) == []
    assert found("Its solid state controller (SSC) flew into space.", finder) == []
    assert found("The Stennis Space Center (SSC) launched. SSC paid.", finder) == [
        "Stennis Space Center", "SSC", "SSC",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "tells"),
    [
        ("Department of Space", "The Department of Space agreed.", False),
        ("Department of Space", "India's Department of Space agreed.", True),
        ("Department of Space", "India met the Iranian Department of Space.", False),
        ("Space Research Institute", "The Indian Space Research Institute agreed.", True),
        ("ICE", "ICE arrested two men.", False),
        ("SSC", "The SSC met in town.", False),
        ("SSC", "The SSC met in orbit and in space.", True),
        ("Gateway", "Gateway drugs are many.", False),
        ("Gateway", "They build Gateway in space.", True),
    ],
)
def test_a_name_that_could_be_anybodys_needs_support(name, text, tells):
    finder = Finder([Name(name, 1, 1, country="IN")])

    assert [place.doubtful for place in finder.find(text)] == [not tells]


def test_a_refused_name_ranks_last_where_the_words_around_it_are_alike():
    refused = "Visitors walk through the marble gateway. The Gateway hotel has forty rooms."
    page = Page(refused)
    at = [n for n, word in enumerate(page.words) if word == "gateway"][1]
    refusal = Refusal("gateway", 1, context(page, at, at))
    names = [Name("Gateway", 1, 1), Name("Gateway", 2, 2)]
    alike = "At the Gateway hotel, visitors pay for rooms."
    other = "NASA assembles the Gateway in lunar orbit."

    assert [each.entity for each in Finder(names, [refusal]).find(alike)] == [2, 1]
    assert "refused" in Finder(names, [refusal]).find(alike)[1].because
    assert [each.entity for each in Finder(names, [refusal]).find(other)] == [1, 2]


def test_many_names_and_long_texts_are_bearable():
    finder = Finder(Name(f"Probe {n} of Site {n}", n, n) for n in range(20_000))

    assert len(finder.find("Probe 7 of Site 7. " * 5_000)) == 5_000
    assert len(FINDER.find("Gateway " * 20_000)) == 20_000


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from([*NAMES, " ", "-", "’s", "\n", "x", "́"])).map("".join)
    )
)
def test_places_are_in_order_and_never_overlap(text):
    at = 0
    for place in FINDER.find(text):
        assert at <= place.start < place.end <= len(text)
        at = place.end


@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_words_of_ascii_are_those_that_stand_beside_other_letters(text):
    alone, beside = Page(text), Page(f"{text}\nÆ")

    assert alone.words == beside.words[:-1]
    assert (alone.starts, alone.ends) == (beside.starts[:-1], beside.ends[:-1])


@given(st.lists(st.sampled_from([*NAMES, "the", "Space", "a", ".", ",", "X"]), max_size=12))
def test_no_longer_name_stands_at_a_place_where_one_was_found(parts):
    text = " ".join(parts)
    spans = {(place.start, place.end) for place in FINDER.find(text)}
    for start, end in spans:
        for name in NAMES:
            longer = text[start : start + len(name)] == name and len(name) > end - start
            assert not longer or not (text + " ")[start + len(name)].isspace()


@given(st.lists(st.sampled_from([*NAMES, "SSC", "the", "(", ")", "\n", ". ", "X"])).map(" ".join))
def test_finding_twice_finds_the_same(text):
    assert FINDER.find(text) == FINDER.find(text)
    assert all(place.rank >= 1 and len(place.because) <= 200 for place in FINDER.find(text))


@given(st.lists(st.text(max_size=12), max_size=6), st.text(max_size=60))
def test_any_text_may_be_a_name(names, text):
    finder = Finder(Name(name, number, number) for number, name in enumerate(names))
    assert finder.find(text) is not None


EXPECTED = {
    "000": {"NASA", "ESA", "ExoMars", "Rosalind Franklin", "Oxia Planum"},
    "001": {"NASA", "ESA", "JAXA", "SpaceX", "Artemis", "Artemis Accords", "ExoMars"}
    | {"Mars Sample Return"},
    "003": {"Roscosmos", "Roskosmos", "ESA", "ExoMars", "Thales Alenia Space"},
    "004": {"JAXA", "ESA", "Toyota", "Argonaut", "Lunar Cruiser", "Apophis"},
}


def test_names_in_real_texts(real_seeds):
    for path in real_seeds:
        names = set(found(decode(path.read_bytes()).text))
        assert EXPECTED.get(path.name[:3], set()) <= names
        assert "Gateway" not in names
