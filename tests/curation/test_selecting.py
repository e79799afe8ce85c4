"""A claim of selected words: label, quote, claim and tick in one act."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from corpus.models import Document, Passage
from curation import selecting
from curation.ledger import Refused
from curation.models import Assessment, Claim, Decision, Quote, Standing
from tests.factories import (
    make_assessment,
    make_capture,
    make_claim,
    make_document,
    make_entity,
    make_news,
    make_partnership,
    make_source,
    make_user,
    passages_of,
)

pytestmark = pytest.mark.django_db


def acts():
    return list(Decision.objects.exclude(act="test").order_by("seq").values_list("act", flat=True))


def word(claim):
    return Standing.objects.get(claim=claim).word


def select(document, words):
    start = document.current_capture.text.index(words)
    return document, start, start + len(words)


def test_claim_of_a_selection_labels_quotes_claims_and_ticks_in_one_act(contributor):
    esa, partnership = make_entity("ESA"), make_partnership()
    document = make_document(
        "ESA signed the accord. It flies in 2028.", source=make_source(grade="B")
    )

    evidence = selecting.claim_of_selection(
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

    evidence = selecting.claim_of_selection(
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

    selecting.claim_of_selection(
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

    selecting.claim_of_selection(
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
        selecting.claim_of_selection(
            *select(document, "A heading."),
            by=contributor,
            partnership=make_partnership(),
            words="x",
            reliability="news",
        )


def test_without_a_label_only_the_quote_is_made(contributor):
    selecting.claim_of_selection(
        *select(make_document(), "ESA"), by=contributor, partnership=make_partnership(), words="x"
    )
    assert Assessment.objects.count() == 0
    assert Quote.objects.get().exact == "ESA"


def test_dialog_that_fails_anywhere_leaves_nothing(contributor):
    with pytest.raises(ValidationError):
        selecting.claim_of_selection(
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
        selecting.claim_of_selection(*select(make_document(), "ESA"), by=contributor, words="x")


def test_words_that_are_no_longer_there_are_refused(contributor):
    document = make_document("ESA agreed.")
    selection = select(document, "ESA")
    Document.objects.update(current_capture=make_capture(document, "JAXA agreed."))
    with pytest.raises(Refused, match="collected again"):
        selecting.claim_of_selection(
            *selection, by=contributor, partnership=make_partnership(), words="x", exact="ESA"
        )


def test_label_that_the_dialog_did_not_show_is_refused(contributor):
    document = make_document("ESA agreed.")
    (passage,) = passages_of(document)
    make_assessment(passage, "spam")
    with pytest.raises(Refused, match="Somebody else labelled"):
        selecting.claim_of_selection(
            *select(document, "ESA"),
            by=contributor,
            partnership=make_partnership(),
            words="x",
            reliability="news",
            seen={passage.pk: None},
        )


def test_person_without_a_role_may_not():
    with pytest.raises(PermissionDenied):
        selecting.claim_of_selection(
            make_document(), 0, 3, by=make_user(role=""), partnership=make_partnership(), words="x"
        )
