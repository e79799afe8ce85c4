"""No draft leaks: what is not on the shelf is nowhere, at no address, for nobody."""

import pytest

from corpus.models import Alias
from curation.models import Revision, Summary
from tests.factories import (
    NOON,
    make_claim,
    make_content,
    make_entity,
    make_news,
    make_page,
    make_partnership,
    make_party,
    make_told,
    make_user,
    make_withdrawn,
    told_party,
)

MARKER = "Xylophone"


@pytest.fixture
def addresses(db):
    """A published page of the partnership that has a draft, and everything it leads to."""
    claim = make_told()
    esa = make_entity("ESA", slug="esa")
    partnership = make_partnership(f"{MARKER} partnership")
    page = make_page(
        make_content(claims=[claim], parties=[told_party(esa, claim)]),
        slug="rover",
        partnership=partnership,
    )
    make_withdrawn(make_page(slug="withdrawn"))
    make_draft(partnership, esa)
    make_draft(make_partnership(f"{MARKER} never published"), esa)
    return [
        "/",
        "/partnerships/",
        "/partnerships/?party=esa",
        "/partnerships/?q=x",
        f"/partnerships/?q={MARKER}",
        f"/partnerships/?party={MARKER.lower()}",
        "/partnerships/rover/",
        "/partnerships/rover/v/1/",
        "/partnerships/rover/v/2/",
        "/partnerships/rover/history/",
        "/partnerships/rover/history/?from=1&to=2",
        "/partnerships/withdrawn/",
        f"/partnerships/{MARKER.lower()}-partnership/",
        f"/entities/{MARKER.lower()}/",
        "/entities/esa/",
        f"/documents/{page.edition.content['documents'][0]['id']}/",
        *(f"/documents/{n}/" for n in range(1, 6)),
        "/corrections/",
        "/method/",
        "/corrections.atom",
        "/feed.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/healthz",
    ]


def make_draft(partnership, esa):
    """All that a desk may hold on a partnership before anything is published."""
    secret = make_entity(MARKER, slug=f"{MARKER.lower()}{partnership.pk}")
    if not Alias.objects.filter(text=f"{MARKER} alias").exists():
        Alias.objects.create(entity=esa, text=f"{MARKER} alias")
    quote = make_news(f"{MARKER} words {partnership.pk}.", title=f"{MARKER} document")
    claim = make_claim(partnership=partnership, words=f"{MARKER} claim", quotes=[quote])
    make_party(partnership, secret, claims=[claim])
    summary = Summary.objects.create(partnership=partnership)
    Revision.objects.create(
        summary=summary,
        n=1,
        title=f"{MARKER} title",
        standfirst=f"{MARKER} standfirst",
        text=f"{MARKER} text [@c{claim.pk}]",
        by=make_user(),
        at=NOON,
        words_sha256="0" * 64,
    )


@pytest.mark.parametrize("role", ["", "publisher"])
def test_a_draft_is_at_no_address(client, addresses, role):
    if role:
        client.force_login(make_user(role))
    for address in addresses:
        response = client.get(address)
        shown = response.content.decode().replace(f'value="{MARKER}"', "")
        asked_for = f"“{MARKER.lower()}”"
        assert MARKER.lower() not in shown.replace(asked_for, "").lower(), address


def test_draft_absent_and_forbidden_answer_alike(client, addresses):
    draft = client.get(f"/entities/{MARKER.lower()}1/")
    absent = client.get("/entities/nobody-at-all/")

    assert draft.status_code == absent.status_code == 404
    assert draft.content == absent.content
    assert dict(draft.headers) == dict(absent.headers)
