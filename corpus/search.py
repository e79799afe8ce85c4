"""Find documents by words: one interface over SQLite's FTS5 and PostgreSQL's GIN.

Both index one normalised text (corpus.text.fold.search_text), cut at white space alone, so
that both give the same answers. Phrases are looked for in that text itself: PostgreSQL keeps
the places of the first 16,383 words only.
"""

import re
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, StrIndex

from corpus.models import Document, SearchText
from corpus.text.fold import indexed

LONGEST_QUERY = 500  # characters that are looked at
MOST_TERMS = 30
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
