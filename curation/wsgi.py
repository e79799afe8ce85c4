"""The WSGI application."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "curation.settings")
django = get_wsgi_application()
CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\"';\s]+)", re.IGNORECASE)


def application(environ, start_response):
    """Refuse requests in other encodings than UTF-8 here: Django reads the query by what
    the request says of itself, before any middleware, and some encodings make it raise.
    """
    said = CHARSET.search(environ.get("CONTENT_TYPE", ""))
    if said and said[1].lower() not in {"utf-8", "utf8"}:
        start_response("415 Unsupported Media Type", [("Content-Type", "text/plain")])
        return [b"Send requests in UTF-8."]
    return django(environ, start_response)
