"""Objections: the wording of a sentence held against how its weakest claim stands."""

import pytest

from curation import gate, gathering
from tests.factories import (
    answer_objections,
    make_assessment,
    make_claim,
    make_draft,
    make_entity,
    make_evidence,
    make_news,
    make_partnership,
    make_party,
    make_source,
)

pytestmark = pytest.mark.django_db

NEWS = "ESA and NASA agreed on the rover."


def make_standing(standing, partnership=None, **kwargs):
    """A claim that stands so."""
    partnership = partnership or make_partnership()
    esa = make_entity("ESA")
    quotes = {
        "on record": [make_news(NEWS)],
        "corroborated": [make_news(NEWS, grade="A"), make_news(NEWS, origin_words="A wire")],
        "reported": [make_news(NEWS, grade="C")],
        "unverified": [make_news(NEWS, grade="F", credibility=6)],
        "doubtful": [make_news(NEWS, grade="D")],
        "disputed": [make_news(NEWS)],
        "speculative": [],
    }[standing]
    acting = [esa] if standing == "on record" else []
    claim = make_claim(partnership=partnership, acting=acting, words=NEWS, **kwargs)
    for quote in quotes:
        make_evidence(claim, quote, own_record_of=acting)
    if standing == "disputed":
        source = make_source("The Courier", grade="B")
        make_evidence(claim, make_news("They did not.", source=source), stance="disputes")
    if standing == "speculative":
        quote = make_news(NEWS)
        quote.capture.passages.get().assessments.update(superseded_at="2026-01-01T00:00:00Z")
        make_assessment(quote.capture.passages.get(), "speculative")
        make_evidence(claim, quote)
    return claim


def objected(claims, text, **kwargs):
    """{code: obstacle} of what is objected to the text, in which {c} cites the claims."""
    cited = " ".join(f"[@{claim.key}]" for claim in claims)
    summary = make_draft(claims=claims, text=text.format(c=cited), **kwargs)
    return {each.code: each for each in gate.objections(gathering.gather(summary))}


@pytest.mark.parametrize(
    ("standing", "told_as", "text", "codes"),
    [
        ("on record", "fact", "ESA and NASA agreed. {c}", []),
        ("on record", "plan", "ESA plans a rover. {c}", []),
        ("on record", "plan", "A rover is planned. {c}", ["whose_plan"]),
        ("corroborated", "fact", "ESA and NASA agreed. {c}", []),
        ("corroborated", "plan", "A rover is planned. {c}", ["whose_plan"]),
        ("reported", "fact", "ESA and NASA agreed. {c}", ["who_says_so"]),
        ("reported", "fact", "ESA and NASA reportedly agreed. {c}", ["who_says_so"]),
        ("reported", "fact", "According to ESA, they agreed. {c}", []),
        ("reported", "fact", "## What is agreed {c}", []),
        ("reported", "fact", "## They agreed {c}", ["who_says_so"]),
        ("unverified", "fact", "They may have reportedly agreed. {c}", ["which_report"]),
        ("unverified", "fact", "ESA says that they agreed. {c}", ["which_report"]),
        ("unverified", "fact", "A page of ESA says so; who wrote it is unknown. {c}", []),
        ("disputed", "fact", "ESA and NASA agreed. {c}", ["both_sides"]),
        ("disputed", "fact", "ESA and NASA agreed, which The Courier disputed. {c}", []),
        ("disputed", "fact", "They agreed. {c} This is disputed by The Courier. {c}", []),
        ("doubtful", "fact", "ESA and NASA may have agreed. {c}", ["only_the_doubt"]),
        ("doubtful", "fact", "That ESA and NASA agreed is doubtful. {c}", []),
        ("speculative", "forecast", "ESA and NASA may agree. {c}", ["whose_idea"]),
        ("speculative", "forecast", "The blog expects that ESA and NASA agree. {c}", []),
    ],
)
def test_wording_that_passes_and_that_does_not(standing, told_as, text, codes):
    claim = make_standing(standing, told_as=told_as)
    assert gathering.gather(make_draft(claims=[claim])).stands[claim.pk].word == standing

    found = objected([claim], text)

    assert list(found) == codes
    assert all(each.words and each.mend and each.standing == standing for each in found.values())


def test_sentence_is_read_by_its_weakest_claim():
    strong = make_standing("corroborated")
    weak = make_standing("doubtful", strong.partnership)

    assert list(objected([strong, weak], "ESA and NASA agreed. {c}")) == ["only_the_doubt"]


def test_good_source_need_not_be_named_and_it_is_a_warning():
    claim = make_claim(quotes=[make_news(NEWS, grade="B")], words=NEWS)
    summary = make_draft(claims=[claim], text=f"ESA and NASA agreed. [@{claim.key}]")

    assert gate.objections(gathering.gather(summary)) == []
    assert "good_source_unnamed" in [each.code for each in gate.warnings(summary)]


