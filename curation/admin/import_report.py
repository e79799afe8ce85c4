"""How far an import is, and what came of it: in words, and in lists a page at a time."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format

from corpus.importing import limits
from corpus.models import ImportRun, Reject, Sighting

A_PAGE = 50  # rows of one list
SOON = timedelta(seconds=3)  # before which an estimate would be a guess
LIVE = (ImportRun.State.WAITING, ImportRun.State.RUNNING)


@dataclass
class Listed:
    """A page of one list of the report."""

    key: str
    title: str
    count: int
    page: int
    rows: list = field(default_factory=list)

    @property
    def before(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        return self.page + 1 if self.page * A_PAGE < self.count else None

    @property
    def first(self) -> int:
        return (self.page - 1) * A_PAGE + 1

    @property
    def last(self) -> int:
        return min(self.page * A_PAGE, self.count)


def groups(run, asked):
    """What came in: new, changed, unchanged; `asked` says which page of each."""
    sightings = run.sightings.select_related("capture__document").defer("capture__text")
    earlier = Sighting.objects.filter(
        capture__document=OuterRef("capture__document"), pk__lt=OuterRef("pk")
    )
    same_text = Sighting.objects.filter(capture=OuterRef("capture"), pk__lt=OuterRef("pk"))
    told_apart = sightings.annotate(known=Exists(earlier), unchanged=Exists(same_text))
    told_apart = told_apart.order_by("pk")
    return [
        _listed("new", "New", told_apart.filter(known=False), run.new, asked),
        _listed(
            "changed",
            "Changed",
            told_apart.filter(known=True, unchanged=False),
            run.changed,
            asked,
        ),
        _listed("unchanged", "Unchanged", told_apart.filter(unchanged=True), run.unchanged, asked),
    ]


def rejects(run, asked):
    kept = Q(raw__isnull=False, redacted_by=None)
    rows = Reject.objects.filter(import_run=run).annotate(
        kept=ExpressionWrapper(kept, BooleanField())
    )
    return _listed("rejected", "Rejected", rows.defer("raw"), run.rejected, asked)


def _listed(key, title, rows, count, asked):
    last = max(1, -(-count // A_PAGE))
    given = asked.get(key, "")
    page = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 1
    listed = Listed(key, title, count, min(max(page, 1), last))
    start = listed.first - 1
    listed.rows = list(rows[start : start + A_PAGE])
    return listed


def share(run):
    """Per cent of its bytes that are stored; None while nobody knows."""
    return min(100, round(100 * run.done / run.size)) if run.size else None


def in_words(run):
    """What it does now, and how long that will take."""
    if run.state == ImportRun.State.WAITING:
        return "It waits for the worker, which takes one import after the other."
    if run.cancel_asked_at:
        return "It is being cancelled: it ends when the batch at hand is stored."
    if timezone.now() - run.alive_at > timedelta(seconds=limits.SILENT):
        return "Its process was killed. A worker goes on with it where it was."
    return f"It runs. {_left(run)}"


def _left(run):
    begun = run.options.get("begun")
    gone = run.done - begun["done"] if begun else 0
    took = timezone.now() - datetime.fromisoformat(begun["at"]) if begun else timedelta()
    if not run.size or gone <= 0 or took < SOON:
        return "How long it takes shows after its first batches."
    return f"{_about((run.size - run.done) / gone * took)} left."


def _about(left):
    minutes = round(left.total_seconds() / 60)
    if left < timedelta(seconds=45):
        return "Less than a minute"
    if minutes <= 1:
        return "About a minute"
    if minutes < 90:
        return f"About {minutes} minutes"
    return f"About {round(minutes / 60)} hours"


def started(run):
    return date_format(timezone.localtime(run.started_at), "j M Y, H:i")
