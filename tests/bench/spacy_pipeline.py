"""What others would put together: sentences, names and a MinHash of each text; no labels."""

import json
import sys
import time
from pathlib import Path

import spacy
from datasketch import MinHash, MinHashLSH

from tests.bench.documents import aliases


def main(folder: Path) -> None:
    pipeline = spacy.blank("en")
    pipeline.max_length = 10_000_000
    pipeline.add_pipe("sentencizer")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "BODY", "pattern": text} for text, _ in aliases()])
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    index = MinHashLSH(threshold=0.5, num_perm=128)
    began = time.process_time()
    for number, text in enumerate(texts):
        read = pipeline(text)
        list(read.sents)
        words = [token.lower_ for token in read if not token.is_space]
        found = MinHash(num_perm=128)
        found.update_batch([" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4)])
        index.query(found)
        index.insert(str(number), found)
    print(json.dumps({"count": len(texts), "cpu": time.process_time() - began}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
