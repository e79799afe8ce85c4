"""The pages' markup: valid, without script, in order, and whole for whoever cannot see it."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.test import Client

from curation.standing import STRENGTH
from tests.factories import (
    make_content,
    make_entity,
    make_notice,
    make_page,
    make_sentence,
    make_told,
    make_withdrawn,
    republish,
    told_party,
)

VOID = {"meta", "link", "input", "br", "img", "hr"}
NOT_IN_P = {"details", "div", "p", "ul", "ol", "dl", "figure", "blockquote", "section", "h1", "h2"}


class Markup(HTMLParser):
    """Collects what the tests ask: ids, headings, links, and whatever is wrong."""

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.headings, self.links, self.wrong = [], [], [], [], []
        self.feed(html)
        self.close()
        self.wrong += [f"{tag} is not closed" for tag in self.open]

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.wrong += [f"{tag} has {name}" for name in given if name.startswith(("on", "style"))]
        if tag in {"script", "style"}:
            self.wrong.append(f"{tag} in the page")
        if "p" in self.open and tag in NOT_IN_P:
            self.wrong.append(f"{tag} inside p")
        if given.get("id"):
            self.ids.append(given["id"])
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"{tag} closes nothing")


def markup(address):
    return Markup(Client().get(address).content.decode())


@pytest.fixture
def addresses(db):
    """A page with every kind of block and standing, and whatever leads from it."""
    claims = [make_told(standing) for standing in STRENGTH]
    esa = make_entity("ESA", slug="esa")
    content = make_content(claims=claims, parties=[told_party(esa, *claims)])
    content["title"] = [make_sentence(1, "A title", claims[0])]
    content["left_out"] = ["the state suspended"]
    content["states"] = [
        {"word": "active", "since": "2022", "until": "", "claims": [claims[0]["id"]]}
        | {"standing": "reported"}
    ]
    said = content["blocks"][0]["sentences"]
    content["blocks"] = [
        block("heading", said[0], level=2),
        block("paragraph", said[1], said[2]),
        block("heading", make_sentence(90, "Smaller"), level=3),
        block("item", said[3], list="bullet"),
        block("item", said[4], list="bullet"),
        block("item", said[5], list="ordered"),
        block("quotation", said[6], said[7]),
    ]
    page = make_page(content, slug="rover")
    republish(page, kind="correction", note="Mended.")
    for sentence in (None, 1, 3, 4):
        make_notice(page, sentence=sentence)
    make_withdrawn(make_page(slug="withdrawn"))
    make_withdrawn(make_page(slug="gone"), status="gone")
    document = content["documents"][0]["id"]
    return [
        "/",
        "/partnerships/",
        "/partnerships/?party=nobody",
        "/partnerships/rover/",
        "/partnerships/rover/v/1/",
        "/partnerships/rover/history/",
        "/partnerships/rover/history/?from=1&to=2",
        "/partnerships/withdrawn/",
        "/partnerships/gone/",
        f"/documents/{document}/",
        "/entities/esa/",
        "/corrections/",
        "/method/",
        "/nowhere/",
    ]


def block(kind, *sentences, level=None, list=None):
    return {"kind": kind, "level": level, "list": list, "sentences": sentences}


def test_markup_is_valid_and_without_script(addresses):
    for address in addresses:
        page = markup(address)
        assert page.wrong == [], address
        assert len(page.ids) == len(set(page.ids)), address


def test_headings_are_in_order(addresses):
    for address in addresses:
        headings = markup(address).headings
        assert headings[0] == 1, address
        assert headings.count(1) == 1, address
        steps = pairwise(headings)
        assert all(after <= before + 1 for before, after in steps), address


def test_every_link_within_the_site_leads_somewhere(addresses):
    client = Client()
    for address in addresses:
        for link in {link.split("#")[0] for link in markup(address).links}:
            if link.startswith("/") and not link.startswith("/admin"):
                assert client.get(link).status_code in {200, 410}, f"{address} to {link}"


def test_every_sentence_opens_to_its_quotes(addresses):
    html = Client().get("/partnerships/rover/").content.decode()
    page = Markup(html)

    for n in range(3, 11):
        assert f"s{n}" in page.ids
        assert f"e{n}" in page.ids
        assert f"Evidence for {'this heading' if n == 3 else f'sentence {n}'}:" in html
    for told in (
        "The agencies agreed (",
        "On Thursday it was said: ",
        "ESA Press, 17 March 2022",
        "graded B: usually reliable",
        "credibility 2: specific, attributed, fits",
        "supports, counted",
        "firm: news from a source graded B, credibility 2",
        "said by ESA",
        "Told as fact",
        "one origin, ESA; source graded B",
        "the state suspended",
        "(correction: Mended.)",
    ):
        assert told in html


def test_document_page_leads_to_the_sentence_it_is_quoted_under(addresses):
    document = next(address for address in addresses if address.startswith("/documents/"))

    links = markup(document).links

    assert "/partnerships/rover/#e1" in links


def test_no_white_space_comes_between_a_sentence_and_its_sign(addresses):
    html = Client().get("/partnerships/rover/").content.decode()

    assert '</span><details class="evidence">' in html
    assert '</span> <details class="evidence">' not in html
