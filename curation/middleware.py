"""What every request and answer passes through."""

from django.conf import settings
from django.shortcuts import render

from corpus.writer import is_busy


class ContentSecurityPolicyMiddleware:
    """Send SECURE_CSP, as Django 6 does by itself; goes when 5.2 goes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        policy = "; ".join(f"{name} {' '.join(of)}" for name, of in settings.SECURE_CSP.items())
        response.headers.setdefault("Content-Security-Policy", policy)
        return response


class NoNulMiddleware:
    """Refuse NUL in path and query: PostgreSQL would answer it with an error, SQLite not."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "400.html", status=400)
        return self.get_response(request)


class InWordsMiddleware:
    """Answer with a page where Django has an empty one, or only an error of the database."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_exception(self, request, error):
        return render(request, "503.html", status=503) if is_busy(error) else None


class NoBodyForHeadMiddleware:
    """Answer HEAD with the headers of GET and no body: servers complain of one in their logs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "HEAD" and response.streaming:
            response.streaming_content = ()
        elif request.method == "HEAD":
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response
