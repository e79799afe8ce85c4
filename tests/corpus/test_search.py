"""Words find documents, alike on both databases; no query is an error."""

import pytest
from django.db import connection

from corpus import search
from corpus.models import Document, SearchText
from tests.factories import make_capture, make_document

pytestmark = pytest.mark.django_db

TEXTS = {
    "rocket": "Ariane-6 flew. The 60 engineers saw Ariane 5 too.",
    "cafe": "Le café de l’Agence spatiale européenne, à Paris.",
    "spaces": "The European\u00a0Space\u202fAgency said “we agree”, didn’t it?",
    "emoji": "A rocket 🚀 for Mars, co\u00f6perated ½ way. STRASSE and straße.",
    "greek": "Η Ευρώπη συμφώνησε. Роскосмос тоже. 日本 日本語 हिन्दी",
    "rover": "The rover rolled. Rovers roll. Mars Sample Return was late.",
}

# The same list holds on SQLite and on PostgreSQL.
QUERIES = {
    "ariane 6": {"rocket"},
    "Ariane-6": {"rocket"},
    "ARIANE\u20116": {"rocket"},
    "ariane": {"rocket"},
    "arian": set(),
    "ariane 7": set(),
    "6": {"rocket"},
    "60": {"rocket"},
    '"ariane 6"': {"rocket"},
    '"ariane 60"': set(),
    '"6 flew"': {"rocket"},
    '"flew ariane"': set(),
    "cafe": {"cafe"},
    "CAFÉ": {"cafe"},
    "cafe\u0301": {"cafe"},
    "agence europeenne": {"cafe"},
    '"agence spatiale europeenne"': {"cafe"},
    "l'agence": {"cafe"},
    "european space agency": {"spaces"},
    "European\u00a0Space Agency": {"spaces"},
    '"european space agency"': {"spaces"},
    "“European Space”": {"spaces"},
    "didn't": {"spaces"},
    '"we agree': {"spaces"},
    "🚀 mars": {"emoji", "rover"},
    "🚀": set(),
    "cooperated": {"emoji"},
    "strasse": {"emoji"},
    "straße": {"emoji"},
    "ευρωπη": {"greek"},
    "РОСКОСМОС": {"greek"},
    "日本": {"greek"},
    "日本語": {"greek"},
    "हिन्दी": {"greek"},
    "rover": {"rover"},
    "rove*": {"rover"},
    "rov* mars": {"rover"},
    "mars rov*": {"rover"},
    "*": set(),
    "* mars": {"emoji", "rover"},
    "mars*": {"emoji", "rover"},
    '"mars sample" return': {"rover"},
    '"mars" "late"': {"rover"},
    "mars -rover": {"rover"},
    "mars OR cafe": set(),
    "mars AND late": set(),
    "NEAR(mars late)": set(),
    "text:mars": set(),
    "mars:* & late": {"rover"},
    "mars' | 'x": set(),
    "mars!": {"emoji", "rover"},
    "": set(),
    "   ": set(),
    '"': set(),
    '""': set(),
    '"""': set(),
    "'": set(),
    "\\": set(),
    "(": set(),
    "mars\x00": {"emoji", "rover"},
    "\x00": set(),
    "mars \ud800": {"emoji", "rover"},
    "\udfff": set(),
    "%": set(),
    "_": set(),
    "mars; DROP TABLE corpus_document": set(),
    "x" * 60_000: set(),
    "x " * 30_000: set(),
    '"' * 60_000: set(),
    "(" * 60_000: set(),
    "e\u0301" * 30_000: set(),
}


@pytest.fixture
def texts():
    for title, text in TEXTS.items():
        search.store_words(make_document(text, title=title))


def titles(query):
    return {document.title for document in search.found(query)}


def test_every_query_gives_what_it_gives_on_the_other_database(texts):
    assert {query: titles(query) for query in QUERIES} == QUERIES


def test_title_is_found_too():
    search.store_words(make_document("ESA agreed.", title="Bridges to the Moon"))
    assert titles("bridges agreed") == {"Bridges to the Moon"}


def test_only_the_current_text_is_found():
    document = make_document("ESA agreed.", title="one")
    document.current_capture = make_capture(document, "ESA refused.")
    document.save()
    search.store_words(document)
    assert titles("refused") == {"one"}
    assert titles("agreed") == set()


def test_document_off_the_desk_is_not_found():
    document = make_document("ESA agreed.")
    search.store_words(document)
    document.current_capture = None
    search.store_words(document)
    assert titles("agreed") == set()
    assert SearchText.objects.count() == 0


def test_long_words_are_found_by_what_is_indexed_of_them():
    search.store_words(make_document("a" * 5000, title="long"))
    assert titles("a" * 400) == {"long"}
    assert titles("a" * 99) == set()
    assert titles("a" * 99 + "*") == {"long"}


def test_phrase_is_found_behind_many_words():
    """PostgreSQL keeps the places of no more than 16,383 words."""
    words = " ".join(f"w{n}" for n in range(20_000))
    search.store_words(make_document(f"{words} the far end of it", title="far"))
    assert titles('"the far end"') == {"far"}
    assert titles('"end far"') == set()


def test_text_of_very_many_different_words_can_be_stored():
    text = " ".join(f"{n:x}" for n in range(120_000))
    search.store_words(make_document(text, title="many"))
    assert titles("1 ff") == {"many"}


def test_found_documents_can_be_filtered_and_counted(texts):
    assert search.found("mars").filter(title="rover").count() == 1
    assert Document.objects.filter(pk__in=search.found("mars").values("pk")).count() == 2
    assert (search.found("mars") & Document.objects.on_the_desk()).count() == 2


def test_answer_takes_one_query(texts, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(search.found('"mars sample" late rov*')) == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's index")
def test_postgresql_uses_its_index(texts):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    texts = SearchText.objects.filter(search.HasWords(search.terms("mars")))
    assert search.INDEX in texts.explain()


def test_passages_that_hold_the_most_of_a_query_come_first_and_few_of_one_text():
    many = make_document(" ".join(f"A rover rolled {n} times." for n in range(9)))
    both = make_document("The rover is old.\n\nMars has a rover.")
    for document in (many, both):
        search.store_words(document)
    search.store_words(make_document("Mars, 4 rover wheels.\n\nHeading"))
    assert [each.text for each in search.passages("MARS rov*")] == [
        "Mars, 4 rover wheels.",
        "Mars has a rover.",
        "The rover is old.",
    ]
    assert len(search.passages("rover rolled")) == search.OF_ONE
    assert search.passages("") == search.passages("rover zeppelin") == []


def test_passages_take_as_many_queries_for_many_texts_as_for_one(django_assert_num_queries):
    for _ in range(3):
        search.store_words(make_document("The rover is old."))
    with django_assert_num_queries(2):
        assert [each.capture.document.title for each in search.passages("rover")]
