"""The hash of an edition: a tree in which words count by their digests. Pure.

A leaf whose words the law wanted removed reads {"redacted": "<sha256 of the words>"}; the
edition then still has the hash that it was published with.
"""

import hashlib
import json
from typing import Any
from unicodedata import normalize

REDACTED = "redacted"
REMOVED = "[removed]"  # what is read in the place of words that went
UNSAID = {"exact", "prefix", "suffix", "url", "note"}  # of which pages tell by themselves


def seal(content: Any) -> str:
    """The SHA-256 at the root of the tree."""
    if isinstance(content, str):
        return _sha256(content)
    if isinstance(content, dict):
        if content.keys() == {REDACTED}:
            return content[REDACTED]
        return _of_node({key: seal(value) for key, value in content.items()})
    if isinstance(content, list | tuple):
        return _of_node([seal(value) for value in content])
    return _of_node({"": content})  # a number, true, false or null


def redacted(words: str) -> dict[str, str]:
    """What stands in the place of words that were removed."""
    return {REDACTED: _sha256(words)}


def readable(content: Any, name: str = "") -> Any:
    """The content with words in all places: what is read where some were removed."""
    if isinstance(content, dict):
        if content.keys() == {REDACTED}:
            return "" if name in UNSAID else REMOVED
        return {key: readable(value, key) for key, value in content.items()}
    if isinstance(content, list):
        return [readable(value, name) for value in content]
    return content


def composed(content: Any) -> Any:
    """The content with all its words in NFC, as it is frozen."""
    if isinstance(content, str):
        return normalize("NFC", content)
    if isinstance(content, dict):
        return {key: composed(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [composed(value) for value in content]
    return content


def _of_node(node: object) -> str:
    # The NUL keeps a node from ever hashing like a leaf: words hold none.
    return _sha256("\0" + json.dumps(node, sort_keys=True, separators=(",", ":")))


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
