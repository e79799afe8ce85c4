"""What holds for the rule of standing whatever the evidence is."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from curation.models import Assessment, Claim, Evidence
from curation.standing import (
    STRENGTH,
    ClaimFacts,
    EvidenceFacts,
    PassageFacts,
    Who,
    stand,
    stand_confirmed,
)
from curation.weighing import RANK, weigh

ENTITIES = st.sampled_from([Who(n, f"Entity {n}") for n in range(1, 4)])
ORIGINS = st.none() | ENTITIES | st.sampled_from([Who(None, "a ministry"), Who(None, "entity 1")])
QUICK = settings(deadline=None, max_examples=50)
REASONS = st.lists(st.sampled_from(["specific", "speaker_not_traced"]), max_size=1).map(tuple)


@st.composite
def passages(draw):
    label = draw(st.sampled_from(["", *Assessment.Reliability.values]))
    return PassageFacts(
        label,
        credibility=draw(st.integers(1, 6)) if label == "news" else 6,
        reasons=draw(REASONS),
        in_bulk=draw(st.booleans()),
        heading=draw(st.booleans()),
        repeats=draw(st.booleans()),
    )


@st.composite
def counting_passages(draw):
    label = draw(st.sampled_from(["news", "news", "speculative"]))
    return PassageFacts(label, draw(st.integers(1, 6)) if label == "news" else 6, draw(REASONS))


COUNTING = counting_passages()


@st.composite
def quotes(draw, passages=COUNTING, **fixed):
    told = {
        "id": draw(st.integers(1, 10**6)),
        "document": draw(st.integers(1, 4)),
        "chain": draw(st.none() | st.integers(1, 2)),
        "independent_of": tuple(draw(st.sets(st.integers(1, 4), max_size=1))),
        "passages": tuple(draw(st.lists(passages, min_size=1, max_size=3))),
        "stance": draw(st.sampled_from(Evidence.Stance.values)),
        "ticked": draw(st.booleans() | st.just(True)),
        "grade": draw(st.sampled_from("ABCDEF")),
        "owner": draw(st.none() | ENTITIES),
        "origin": draw(ORIGINS),
        "document_credibility": draw(st.integers(1, 6)),
        "own_record_of": tuple(draw(st.sets(ENTITIES, max_size=2))),
        "withdrawn": draw(st.sampled_from(["", "", "", "its import was set aside"])),
    } | fixed
    told.setdefault("confirmed_chain", draw(st.sampled_from([None, told["chain"]])))
    return EvidenceFacts(quote=told["id"], **told)


ANY = quotes() | quotes(passages())


@st.composite
def claims(draw, evidence=ANY):
    return ClaimFacts(
        id=1,
        told_as=draw(st.sampled_from(Claim.ToldAs.values)),
        acting=tuple(draw(st.sets(ENTITIES, max_size=2))),
        evidence=tuple(draw(st.lists(evidence, max_size=6, unique_by=lambda each: each.id))),
    )


def strength(claim):
    """The higher the stronger."""
    return -STRENGTH.index(stand(claim).word)


def with_more(claim, evidence):
    """The claim with another quote, put last."""
    return replace(claim, evidence=(*claim.evidence, replace(evidence, id=10**7, quote=10**7)))


@given(claims())
@QUICK
def test_every_claim_stands_somehow_and_says_why(claim):
    stands = stand(claim)
    assert stands.word in STRENGTH
    assert stands.why
    assert [each.quote for each in stands.counted] == [each.quote for each in claim.evidence]
    assert all(each.why for each in stands.counted)


@given(claims(), st.randoms(use_true_random=False))
@QUICK
def test_order_of_the_evidence_never_matters(claim, random):
    shuffled = list(claim.evidence)
    random.shuffle(shuffled)

    one, other = stand(claim), stand(replace(claim, evidence=tuple(shuffled)))

    assert (one.word, one.why) == (other.word, other.why)
    assert {each.quote: each for each in one.counted} == {
        each.quote: each for each in other.counted
    }


@given(claims(), quotes(), st.sampled_from(["mentions", "qualifies"]))
@QUICK
def test_what_mentions_or_qualifies_changes_nothing(claim, quote, stance):
    assert stand(with_more(claim, replace(quote, stance=stance))).word == stand(claim).word


@given(claims(), quotes(ticked=False))
@QUICK
def test_what_nobody_ticked_changes_nothing(claim, quote):
    assert stand(with_more(claim, quote)).word == stand(claim).word


@given(claims(), quotes(stance="supports"))
@QUICK
def test_further_support_never_lowers_a_claim(claim, quote):
    assert strength(with_more(claim, quote)) >= strength(claim)


@given(claims(), quotes(stance="disputes"))
@QUICK
def test_dispute_never_raises_a_claim_above_doubtful(claim, quote):
    before, after = strength(claim), strength(with_more(claim, quote))
    assert after <= max(before, -STRENGTH.index("doubtful"))


@given(
    st.lists(
        quotes(stance="supports", origin=Who(1, "ESA"), own_record_of=()),
        max_size=6,
        unique_by=lambda each: each.id,
    )
)
@QUICK
def test_supports_of_one_origin_never_stand_above_reported(evidence):
    claim = ClaimFacts(id=1, acting=(Who(1, "ESA"),), evidence=tuple(evidence))
    assert strength(claim) <= -STRENGTH.index("reported")


@given(
    st.lists(
        quotes(stance="supports", chain=1, independent_of=(), own_record_of=()),
        max_size=6,
        unique_by=lambda each: each.id,
    )
)
@QUICK
def test_supports_of_one_chain_of_copies_never_stand_above_reported(evidence):
    claim = ClaimFacts(id=1, acting=(Who(1, "ESA"),), evidence=tuple(evidence))
    assert strength(claim) <= -STRENGTH.index("reported")


@given(claims())
@QUICK
def test_copies_that_nobody_confirmed_never_raise_a_claim(claim):
    assert STRENGTH.index(stand_confirmed(claim)) <= STRENGTH.index(stand(claim).word)


@given(claims(quotes(own_record_of=())))
@QUICK
def test_without_own_records_nothing_is_on_record(claim):
    assert stand(claim).word != "on record"


@given(quotes(passages()), passages())
@QUICK
def test_a_further_passage_never_makes_a_quote_weigh_more(quote, passage):
    longer = replace(quote, passages=(*quote.passages, passage))
    if quote.touched:  # a quote of headings alone weighs nothing until it touches a sentence
        assert RANK[weigh(longer).weight] <= RANK[weigh(quote).weight]


@given(quotes(stance="supports"), st.sampled_from("ABC"))
@QUICK
def test_better_graded_source_never_weighs_less(quote, grade):
    graded = replace(quote, grade=grade)
    assert RANK[weigh(graded).weight] >= RANK[weigh(replace(quote, grade="F")).weight]


@given(claims())
@QUICK
def test_a_count_of_two_needs_two_firm_quotes(claim):
    if stand(claim).word == "corroborated":
        firm = [each for each in stand(claim).counted if each.counts and each.weight == "firm"]
        assert len({each.facts.document for each in firm}) >= 2
