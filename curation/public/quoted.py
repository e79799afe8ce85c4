"""Documents and entities as current editions tell of them. Nothing else is known here."""

from collections.abc import Iterable
from typing import Any

from curation.models.shelf import Address, Page
from curation.reading import Reading

Row = dict[str, Any]


def document(document_id: int, pages: Iterable[Page]) -> Row | None:
    """A document with the quotes that these pages take from it, page by page."""
    readings = [(page, Reading(page.edition.content)) for page in pages]
    known = [
        row
        for _, reading in sorted(readings, key=lambda pair: pair[0].edition.published_at)
        for row in reading.content["documents"]
        if row["id"] == document_id
    ]
    if not known:
        return None
    quoted = [
        {"page": page, "reading": reading, "quotes": _quotes(document_id, reading)}
        for page, reading in readings
    ]
    return known[-1] | {"quoted": quoted}


def _quotes(document_id: int, reading: Reading) -> list[Row]:
    return [
        row | {"sentences": reading.sentences_on(row["id"])}
        for row in reading.content["quotes"]
        if row["document"] == document_id
    ]


def entity(address: Address, pages: Iterable[Page]) -> Row:
    """An entity as the latest of these pages names it, and the part it takes in each."""
    ids = address.entity_ids
    roles = [
        {"page": page, "party": party}
        for page in pages
        for party in page.edition.content["parties"]
        if party["entity"] in ids
    ]
    latest = roles[0]["party"]
    return {
        "name": address.name or latest["name"],
        "kind": latest["kind"],
        "identity": latest["identity"],
        "roles": [role for role in roles if role["page"].status != Page.Status.WITHDRAWN],
    }
