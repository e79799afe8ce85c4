"""Tell whether a collected text is one of a document that is there already."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from corpus.importing.collecting import Collected
from corpus.models import Capture, Document
from corpus.text.fingerprint import in_common, shingles

ALIKE = 0.5  # share of five-word sequences; under it the same name is another document


@dataclass(frozen=True)
class Match:
    """The document, or None for a new one; `capture` if it has exactly this text already."""

    document: Document | None = None
    capture: Capture | None = None


def match(item: Collected, source: str, words: list[str]) -> Match:
    """Find the document: by its address; else by source and text; else by source and name.

    Ask it under the lock. What people should know of it is added to the words.
    """
    if found := _by_address(item, source, words):
        return _with_capture(found, item)
    if capture := _by_text(item, source, words):
        return Match(capture.document, capture)
    if not item.address and (found := _by_name(item, source, words)):
        return _with_capture(found, item)
    _tell_of_copies(item, words)
    return Match()


def canonical(address: str) -> str:
    """Return an address without fragment and trackers, or nothing if it is no web address."""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in PORTS or not host:
        return ""
    if port and port != PORTS[parts.scheme.lower()]:
        host = f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = parts.query
    if any(_tracks(key) for key, _ in pairs):
        query = urlencode([(key, value) for key, value in pairs if not _tracks(key)])
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", query, ""))


PORTS = {"http": 80, "https": 443}
TRACKERS = {"fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid"}


def _tracks(key: str) -> bool:
    return key.lower() in TRACKERS or key.lower().startswith("utm_")


def _by_address(item: Collected, source: str, words: list[str]) -> Document | None:
    """One address is one document, whoever is said to have published it."""
    address = canonical(item.address)
    found = Document.objects.filter(canonical_address=address).first() if address else None
    if found and source and found.source_as_given != source:
        before = found.source_as_given or "no source"
        words.append(
            f"Its address belongs to document {found.pk}, collected from {before} and now from "
            f"{source}: say on its page which source is right."
        )
    return found


def _by_text(item: Collected, source: str, words: list[str]) -> Capture | None:
    same = Capture.objects.filter(text_sha256=item.text_sha256, document__source_as_given=source)
    found = list(same.select_related("document").defer("text").order_by("pk"))
    if not found:
        return None
    for capture in found:
        if capture.document.path == item.record.name:
            return capture
    first = found[0].document
    words.append(f"The text is that of document {first.pk}, collected as {_known_as(first)}.")
    return found[0]


def _known_as(document: Document) -> str:
    return document.path or document.canonical_address or document.title


def _tell_of_copies(item: Collected, words: list[str]) -> None:
    """The same text of another source is another document: people should know of both."""
    same = Document.objects.filter(captures__text_sha256=item.text_sha256).order_by("pk").first()
    if same:
        source = f"from {same.source_as_given}" if same.source_as_given else "without a source"
        words.append(f"The same text was collected {source} as document {same.pk}.")


def _by_name(item: Collected, source: str, words: list[str]) -> Document | None:
    """Of documents of this name take the one most alike; one that is not alike is another."""
    named = list(Document.objects.filter(source_as_given=source, path=item.record.name))
    if not named:
        return None
    share, best = max(
        ((_most_alike(document, item), document) for document in named),
        key=lambda pair: (pair[0], -pair[1].pk),
    )
    if share >= ALIKE:
        return best
    words.append(
        f"Document {best.pk} has the same name, but under half of its words in sequence are in "
        "this text: it was kept apart, as another document."
    )
    return None


def _most_alike(document: Document, item: Collected) -> float:
    texts = document.captures.order_by("-pk").values_list("text", flat=True)[:COMPARED]
    return max((in_common(item.shingles, shingles(text)) for text in texts), default=0.0)


COMPARED = 3  # the newest texts of a document that a new one is compared with


def _with_capture(document: Document, item: Collected) -> Match:
    same = document.captures.filter(text_sha256=item.text_sha256).defer("text")
    return Match(document, same.first())
