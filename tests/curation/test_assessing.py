"""Labels: given, carried along with the words, accepted in bulk, kept through a new cut."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from corpus.models import Document, Passage
from curation import assessing
from curation.ledger import Refused
from curation.models import Assessment, Decision, Standing
from curation.standings import refresh
from tests.factories import (
    make_assessment,
    make_capture,
    make_claim,
    make_document,
    make_entity,
    make_evidence,
    make_link,
    make_news,
    make_quote,
    make_source,
    make_user,
    passages_of,
)

pytestmark = pytest.mark.django_db


def acts():
    return list(Decision.objects.exclude(act="test").order_by("seq").values_list("act", flat=True))


def in_force(of):
    """What is in force on a passage or a capture: label and credibility."""
    row = of.assessments.in_force().first()
    return row and (row.reliability, row.credibility)


def collect(document, text):
    """The document is collected anew, with other text, as an import would do it."""
    previous = document.current_capture
    capture = make_capture(document, text)
    assessing.text_collected(capture, previous)
    document.current_capture = capture
    document.save()
    return capture


def assess_document(document, **kwargs):
    kwargs.setdefault("capture", document.current_capture_id)
    return assessing.assess_document(document, **kwargs)


def accept(document, **kwargs):
    kwargs.setdefault("capture", document.current_capture_id)
    return assessing.accept_suggestions(document, **kwargs)


def suggest(passage, reliability, version="reliability-1"):
    Passage.objects.filter(pk=passage.pk).update(
        suggested_reliability=reliability, suggestion_version=version
    )


# --- one passage ------------------------------------------------------------------------------


def test_label_keeps_what_the_person_said_and_saw(contributor):
    (passage,) = passages_of(make_document("ESA agreed."))
    suggest(passage, "speculative", "reliability-7")

    row = assessing.assess_passage(
        passage,
        by=contributor,
        reliability="news",
        credibility=2,
        reasons=["attributed", "specific", "attributed"],
    )

    row.refresh_from_db()
    assert (row.passage, row.reliability, row.credibility) == (passage, "news", 2)
    assert row.reasons == ["specific", "attributed"]
    assert (row.suggested, row.suggestion_version) == ("speculative", "reliability-7")
    assert not row.in_bulk
    line = row.decision
    assert (line.act, line.by, line.subject_id) == ("assess", contributor, str(passage.pk))
    assert json.loads(line.after) == {
        "reliability": "news",
        "credibility": 2,
        "reasons": ["specific", "attributed"],
        "passages": [passage.pk],
    }


@pytest.mark.parametrize("reliability", ["news", "speculative", "spam", "heading"])
def test_person_may_say_any_label_of_a_passage(contributor, reliability):
    (passage,) = passages_of(make_document("ESA agreed."))
    assessing.assess_passage(passage, by=contributor, reliability=reliability)
    assert in_force(passage) == (reliability, 6)


def test_labelling_again_supersedes_and_overwrites_nothing(contributor):
    (passage,) = passages_of(make_document("ESA agreed."))
    first = assessing.assess_passage(passage, by=contributor, reliability="spam")

    second = assessing.assess_passage(
        passage, by=contributor, reliability="news", credibility=3, seen=first.pk
    )

    first.refresh_from_db()
    assert (first.reliability, first.superseded_at is None) == ("spam", False)
    assert in_force(passage) == ("news", 3)
    assert json.loads(second.decision.before)["reliability"] == "spam"


@pytest.mark.parametrize("seen", [None, 10**6])
def test_label_that_the_person_did_not_see_is_not_overwritten(contributor, seen):
    (passage,) = passages_of(make_document("ESA agreed."))
    make_assessment(passage, "spam")
    with pytest.raises(Refused, match="Somebody else labelled this"):
        assessing.assess_passage(passage, by=contributor, reliability="news", seen=seen)
    assert in_force(passage) == ("spam", 6)
    assert acts() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reliability": "gossip"}, "reliability"),
        ({"reliability": ""}, "reliability"),
        ({"reliability": "news", "credibility": 0}, "credibility"),
        ({"reliability": "news", "credibility": 7}, "credibility"),
        ({"reliability": "news", "credibility": None}, "credibility"),
        ({"reliability": "speculative", "credibility": 2}, "credibility"),
        ({"reliability": "spam", "credibility": 5}, "credibility"),
        ({"reliability": "heading", "credibility": 1}, "credibility"),
        ({"reliability": "news", "reasons": ["hunch"]}, "reasons"),
    ],
)
def test_label_that_cannot_be_is_refused_with_its_field(contributor, values, field):
    document = make_document("ESA agreed.")
    (passage,) = passages_of(document)
    for assess, of in [
        (assessing.assess_passage, passage),
        (assess_document, document),
    ]:
        with pytest.raises(ValidationError) as refused:
            assess(of, by=contributor, **values)
        assert list(refused.value.message_dict) == [field]
    assert acts() == []


def test_passage_that_was_cut_in_the_meantime_is_not_labelled(contributor):
    (passage,) = passages_of(make_document("ESA agreed."))
    Passage.objects.update(retired_at="2026-03-01T12:00Z")
    with pytest.raises(Refused, match="cut this text differently"):
        assessing.assess_passage(passage, by=contributor, reliability="news")


def test_relabelling_moves_what_rests_on_the_passage(contributor):
    quote = make_news()
    claim = make_claim(quotes=[quote])
    refresh([claim])
    (passage,) = passages_of(quote.capture.document)
    label = passage.assessments.get()

    assessing.assess_passage(passage, by=contributor, reliability="spam", seen=label.pk)

    assert Standing.objects.get(claim=claim).word == "unsupported"


# --- the same words in every capture ------------------------------------------------------------


def test_new_capture_takes_over_the_labels_of_unchanged_words(contributor):
    document = make_document("ESA agreed. NASA agreed. Old words.")
    first, second, third = passages_of(document)
    told = assessing.assess_passage(first, by=contributor, reliability="news", credibility=2)
    assessing.assess_passage(second, by=contributor, reliability="heading")
    assessing.assess_passage(third, by=contributor, reliability="spam")

    capture = collect(document, "NASA agreed. New words. ESA agreed.")

    nasa, new, esa = capture.passages.all()
    assert [in_force(each) for each in (nasa, new, esa)] == [("heading", 6), None, ("news", 2)]
    assert esa.assessments.get().decision == told.decision
    assert in_force(first) == ("news", 2)
    assert acts() == ["assess"] * 3


def test_carried_label_keeps_what_the_person_saw(contributor):
    document = make_document("ESA agreed.")
    make_assessment(
        passages_of(document)[0],
        reasons=["vague"],
        in_bulk=True,
        suggested="news",
        suggestion_version="reliability-1",
        hinted=["vague", "padded"],
    )
    collect(document, "ESA agreed. New words.")
    row = passages_of(document)[0].assessments.get()
    assert row.hinted == ["vague", "padded"]
    assert (row.reasons, row.in_bulk, row.suggested, row.suggestion_version) == (
        ["vague"],
        True,
        "news",
        "reliability-1",
    )


def test_words_that_stand_twice_are_matched_in_order(contributor):
    document = make_document("Read on. ESA agreed. Read on.")
    first, _, last = passages_of(document)
    assessing.assess_passage(first, by=contributor, reliability="spam")
    assessing.assess_passage(last, by=contributor, reliability="heading")

    capture = collect(document, "Read on. NASA agreed. Read on. Read on.")

    labels = [in_force(each) for each in capture.passages.all()]
    assert labels == [("spam", 6), None, ("heading", 6), None]


def test_labels_come_over_from_every_older_capture(contributor):
    document = make_document("ESA agreed. NASA agreed.")
    assessing.assess_passage(passages_of(document)[0], by=contributor, reliability="spam")
    collect(document, "NASA agreed.")
    collect(document, "ESA agreed. JAXA agreed.")
    assert in_force(passages_of(document)[0]) == ("spam", 6)


def test_relabelling_one_relabels_the_same_words_in_all_captures(contributor):
    document = make_document("ESA agreed. NASA agreed.")
    old, other = passages_of(document)
    assessing.assess_passage(old, by=contributor, reliability="spam")
    new = collect(document, "JAXA agreed. ESA agreed.").passages.last()

    row = assessing.assess_passage(
        new, by=contributor, reliability="news", seen=new.assessments.get().pk
    )

    assert row.passage == new
    assert in_force(old) == in_force(new) == ("news", 6)
    assert in_force(other) is None
    assert old.assessments.in_force().get().decision == row.decision
    assert json.loads(row.decision.after)["passages"] == [old.pk, new.pk]


def test_relabelling_a_new_capture_moves_what_rests_on_the_old_one(contributor):
    quote = make_news("ESA agreed.")
    document = quote.capture.document
    claim = make_claim(quotes=[quote])
    refresh([claim])
    new = collect(document, "ESA agreed. More words.").passages.first()

    assessing.assess_passage(
        new, by=contributor, reliability="speculative", seen=new.assessments.get().pk
    )

    assert Standing.objects.get(claim=claim).word == "speculative"


def test_same_words_in_another_document_are_another_matter(contributor):
    one, other = make_document("Read on."), make_document("Read on.")
    assessing.assess_passage(passages_of(one)[0], by=contributor, reliability="spam")
    assert in_force(passages_of(other)[0]) is None


def test_each_row_keeps_the_suggestion_that_the_person_saw(contributor):
    document = make_document("ESA agreed. Old words.")
    old = passages_of(document)[0]
    suggest(old, "spam", "reliability-1")
    collect(document, "ESA agreed. New words.")
    seen = passages_of(document)[0]
    suggest(seen, "speculative", "reliability-2")

    assessing.assess_passage(seen, by=contributor, reliability="news")

    rows = Assessment.objects.in_force().values_list("passage", "suggested", "suggestion_version")
    assert set(rows) == {
        (old.pk, "speculative", "reliability-2"),
        (seen.pk, "speculative", "reliability-2"),
    }


def test_first_capture_of_a_document_takes_over_nothing():
    document = make_document()
    assessing.text_collected(document.current_capture, None)
    assert Assessment.objects.count() == 0


@pytest.mark.parametrize("n", [1, 3])
def test_number_of_queries_does_not_grow_with_the_labels_taken_over(n, django_assert_num_queries):
    document = make_document(" ".join(f"Sentence {i} is here." for i in range(n)))
    for passage in passages_of(document):
        make_assessment(passage, "spam")
    previous = document.current_capture
    capture = make_capture(document, previous.text + " More words.")

    with django_assert_num_queries(8):
        assessing.text_collected(capture, previous)

    assert Assessment.objects.filter(passage__capture=capture).count() == n


def test_links_of_single_places_come_over_with_unchanged_words():
    document = make_document("They say ESA agreed. Old words of ESA.")
    old, esa, other = document.current_capture, make_entity("ESA"), make_entity("Other")
    kept = make_link(document, "ESA", esa, capture=old, start=9, end=12)
    not_other = make_link(document, "ESA", other, "is_not", capture=old, start=9, end=12)
    make_link(document, "ESA", esa, capture=old, start=34, end=37)

    capture = collect(document, "New words. They say ESA agreed.")

    carried = capture.links.order_by("pk")
    assert [(row.start, row.end, row.entity, row.verdict) for row in carried] == [
        (20, 23, esa, "is"),
        (20, 23, other, "is_not"),
    ]
    assert [row.decision for row in carried] == [kept.decision, not_other.decision]
    assert [row.words_sha256 for row in carried] == [kept.words_sha256] * 2


def test_of_two_links_of_one_place_the_newest_comes_over():
    document = make_document("ESA agreed. One.")
    first, one, two = document.current_capture, make_entity("One"), make_entity("Two")
    second = make_capture(document, "ESA agreed. Two.")
    make_link(document, "ESA", one, capture=second, start=0, end=3)
    make_link(document, "ESA", two, capture=first, start=0, end=3)
    document.current_capture = second

    capture = collect(document, "ESA agreed. Three.")

    assert [row.entity for row in capture.links.all()] == [two]


# --- a document's own label ---------------------------------------------------------------------


def test_label_of_a_document_belongs_to_its_text(contributor):
    document = make_document("ESA agreed.")
    Document.objects.update(suggested_reliability="news", suggestion_version="reliability-1")

    row = assess_document(document, by=contributor, reliability="news", credibility=4)

    assert row.capture == document.current_capture
    assert (row.suggested, row.suggestion_version) == ("news", "reliability-1")
    collect(document, "ESA agreed. More words.")
    assert in_force(document.current_capture) is None


def test_document_is_labelled_again_by_who_saw_the_label(contributor):
    document = make_document()
    first = assess_document(document, by=contributor, reliability="news")
    with pytest.raises(Refused, match="Somebody else labelled"):
        assess_document(document, by=contributor, reliability="spam")
    assess_document(document, by=contributor, reliability="spam", seen=first.pk)
    assert in_force(document.current_capture) == ("spam", 6)


TEXT_MOVED = "collected again in the meantime"


def test_text_that_nobody_saw_is_not_labelled(contributor):
    document = make_document("ESA agreed.")
    seen = document.current_capture_id
    Document.objects.update(suggested_reliability="news")
    suggest(collect(document, "ESA left.").passages.get(), "news")

    with pytest.raises(Refused, match=TEXT_MOVED):
        assessing.assess_document(document, by=contributor, capture=seen, reliability="news")
    with pytest.raises(Refused, match=TEXT_MOVED):
        assessing.accept_suggestions(document, by=contributor, capture=seen)
    assert not Assessment.objects.exists()
    assert acts() == []


def test_passages_of_an_earlier_text_are_neither_labelled_nor_cut(contributor):
    document = make_document("ESA agreed. They fly.")
    first, second = passages_of(document)
    collect(document, "ESA left.")

    for act in (
        lambda: assessing.assess_passage(first, by=contributor, reliability="news"),
        lambda: assessing.split(first, by=contributor, at=[3]),
        lambda: assessing.join([first, second], by=contributor),
    ):
        with pytest.raises(Refused, match=TEXT_MOVED):
            act()
    assert acts() == []


def test_whole_text_is_no_heading(contributor):
    with pytest.raises(ValidationError, match="cannot be a heading"):
        assess_document(make_document(), by=contributor, reliability="heading")


def test_document_without_text_on_the_desk_is_not_labelled(contributor):
    document = make_document()
    Document.objects.update(current_capture=None)
    with pytest.raises(Refused, match="set aside"):
        assess_document(document, by=contributor, reliability="news")
    with pytest.raises(Refused, match="set aside"):
        accept(document, by=contributor)


def test_credibility_of_a_document_moves_what_nobody_judged_apart(contributor):
    claim = make_claim(quotes=[make_news(credibility=6)])
    document = claim.evidence.get().quote.capture.document
    assess_document(document, by=contributor, reliability="news", credibility=5)
    assert Standing.objects.get(claim=claim).word == "doubtful"


# --- accepting suggestions ------------------------------------------------------------------------


def suggested_document():
    document = make_document("ESA agreed. Read on. Decided. No suggestion.")
    Document.objects.filter(pk=document.pk).update(suggested_reliability="news")
    news, spam, decided, _ = passages_of(document)
    suggest(news, "news")
    suggest(spam, "spam")
    suggest(decided, "spam")
    make_assessment(decided, "news", credibility=2)
    return Document.objects.get(pk=document.pk)


def test_remaining_suggestions_are_accepted_in_one_act(contributor):
    document = suggested_document()

    count = accept(document, by=contributor)

    news, spam, decided, nothing = passages_of(document)
    assert count == 3
    assert [in_force(each) for each in (news, spam, decided, nothing)] == [
        ("news", 6),
        ("spam", 6),
        ("news", 2),
        None,
    ]
    assert in_force(document.current_capture) == ("news", 6)
    rows = Assessment.objects.filter(in_bulk=True)
    assert rows.count() == 3
    assert {row.suggested for row in rows} == {"news", "spam"}
    line = Decision.objects.get(act="accept suggestions")
    assert {row.decision for row in rows} == {line}
    assert json.loads(line.after) == {"document": "news", "news": [news.pk], "spam": [spam.pk]}


def test_document_that_somebody_labelled_keeps_its_label(contributor):
    document = suggested_document()
    make_assessment(document, "speculative")
    assert accept(document, by=contributor) == 2
    assert in_force(document.current_capture) == ("speculative", 6)


def test_accepting_again_does_nothing_and_writes_nothing(contributor):
    document = suggested_document()
    accept(document, by=contributor)
    assert accept(document, by=contributor) == 0
    assert acts() == ["accept suggestions"]


def test_accepted_label_holds_in_every_capture(contributor):
    document = make_document("ESA agreed.")
    old = passages_of(document)[0]
    collect(document, "ESA agreed. More.")
    suggest(passages_of(document)[0], "news")

    assert accept(document, by=contributor) == 1

    assert in_force(old) == ("news", 6)
    assert Assessment.objects.filter(in_bulk=True).count() == 2


def test_label_accepted_in_bulk_counts_once_ticked(contributor):
    document = make_document("ESA agreed.", source=make_source(grade="B"))
    suggest(passages_of(document)[0], "news")
    quote = make_quote(document)
    ticked = make_evidence(make_claim(), quote).claim
    waiting = make_evidence(make_claim(), quote, ticked=False).claim

    accept(document, by=contributor)

    assert Standing.objects.get(claim=ticked).word == "reported"
    assert Standing.objects.get(claim=waiting).word == "unsupported"


@pytest.mark.parametrize("n", [1, 3])
def test_number_of_queries_does_not_grow_with_the_suggestions(
    n, contributor, django_assert_max_num_queries
):
    document = make_document(" ".join(f"Sentence {i} is here." for i in range(n)))
    Passage.objects.update(suggested_reliability="news")
    contributor.get_all_permissions()
    with django_assert_max_num_queries(20):
        assert accept(document, by=contributor) == n


# --- split and join -----------------------------------------------------------------------------


def words(passages):
    return [passage.text for passage in passages]


def test_parts_of_a_split_passage_keep_its_label(contributor):
    document = make_document("ESA agreed NASA agreed.")
    (passage,) = passages_of(document)
    make_assessment(passage, credibility=2, reasons=["specific"], in_bulk=True)

    parts = assessing.split(passage, by=contributor, at=[10])

    assert words(parts) == words(passages_of(document)) == ["ESA agreed", "NASA agreed."]
    for part in parts:
        row = part.assessments.in_force().get()
        assert (row.reliability, row.credibility, row.reasons, row.in_bulk) == (
            "news",
            2,
            ["specific"],
            True,
        )
    assert in_force(passage) is None
    line = Decision.objects.get(act="split")
    assert json.loads(line.before) == {"passages": [[0, 23]]}
    assert json.loads(line.after) == {
        "passages": [[0, 10], [11, 23]],
        "label": {"reliability": "news", "credibility": 2, "reasons": ["specific"]},
    }


def test_parts_of_an_unlabelled_passage_have_no_label(contributor):
    (passage,) = passages_of(make_document("ESA agreed NASA agreed."))
    parts = assessing.split(passage, by=contributor, at=[10])
    assert [in_force(part) for part in parts] == [None, None]


def test_label_of_a_part_holds_for_the_same_words_in_every_capture(contributor):
    document = make_document("ESA agreed. Old words.")
    twin = passages_of(document)[0]
    collect(document, "ESA agreed. and more.")
    (whole,) = passages_of(document)
    row = assessing.assess_passage(whole, by=contributor, reliability="news", credibility=2)
    suggest(twin, "spam")

    part, _ = assessing.split(whole, by=contributor, at=[12])

    assert in_force(part) == in_force(twin) == ("news", 2)
    assert {each.assessments.in_force().get().suggested for each in (part, twin)} == {""}
    assert row.decision != twin.assessments.in_force().get().decision


def test_part_without_a_label_takes_over_that_of_the_same_words(contributor):
    document = make_document("ESA agreed. Old words.")
    assessing.assess_passage(passages_of(document)[0], by=contributor, reliability="spam")
    told = Assessment.objects.get().decision
    document.current_capture = make_capture(document, "ESA agreed. and more.")
    document.save()
    (whole,) = passages_of(document)

    part, other = assessing.split(whole, by=contributor, at=[12])

    assert (in_force(part), in_force(other)) == (("spam", 6), None)
    assert part.assessments.in_force().get().decision == told


def test_part_labelled_unlike_the_same_words_elsewhere_is_refused(contributor):
    document = make_document("ESA agreed. Old words.")
    twin = passages_of(document)[0]
    assessing.assess_passage(twin, by=contributor, reliability="spam")
    document.current_capture = make_capture(document, "ESA agreed. and more.")
    document.save()
    (whole,) = passages_of(document)
    assessing.assess_passage(whole, by=contributor, reliability="news", credibility=2)

    with pytest.raises(Refused, match=r"is labelled spam .* would be news, credibility 2 here"):
        assessing.split(whole, by=contributor, at=[12])

    assert passages_of(document) == [whole]
    assert in_force(twin) == ("spam", 6)


@pytest.mark.parametrize("at", [[], [0], [23], [99], [-1]])
def test_split_needs_a_place_inside(contributor, at):
    (passage,) = passages_of(make_document("ESA agreed NASA agreed."))
    with pytest.raises(ValidationError):
        assessing.split(passage, by=contributor, at=at)
    assert Passage.objects.count() == 1
    assert acts() == []


def test_passages_labelled_alike_are_joined_with_the_worst_credibility(contributor):
    document = make_document("ESA agreed. NASA agreed.")
    one, two = passages_of(document)
    make_assessment(one, credibility=2, reasons=["specific"])
    make_assessment(two, credibility=4, reasons=["vague"])

    joined = assessing.join([two, one], by=contributor)

    assert words(passages_of(document)) == ["ESA agreed. NASA agreed."]
    row = joined.assessments.in_force().get()
    assert (row.reliability, row.credibility, row.reasons) == ("news", 4, ["specific", "vague"])
    assert [in_force(each) for each in (one, two)] == [None, None]


@pytest.mark.parametrize(
    ("credibilities", "worst"),
    [((1, 3), 3), ((3, 6), 6), ((6, 4), 4), ((4, 5), 5), ((2, 2), 2)],
)
def test_credibility_not_judged_lies_between_plausible_and_doubtful(
    contributor, credibilities, worst
):
    passages = passages_of(make_document("ESA agreed. NASA agreed."))
    for passage, credibility in zip(passages, credibilities, strict=True):
        make_assessment(passage, credibility=credibility)
    assert in_force(assessing.join(passages, by=contributor)) == ("news", worst)


def test_unlabelled_passages_join_without_a_label(contributor):
    joined = assessing.join(passages_of(make_document("One is. Two is.")), by=contributor)
    assert in_force(joined) is None


@pytest.mark.parametrize("other", ["spam", None])
def test_joining_unlike_labels_asks(contributor, other):
    document = make_document("ESA agreed. NASA agreed.")
    one, two = passages_of(document)
    make_assessment(one, credibility=2)
    if other:
        make_assessment(two, other)

    with pytest.raises(Refused, match="say what they are together"):
        assessing.join([one, two], by=contributor)
    assert len(passages_of(document)) == 2

    joined = assessing.join([one, two], by=contributor, reliability="news")
    assert in_force(joined) == ("news", 2)


def test_joining_may_say_what_none_of_them_was(contributor):
    one, two = passages_of(make_document("ESA agreed. NASA agreed."))
    make_assessment(one, "spam")
    joined = assessing.join([one, two], by=contributor, reliability="speculative")
    assert in_force(joined) == ("speculative", 6)


def test_only_neighbours_are_joined(contributor):
    one, _, three = passages_of(make_document("One is. Two is. Three is."))
    with pytest.raises(ValidationError, match="neighbours"):
        assessing.join([one, three], by=contributor)


def test_split_undone_by_joining_is_the_passage_that_was(contributor):
    document = make_document("ESA agreed NASA agreed.")
    (passage,) = passages_of(document)
    make_assessment(passage, credibility=3)

    parts = assessing.split(passage, by=contributor, at=[10])
    joined = assessing.join(parts, by=contributor)

    assert joined == passage
    assert in_force(joined) == ("news", 3)
    assert passage.assessments.in_force().count() == 1


def test_passage_cut_in_the_meantime_is_not_cut_again(contributor):
    (passage,) = passages_of(make_document("ESA agreed NASA agreed."))
    assessing.split(passage, by=contributor, at=[10])
    with pytest.raises(Refused, match="cut this text differently"):
        assessing.split(passage, by=contributor, at=[3])


def test_quotes_are_places_so_a_new_cut_only_moves_what_they_touch(contributor):
    document = make_document("ESA agreed NASA disagreed.", source=make_source(grade="B"))
    (passage,) = passages_of(document)
    make_assessment(passage, credibility=2)
    claim = make_claim(quotes=[make_quote(document, "ESA agreed")])

    first, second = assessing.split(passage, by=contributor, at=[10])
    assessing.assess_passage(
        second, by=contributor, reliability="spam", seen=second.assessments.get().pk
    )

    assert Standing.objects.get(claim=claim).word == "reported"
    assert in_force(first) == ("news", 2)


# --- who may, and at the same time ----------------------------------------------------------------


@pytest.mark.parametrize(
    "act",
    [
        lambda by, document: assess_document(document, by=by, reliability="news"),
        lambda by, document: assessing.assess_passage(
            passages_of(document)[0], by=by, reliability="news"
        ),
        lambda by, document: accept(document, by=by),
        lambda by, document: assessing.split(passages_of(document)[0], by=by, at=[3]),
        lambda by, document: assessing.join(passages_of(document), by=by),
    ],
)
def test_person_without_a_role_may_not(act):
    with pytest.raises(PermissionDenied):
        act(make_user(role=""), make_document())


def test_of_two_who_label_a_passage_at_once_exactly_one_wins(at_once):
    (passage,), one, other = passages_of(make_document("ESA agreed.")), make_user(), make_user()

    raised = at_once(
        lambda: assessing.assess_passage(passage, by=one, reliability="news"),
        lambda: assessing.assess_passage(passage, by=other, reliability="spam"),
    )

    (told,) = [error for error in raised if error]
    assert isinstance(told, Refused)
    assert "Somebody else labelled this" in str(told)
    assert passage.assessments.count() == 1
    assert acts() == ["assess"]
