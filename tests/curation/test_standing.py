"""The rule of standing, row by row. Pure: no database."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from curation.models import Claim, Outcome
from curation.models import Standing as StandingRow
from curation.standing import (
    CURRENCIES,
    ROWS,
    STRENGTH,
    WEIGHTS,
    ClaimFacts,
    EvidenceFacts,
    PassageFacts,
    Who,
    currency,
    stand,
    stand_confirmed,
    weakest,
)
from curation.weighing import weigh, weight_of_news

NUMBER = count(1)
ESA, NASA, JAXA = Who(1, "ESA"), Who(2, "NASA"), Who(3, "JAXA")
NEWS = PassageFacts("news", 2)
WEIGHING = {  # the grade and the label that make a quote weigh so much
    "firm": ("B", NEWS),
    "fair": ("B", PassageFacts("news", 6)),
    "unverified": ("F", PassageFacts("news", 3)),
    "weak": ("D", NEWS),
    "speculative": ("B", PassageFacts("speculative")),
}


def evidence(weight="firm", *, passages=None, **kwargs):
    """A quote of a document, origin and owner of its own."""
    n = next(NUMBER)
    grade, passage = WEIGHING[weight]
    told = {
        "id": n,
        "quote": n,
        "document": n,
        "passages": (passage,) if passages is None else tuple(passages),
        "grade": grade,
        "origin": Who(1000 + n, f"Origin {n}"),
        "owner": Who(2000 + n, f"Owner {n}"),
    }
    return EvidenceFacts(**told | kwargs)


def dispute(weight="firm", **kwargs):
    return evidence(weight, stance="disputes", **kwargs)


def claim(*quotes, **kwargs):
    return ClaimFacts(id=1, evidence=quotes, **kwargs)


def word(*quotes, **kwargs):
    return stand(claim(*quotes, **kwargs)).word


# --- weights ----------------------------------------------------------------------------------

TABLE = """
        1          2          3          4          5          6
    A   firm       firm       firm       weak       weak       fair
    B   firm       firm       firm       weak       weak       fair
    C   firm       firm       firm       weak       weak       fair
    D   weak       weak       weak       weak       weak       weak
    E   weak       weak       weak       weak       weak       weak
    F   fair       fair       unverified weak       weak       unverified
