"""Claims, quotes and evidence: what the verbs do, refuse and write down."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from corpus.models import Capture, Document, ImportRun, Passage
from corpus.text.fingerprint import digest
from curation import claiming
from curation.ledger import Refused
from curation.models import Assessment, Claim, Decision, Evidence, Quote, Standing
from tests.factories import (
    NOON,
    make_assessment,
    make_capture,
    make_claim,
    make_decision,
    make_document,
    make_entity,
    make_evidence,
    make_news,
    make_partnership,
    make_quote,
    make_source,
    make_user,
    passages_of,
)

pytestmark = pytest.mark.django_db


def acts():
    return list(Decision.objects.exclude(act="test").order_by("seq").values_list("act", flat=True))


def word(claim):
    return Standing.objects.get(claim=claim).word


# --- quotes -----------------------------------------------------------------------------------


def test_quote_keeps_the_exact_words_their_place_and_what_stands_around(contributor):
    text = "A" * 40 + " ESA and NASA agreed. " + "B" * 40
    capture = make_document(text).current_capture

    quote = claiming.quote(capture, 41, 61, by=contributor)

    assert (quote.start, quote.end, quote.exact) == (41, 61, "ESA and NASA agreed.")
    assert (quote.prefix, quote.suffix) == ("A" * 31 + " ", " " + "B" * 31)
    assert quote.exact_sha256 == digest("ESA and NASA agreed.")


def test_quote_is_counted_in_code_points(contributor):
    capture = make_document("🚀 ESA agreed. 🚀").current_capture
    assert claiming.quote(capture, 2, 13, by=contributor).exact == "ESA agreed."


def test_white_space_around_a_quote_is_left_out(contributor):
    capture = make_document("One.  Two is here. \n Three.").current_capture
    quote = claiming.quote(capture, 4, 21, by=contributor)
    assert (quote.start, quote.end, quote.exact) == (6, 18, "Two is here.")


def test_same_place_is_one_quote(contributor):
    capture = make_document().current_capture
    first = claiming.quote(capture, 0, 20, by=contributor)
    assert claiming.quote(capture, 0, 21, by=contributor) == first
    assert acts() == ["quote"]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 2), (-1, 4), (0, 10_000), (3, 4)])
def test_nothing_is_no_quote(contributor, start, end):
    capture = make_document("ESA and NASA agreed.").current_capture
    with pytest.raises(Refused, match="Select some words"):
        claiming.quote(capture, start, end, by=contributor)


def test_quote_has_at_most_700_characters(contributor):
    capture = make_document("word " * 200).current_capture
    assert len(claiming.quote(capture, 0, 700, by=contributor).exact) == 699
    with pytest.raises(Refused, match="at most 700 characters, and these are 704"):
        claiming.quote(capture, 0, 704, by=contributor)


def test_text_of_an_import_set_aside_cannot_be_quoted(contributor):
    capture = make_document().current_capture
    ImportRun.objects.update(set_aside_at=NOON)
    with pytest.raises(Refused, match="set aside"):
        claiming.quote(capture, 0, 5, by=contributor)


def test_removed_text_cannot_be_quoted(contributor):
    capture = make_document().current_capture
    Capture.objects.filter(pk=capture.pk).update(text="", redacted_by=make_decision().pk)
    with pytest.raises(Refused):
        claiming.quote(capture, 0, 5, by=contributor)


def test_older_capture_can_still_be_quoted(contributor):
    document = make_document("Old words.")
    old = document.current_capture
    Document.objects.update(current_capture=make_capture(document, "New words."))
    assert claiming.quote(old, 0, 10, by=contributor).exact == "Old words."


# --- claims -----------------------------------------------------------------------------------


def test_claim_is_made_with_all_that_is_said_of_it(contributor):
    esa, nasa, roscosmos = make_entity("ESA"), make_entity("NASA"), make_entity("Roscosmos")
    partnership = make_partnership()

    claim = claiming.make_claim(
        partnership,
        by=contributor,
        words="  ESA and NASA\nwill launch in 2028. ",
        told_as="plan",
        said_by_entity=roscosmos,
        acting=[esa, nasa, esa],
        date="2028",
        as_of="2024-05-16",
        attribute="launch",
        value="2028",
    )

    claim.refresh_from_db()
    assert claim.words == "ESA and NASA will launch in 2028."
    assert (claim.told_as, claim.said_by_entity) == ("plan", roscosmos)
    assert set(claim.acting.all()) == {esa, nasa}
    assert (claim.date_earliest, claim.date_latest) == (date(2028, 1, 1), date(2028, 12, 31))
    assert (claim.as_of, claim.as_of_latest) == ("2024-05-16", date(2024, 5, 16))
    assert word(claim) == "unsupported"


def test_making_a_claim_is_written_down(contributor):
    partnership = make_partnership()
    claim = claiming.make_claim(partnership, by=contributor, words="ESA agreed.")

    line = claim.decision

    assert (line.act, line.by, line.subject_id) == ("make claim", contributor, str(partnership.pk))
    assert json.loads(line.after) == {"words": "ESA agreed.", "told_as": "fact"}


def test_merged_parties_are_recorded_as_what_they_were_merged_into(contributor):
    esa = make_entity("ESA")
    merged = make_entity("European Space Agency", merged_into=esa)
    claim = claiming.make_claim(
        make_partnership(), by=contributor, words="x", acting=[merged, esa], said_by_entity=merged
    )
    assert list(claim.acting.all()) == [esa]
    assert claim.said_by_entity == esa


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"words": "  "}, "words"),
        ({"words": "x" * 501}, "words"),
        ({"words": "a\x00b"}, "words"),
        ({"words": "a\ud800b"}, "words"),
        ({"told_as": "rumour"}, "told_as"),
        ({"date": "next year"}, "date"),
        ({"date": "2024-13"}, "date"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"said_by_words": "x" * 201}, "said_by_words"),
        ({"value": "2028"}, "__all__"),
        ({"because": "mistaken"}, "__all__"),
    ],
)
def test_claim_that_cannot_be_stored_names_the_field(contributor, values, field):
    with pytest.raises(ValidationError) as refused:
        claiming.make_claim(make_partnership(), by=contributor, **{"words": "x"} | values)
    assert list(refused.value.message_dict) == [field]
    assert Claim.objects.count() == 0
    assert acts() == []


def test_claim_has_one_speaker(contributor):
    with pytest.raises(ValidationError, match="entity or in words, not both"):
        claiming.make_claim(
            make_partnership(),
            by=contributor,
            words="x",
            said_by_entity=make_entity(),
            said_by_words="somebody",
        )


def test_rewording_makes_a_claim_that_replaces_the_other(contributor):
    old = make_claim(words="ESA agreed.")
    new = claiming.make_claim(
        old.partnership, by=contributor, words="ESA signed.", replaces=old, because="reworded"
    )
    old.refresh_from_db()
    assert old.words == "ESA agreed."
    assert list(Claim.objects.current()) == [new]
    assert json.loads(old.standing.inputs)["replaced_because"] == ["reworded"]


def test_replacing_says_why(contributor):
    old = make_claim()
    with pytest.raises(ValidationError, match="why this claim replaces"):
        claiming.make_claim(old.partnership, by=contributor, words="x", replaces=old)


def test_replacing_a_claim_takes_its_quotes_along_in_one_act(contributor):
    esa = make_entity("ESA")
    claim = make_claim(quotes=[make_news()])
    make_evidence(claim, own_record_of=[esa], stance="disputes", origin_words="a letter")
    make_evidence(claim, superseded_at=NOON)

    new = claiming.replace(
        claim, by=contributor, because="reworded", take_quotes=True, words="They agreed in 2022."
    )

    assert (new.replaces, new.because, new.words) == (claim, "reworded", "They agreed in 2022.")
    told = [(each.stance, each.origin_words, each.ticked) for each in new.evidence.order_by("pk")]
    assert told == [("supports", "", None), ("disputes", "a letter", None)]
    assert list(new.evidence.last().own_record_of.all()) == [esa]
    lines = Decision.objects.exclude(act="test")
    assert set(lines.values_list("act", flat=True)) == {"make claim", "add evidence"}
    assert lines.values("act_id").distinct().count() == 1


def test_when_a_quote_cannot_go_along_nothing_is_replaced(contributor):
    claim = make_claim(quotes=[make_quote()])
    ImportRun.objects.update(set_aside_at=NOON)

    with pytest.raises(Refused, match="set aside"):
        claiming.replace(
            claim, by=contributor, because="reworded", take_quotes=True, words="They agreed."
        )
    assert Claim.objects.get() == claim


def test_claim_of_another_partnership_is_not_replaced(contributor):
    old = make_claim()
    with pytest.raises(Refused, match="another partnership"):
        claiming.make_claim(
            make_partnership(), by=contributor, words="x", replaces=old, because="mistaken"
        )


def test_claim_is_replaced_once(contributor):
    old = make_claim()
    told = {"by": contributor, "replaces": old, "because": "reworded"}
    new = claiming.make_claim(old.partnership, words="x", **told)
    with pytest.raises(Refused, match=f"{new.key} replaces {old.key} already"):
        claiming.make_claim(old.partnership, words="y", **told)


# --- evidence ---------------------------------------------------------------------------------


def test_evidence_ticked_counts_at_once(contributor):
    claim, esa = make_claim(), make_entity("ESA")
    evidence = claiming.add_evidence(
        claim,
        make_news(),
        by=contributor,
        ticked=True,
        origin_entity=esa,
        own_record_of=[esa],
    )
    assert evidence.ticked == evidence.decision
    assert (evidence.stance, evidence.origin_entity) == ("supports", esa)
    assert list(evidence.own_record_of.all()) == [esa]
    assert word(claim) == "reported"


def test_evidence_waits_for_its_tick(contributor):
    claim = make_claim()
    evidence = claiming.add_evidence(claim, make_news(), by=contributor)
    assert word(claim) == "unsupported"

    claiming.tick(evidence, by=contributor)
    assert word(claim) == "reported"
    assert evidence.ticked.act == "tick"

    claiming.untick(evidence, by=contributor)
    assert word(claim) == "unsupported"
    assert evidence.ticked is None
    assert acts() == ["add evidence", "tick", "untick"]


def test_ticking_twice_is_refused(contributor):
    evidence = make_evidence(make_claim(), ticked=True)
    with pytest.raises(Refused, match="Somebody ticked"):
        claiming.tick(evidence, by=contributor)
    assert acts() == []


def test_unticking_twice_is_refused(contributor):
    evidence = make_evidence(make_claim(), ticked=False)
    with pytest.raises(Refused, match="Somebody unticked"):
        claiming.untick(evidence, by=contributor)


def test_same_words_are_evidence_of_a_claim_once(contributor):
    evidence = make_evidence(make_claim())
    with pytest.raises(ValidationError, match="evidence of this claim already"):
        claiming.add_evidence(evidence.claim, evidence.quote, by=contributor, stance="disputes")


def test_withdrawn_evidence_no_longer_counts_and_stays_on_record(contributor):
    evidence = make_evidence(make_claim(), make_news())

    claiming.withdraw_evidence(evidence, by=contributor, reason="Another mission is meant.")

    assert Evidence.objects.get().superseded_at is not None
    assert word(evidence.claim) == "unsupported"
    line = Decision.objects.about(evidence).get()
    assert (line.act, line.reason) == ("withdraw evidence", "Another mission is meant.")


def test_withdrawn_evidence_may_be_put_anew(contributor):
    evidence = make_evidence(make_claim(), make_news())
    claiming.withdraw_evidence(evidence, by=contributor, reason="Wrong stance.")
    claiming.add_evidence(evidence.claim, evidence.quote, by=contributor, ticked=True)
    assert word(evidence.claim) == "reported"


def test_withdrawing_asks_why(contributor):
    evidence = make_evidence(make_claim())
    with pytest.raises(ValidationError, match="why this evidence is withdrawn"):
        claiming.withdraw_evidence(evidence, by=contributor, reason=" ")


@pytest.mark.parametrize("verb", [claiming.tick, claiming.untick])
def test_withdrawn_evidence_cannot_be_ticked_or_unticked(contributor, verb):
    evidence = make_evidence(make_claim(), ticked=verb is claiming.untick, superseded_at=NOON)
    with pytest.raises(Refused, match="withdrew"):
        verb(evidence, by=contributor)


def test_second_withdrawal_is_told_somebody_was_faster(contributor):
    evidence = make_evidence(make_claim())
    stale = Evidence.objects.get(pk=evidence.pk)
    claiming.withdraw_evidence(evidence, by=contributor, reason="x")
    with pytest.raises(Refused, match="Somebody else"):
        claiming.withdraw_evidence(stale, by=contributor, reason="x")


def test_nothing_rests_on_removed_words(contributor):
    quote = make_quote()
    Quote.objects.filter(pk=quote.pk).update(exact="", redacted_by=make_decision().pk)
    with pytest.raises(Refused, match="removed"):
        claiming.add_evidence(make_claim(), quote, by=contributor)


def test_nothing_rests_on_an_import_set_aside(contributor):
    quote = make_quote()
    ImportRun.objects.update(set_aside_at=NOON)
    with pytest.raises(Refused, match="set aside"):
        claiming.add_evidence(make_claim(), quote, by=contributor)


@pytest.mark.parametrize("values", [{"stance": "proves"}, {"origin_words": "x\x00"}])
def test_evidence_that_cannot_be_stored_is_refused(contributor, values):
    with pytest.raises(ValidationError):
        claiming.add_evidence(make_claim(), make_quote(), by=contributor, **values)
    assert Evidence.objects.count() == 0


# --- one dialog, one act ------------------------------------------------------------------------


def select(document, words):
    start = document.current_capture.text.index(words)
    return document, start, start + len(words)


def test_claim_of_a_selection_labels_quotes_claims_and_ticks_in_one_act(contributor):
    esa, partnership = make_entity("ESA"), make_partnership()
    document = make_document(
        "ESA signed the accord. It flies in 2028.", source=make_source(grade="B")
    )

    evidence = claiming.claim_of_selection(
        *select(document, "signed the accord. It flies"),
        by=contributor,
        partnership=partnership,
        reliability="news",
        credibility=2,
        reasons=["attributed", "specific"],
        ticked=True,
        words="ESA signed.",
        acting=[esa],
        own_record_of=[esa],
        date="2024",
    )

    assert evidence.quote.exact == "signed the accord. It flies"
    assert (evidence.claim.words, evidence.claim.date) == ("ESA signed.", "2024")
    labels = Assessment.objects.in_force().order_by("passage__start")
    assert [(row.reliability, row.credibility, row.reasons) for row in labels] == [
        ("news", 2, ["specific", "attributed"])
    ] * 2
    assert word(evidence.claim) == "on record"
    assert acts() == ["assess", "assess", "quote", "make claim", "add evidence"]
    assert Decision.objects.exclude(act="test").values("act_id").distinct().count() == 1


def test_selection_may_be_further_evidence_of_a_claim(contributor):
    claim = make_claim(quotes=[make_news(origin_words="a ministry")])
    document = make_document(source=make_source(grade="A"), origin_words="an agency")

    evidence = claiming.claim_of_selection(
        *select(document, "ESA and NASA agreed."),
        by=contributor,
        claim=claim,
        reliability="news",
        credibility=1,
        ticked=True,
    )

    assert evidence.claim == claim
    assert Claim.objects.count() == 1
    assert word(claim) == "corroborated"


def test_passages_labelled_alike_are_left_and_unlike_ones_relabelled(contributor):
    document = make_document("One is here. Two is here. Three is here.")
    one, two, three = passages_of(document)
    kept = make_assessment(one, credibility=2)
    make_assessment(two, "speculative")

    claiming.claim_of_selection(
        *select(document, document.current_capture.text),
        by=contributor,
        partnership=make_partnership(),
        words="x",
        reliability="news",
        credibility=2,
    )

    assert one.assessments.in_force().get() == kept
    assert two.assessments.in_force().get().reliability == "news"
    assert three.assessments.in_force().get().credibility == 2


def test_headings_inside_a_selection_keep_what_they_are(contributor):
    document = make_document("A heading. One is here. A second heading. Two is here.")
    machines, one, persons, two = passages_of(document)
    Passage.objects.filter(pk=machines.pk).update(kind="heading")
    label = make_assessment(persons, "heading")

    claiming.claim_of_selection(
        *select(document, document.current_capture.text),
        by=contributor,
        partnership=make_partnership(),
        words="x",
        reliability="news",
    )

    assert not machines.assessments.exists()
    assert persons.assessments.get() == label
    assert one.assessments.exists()
    assert two.assessments.exists()


def test_heading_alone_is_no_evidence(contributor):
    document = make_document("A heading.")
    Passage.objects.update(kind="heading")
    with pytest.raises(Refused, match="heading is never evidence"):
        claiming.claim_of_selection(
            *select(document, "A heading."),
            by=contributor,
            partnership=make_partnership(),
            words="x",
            reliability="news",
        )


def test_without_a_label_only_the_quote_is_made(contributor):
    claiming.claim_of_selection(
        *select(make_document(), "ESA"), by=contributor, partnership=make_partnership(), words="x"
    )
    assert Assessment.objects.count() == 0
    assert Quote.objects.get().exact == "ESA"


def test_dialog_that_fails_anywhere_leaves_nothing(contributor):
    with pytest.raises(ValidationError):
        claiming.claim_of_selection(
            *select(make_document(), "ESA"),
            by=contributor,
            partnership=make_partnership(),
            reliability="news",
            words="x",
            date="someday",
        )
    assert (Assessment.objects.count(), Quote.objects.count(), acts()) == (0, 0, [])


def test_claim_of_a_selection_needs_its_partnership(contributor):
    with pytest.raises(ValidationError, match="Choose the partnership"):
        claiming.claim_of_selection(*select(make_document(), "ESA"), by=contributor, words="x")


def test_words_that_are_no_longer_there_are_refused(contributor):
    document = make_document("ESA agreed.")
    selection = select(document, "ESA")
    Document.objects.update(current_capture=make_capture(document, "JAXA agreed."))
    with pytest.raises(Refused, match="collected again"):
        claiming.claim_of_selection(
            *selection, by=contributor, partnership=make_partnership(), words="x", exact="ESA"
        )


def test_label_that_the_dialog_did_not_show_is_refused(contributor):
    document = make_document("ESA agreed.")
    (passage,) = passages_of(document)
    make_assessment(passage, "spam")
    with pytest.raises(Refused, match="Somebody else labelled"):
        claiming.claim_of_selection(
            *select(document, "ESA"),
            by=contributor,
            partnership=make_partnership(),
            words="x",
            reliability="news",
            seen={passage.pk: None},
        )


# --- who may ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "act",
    [
        lambda by: claiming.quote(make_document().current_capture, 0, 3, by=by),
        lambda by: claiming.make_claim(make_partnership(), by=by, words="x"),
        lambda by: claiming.add_evidence(make_claim(), make_quote(), by=by),
        lambda by: claiming.tick(make_evidence(make_claim(), ticked=False), by=by),
        lambda by: claiming.untick(make_evidence(make_claim()), by=by),
        lambda by: claiming.withdraw_evidence(make_evidence(make_claim()), by=by, reason="x"),
        lambda by: claiming.claim_of_selection(
            make_document(), 0, 3, by=by, partnership=make_partnership(), words="x"
        ),
    ],
)
def test_person_without_a_role_may_not(act):
    with pytest.raises(PermissionDenied):
        act(make_user(role=""))


def test_person_who_left_may_not(contributor):
    contributor.is_active = False
    with pytest.raises(PermissionDenied):
        claiming.make_claim(make_partnership(), by=contributor, words="x")


# --- at the same time ---------------------------------------------------------------------------


def test_of_two_who_replace_a_claim_at_once_the_second_is_told(at_once):
    one, other = make_user(), make_user()
    old = make_claim()
    told = {"replaces": old, "because": "reworded"}

    raised = at_once(
        lambda: claiming.make_claim(old.partnership, by=one, words="One.", **told),
        lambda: claiming.make_claim(old.partnership, by=other, words="Other.", **told),
    )

    assert sorted(type(error) for error in raised if error) == [Refused]
    assert old.replaced_by.count() == 1


def test_of_two_who_tick_at_once_the_second_is_told(at_once):
    evidence, one, other = make_evidence(make_claim(), ticked=False), make_user(), make_user()

    raised = at_once(
        lambda: claiming.tick(Evidence.objects.get(), by=one),
        lambda: claiming.tick(Evidence.objects.get(), by=other),
    )

    assert [type(error) for error in raised if error] == [Refused]
    assert Decision.objects.about(evidence).count() == 1
