"""What the desk publishes is what the site shows: the two agree on the form of an edition."""

import re

from curation import describing, drafting, publishing
from curation.models import Page
from curation.noting import note
from curation.standings import refresh
from tests.factories import (
    make_claim,
    make_draft,
    make_entity,
    make_news,
    make_partnership,
    make_party,
    make_published,
    make_source,
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


def test_signs_in_a_quote_that_turn_words_round_are_named_and_not_obeyed(client, db):
    """No isolation would do: U+2069 ends any that CSS or <bdi> gives."""
    quote = make_news("ESA \u2069\u202epays NASA.", title="A \u2066title")
    edition = make_published(make_draft(claims=[make_claim(quotes=[quote])]))
    page, document = Page.objects.get(edition=edition), quote.capture.document_id

    for address in (f"/partnerships/{page.slug}/", f"/documents/{document}/"):
        html = client.get(address).content.decode()
        assert "ESA [U+2069][U+202E]pays NASA." in html
        assert "A [U+2066]title" in html
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    assert "ESA \u2069\u202epays NASA." in [quote["exact"] for quote in edition.content["quotes"]]


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
    assert told.index("It holds after all.") < told.index("NASA took it back.")  # the last first


def test_readers_are_told_of_a_regrade_until_an_edition_answers_it(client, db):
    """From the regrade to the corrected edition: what is told of the notice, and the draft of
    the note."""
    source = make_source(grade="B")
    claim = make_claim(quotes=[make_news(source=source)])
    summary = make_draft(claims=[claim])
    edition = make_published(summary)
    page = Page.objects.get(edition=edition)
    address = f"/partnerships/{page.slug}/"

    def grade(letter):
        seen = source.grades.in_force().get().pk
        editor = make_user("editor")
        describing.grade(source, by=editor, grade=letter, reason="Its record.", seen=seen)

    def shown():
        return client.get(address).content.decode()

    def corrections():
        return client.get("/corrections/").content.decode()

    grade("E")
    assert "is doubtful now" in shown().split('<div class="text">')[1]
    assert "</time>, open" in corrections()
    grade("B")
    assert "is doubtful now" not in shown()
    assert "stands again as it is told" in corrections()

    grade("E")
    before = edition.content
    drafted = note(before, publishing.content(summary), "correction")
    assert drafted == (
        "Corrected: that ESA and NASA agreed is doubtful, no longer reported: its source’s grade "
        "is E, not B."
    )
    by = make_user("contributor")
    told = {"title": summary.latest.title, "standfirst": "", "text": "Nobody knows. [@editorial]"}
    other = make_claim(partnership=claim.partnership, words="They met.", quotes=[make_news()])
    told["text"] += f" According to ESA, they met. [@{other.key}]"
    refresh([other])
    drafting.save(summary, by=by, seen=summary.n, **told)
    make_published(summary, kind="correction", note=drafted)

    assert "Edition 2 took the place of what it was about." in corrections()
    assert drafted in corrections()
    assert "(correction: that ESA and NASA agreed is doubtful" in shown()
    compared = client.get(f"{address}history/?from=1&to=2").content.decode()
    assert "no longer told" in compared
