"""What every screen of the desk shares: nothing is deleted, verbs are answered in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import OperationalError
from django.forms import Form
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from corpus.writer import is_busy
from curation.ledger import Refused
from curation.models import Decision

LONGEST_SEARCH = 200  # characters; longer ones are cut, since patterns of 60 kB are too complex
DECISIONS_SHOWN = 200
BUSY = "The desk is busy with something large. Nothing was changed: try again."
NOT_POSTED = "Nothing was changed: what was sent did not arrive. Do it again here."
_BEYOND_COUNTING = re.compile(r"\s*-?[0-9]{19,}\s*")  # numbers that no database holds


@dataclass(frozen=True)
class Told:
    """What came of an act, in words for the person who did it."""

    words: str
    status: int = 200

    @property
    def done(self) -> bool:
        return self.status == 200


def attempt(do: Callable[[], str | None]) -> Told:
    """Run a verb; what it will not do becomes words."""
    try:
        return Told(do() or "Done.")
    except Refused as refused:
        return Told(str(refused), 409)
    except PermissionDenied as denied:
        return Told(f"{denied or 'Your role does not allow this.'} Nothing was changed.", 403)
    except ValidationError as error:
        return Told(" ".join(error.messages), 422)
    except OperationalError as error:
        if not is_busy(error):
            raise
        return Told(BUSY, 503)


def wants_fragment(request: HttpRequest) -> bool:
    """Whether fragments.js asks: it takes parts of a page, not a page."""
    return request.headers.get("X-Desk") == "fragment"


def answer(
    request: HttpRequest,
    do: Callable[[], str | None],
    back: str,
    fragments: Callable[[Told], str] | None = None,
    again: Callable[[Told], HttpResponseBase] | None = None,
) -> HttpResponseBase:
    """Run a verb and answer: with fragments for the script, else back to a page with a message.

    `do` may return the sentence to say. `fragments` renders the elements (with ids) that the act
    moved. `again` renders the page once more with what was typed, when the verb would not.
    """
    told = attempt(do)
    if wants_fragment(request):
        return fragment(told, fragments(told) if fragments else "")
    if told.status == 403:
        raise PermissionDenied(told.words)
    if again and not told.done:
        response = again(told)
        response.status_code = told.status
        return response
    messages.add_message(request, messages.SUCCESS if told.done else messages.ERROR, told.words)
    return HttpResponseRedirect(back)


def fragment(told: Told, html: str = "") -> HttpResponse:
    """An answer for fragments.js: the words to say, and the elements to put in place."""
    kind = "done" if told.done else "error"
    said = format_html('<div id="desk-said" data-kind="{}">{}</div>', kind, told.words)
    return HttpResponse(said + SafeString(html), status=told.status)


def carry_out(form: Form, do: Callable[[], object]) -> bool:
    """Run a verb for a valid form; what it will not do becomes the form's errors."""
    try:
        do()
    except Refused as refused:
        form.add_error(None, str(refused))
    except ValidationError as error:
        _add_errors(form, error)
    except OperationalError as error:
        if not is_busy(error):
            raise
        form.add_error(None, BUSY)
    return not form.errors


def post_only(move: Callable) -> Callable:
    """For functions of DeskAdmin.moves that write and show nothing of their own.

    Who signs in again after a move is led to its address with GET, and told what became of it."""

    @wraps(move)
    def guarded(desk, request, obj):
        if request.method != "POST":
            messages.warning(request, NOT_POSTED)
            return HttpResponseRedirect(desk.address(obj))
        return move(desk, request, obj)

    return guarded


def seen_in(request: HttpRequest, name: str = "seen") -> int | None:
    """The decided row that the person saw in force; a form that does not say is refused."""
    given = request.POST.get(name)
    if given == "":
        return None
    try:
        return int(given or "?")
    except ValueError:
        raise Refused(
            "This form does not say what you saw when you decided. Nothing was changed: "
            "reload the page and decide again."
        ) from None


class BoundedPaginator(Paginator):
    """Refuses page numbers that no database counts to."""

    def validate_number(self, number):
        return super().validate_number(number if len(str(number)) < 10 else 0)


class DeskAdmin(admin.ModelAdmin):
    """An admin screen that deletes nothing, filters by what it names, and moves by verbs.

    `moves` maps a word to a function (admin, request, object), at `<pk>/move/<word>/`.
    """

    view_on_site = False
    save_as = False
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    paginator = BoundedPaginator
    moves: dict = {}

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        move = path(
            "<int:pk>/move/<slug:verb>/",
            self.admin_site.admin_view(self.move_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_move",
        )
        return [move, *super().get_urls()]

    def move_view(self, request, pk, verb):
        if verb not in self.moves:
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self.moves[verb](self, request, get_object_or_404(self.model, pk=pk))

    def changelist_view(self, request, extra_context=None):
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if "_saveasnew" in request.POST:  # it turns a change into an add, past every check
            request.POST = request.POST.copy()
            del request.POST["_saveasnew"]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def lookup_allowed(self, lookup, value, request):
        """Only what list_filter names: any other local field could be guessed letter by letter."""
        filters = self.get_list_filter(request)
        own = {name for item in filters if isinstance(item, type) for name in _lookups(item)}
        if lookup in own:  # these read their values themselves
            return True
        values = value if isinstance(value, list | tuple) else [value]
        if any(_BEYOND_COUNTING.fullmatch(str(each)) for each in values):
            return False
        return lookup in {name for item in filters for name in _lookups(item)}

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term[:LONGEST_SEARCH])

    def history_view(self, request, object_id, extra_context=None):
        """The ledger is the history here; Django's own log knows only forms."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return self.not_there(request, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        decisions = Decision.objects.about(obj).select_related("by")[:DECISIONS_SHOWN]
        return self.page(
            request,
            "curation_desk/reading/history.html",
            obj,
            title=f"Decisions about {obj}",
            decisions=decisions,
        )

    def not_there(self, request, object_id):
        """Say that there is no such row, and lead to those that there are."""
        kind = self.opts.verbose_name
        messages.warning(request, f"There is no {kind} “{str(object_id)[:40]}”.")
        opts = self.opts
        return HttpResponseRedirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"))

    def page(self, request, template, obj=None, status=200, **context):
        """A page of the desk with the admin's own frame around it."""
        frame = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "original": obj,
            "title": str(obj) if obj else capfirst(str(self.opts.verbose_name_plural)),
            "subtitle": None,
            "is_popup": False,
        }
        return TemplateResponse(request, template, frame | context, status=status)

    def address(self, obj, verb=""):
        """Where an object is changed, or where a verb is done to it."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        if verb:
            return reverse(f"admin:{name}_move", args=[obj.pk, verb])
        return reverse(f"admin:{name}_change", args=[obj.pk])


def _lookups(item) -> list[str]:
    """What one entry of list_filter may have in the query string."""
    if isinstance(item, type):
        return getattr(item, "parameters", None) or [getattr(item, "parameter_name", "")]
    name = item if isinstance(item, str) else item[0]
    endings = ("", "__exact", "__isnull", "__gte", "__lt", "__id__exact", "__pk__exact")
    return [f"{name}{ending}" for ending in endings]


def _add_errors(form: Form, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
