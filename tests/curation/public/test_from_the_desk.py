"""What the desk publishes is what the site shows: the two agree on the form of an edition."""

from curation import publishing
from curation.models import Page
from tests.factories import (
    make_claim,
    make_draft,
    make_entity,
    make_news,
    make_partnership,
    make_party,
    make_published,
    make_state,
    make_user,
)


def publish(words="ESA and NASA agreed."):
    """A page as the desk makes it, with a party and a state."""
    partnership = make_partnership("ESA and NASA on the rover")
    claim = make_claim(partnership=partnership, words=words, quotes=[make_news(words)])
    make_party(partnership, make_entity("ESA", slug="esa"), claims=[claim])
    make_state(partnership, claims=[claim])
    text = (
        f"## What was agreed [@{claim.key}]\n\nThey agreed. [@{claim.key}] More later. [@editorial]"
    )
    return make_published(make_draft(partnership, claims=[claim], text=text))


def test_published_edition_is_shown_with_its_evidence(client, db):
    edition = publish()
    page = Page.objects.get(edition=edition)
    document = edition.quotes.get().document_id

    html = client.get(f"/partnerships/{page.slug}/").content.decode()

    for words in ("They agreed.", "ESA and NASA agreed.", "supports, counted"):
        assert words in html
    assert client.get(f"/documents/{document}/").status_code == 200
    assert client.get("/entities/esa/").status_code == 200
    for asked in ({"party": "esa"}, {"standing": "reported"}, {"state": "active"}):
        assert edition.title in client.get("/partnerships/", asked).content.decode()
    assert edition.title in client.get("/feed.atom").content.decode()


def test_withdrawn_and_published_again(client, db):
    edition = publish()
    page = Page.objects.get(edition=edition)
    publishing.withdraw(page, by=make_user("publisher"), reason="NASA took it back.")
    withdrawn = client.get(f"/partnerships/{page.slug}/").content.decode()
    summary = edition.partnership.summary
    make_published(summary, kind="reinstatement", note="It holds after all.")

    back = client.get(f"/partnerships/{page.slug}/").content.decode()
    told = client.get("/corrections/").content.decode()

    assert "NASA took it back." in withdrawn
    assert "They agreed." not in withdrawn
    assert "They agreed." in back
    assert "NASA took it back." not in back
    assert "NASA took it back." in told
    assert "It holds after all." in told
