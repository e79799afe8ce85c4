"""Copies are found when a text comes into force, within a source and across sources."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus import revising
from corpus.importing import copying
from corpus.importing.copying import COMMON, follow
from corpus.models import CopyEdge, Document, Fingerprint, ImportRun, Passage, Source
from tests.corpus.analysis.test_copies import INDEPENDENT, OTHER, REWORDED, WIRE
from tests.factories import make_capture, make_document

pytestmark = pytest.mark.django_db


def edges():
    return {(edge.a_id, edge.b_id) for edge in CopyEdge.objects.standing()}


def pair(one, other):
    return tuple(sorted((one.pk, other.pk)))


def put_in_force(document, text):
    document.current_capture = make_capture(document, text)
    document.save()
    follow([document.pk])


def test_wire_story_and_its_copies_are_found_across_sources(folder, take_in):
    first = take_in(folder({"wire.txt": WIRE}), source_name="Wire")
    second = take_in(
        folder({"paper.txt": REWORDED, "fishing.txt": INDEPENDENT, "page.txt": OTHER + WIRE}),
        source_name="Paper",
    )

    found = {document.path: document for document in Document.objects.all()}
    assert edges() == {
        pair(found["wire.txt"], found["paper.txt"]),
        pair(found["wire.txt"], found["page.txt"]),
        pair(found["page.txt"], found["paper.txt"]),
    }
    assert (first.copies, second.copies) == (0, 2)


def test_copies_of_one_batch_and_of_one_source_are_found(folder, take_in):
    run = take_in(folder({"a.txt": WIRE, "b.txt": REWORDED, "c.txt": OTHER}))
    assert len(edges()) == 1
    assert run.copies == 2


def test_edge_tells_the_share_of_the_smaller_text():
    small = make_document(". ".join(WIRE.split(". ")[:3]) + ".")
    large = make_document(WIRE)
    follow([small.pk, large.pk])
    assert CopyEdge.objects.get().score == 1


def test_edge_goes_when_a_new_text_is_no_copy_any_more_and_comes_back():
    wire, paper = make_document(WIRE), make_document(REWORDED)
    follow([wire.pk, paper.pk])

    put_in_force(paper, OTHER)
    assert edges() == set()
    assert CopyEdge.objects.get().gone_at

    put_in_force(paper, REWORDED + " It said so.")
    assert edges() == {pair(wire, paper)}


def test_document_whose_import_is_set_aside_is_nobodys_copy():
    wire, paper = make_document(WIRE), make_document(REWORDED)
    follow([wire.pk, paper.pk])
    run = ImportRun.objects.get(sightings__capture=paper.current_capture)
    moved = []

    revising.set_aside(run, moved.append)
    assert edges() == set()
    assert not Fingerprint.objects.filter(document=paper).exists()

    revising.bring_back(run, moved.append)
    assert edges() == {pair(wire, paper)}
    assert moved == [{wire.pk, paper.pk}] * 2


def test_following_again_changes_nothing_and_tells_nobody():
    ids = [make_document(WIRE).pk, make_document(REWORDED).pk]
    moved = []
    follow(ids, moved.append)
    before = list(Fingerprint.objects.order_by("value").values_list("value", "document"))

    follow(ids, moved.append)

    assert moved == [set(ids)]
    assert list(Fingerprint.objects.order_by("value").values_list("value", "document")) == before


def test_what_the_machine_takes_for_spam_makes_no_copies():
    """A long notice under both stories is the site's, not theirs."""
    notice = " ".join(f"Notice word {n} of the terms and rules." for n in range(40))
    documents = [make_document(f"{text} {notice}") for text in (OTHER, INDEPENDENT)]
    Passage.objects.filter(text__startswith="Notice").update(suggested_reliability="spam")

    follow([document.pk for document in documents])

    assert edges() == set()


@pytest.mark.parametrize(("sources", "found"), [(["One", "One"], 0), (["One", "Two"], 1)])
def test_part_that_two_texts_of_one_source_share_is_its_furniture(sources, found):
    """A source's own paragraph under each of its pieces; two sources have none in common."""
    part = " ".join(WIRE.split()[:60])
    one, two = (Source.objects.get_or_create(name=name)[0] for name in sources)
    documents = [
        make_document(f"{OTHER} {OTHER[::-1]} {part}", source=one),
        make_document(f"{part} {INDEPENDENT}", source=two),
    ]
    follow([document.pk for document in documents])
    assert len(edges()) == found


def test_story_that_everybody_copied_is_still_found_and_its_rows_stay_bounded():
    documents = [make_document(f"{WIRE} As told by paper {n}.") for n in range(COMMON + 5)]
    for document in documents:
        follow([document.pk])

    linked = {pk for edge in edges() for pk in edge}
    assert linked == {document.pk for document in documents}
    value = Fingerprint.objects.values_list("value", flat=True).first()
    assert Fingerprint.objects.filter(value=value).count() <= COMMON


def test_turn_of_phrase_of_many_documents_leads_nowhere():
    form = " ".join(f"this notice number {n} is printed by law" for n in range(30))
    documents = [
        make_document(f"{form} {' '.join(f'w{n}x{k}' for k in range(150))}")
        for n in range(COMMON + 3)
    ]
    follow([document.pk for document in documents])
    late = {document.pk for document in documents[COMMON:]}
    assert edges()
    assert not {pk for edge in edges() for pk in edge} & late


@pytest.mark.parametrize("n", [1, 3])
def test_number_of_queries_does_not_grow_with_the_batch(n, django_assert_num_queries):
    follow([make_document(WIRE).pk])
    batch = [make_document(f"{WIRE} {OTHER} Number {k}.").pk for k in range(n)]
    with django_assert_num_queries(10):
        follow(batch)
    assert len(edges()) == n * (n + 1) / 2


def test_nothing_to_follow_asks_nothing():
    with CaptureQueriesContext(
        connection,
    ) as asked:
        follow([])
    assert len(asked) == 0


# --- a new algorithm ------------------------------------------------------------------------


def test_documents_of_an_older_algorithm_are_told_and_made_anew():
    wire, paper, other = (make_document(text) for text in (WIRE, REWORDED, OTHER))
    make_document("Yes.")
    for document in (wire, paper):
        Fingerprint.objects.create(document=document, algorithm=0, value=7)
    a, b = pair(wire, other)
    CopyEdge.objects.create(a_id=a, b_id=b, score=0.9, algorithm=0)

    waiting = Document.objects.filter(copying.of_another_algorithm())
    assert set(waiting) == {wire, paper, other}
    follow([document.pk for document in waiting])

    assert edges() == {pair(wire, paper)}
    assert not waiting.all()
