"""What is done to an import: cancel it, go on, try rejects again, set it aside, bring it back."""

from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse

from curation import describing, intake
from curation.admin.base import answer, post_only

PROGRESS = "admin/corpus/importrun/_progress.html"


def progress(desk, request, run):
    """How far it is, for the page that asks again and again."""
    desk.take_up(run)
    return TemplateResponse(request, PROGRESS, desk.progress_of(request, run))


@post_only
def cancel(desk, request, run):
    def do():
        intake.cancel(run, by=request.user)
        return "Cancelled: it ends when the batch at hand is stored. What is stored stays."

    return answer(request, do, desk.address(run), again=_again(desk, request, run))


@post_only
def go_on(desk, request, run):
    def do():
        intake.go_on(run, by=request.user)
        return "The import waits for the worker, and goes on where it was."

    return answer(request, do, desk.address(run), again=_again(desk, request, run))


@post_only
def retry(desk, request, run):
    """Try one reject again, or all: the page that follows is that of the new import."""
    given = request.POST.get("reject", "")
    one = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
    made = []

    def do():
        made.append(intake.retry(run, by=request.user, reject=-1 if given and one is None else one))
        return f"What import {run.pk} rejected waits to be tried again."

    response = answer(request, do, desk.address(run), again=_again(desk, request, run))
    return HttpResponseRedirect(desk.address(made[0])) if made else response


@post_only
def set_aside(desk, request, run):
    reason = request.POST.get("reason", "")

    def do():
        describing.set_aside(run, by=request.user, reason=reason)
        return "Set aside: what this import brought in no longer counts. Nothing is deleted."

    return answer(request, do, desk.address(run), again=_again(desk, request, run, reason))


@post_only
def bring_back(desk, request, run):
    reason = request.POST.get("reason", "")

    def do():
        describing.bring_back(run, by=request.user, reason=reason)
        return "Brought back: what this import brought in counts again."

    return answer(request, do, desk.address(run), again=_again(desk, request, run, reason))


def _again(desk, request, run, reason=""):
    def again(told):
        run.refresh_from_db()
        return desk.show(request, run, told, reason)

    return again


MOVES = {
    "progress": progress,
    "cancel": cancel,
    "go-on": go_on,
    "retry": retry,
    "set-aside": set_aside,
    "bring-back": bring_back,
}
