"""What happened to pages after their first edition: one list of editions and notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from curation.models.shelf import Edition, Notice, Page

HEAD = ("decision__seq", "decision__hash", "decision__at")
COLUMNS = (
    "row",  # what the line is read from: an edition; a notice as it opened, or as it closed
    "pk",
    "at",
    "what",
    "words",
    "name",
    "slug",
    "of",  # the edition that it is about
    "sentence",
    "until",  # when a notice was closed
    "by",  # the edition that closed it
    "status",
    "uid",
)
WHAT = {
    "error": "published in error",
    "evidence": "evidence moved",
    "closed": "notice closed",
}
NO_NUMBER = Cast(Value(None), IntegerField())
NEVER = Cast(Value(None), DateTimeField())


@dataclass(frozen=True)
class Line:
    """One thing that happened, as readers are told it.

    A page published in error is told without its name.
    """

    row: str
    pk: int
    at: datetime
    what: str
    words: str
    name: str
    slug: str
    of: int | None
    sentence: int | None
    until: datetime | None
    by: int | None
    status: str
    uid: UUID

    @property
    def id(self) -> str:
        return id_of(self.uid, self.row, self.pk)

    @property
    def heading(self) -> str:
        return WHAT.get(self.what, self.what).capitalize()

    @property
    def is_gone(self) -> bool:
        return self.status == Page.Status.GONE

    @property
    def is_evidence(self) -> bool:
        return self.what == Notice.Kind.EVIDENCE

    @property
    def about(self) -> str:
        if self.is_gone:
            return "A page that was published in error"
        edition = f", edition {self.of}" if self.of else ""
        return (
            (self.name or "[title removed]")
            + edition
            + (f", sentence {self.sentence}" if self.sentence else "")
        )

    @property
    def address(self) -> str:
        if not self.of:
            return reverse("public:partnership", args=[self.slug])
        place = f"#s{self.sentence}" if self.sentence else ""
        return reverse("public:version", args=[self.slug, self.of]) + place

    @property
    def compared(self) -> str:
        """Where an edition is set beside the one before."""
        if self.row != "edition" or not self.of or self.is_gone:
            return ""
        query = urlencode({"from": self.of - 1, "to": self.of})
        return f"{reverse('public:history', args=[self.slug])}?{query}"

    @property
    def told(self) -> str:
        """What happened, in words; a closed notice tells what closed it."""
        if self.row == "edition":
            return self.words
        if self.row == "opened":
            return self.words or "These words were removed."
        if self.by:
            return f"Edition {self.by} took the place of what it was about."
        return "What it was about stands again as it is told."


def id_of(uid: UUID, row: str = "", pk: int = 0) -> str:
    """Of a page, or of what happened to it: the same for as long as the desk stands."""
    return f"urn:uuid:{uuid5(uid, f'{row} {pk}') if row else uid}"


def lines() -> QuerySet:
    """Updates, corrections, clarifications, reinstatements, withdrawals, and notices as they
    opened and closed; the last first."""
    rows = _editions().union(_opened(), _closed(), all=True)
    return rows.order_by("-at", "row", "-pk")


def read(rows: Iterable[dict[str, Any]]) -> list[Line]:
    return [Line(**row) for row in rows]


def _editions() -> QuerySet:
    rows = Edition.objects.told_as_news().annotate(
        row=Value("edition", CharField()),
        at=F("published_at"),
        what=F("kind"),
        words=F("note"),
        name=F("title"),
        slug=F("partnership__page__slug"),
        of=F("n"),
        sentence=NO_NUMBER,
        until=NEVER,
        by=NO_NUMBER,
        status=F("partnership__page__status"),
        uid=F("partnership__uid"),
    )
    return rows.order_by().values(*COLUMNS)


def _opened() -> QuerySet:
    return _notices(
        Notice.objects.readable(),
        row=Value("opened", CharField()),
        at=F("opened_at"),
        what=F("kind"),
        of=Case(When(kind=Notice.Kind.EVIDENCE, then=F("edition__n"))),
        until=F("closed_at"),
        by=NO_NUMBER,
    )


def _closed() -> QuerySet:
    """Notices of evidence that are over, unless another line of that moment tells so already:
    the page was withdrawn, or the same place is told of anew.

    What closes a notice does it at its own moment, so that is how the edition is found.
    """
    off = Q(kind__in=[Notice.Kind.WITHDRAWAL, Notice.Kind.ERROR])
    anew = Q(place=Coalesce(OuterRef("sentence"), 0))
    told_already = Notice.objects.annotate(place=Coalesce("sentence", 0)).filter(
        off | anew, page=OuterRef("page"), opened_at=OuterRef("closed_at")
    )
    editions = Edition.objects.filter(
        partnership=OuterRef("page__partnership"), published_at=OuterRef("closed_at")
    )
    over = Notice.objects.readable().of_evidence().exclude(closed_at=None)
    return _notices(
        over.exclude(Exists(told_already)),
        row=Value("closed", CharField()),
        at=F("closed_at"),
        what=Value("closed", CharField()),
        of=F("edition__n"),
        until=NEVER,
        by=Subquery(editions.values("n")[:1]),
    )


def _notices(notices: QuerySet, **told: Any) -> QuerySet:
    rows = notices.annotate(
        name=F("page__edition__title"),
        slug=F("page__slug"),
        status=F("page__status"),
        uid=F("page__partnership__uid"),
        **told,
    )
    return rows.order_by().values(*COLUMNS)


def head() -> dict[str, object] | None:
    """The line of the ledger of the last act that readers saw.

    The chain vouches for every line before it. Lines that came since tell of drafts, and are
    nobody's business yet: not even how many there are.
    """
    acts = [
        rows.order_by("-pk").values_list(*HEAD).first()
        for rows in (Edition.objects, Notice.objects)
    ]
    last = max((act for act in acts if act), default=None)
    return dict(zip(("seq", "hash", "at"), last, strict=True)) if last else None
