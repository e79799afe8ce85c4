"""Read the words of a record by its media type, and what they say of themselves."""

from dataclasses import dataclass, fields, replace

from corpus.importing.records import Record
from corpus.text.decode import decode
from corpus.text.page import VERSION as PAGE
from corpus.text.page import Sign, read_page
from corpus.text.page_facts import Facts

PLAIN = "text-1"
PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True)
class Words:
    """The text, and the record with what a page said of itself where the record said nothing."""

    text: str
    record: Record
    mended: tuple[str, ...] = ()
    structure: tuple[Sign, ...] = ()
    extractor: str = PLAIN


def read_words(record: Record) -> Words:
    """Raise Undecodable when there is nothing to read."""
    raw, kind, charset = record.raw or b"", record.media_type, record.charset
    if record.text is not None:
        raw, kind, charset = record.text.encode("utf-8", "surrogatepass"), record.text_type, "utf-8"
    if kind in PAGES:
        page = read_page(raw, charset)
        told = _completed(record, page.facts)
        return Words(page.text, told, page.mended, page.structure, PAGE)
    decoded = decode(raw, charset)
    return Words(decoded.text, record, decoded.mended)


def _completed(record: Record, facts: Facts) -> Record:
    """What the collection says goes before what the page says."""
    missing = {
        each.name: value
        for each in fields(Facts)
        if each.name != "bases"
        and (value := getattr(facts, each.name))
        and not getattr(record, each.name)
    }
    bases = {name: facts.bases[name] for name in missing}
    return replace(record, **missing, bases={**bases, **record.bases})