"""
CELLS = [
    (grade, credibility, weight)
    for grade, *weights in map(str.split, TABLE.strip().splitlines()[1:])
    for credibility, weight in enumerate(weights, 1)
]


@pytest.mark.parametrize(("grade", "credibility", "weight"), CELLS)
def test_news_weighs_by_grade_and_credibility(grade, credibility, weight):
    assert weight_of_news(grade, credibility) == weight


@pytest.mark.parametrize(("grade", "credibility", "weight"), CELLS)
def test_table_of_weights_names_each_case_once(grade, credibility, weight):
    named = [
        row.word
        for row in WEIGHTS
        for grades, credibilities in row.cases
        if grade in grades and credibility in credibilities
    ]
    assert named == [weight]


@pytest.mark.parametrize("grade", "ABCDEF")
def test_news_whose_speaker_was_not_traced_is_weak_whatever_else(grade):
    assert weight_of_news(grade, 1, ["specific", "speaker_not_traced"]) == "weak"


@pytest.mark.parametrize("grade", "ABCDEF")
def test_speculation_is_speculative_whatever_the_source(grade):
    assert weigh(evidence("speculative", grade=grade)).weight == "speculative"


@pytest.mark.parametrize("weight", WEIGHING)
def test_quote_weighs_what_its_passage_does(weight):
    assert weigh(evidence(weight)).weight == weight


def test_passage_nobody_judged_takes_the_credibility_of_its_document():
    assert weigh(evidence("fair", document_credibility=2)).weight == "firm"
    assert weigh(evidence("fair", document_credibility=4)).weight == "weak"


def test_judged_passage_goes_before_its_document():
    assert weigh(evidence("firm", document_credibility=5)).weight == "firm"


def test_speaker_not_traced_of_the_document_goes_with_its_credibility():
    reasons = ("speaker_not_traced",)
    assert weigh(evidence("fair", document_reasons=reasons)).weight == "weak"
    assert weigh(evidence("firm", document_reasons=reasons)).weight == "firm"


# --- what counts ------------------------------------------------------------------------------


def test_quote_is_as_good_as_the_weakest_passage_it_touches():
    touched = [NEWS, PassageFacts("news", 4), NEWS]
    assert weigh(evidence(passages=touched)).weight == "weak"
    assert weigh(evidence(passages=[NEWS, PassageFacts("speculative")])).weight == "speculative"


@pytest.mark.parametrize("heading", [PassageFacts(heading=True), PassageFacts("heading")])
def test_headings_inside_a_quote_are_ignored(heading):
    assert weigh(evidence(passages=[NEWS, heading, NEWS])).weight == "firm"


def test_repeated_heading_inside_a_quote_is_ignored_too():
    heading = PassageFacts(heading=True, repeats=True)
    assert weigh(evidence(passages=[NEWS, heading])).weight == "firm"


@pytest.mark.parametrize("heading", [PassageFacts(heading=True), PassageFacts("heading")])
def test_heading_alone_is_never_evidence(heading):
    verdict = weigh(evidence(passages=[heading]))
    assert (verdict.counts, verdict.why) == (
        False,
        "does not count: headings are never evidence",
    )


def test_what_the_machine_took_for_a_heading_counts_once_a_person_labelled_it_news():
    assert weigh(evidence(passages=[PassageFacts("news", 2, heading=True)])).weight == "firm"


@pytest.mark.parametrize(
    ("passage", "why"),
    [
        (PassageFacts("spam"), "it touches spam"),
        (PassageFacts("spam", heading=True), "it touches spam"),
        (PassageFacts(), "nobody has labelled its passage"),
        (
            PassageFacts("news", 2, repeats=True),
            "it repeats words that stand earlier in the document",
        ),
    ],
)
def test_one_such_passage_is_enough_that_a_quote_does_not_count(passage, why):
    verdict = weigh(evidence(passages=[NEWS, passage]))
    assert (verdict.weight, verdict.counts, verdict.why) == (
        "none",
        False,
        f"does not count: {why}",
    )


def test_quote_counts_once_ticked():
    assert word(evidence(ticked=False)) == "unsupported"
    assert word(evidence(ticked=True)) == "reported"


def test_label_accepted_in_bulk_waits_for_the_tick():
    accepted = [PassageFacts("news", 2, in_bulk=True)]

    waiting = weigh(evidence(passages=accepted, ticked=False))

    assert waiting.why == "does not count: its label was accepted in bulk and waits for the tick"
    assert weigh(evidence(passages=accepted, ticked=True)).weight == "firm"


def test_withdrawn_text_does_not_count():
    verdict = weigh(evidence(withdrawn="its import was set aside"))
    assert (verdict.counts, verdict.why) == (False, "does not count: its import was set aside")


@pytest.mark.parametrize("stance", ["qualifies", "mentions"])
def test_what_qualifies_or_mentions_is_shown_and_not_counted(stance):
    shown = evidence(stance=stance)

    stands = stand(claim(shown))

    assert stands.word == "unsupported"
    assert [(each.weight, each.counts) for each in stands.counted] == [("firm", False)]
    assert word(evidence("weak"), shown) == "doubtful"


# --- what counts once -------------------------------------------------------------------------


def test_two_firm_supports_of_different_origin_corroborate():
    stands = stand(claim(evidence(origin=ESA), evidence(origin=NASA)))
    assert stands.word == "corroborated"
    assert stands.why == ["two origins, ESA and NASA", "source graded B"]


@pytest.mark.parametrize(
    "shared",
    [
        {"origin": ESA},
        {"owner": ESA},
        {"document": 77},
        {"chain": 77},
        {"origin": None},
        {"origin": Who(None, "The Roscosmos press office")},
    ],
    ids=["origin", "owner", "document", "chain of copies", "unknown origin", "origin in words"],
)
def test_same_origin_owner_or_document_counts_once(shared):
    stands = stand(claim(evidence(**shared), evidence(**shared)))
    assert stands.word == "reported"
    assert [each.counts for each in stands.counted] == [True, False]
    assert "counts once" in stands.counted[1].why


def test_copy_is_told_to_be_one():
    stands = stand(claim(evidence(chain=5), evidence(chain=5)))
    assert stands.counted[1].why == "firm: source graded B, a copy of another: counts once"


def test_documents_of_no_chain_and_of_two_chains_are_independent():
    assert word(evidence(), evidence()) == "corroborated"
    assert word(evidence(chain=5), evidence(chain=6)) == "corroborated"
    assert word(evidence(chain=5), evidence()) == "corroborated"


def test_verdict_on_a_pair_goes_before_the_chain_that_leads_around_it():
    """A–B and B–C are copies; somebody says that A and C are independent."""
    a, b = evidence(chain=5, independent_of=(9003,), document=9001), evidence(chain=5)
    c = evidence(chain=5, independent_of=(9001,), document=9003)
    assert word(a, c) == "corroborated"
    assert word(a, b, c) == "corroborated"
    assert word(a, b) == word(b, c) == "reported"


def test_copies_that_nobody_confirmed_lower_the_word_for_drafts_alone():
    undecided = claim(evidence(chain=5), evidence(chain=5))
    said = claim(evidence(chain=5, confirmed_chain=5), evidence(chain=5, confirmed_chain=5))
    assert (stand(undecided).word, stand_confirmed(undecided)) == ("reported", "corroborated")
    assert (stand(said).word, stand_confirmed(said)) == ("reported", "reported")


def test_unknown_owners_are_not_taken_for_one():
    assert word(evidence(owner=None), evidence(owner=None)) == "corroborated"


def test_unknown_origin_is_other_than_a_known_one():
    assert word(evidence(origin=None), evidence(origin=ESA)) == "corroborated"


@pytest.mark.parametrize("words", ["esa", "ESA", " Esa "])
def test_origin_in_words_is_the_entity_of_that_name(words):
    assert word(evidence(origin=ESA), evidence(origin=Who(None, words))) == "reported"


def test_two_entities_of_one_name_are_two_origins():
    assert word(evidence(origin=ESA), evidence(origin=Who(9, "ESA"))) == "corroborated"


def test_a_support_that_is_like_two_others_does_not_make_them_one():
    one, other = evidence(origin=ESA), evidence(owner=NASA)
    like_both = evidence(origin=ESA, owner=NASA)

    stands = stand(claim(like_both, one, other))

    assert stands.word == "corroborated"
    assert [each.counts for each in stands.counted] == [False, True, True]


@pytest.mark.parametrize("second", ["fair", "unverified", "weak", "speculative"])
def test_only_firm_supports_corroborate(second):
    assert word(evidence("firm"), evidence(second)) == "reported"
    assert word(evidence("fair"), evidence("fair")) == "reported"


# --- own records ------------------------------------------------------------------------------


def own_record(*parties, weight="firm", **kwargs):
    return evidence(weight, own_record_of=parties, **kwargs)


def test_own_record_puts_a_partys_act_on_record():
    stands = stand(claim(own_record(ESA, origin=ESA), acting=(ESA,)))
    assert stands.word == "on record"
    assert stands.why == ["own record of ESA", "source graded B"]


def test_own_record_proves_no_other_partys_act():
    assert word(own_record(NASA), acting=(ESA,)) == "reported"
    assert word(own_record(ESA), acting=(ESA, NASA)) == "reported"


def test_joint_act_needs_the_own_record_of_every_party():
    stands = stand(claim(own_record(ESA), own_record(NASA), acting=(ESA, NASA)))
    assert stands.word == "on record"
    assert stands.why == ["own records of ESA and NASA", "source graded B"]


def test_joint_statement_may_be_the_own_record_of_both():
    assert word(own_record(ESA, NASA), acting=(ESA, NASA)) == "on record"


def test_two_own_records_in_one_document_both_count():
    both = [own_record(ESA, document=5), own_record(NASA, document=5)]
    stands = stand(claim(*both, acting=(ESA, NASA)))
    assert [each.counts for each in stands.counted] == [True, True]


@pytest.mark.parametrize("weight", ["fair", "unverified", "weak", "speculative"])
def test_own_record_puts_on_record_only_when_firm(weight):
    assert word(own_record(ESA, weight=weight), acting=(ESA,)) != "on record"


def test_one_firm_and_one_fair_own_record_do_not_put_a_joint_act_on_record():
    quotes = own_record(ESA), own_record(NASA, weight="fair")
    assert word(*quotes, acting=(ESA, NASA)) == "reported"


def test_own_record_that_only_mentions_or_disputes_proves_nothing():
    assert word(own_record(ESA, stance="mentions"), acting=(ESA,)) == "unsupported"
    assert word(own_record(ESA, stance="disputes"), acting=(ESA,)) == "unsupported"


def test_claim_that_states_nobodys_act_is_never_on_record():
    assert word(own_record(ESA), acting=()) == "reported"


@pytest.mark.parametrize(
    ("told_as", "expected"),
    [
        ("fact", "on record"),
        ("plan", "on record"),
        ("forecast", "reported"),
        ("opinion", "reported"),
        ("scenario", "reported"),
    ],
)
def test_own_record_proves_acts_and_plans_not_what_somebody_expects(told_as, expected):
    assert word(own_record(ESA), acting=(ESA,), told_as=told_as) == expected


# --- disputes ---------------------------------------------------------------------------------

SUPPORTED = ["reported", "reported", "unverified", "doubtful", "speculative"]
DISPUTES = """
                  firm      fair      unverified weak      speculative
    firm          disputed  disputed  reported   reported  reported
    fair          disputed  disputed  reported   reported  reported
    unverified    doubtful  doubtful  unverified unverified unverified
    weak          doubtful  doubtful  doubtful   doubtful  doubtful
    speculative   doubtful  doubtful  doubtful   doubtful  speculative
