"""Read bytes as a file of a name, the way an import does."""

import pytest
from hypothesis import HealthCheck, settings

from corpus.importing.readers import read

# Each example writes its file anew.
PROPERTY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def reading(tmp_path):
    """reading("a.csv", b"...") -> its records; options are those of read()."""

    def read_bytes(name, raw, **options):
        path = tmp_path / name
        path.write_bytes(raw)
        return list(read([path], **options))

    return read_bytes
