"""Which documents are one chain: by what the machine found and by what people said."""

import pytest

from curation.chains import chains_of, joined_to
from tests.factories import NOON, make_copy, make_copy_verdict, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def documents():
    return [make_document(f"Text {n}.") for n in range(5)]


def test_copies_of_copies_are_one_chain(documents):
    a, b, c, d, e = documents
    make_copy(a, b)
    make_copy(c, b)
    make_copy(d, e)

    chains = chains_of([c.pk, d.pk])

    assert chains.documents_of(c.pk) == [a.pk, b.pk, c.pk]
    assert chains.documents_of(d.pk) == [d.pk, e.pk]
    assert chains.chain == {a.pk: a.pk, b.pk: a.pk, c.pk: a.pk, d.pk: d.pk, e.pk: d.pk}
    assert chains.confirmed == {}


def test_only_the_chains_of_what_was_asked_are_followed(documents):
    a, b, _, d, e = documents
    make_copy(a, b)
    make_copy(d, e)
    assert chains_of([a.pk]).chain == {a.pk: a.pk, b.pk: a.pk}
    assert chains_of([]).chain == {}


def test_edge_that_is_gone_and_verdict_that_is_superseded_join_nothing(documents):
    a, b, c, *_ = documents
    make_copy(a, b, gone_at=NOON)
    make_copy_verdict(b, c, superseded_at=NOON)
    assert chains_of([b.pk]).chain == {}


def test_people_join_what_the_machine_did_not_find(documents):
    a, b, c, *_ = documents
    make_copy_verdict(a, b)
    make_copy(b, c)
    chains = chains_of([a.pk])
    assert chains.chain == {a.pk: a.pk, b.pk: a.pk, c.pk: a.pk}
    assert chains.confirmed == {a.pk: a.pk, b.pk: a.pk}


def test_pair_judged_independent_is_no_link(documents):
    a, b, *_ = documents
    make_copy(a, b)
    make_copy_verdict(a, b, "independent")
    chains = chains_of([a.pk])
    assert chains.chain == {}
    assert chains.independent_of(a.pk) == (b.pk,)
    assert chains.independent_of(b.pk) == (a.pk,)


def test_chain_may_lead_around_a_pair_judged_independent(documents):
    a, b, c, *_ = documents
    make_copy(a, b)
    make_copy(b, c)
    make_copy_verdict(a, c, "independent")
    chains = chains_of([a.pk])
    assert chains.documents_of(a.pk) == [a.pk, b.pk, c.pk]
    assert chains.independent_of(a.pk) == (c.pk,)
    assert chains.independent_of(b.pk) == ()


@pytest.mark.parametrize("n", [1, 3])
def test_number_of_queries_does_not_grow_with_the_copies(n, django_assert_num_queries):
    wire = make_document("Wire.")
    for k in range(n):
        make_copy(wire, make_document(f"Copy {k}."))
    with django_assert_num_queries(4):
        chains = chains_of([wire.pk])
    assert len(chains.chain) == n + 1


def test_documents_are_joined_as_their_chains_say(documents):
    a, b, c, d, e = documents
    make_copy(a, b)
    make_copy_verdict(b, c)
    make_copy(c, d)
    make_copy_verdict(c, d, "independent")
    make_copy(d, e, gone_at=NOON)
    for document in documents:
        assert joined_to([document.pk]) == set(chains_of([document.pk]).documents_of(document.pk))