def test_claim_on_the_other_side_is_to_be_cited_too():
    quotes = [
        make_news("It was cancelled.", source=make_source("Brief", grade="B")),
        make_news("It was not.", source=make_source("Ledger", grade="B")),
    ]
    partnership = make_partnership()
    one, other = [make_claim(partnership=partnership, quotes=[quote]) for quote in quotes]
    make_evidence(one, quotes[1], stance="disputes")
    make_evidence(other, quotes[0], stance="disputes")
    told = "Brief says that it was cancelled"

    alone = gate.objections(
        gathering.gather(
            make_draft(
                claims=[one, other],
                text=f"{told}, Ledger not. [@{one.key}]\n\n## After [@{other.key}]",
            )
        )
    )
    both = objected([one, other], f"{told}. [@{one.key}] Ledger says not. [@{other.key}]")

    assert alone == []  # the next sentence cites it
    assert both == {}
    (held,) = objected([one, one], told + ". {c}\n\nMore. [@editorial]").values()
    assert (held.code, held.mend) == (
        "both_sides",
        "Write “Brief reports …; Ledger disputes it”, both cited.",
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ESA plans to launch it in 2022. {c}", ["past_with_date"]),
        ("ESA was to launch it in 2022. {c}", []),
        ("ESA was to launch it. {c}", ["past_with_date"]),
    ],
)
def test_what_was_overtaken_or_is_past_is_told_so(text, codes):
    passed = make_claim(
        quotes=[make_news("ESA launches it in 2022.", grade="A")],
        told_as="plan",
        date="2022",
        date_latest="2022-12-31",
    )
    overtaken = make_claim(quotes=[make_news("ESA launches it in 2022.", grade="A")])
    make_claim(partnership=overtaken.partnership, replaces=overtaken, because="overtaken")

    assert list(objected([passed], text)) == codes
    assert list(objected([overtaken], text)) == codes


def test_mends_name_whom_to_name_and_what_would_lift():
    roscosmos = make_entity("Roscosmos")
    source = make_source("Wire", owner=roscosmos, grade="C")
    claim = make_claim(quotes=[make_news(NEWS, source=source)])

    (held,) = objected([claim], "They agreed. {c}").values()

    assert held.mend == (
        "Write who says so: “according to Roscosmos, …”. "
        "A firm quote of an origin other than Roscosmos corroborates it."
    )


# --- what nothing says ----------------------------------------------------------------------------


def make_said(text="NASA pays 522 million euros, it said: “we pay”.", **kwargs):
    quote = make_news(text, grade="A", published="2024-05-16", **kwargs)
    return make_claim(quotes=[quote], words="NASA pays.")


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("According to NASA, it “will pay”. {c}", "quoted_words", ["“will pay”"]),
        ("According to NASA, it pays 523 million euros. {c}", "numbers", ["523 million"]),
        ("According to NASA, it pays in May 2025. {c}", "dates", ["May 2025"]),
        ("According to NASA, ESA pays. {c}", "party_names", ["ESA"]),
        (
            "According to NASA, it “paid it”, 522 million euros in May 2024. {c}",
            "quoted_words",
            None,
        ),
        ("According to NASA, “we pay” 522 million euros in May 2024. {c}", None, None),
    ],
)
def test_what_stands_in_nothing_cited(text, code, at):
    claim = make_said()
    make_party(claim.partnership, make_entity("ESA"), claims=[claim])

    found = objected([claim], text)

    assert list(found) == ([code] if code else [])
    if at:
        shown = text.format(c="")
        assert [shown[start:end] for start, end in found[code].at] == at


def test_sentence_is_told_what_the_cited_ones_say():
    (held,) = objected([make_said()], "According to NASA, it pays 523 million. {c}").values()

    assert "write what the cited ones say: 522 million" in held.mend


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("This page waits for three texts.", ["three"]),
        ("It was written in 2024.", ["2024"]),
        ("ESA has agreed to fly.", ["ESA"]),
        ("What this means for ESA is open.", []),
        ("What is planned may still move.", []),
        ("One page looks again.", []),
    ],
)
def test_desks_own_words_tell_no_number_date_or_act(text, told):
    claim = make_said()
    make_party(claim.partnership, make_entity("ESA"), claims=[claim])

    found = objected([claim], f"NASA said so. {{c}} {text} [@editorial]")

    assert [text[start:end] for each in found.values() for start, end in each.at] == told
    assert list(found) == (["editorial_fact"] if told else [])


@pytest.mark.parametrize(
    ("published", "text", "codes"),
    [
        ("", "NASA said on Tuesday that it pays. {c}", ["relative_date"]),
        ("", "An undated article of NASA said last Tuesday that it pays. {c}", []),
        ("2024-05-16", "NASA said last Tuesday that it pays. {c}", []),
        ("", "NASA said that it pays. {c}", []),
    ],
)
def test_date_that_counts_from_an_undated_text(published, text, codes):
    quote = make_news("NASA pays, it said last Tuesday.", grade="A", published=published)

    assert list(objected([make_claim(quotes=[quote])], text)) == codes


# --- the gate -------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", gate.STEPS)
def test_objection_holds_each_step_until_it_is_answered(step):
    claim = make_standing("doubtful")
    other = make_standing("corroborated", claim.partnership)
    summary = make_draft(claims=[claim, other])

    (held,) = [each for each in gate.obstacles(summary, step=step) if each.standing]
    assert (held.code, held.sentence, held.passable) == ("only_the_doubt", 2, True)

    answer_objections(summary)
    assert [each for each in gate.obstacles(summary, step=step) if each.standing] == []


def test_reading_asks_no_more_for_three_sentences_than_for_one(django_assert_num_queries):
    claims = [make_standing("doubtful", make_partnership()) for _ in range(3)]
    few = gathering.gather(make_draft(claims=claims[:1]))
    for claim in claims[1:]:
        claim.partnership = claims[0].partnership
    many = gathering.gather(make_draft(claims=claims[:1], text=f"A [@{claims[0].key}]. " * 3))

    for telling in (few, many):
        with django_assert_num_queries(1):  # the marks
            assert gate.objections(telling)
