"""The nouns of the corpus."""

from corpus.models.copies import CopyEdge, Fingerprint
from corpus.models.documents import (
    Capture,
    Document,
    Original,
    Passage,
    Reliability,
    SearchText,
    Sighting,
)
from corpus.models.entities import Alias, Entity, Mention
from corpus.models.imports import ImportRun, Reject
from corpus.models.sources import Source

__all__ = [
    "Alias",
    "Capture",
    "CopyEdge",
    "Document",
    "Entity",
    "Fingerprint",
    "ImportRun",
    "Mention",
    "Original",
    "Passage",
    "Reject",
    "Reliability",
    "SearchText",
    "Sighting",
    "Source",
]
