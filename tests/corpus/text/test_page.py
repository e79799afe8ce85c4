"""An HTML page becomes text that shows all that a reader saw, and tells what the markup says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.decode import Undecodable
from corpus.text.page import read_page

STORY = (
    "The two agencies signed an agreement in Paris on Tuesday to build a lander together, they "
    "said in a joint statement. The lander is to fly in 2028 and will carry six instruments."
)
MORE = (
    "It follows three years of talks, in which the partners shared out the costs of the work and "
    "settled who builds the wheels, the drill and the radio of the rover."
)


def page(body, head="", **attributes):
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<!doctype html><html{told}><head>{head}</head><body>{body}</body></html>".encode()


def lines(raw, declared=""):
    return read_page(raw, declared).text.split("\n")


def signs(raw):
    """The signs of each line that has one."""
    read = read_page(raw)
    found = {}
    for start, end, sign in read.structure:
        found.setdefault(read.text[start:end], set()).add(sign)
    return found


def test_each_block_is_a_line_and_words_within_it_run_on():
    raw = page("<h1>Two\n sign</h1><p>They <b>signed</b> a<i>n</i> &amp; left.<br>Soon.</p>tail")
    assert lines(raw) == ["Two sign", "They signed an & left.", "Soon.", "tail"]


def test_list_items_and_table_rows_keep_what_a_reader_sees():
    raw = page(
        "<ul><li>One<li>Two</ul><ol><li>First<p>more</p><li>Second</ol>"
        "<table><tr><th>Year<th>Cost<tr><td>2028<td>5</table>"
    )
    assert lines(raw) == [
        "• One",
        "• Two",
        "1. First",
        "more",
        "2. Second",
        "Year | Cost",
        "2028 | 5",
    ]


def test_lines_of_preformatted_text_stay_lines():
    assert lines(page("<pre>one\n  two</pre>")) == ["one", "two"]


def test_what_nobody_sees_is_left_out():
    raw = page(
        "<p>Seen</p><script>a()</script><style>p{}</style><template><p>No</p></template>"
        '<p hidden>No</p><p style="display: none">No</p><!-- No --><noscript>No</noscript>'
        "<select><option>No</select><p>Also seen</p>"
    )
    assert lines(raw) == ["Seen", "Also seen"]


def test_what_the_extractor_leaves_out_is_kept_and_told():
    raw = page(
        "<nav><ul><li><a href=/>Home</a></li></ul></nav>"
        f"<article><h1>Agencies sign</h1><p>{STORY}</p><p>{MORE}</p></article>"
        "<aside><h3>Related</h3><a href=/x>Ten gadgets to buy</a></aside>"
        "<footer>All rights reserved</footer>"
    )
    told = signs(raw)
    assert told["• Home"] == {"left out", "link", "list item", "navigation"}
    assert told["Ten gadgets to buy"] == {"left out", "link"}
    assert told["All rights reserved"] == {"left out", "navigation"}
    assert told["Agencies sign"] == {"heading"}
    assert STORY not in told
    assert MORE not in told


def test_captions_are_told():
    raw = page(f"<p>{STORY}</p><figure><figcaption>A lander. Photo: ESA</figcaption></figure>")
    assert "caption" in signs(raw)["A lander. Photo: ESA"]


def test_page_without_a_piece_leaves_nothing_out():
    assert signs(page("<p>A word</p>")) == {}


def test_places_are_those_of_the_text_after_mending():
    raw = page(f"<p>e&#x301;lan \U0001f680 &#7;x</p><h2>Caf\u00c3\u00a9</h2><p>{STORY}</p>")
    read = read_page(raw)
    assert read.text.startswith("élan \U0001f680 x\nCafé\n")
    assert {read.text[sign.start : sign.end] for sign in read.structure} >= {"Café"}
    assert any("Mojibake" in words for words in read.mended)


@pytest.mark.parametrize(
    ("head", "declared"),
    [('<meta charset="windows-1251">', ""), ("", "windows-1251")],
)
def test_encoding_is_that_of_the_page_or_of_its_server(head, declared):
    raw = (
        page("<p>Роскосмос</p>".encode("cp1251").decode("latin-1"), head).decode().encode("latin-1")
    )
    assert lines(raw, declared) == ["Роскосмос"]


def test_page_says_what_it_is_and_where_it_says_so():
    raw = page(
        f"<p>{STORY}</p>",
        '<title>Agencies sign | A wire</title><meta property="og:site_name" content="A &amp; wire">'
        '<meta name="author" content="No"><link rel="canonical" href="https://example.org/a">'
        '<script type="application/ld+json">'
        '{"@graph": [{"@type": "WebPage", "datePublished": "1999"}'
        ', {"@type": ["NewsArticle"], "headline": "Agencies &amp; all",'
        ' "datePublished": "2024-05-02T10:00:00+02:00",'
        ' "author": [{"@type": "Person", "name": "A Writer"}, {"name": "Another"}]}]}</script>',
        lang="en-GB",
    )
    facts = read_page(raw).facts
    assert facts.title == "Agencies & all"
    assert facts.author == "A Writer, Another"
    assert facts.published == "2024-05-02T10:00:00+02:00"
    assert facts.source_name == "A & wire"
    assert facts.language == "en-GB"
    assert facts.address == "https://example.org/a"
    assert facts.bases == {
        "title": "JSON-LD headline",
        "author": "JSON-LD author",
        "published": "JSON-LD datePublished",
        "source_name": "meta og:site_name",
        "language": "html lang",
        "address": "link canonical",
    }


def test_plain_marks_serve_where_there_are_no_linked_data():
    raw = page(
        f"<h1>Agencies sign</h1><p>{STORY}</p>",
        '<title>Other</title><meta name="DC.Date" content="2023-02-01">'
        '<script type="application/ld+json">{broken</script>',
    )
    facts = read_page(raw).facts
    assert (facts.title, facts.bases["title"]) == ("Agencies sign", "h1")
    assert (facts.published, facts.bases["published"]) == ("2023-02-01", "meta dc.date")


@pytest.mark.parametrize("address", ["https://example.org/", "https://example.org", "/a", ""])
def test_address_that_is_not_the_pages_own_is_passed_over(address):
    raw = page(
        f"<p>{STORY}</p>",
        f'<link rel="canonical" href="{address}">'
        '<meta property="og:url" content="https://example.org/b">',
    )
    assert read_page(raw).facts.address == "https://example.org/b"


@pytest.mark.parametrize("raw", [b"<html></html>", b"<!-- x -->", b"<p> </p>", b"<img src=x>"])
def test_page_without_words_is_refused(raw):
    with pytest.raises(Undecodable, match="shows no words"):
        read_page(raw)


def test_elements_deep_in_each_other_are_read():
    assert lines(page("<div>" * 2_000 + "deep")) == ["deep"]


def test_elements_too_deep_in_each_other_are_refused_not_lost():
    with pytest.raises(Undecodable, match="too deep"):
        read_page(page("<p>Seen</p>" + "<div>" * 5_000 + "deep"))


@given(st.text(alphabet=st.sampled_from("ab <>/&;!-\"'=p\n\u00e9\u0301\U0001f680"), max_size=200))
def test_every_place_lies_in_the_text_and_in_one_line(written):
    try:
        read = read_page(written.encode())
    except Undecodable:
        return
    for start, end, _ in read.structure:
        assert 0 <= start < end <= len(read.text)
        assert "\n" not in read.text[start:end]
