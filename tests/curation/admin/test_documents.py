"""The list of documents: what it tells of each, and what it can be narrowed by."""

import re

import pytest

from corpus import search
from corpus.models import Document, Passage
from tests.factories import (
    make_assessment,
    make_document,
    make_entity,
    make_link,
    make_mention,
    make_passage,
    make_run,
    make_source,
    passages_of,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/corpus/document/"


@pytest.fixture
def desk(client, contributor):
    client.force_login(contributor)
    return client


def titles(desk, query=""):
    """The titles that the list shows, in alphabetical order."""
    page = desk.get(f"{LIST}?{query}").content.decode()
    return sorted(each.title for each in Document.objects.all() if f">{each.title}</a>" in page)


def test_a_suggestion_is_shown_as_one_until_somebody_decides(desk):
    document = make_document(suggested_reliability="news")
    before = desk.get(LIST).content.decode()
    make_assessment(document, "speculative")
    after = desk.get(LIST).content.decode()

    assert "news</span></span> suggested" in before
    assert "suggested</span>" not in after
    assert "sign-speculative" in after


def test_share_counts_passages_that_ask_for_a_label(desk):
    document = make_document("ESA and NASA agreed. They will fly.")
    make_assessment(passages_of(document)[0])
    heading = make_document("A heading that nobody need label")
    Passage.objects.filter(capture=heading.current_capture).update(kind="heading")

    page = desk.get(LIST).content.decode()

    assert "1 of 2" in page
    assert "0 of 0" in page


def test_filter_by_label_decided_and_suggested(desk):
    make_assessment(make_document(title="Decided", suggested_reliability="spam"), "news")
    make_document(title="Suggested", suggested_reliability="news")

    assert titles(desk, "decided=news") == ["Decided"]
    assert titles(desk, "decided=none") == ["Suggested"]
    assert titles(desk, "suggested=news") == ["Suggested"]


def test_filter_by_how_much_anybody_has_assessed(desk):
    some, every = make_document(title="In part"), make_document(title="Whole")
    make_document(title="Untouched")
    make_assessment(passages_of(some)[0])
    for passage in passages_of(every):
        make_assessment(passage)

    assert titles(desk, "assessed=some") == ["In part"]
    assert titles(desk, "assessed=all") == ["Whole"]
    assert titles(desk, "assessed=none") == ["Untouched"]


def test_filter_by_entity_found_or_linked_but_not_denied(desk):
    esa = make_entity("ESA")
    found, denied = make_document(title="Found"), make_document(title="Denied")
    linked = make_document("The agency agreed.", title="Linked")
    make_document(title="Other")
    for document in (found, denied):
        make_mention(document, "ESA", esa)
    make_link(denied, "ESA", esa, "is_not")
    make_link(linked, "The agency", esa)

    assert titles(desk, "entity=esa") == ["Found", "Linked"]


def test_filter_by_entity_resolves_merged_ones(desk):
    esa, double = make_entity("ESA"), make_entity("Esa (double)")
    make_mention(make_document(title="Found"), "ESA", double)
    double.merged_into = esa
    double.save()

    assert titles(desk, "entity=ESA") == ["Found"]


def test_an_unknown_entity_or_date_shows_nothing_and_says_so(desk):
    make_document(title="Dated", published="2024")

    for query, words in (("entity=Nobody", "No entity goes by"), ("dated_from=soon", "no date")):
        page = desk.get(f"{LIST}?{query}").content.decode()
        assert words in page
        assert "No document is shown." in page
        assert "No document fits." in page


def test_filter_by_date_takes_dates_as_precise_as_they_are(desk):
    spring = {"published": "2022-03", "published_earliest": "2022-03-01"}
    make_document(title="Spring", published_latest="2022-03-31", **spring)
    make_document(title="Undated")

    assert titles(desk, "dated_from=2022-03-15&dated_to=2022-03-20") == ["Spring"]
    assert titles(desk, "dated_from=2023") == []


def test_filter_by_import_and_source(desk):
    run, source = make_run(label="first"), make_source("Orbit Brief")
    make_document(title="From it", run=run)
    make_document(title="By it", source=source)

    assert titles(desk, f"import={run.pk}") == ["From it"]
    assert titles(desk, f"source__id__exact={source.pk}") == ["By it"]


def test_documents_set_aside_wait_behind_a_filter(desk):
    make_document(title="Here")
    aside = make_document(title="Aside")
    Document.objects.filter(pk=aside.pk).update(current_capture=None)

    assert titles(desk) == ["Here"]
    assert titles(desk, "desk=aside") == ["Aside"]
    assert titles(desk, "desk=all") == ["Aside", "Here"]


def test_search_finds_all_the_words(desk):
    for title, text in (("One", "The rover flies."), ("Two", "The rover waits.")):
        search.store_words(make_document(text, title=title))

    assert titles(desk, "q=rover") == ["One", "Two"]
    assert titles(desk, "q=rover+waits") == ["Two"]
    assert titles(desk, "q=%22flies+rover%22") == []


def test_titles_of_filters_read_with_the_by_before_them(desk):
    make_document()
    make_run()

    page = desk.get(LIST).content.decode()

    headings = re.findall(r"<summary>\s*(By .+?)\s*</summary>", page)
    assert headings == [
        "By decided label",
        "By suggested label",
        "By share assessed",
        "By copies",
        "By entity named in it",
        "By date",
        "By import",
        "By place on the desk",
    ]


def test_filters_keep_what_else_was_chosen(desk):
    make_document()

    page = desk.get(f"{LIST}?decided=none&q=x").content.decode()

    assert '<input type="hidden" name="decided" value="none">' in page
    assert '<input type="hidden" name="q" value="x">' in page


def test_documents_are_neither_added_nor_changed_by_a_form(desk):
    document = make_document(title="As it was")

    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{LIST}{document.pk}/change/", {"title": "Other"}).status_code == 405
    assert Document.objects.get().title == "As it was"


def test_query_count_does_not_grow_with_documents(desk, queries):
    def make():
        document = make_document(source=make_source(), run=make_run())
        make_assessment(document)
        make_assessment(passages_of(document)[0])
        make_passage(document.current_capture, 0, 1)

    make()
    one = queries(LIST)
    make()
    make()

    assert queries(LIST) == one
