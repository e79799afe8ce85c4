"""A wire story and its copies are one tree, the earliest first."""

from datetime import date

import pytest

from curation.admin.clusters import cluster_of
from tests.factories import make_copy, make_copy_verdict, make_document

pytestmark = pytest.mark.django_db


def dated(day, title):
    return make_document(
        f"{title} told.",
        title=title,
        published=f"2024-05-{day:02}",
        published_earliest=date(2024, 5, day),
        published_latest=date(2024, 5, day),
    )


def tree(copy):
    return (copy.document.title, [tree(below) for below in copy.copies])


def test_five_copies_of_a_wire_story_are_one_tree():
    sites = [dated(n, f"Site {n}") for n in range(2, 7)]
    wire = dated(1, "Wire")
    for site in sites:
        make_copy(wire, site)

    for document in (wire, *sites):
        cluster = cluster_of(document)
        assert tree(cluster.root) == ("Wire", [(f"Site {n}", []) for n in range(2, 7)])
        assert cluster.count == 6


def test_each_hangs_below_the_text_that_it_shares_most_with():
    wire, paper, blog = dated(1, "Wire"), dated(2, "Paper"), dated(3, "Blog")
    make_copy(wire, paper, score=0.9)
    make_copy(wire, blog, score=0.3)
    make_copy(paper, blog, score=0.8)

    assert tree(cluster_of(blog).root) == ("Wire", [("Paper", [("Blog", [])])])
    assert cluster_of(blog).root.copies[0].copies[0].share == 80


def test_document_without_a_date_stands_behind_those_with_one():
    undated, dated_one = make_document("Told.", title="Undated"), dated(9, "Dated")
    make_copy(undated, dated_one)
    assert tree(cluster_of(undated).root) == ("Dated", [("Undated", [])])


def test_document_judged_independent_stands_apart():
    wire, paper = dated(1, "Wire"), dated(2, "Paper")
    make_copy(wire, paper)
    make_copy_verdict(wire, paper, "independent")

    cluster = cluster_of(wire)

    assert cluster.root is None
    assert [copy.document for copy in cluster.apart] == [paper]


def test_document_without_copies_has_no_tree():
    cluster = cluster_of(make_document())
    assert (cluster.root, cluster.apart) == (None, [])


def test_large_tree_is_cut_and_keeps_the_document_at_hand(monkeypatch):
    monkeypatch.setattr("curation.admin.clusters.SHOWN", 3)
    wire, *sites = (dated(n, f"Site {n}") for n in range(1, 7))
    for site in sites:
        make_copy(wire, site)

    cluster = cluster_of(sites[-1])

    assert [copy.document.title for copy in cluster.root.copies] == ["Site 2", "Site 3", "Site 6"]
    assert cluster.left_out == 2
