"""Import folders the way the command does."""

import pytest

from corpus.importing import pipeline
from corpus.importing.readers import read


@pytest.fixture
def folder(tmp_path):
    """Write files into a new folder: folder({"a.txt": "words"}) -> its path."""
    made = iter(range(1000))

    def write(files):
        root = tmp_path / f"folder{next(made)}"
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return write


@pytest.fixture
def take_in(db):
    """Import paths; return the run, with the outcomes as an attribute by name."""

    def take(*paths, **kwargs):
        outcomes = []
        run = pipeline.run(read(paths), label="test", on_outcome=outcomes.append, **kwargs)
        run.outcomes = {outcome.name: outcome for outcome in outcomes}
        assert run.read == run.new + run.unchanged + run.changed + run.rejected
        assert run.read == len(outcomes)
        return run

    return take
