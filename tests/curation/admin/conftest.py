"""What the desk's tests share."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def queries(client):
    """How many queries an address takes for whoever is signed in."""

    def count(address, **kwargs):
        client.get(address, **kwargs)  # what is looked up once a process is no part of it
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, **kwargs).status_code == 200
        return len(captured)

    return count
