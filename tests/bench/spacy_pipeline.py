"""What others would put together: sentences, names and a MinHash of each text; no labels."""

from collections.abc import Iterable

import spacy
from datasketch import MinHash, MinHashLSH


class Pipeline:
    def __init__(self, names: Iterable[str]) -> None:
        self._pipeline = spacy.blank("en")
        self._pipeline.max_length = 10_000_000
        self._pipeline.add_pipe("sentencizer")
        ruler = self._pipeline.add_pipe("entity_ruler")
        ruler.add_patterns([{"label": "BODY", "pattern": name} for name in names])
        self._index = MinHashLSH(threshold=0.5, num_perm=128)
        self._filed = 0

    def read(self, text: str) -> MinHash:
        """Find the sentences and the names as they are written, and return the signature."""
        read = self._pipeline(text)
        list(read.sents)
        words = [token.lower_ for token in read if not token.is_space]
        found = MinHash(num_perm=128)
        found.update_batch([" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4)])
        return found

    def file(self, signature: MinHash) -> None:
        """Look for texts alike, and be found by those that come."""
        self._index.query(signature)
        self._index.insert(str(self._filed), signature)
        self._filed += 1
