"""Analysing again: suggestions move with the analysis, decisions never."""

from itertools import chain

import pytest
from django.apps import apps

from corpus.analysis import reliability
from corpus.importing import analysing, cutting, reanalysing, storing
from corpus.importing.reanalysing import How, analyse_again, waiting
from corpus.models import CopyEdge, Document, ImportRun, Mention, Passage
from corpus.text import segment
from curation import assessing
from curation.copying import copies_found
from curation.cuts import kept_cuts
from tests.corpus.analysis.test_copies import REWORDED, WIRE
from tests.factories import (
    NOON,
    make_assessment,
    make_document,
    make_entity,
    make_link,
    make_quote,
    make_source,
    passages_of,
)

pytestmark = pytest.mark.django_db

TEXT = "ESA and NASA signed an accord in Paris. NASA signed it too, experts say."
HOW = How(kept_cuts, after_copies=copies_found)


def again(every=False, how=HOW):
    pks = list(waiting(every).values_list("pk", flat=True))
    return list(chain.from_iterable(analyse_again(pks, how)))


def cut_as_one(document):
    """As an older segmenter cut it."""
    capture = document.current_capture
    Passage.objects.filter(capture=capture).update(retired_at=NOON)
    words = capture.text
    return Passage.objects.create(
        capture=capture, start=0, end=len(words), text=words, kind="sentence", made_by="segment-0"
    )


def texts(document):
    return [passage.text for passage in passages_of(Document.objects.get(pk=document.pk))]


def decisions():
    """Every row of curation, whole, in order."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("curation").get_models()
    }


def suggestions(document):
    row = Document.objects.get(pk=document.pk)
    rows = row.current_capture.passages.order_by("start")
    return [
        (row.suggested_reliability, row.suggestion_version, row.hints),
        *rows.values_list("suggested_reliability", "suggestion_version", "hints"),
    ]


def test_text_that_nobody_worked_on_is_cut_and_labelled_anew():
    document = make_document(TEXT)
    old = cut_as_one(document)

    assert again() == [document.pk]

    assert texts(document) == TEXT.replace(". ", ".\n").split("\n")
    assert Passage.everything.get(pk=old.pk).retired_at
    assert {row.made_by for row in passages_of(document)} == {segment.VERSION}
    because = "“experts say”: nobody is named"
    undated = "undated: nothing says when it was published"
    assert suggestions(document) == [
        ("news", analysing.version(), [["vague", undated], ["speaker_not_traced", because]]),
        ("news", reliability.VERSION, []),
        ("news", reliability.VERSION, [["speaker_not_traced", because]]),
    ]


def _label(document):
    make_assessment(passages_of(document)[0])


def _label_the_whole(document):
    make_assessment(document)


def _quote(document):
    make_quote(document, "signed an accord")


def _link(document):
    make_link(document, "ESA", make_entity(), capture=document.current_capture, start=0, end=3)


def _split(document):
    Passage.objects.filter(capture=document.current_capture).update(made_by=Passage.BY_PERSON)


@pytest.mark.parametrize("act", [_label, _label_the_whole, _quote, _link, _split])
def test_text_on_which_a_person_decided_keeps_its_cut(act):
    document = make_document(TEXT)
    cut_as_one(document)
    act(document)

    again()

    assert texts(document) == [TEXT]
    assert suggestions(document)[1][:2] == ("news", reliability.VERSION)


def test_no_row_of_curation_is_touched(editor, publisher):
    source = make_source(grade="B")
    worked_on = make_document(WIRE, source=source)
    make_document(REWORDED, source=make_source())
    make_document(TEXT)
    passage, *_ = passages_of(worked_on)
    assessing.assess_passage(passage, by=editor, reliability="spam")
    make_quote(worked_on, passage.text)
    make_link(worked_on, "NASA", make_entity("NASA"), verdict="is_not")
    again()
    before = decisions()
    assert before["Assessment"]
    Document.objects.update(suggestion_version="older")
    Passage.objects.update(suggestion_version="older", suggested_reliability="spam")

    assert len(again()) == 3

    assert decisions() == before
    assert not Passage.objects.filter(suggestion_version="older").exists()


def test_what_has_the_present_versions_is_passed_over():
    documents = [make_document(TEXT + f" Number {n}.") for n in range(3)]
    again()
    assert again() == []
    Passage.objects.filter(capture=documents[1].current_capture).update(suggestion_version="older")

    assert again() == [documents[1].pk]
    assert again(every=True) == [each.pk for each in documents]


@pytest.mark.parametrize("module", analysing.ANALYSED_BY, ids=lambda each: each.__name__)
def test_each_version_that_changed_has_a_text_analysed_again(module, monkeypatch):
    document = make_document(TEXT)
    worked_on = make_document(TEXT + " More.")
    _quote(worked_on)
    again()
    monkeypatch.setattr(module, "VERSION", "another-99")

    assert again() == [document.pk, worked_on.pk]
    assert again() == []


def test_text_that_came_back_is_analysed_again(take_in, folder):
    root = folder({"a.txt": TEXT})
    take_in(root, collected_at=NOON)
    (root / "a.txt").write_text(TEXT + " More.")
    second = take_in(root)
    assert again() == []
    document = Document.objects.get()
    ImportRun.objects.filter(pk=second.pk).update(set_aside_at=NOON)
    storing.follow_sightings(document)
    assert document.current_capture.text == TEXT

    assert again() == [document.pk]


def test_analysing_twice_changes_nothing():
    document = make_document(TEXT)
    make_entity("NASA")
    again()
    first = suggestions(document), list(Mention.objects.values()), list(Passage.objects.values())

    again(every=True)

    assert first == (
        suggestions(document), list(Mention.objects.values()), list(Passage.objects.values())
    )  # fmt: skip


def test_names_and_copies_are_found_that_were_not_known_before():
    one, other = make_document(WIRE), make_document(REWORDED)
    make_entity("NASA", aliases=["National Aeronautics and Space Administration"])
    third = make_document(TEXT)

    again()

    mentions = Mention.objects.standing().filter(capture=third.current_capture)
    assert [each.passage for each in mentions.order_by("start")] == passages_of(third)
    assert [(edge.a_id, edge.b_id) for edge in CopyEdge.objects.standing()] == [(one.pk, other.pk)]


def test_stopped_between_batches_the_rest_is_still_to_be_done(monkeypatch):
    monkeypatch.setattr(reanalysing, "BATCH", 1)
    one, other = make_document(TEXT), make_document(TEXT + " Again.")
    working = analyse_again([one.pk, other.pk], HOW)

    assert next(working) == [one.pk]
    working.close()

    assert list(waiting().values_list("pk", flat=True)) == [other.pk]
    assert list(waiting(every=True, start=other.pk)) == [other]


def test_decision_that_came_in_between_keeps_the_cut():
    document = make_document(TEXT)
    cut_as_one(document)
    asked = []

    def keeps_cut(captures):
        asked.append(captures)
        if len(asked) == 2:
            make_quote(document, "signed an accord")
        return kept_cuts(captures)

    again(how=How(keeps_cut))

    assert texts(document) == [TEXT]


def test_as_of_is_the_year_of_the_first_sighting():
    document = make_document(TEXT)

    assert cutting.beside(document.current_capture).as_of == 2026


def test_set_aside_and_redacted_texts_are_left_alone():
    gone = make_document(TEXT)
    Document.objects.filter(pk=gone.pk).update(current_capture=None)

    assert list(waiting()) == []
