"""Pages ask the database as often for three of a thing as for one."""

import pytest

from tests.factories import (
    NOON,
    make_content,
    make_entity,
    make_notice,
    make_page,
    make_told,
    make_withdrawn,
    republish,
    told_party,
)

QUERIES = {
    "/": 4,
    "/partnerships/": 3,
    "/partnerships/?party=esa&standing=reported": 5,
    "/partnerships/page-one/": 3,
    "/partnerships/page-one/v/1/": 4,
    "/partnerships/page-one/history/": 3,
    "/partnerships/page-one/history/?from=1&to=2": 4,
    "/documents/{document}/": 2,
    "/entities/esa/": 3,
    "/corrections/": 4,
    "/method/": 0,
    "/corrections.atom": 3,
    "/feed.atom": 3,
    "/sitemap.xml": 3,
    "/healthz": 1,
}


def make_shelf(n):
    """One page with n of everything in it, and n pages, editions and withdrawals in all."""
    esa = make_entity("ESA", slug="esa")
    others = [make_entity(f"Party {each}") for each in range(n - 1)]
    claims = [make_told() for _ in range(n)]
    parties = [told_party(entity, *claims) for entity in [esa, *others]]
    page = make_page(make_content(claims=claims, parties=parties), slug="page-one")
    for _ in range(n):
        republish(page, kind="correction", note="Mended.")
    for _ in range(n - 1):
        make_page(make_content(claims=claims, parties=parties))
    for each in range(n):
        make_notice(page, sentence=3 + each)
        make_notice(page, closed_at=NOON)
    for _ in range(n):
        make_withdrawn(make_page())
    return page


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(("address", "queries"), QUERIES.items())
def test_query_count_does_not_grow(client, db, django_assert_num_queries, address, queries, n):
    page = make_shelf(n)
    address = address.format(document=page.edition.content["documents"][0]["id"])

    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
