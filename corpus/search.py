"""Find documents by words: one interface over SQLite's FTS5 and PostgreSQL's GIN.

Both index one normalised text (corpus.text.fold.search_text), cut at white space alone, so
that both give the same answers. Phrases are looked for in that text itself: PostgreSQL keeps
the places of the first 16,383 words only.
"""

import re
from collections import Counter
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, StrIndex

from corpus.models import Document, Passage, SearchText
from corpus.text.fold import indexed

LONGEST_QUERY = 500  # characters that are looked at
MOST_TERMS = 30
# Of passages: documents looked into, passages weighed, shown in all, and of one document.
LOOKED_INTO, MOST_WEIGHED, SCREENFUL, OF_ONE = 30, 5000, 12, 3
INDEX = "corpus_searchindex"  # the FTS5 table

_PARTS = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)


class Terms(NamedTuple):
    """What a query asks for: all of the words, and every phrase as it stands."""

    words: list[str]
    beginnings: list[str]  # a word that ends in * stands for all that begin so
    phrases: list[str]


def found(query: str) -> QuerySet[Document]:
    """Return the documents that hold every word and phrase of the query; any text is a query.

    "Quoted words" are a phrase; rov* is the beginning of a word. Case, accents, hyphens and
    punctuation do not count. A query without a word finds nothing.
    """
    asked = terms(query)
    if not (asked.words or asked.beginnings):
        return Document.objects.none()
    texts = SearchText.objects.filter(HasWords(asked))
    if asked.phrases:
        padded = Concat(Value(" "), "text", Value(" "), output_field=models.TextField())
        texts = texts.alias(padded=padded)
    for phrase in asked.phrases:
        texts = texts.alias(place=StrIndex("padded", Value(f" {phrase} "))).filter(place__gt=0)
    return Document.objects.filter(pk__in=texts.values("document"))


def passages(query: str) -> list[Passage]:
    """Return the passages of found documents that hold the most of a query, at most a screenful.

    Of one document only the best few, so that others are seen too; the newest documents first.
    """
    asked = terms(query)
    documents = found(query).exclude(current_capture=None).order_by("-pk")[:LOOKED_INTO]
    rows = Passage.objects.filter(capture__in=[each.current_capture_id for each in documents])
    rows = rows.exclude(kind=Passage.Kind.HEADING).select_related("capture__document__source")
    rows = rows.defer("capture__text", "capture__mended").order_by("-capture", "start")
    weighed = [(_holds(asked, row.text), row) for row in rows[:MOST_WEIGHED]]
    best: list[Passage] = []
    of_document: Counter[int] = Counter()
    for held, row in sorted(weighed, key=lambda pair: -pair[0]):
        if held and of_document[row.capture_id] < OF_ONE and len(best) < SCREENFUL:
            of_document[row.capture_id] += 1
            best.append(row)
    return best


def _holds(asked: Terms, text: str) -> int:
    """How many of the words and phrases stand in a text."""
    padded = f" {indexed(text)} "
    wanted = [f" {each} " for each in (*asked.words, *asked.phrases)]
    return sum(each in padded for each in [*wanted, *(f" {each}" for each in asked.beginnings)])


def store_words(document: Document) -> None:
    """Index the title and the current text of a document; one off the desk is not found."""
    capture = document.current_capture
    if capture is None:
        SearchText.objects.filter(document=document).delete()
        return
    text = indexed(f"{document.title}\n{capture.text}")
    SearchText.objects.update_or_create(document=document, defaults={"text": text})


def terms(query: str) -> Terms:
    query = _FOREIGN.sub(" ", query[:LONGEST_QUERY]).translate(_QUOTES)
    asked = Terms([], [], [])
    for quoted, plain in _PARTS.findall(query):
        words = indexed(quoted or plain).split()
        if plain.endswith("*") and words:
            asked.beginnings.append(words.pop())
        if quoted and len(words) > 1:
            asked.phrases.append(" ".join(words))
        asked.words.extend(words)
    return Terms(*(list(dict.fromkeys(some))[:MOST_TERMS] for some in asked))


_FOREIGN = re.compile("[\x00\ud800-\udfff]")


class HasWords(models.Func):
    """True for an indexed text that has all the words and beginnings."""

    output_field = models.BooleanField()

    def __init__(self, asked: Terms) -> None:
        self.asked = asked
        super().__init__(F("document_id"), F("text"))

    def as_sqlite(self, compiler: Any, connection: Any, **extra_context: Any) -> tuple[str, Any]:
        key, params = compiler.compile(self.source_expressions[0])
        sql = f"{key} IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)"
        return sql, [*params, self._fts5()]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        text, params = compiler.compile(self.source_expressions[1])
        sql = f"array_to_tsvector(string_to_array({text}, ' ')) @@ %s::tsquery"
        return sql, [*params, self._tsquery()]

    def _fts5(self) -> str:
        words, beginnings, _ = self.asked
        return " ".join([*(f'"{word}"' for word in words), *(f'"{word}"*' for word in beginnings)])

    def _tsquery(self) -> str:
        words, beginnings, _ = self.asked
        return " & ".join(
            [*(f"'{word}'" for word in words), *(f"'{word}':*" for word in beginnings)]
        )