"""
DISPUTED = [
    (support, against, expected)
    for support, *row in map(str.split, DISPUTES.strip().splitlines()[1:])
    for against, expected in zip(WEIGHING, row, strict=True)
]


@pytest.mark.parametrize(("support", "against", "expected"), DISPUTED)
def test_dispute_is_weighed_against_the_support(support, against, expected):
    assert word(evidence(support), dispute(against)) == expected


def test_disputed_says_who_supports_and_who_disputes():
    stands = stand(claim(evidence(origin=ESA), dispute(origin=NASA)))
    assert stands.why == ["one origin, ESA", "source graded B", "disputed by NASA"]


def test_dispute_that_outweighs_says_so():
    stands = stand(claim(evidence("weak", origin=ESA), dispute("fair", origin=NASA)))
    assert stands.why == [
        "one origin, ESA",
        "source graded D",
        "disputed by NASA, which outweighs what supports it (fair)",
    ]


@pytest.mark.parametrize("lighter", ["unverified", "weak", "speculative"])
def test_lighter_dispute_is_shown_and_changes_nothing(lighter):
    quotes = evidence(origin=ESA), evidence(origin=NASA)

    stands = stand(claim(*quotes, dispute(lighter, origin=JAXA)))

    assert stands.word == "corroborated"
    assert stands.why[-1] == f"disputed by JAXA, which changes nothing ({lighter})"
    assert stands.counted[2].weight == lighter


def test_even_what_is_on_record_can_be_disputed():
    assert word(own_record(ESA), dispute("fair"), acting=(ESA,)) == "disputed"


def test_dispute_that_does_not_count_changes_nothing():
    assert word(evidence(), dispute(ticked=False)) == "reported"
    assert word(evidence(), dispute(passages=[PassageFacts()])) == "reported"


def test_dispute_never_lifts_a_claim_that_nothing_supports():
    stands = stand(claim(dispute(origin=NASA)))
    assert stands.word == "unsupported"
    assert stands.why == ["no quote supports it", "disputed by NASA, which changes nothing (firm)"]


def test_strongest_support_is_what_a_dispute_must_outweigh():
    assert word(evidence("weak"), evidence("unverified"), dispute("unverified")) == "unverified"


# --- the lower rows, and the reasons in words ----------------------------------------------------


@pytest.mark.parametrize(
    ("weight", "expected", "why"),
    [
        ("firm", "reported", ["one origin, ESA", "source graded B"]),
        ("fair", "reported", ["one origin, ESA", "source graded B", "credibility not judged"]),
        ("unverified", "unverified", ["one origin, ESA", "source not graded", "credibility 3"]),
        ("weak", "doubtful", ["one origin, ESA", "source graded D"]),
        ("speculative", "speculative", ["one origin, ESA", "speculation or comment"]),
    ],
)
def test_one_support_alone(weight, expected, why):
    stands = stand(claim(evidence(weight, origin=ESA)))
    assert (stands.word, stands.why) == (expected, why)


def test_weak_says_what_makes_it_weak():
    passage = PassageFacts("news", 4, ("speaker_not_traced",))
    stands = stand(claim(evidence(passages=[passage], origin=None)))
    assert stands.why == [
        "origin unknown",
        "source graded B",
        "credibility 4",
        "speaker not traced",
    ]


def test_claim_without_evidence_is_unsupported():
    assert stand(claim()).why == ["no quote supports it"]


def test_unsupported_says_what_the_quotes_wait_for():
    stands = stand(claim(evidence(ticked=False), evidence(passages=[PassageFacts()])))
    assert stands.word == "unsupported"
    assert stands.why == [
        "no quote that supports it counts",
        "nobody has labelled its passage",
        "not ticked",
    ]


def test_many_supports_of_little_weight_never_add_up():
    assert word(*(evidence("weak") for _ in range(5))) == "doubtful"
    assert word(*(evidence("speculative") for _ in range(5))) == "speculative"
    assert word(*(evidence("unverified") for _ in range(5))) == "unverified"


# --- the tables -------------------------------------------------------------------------------


def test_tables_name_the_words_that_the_rows_hold():
    assert {row.word for row in ROWS} == set(STRENGTH) == set(StandingRow.Word.values)


def test_rows_stand_in_the_order_of_the_design():
    assert [row.word for row in ROWS] == [
        "disputed",
        "doubtful",
        "on record",
        "corroborated",
        "reported",
        "unverified",
        "doubtful",
        "speculative",
        "unsupported",
    ]


def test_sentence_stands_as_its_weakest_claim():
    assert weakest(["on record", "disputed", "unverified"]) == "disputed"
    assert weakest(STRENGTH) == "unsupported"


# --- currency ---------------------------------------------------------------------------------

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("because", "expected"),
    [("overtaken", "overtaken"), ("reworded", "current"), ("mistaken", "current")],
)
def test_claim_replaced_because_of_events_is_overtaken(because, expected):
    assert currency(claim(replaced_because=(because,)), TODAY) == expected


@pytest.mark.parametrize(
    ("told_as", "expected"),
    [
        ("fact", "current"),
        ("plan", "date passed"),
        ("forecast", "date passed"),
        ("opinion", "current"),
        ("scenario", "current"),
    ],
)
def test_date_passes_for_what_was_to_come(told_as, expected):
    assert currency(claim(told_as=told_as, last_day=date(2026, 2, 28)), TODAY) == expected


@pytest.mark.parametrize("last_day", [None, TODAY, date(2026, 3, 2)])
def test_plan_is_current_until_its_last_day_is_over(last_day):
    assert currency(claim(told_as="plan", last_day=last_day), TODAY) == "current"


def test_overtaken_goes_before_date_passed():
    gone = claim(told_as="plan", last_day=date(2020, 1, 1), replaced_because=("overtaken",))
    assert currency(gone, TODAY) == "overtaken"


def test_every_currency_is_in_the_table():
    assert [name for name, _ in CURRENCIES] == [
        "current",
        "overtaken",
        "date passed",
        *Outcome.Word.labels,
    ]


def test_told_as_words_are_those_of_the_claims():
    assert {"plan", "forecast", "fact", "opinion", "scenario"} == set(Claim.ToldAs.values)


def test_verdicts_tell_what_an_edition_freezes():
    verdict = stand(claim(own_record(ESA, NASA, origin=None))).counted[0]
    assert (verdict.origin, verdict.own_record_of, verdict.why) == (
        "unknown origin",
        ["ESA", "NASA"],
        "firm: source graded B",
    )


def test_verdicts_come_in_the_order_of_the_evidence():
    quotes = [evidence("weak"), evidence("firm"), dispute("fair")]
    assert [each.quote for each in stand(claim(*quotes)).counted] == [q.quote for q in quotes]


def test_replacing_the_grade_moves_the_word():
    quote = evidence("firm")
    assert [word(replace(quote, grade=grade)) for grade in "ACDF"] == [
        "reported",
        "reported",
        "doubtful",
        "reported",
    ]
