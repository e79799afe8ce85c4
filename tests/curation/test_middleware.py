"""What every request and answer passes through, as a server sees it."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import FileResponse, StreamingHttpResponse
from django.test import RequestFactory

from curation.middleware import NoBodyForHeadMiddleware

pytestmark = pytest.mark.django_db


def served(address, method):
    """Status, headers and body, unlike the test client's, which takes bodies off by itself."""
    environ = RequestFactory().generic(method, address, headers={"host": "localhost"}).environ
    told = []
    response = WSGIHandler()(environ, lambda status, headers: told.extend([status, dict(headers)]))
    try:
        return *told, b"".join(response)
    finally:
        response.close()


@pytest.mark.parametrize(
    "address",
    ["/", "/nowhere/", "/partnerships/nobody/", "/admin/", "/admin/login/", "/?a=%00", "/healthz"],
)
def test_head_has_no_body_and_tells_what_get_would(address):
    (status, headers, body), get = served(address, "HEAD"), served(address, "GET")

    assert (status, body) == (get[0], b"")
    assert headers["Content-Length"] == str(len(get[2]))


def test_head_of_a_stream_reads_none_of_it(tmp_path):
    file = tmp_path / "long"
    file.write_bytes(b"words")
    request = RequestFactory().head("/")
    for stream in (FileResponse(file.open("rb")), StreamingHttpResponse(iter([b"words"]))):
        answer = NoBodyForHeadMiddleware(lambda request, stream=stream: stream)(request)

        assert b"".join(answer.streaming_content) == b""
        answer.close()
