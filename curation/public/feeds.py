"""The Atom feeds: of pages, and of what happened to them. What was taken back leaves a tombstone
(RFC 6721), so that whoever copied it knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.views.decorators.http import require_safe

from curation.models.shelf import Edition, Page
from curation.public import changes
from curation.public.answers import unless_unchanged
from curation.public.machines import absolute, fit_for_xml, on_this_site
from curation.reading import Reading

IN_THE_FEED = 50
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)  # the same for whoever asks
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


@dataclass(frozen=True)
class Tombstone:
    """What is no longer there, since when and why."""

    ref: str
    at: datetime
    words: str


class Feed(Atom1Feed):
    """An Atom feed that also tells what was taken out of it."""

    def __init__(self, *args: Any, tombstones: Iterable[Tombstone] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"language": "en-GB"} | kwargs)
        self.tombstones = list(tombstones)

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:at": TOMBSTONES}

    def latest_post_date(self) -> datetime:
        entries = [item["updateddate"] or item["pubdate"] for item in self.items]
        return max([*entries, *(each.at for each in self.tombstones)], default=NOTHING_YET)

    def write_items(self, handler) -> None:
        super().write_items(handler)
        for each in self.tombstones:
            named = {"ref": each.ref, "when": rfc3339_date(each.at)}
            handler.startElement("at:deleted-entry", named)
            handler.addQuickElement("at:comment", fit_for_xml(each.words))
            handler.endElement("at:deleted-entry")

    def answer(self) -> HttpResponse:
        # The type as Django's own feed views send it.
        return HttpResponse(self.writeString("utf-8"), content_type=self.content_type)


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The latest pages. Updates and corrections move them; clarifications do not."""
    pages = list(Page.objects.listed().order_by("-updated_at", "-pk")[:IN_THE_FEED])
    off = tombstones(Page.objects.off().order_by("-updated_at", "-pk"))
    return unless_unchanged(
        request,
        [*(part for page in pages for part in (page.edition.hash, page.version)), *off],
        Page.objects.last_told(),  # of all: one that was withdrawn changes the feed too
        lambda: _latest(pages, off).answer(),
    )


def _latest(pages: Iterable[Page], off: Iterable[Tombstone]) -> Feed:
    feed = Feed(
        title="Concordat: partnerships and their evidence",
        link=absolute("public:home"),
        feed_url=absolute("public:feed"),
        description="Summaries in which every sentence shows the words it rests on.",
        tombstones=off,
    )
    for page in pages:
        reading = Reading(page.edition.content)
        feed.add_item(
            title=fit_for_xml(page.edition.name),
            link=absolute("public:partnership", page.slug),
            description=fit_for_xml(reading.description),
            unique_id=changes.id_of(reading.content["partnership"]["uid"]),
            pubdate=page.first_published_at,
            updateddate=page.updated_at,
        )
    return feed


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What happened to pages, the last first: the same lines as the page of corrections."""
    lines = changes.read(changes.lines()[:IN_THE_FEED])
    errors = Edition.objects.in_error().exclude(kind=Edition.Kind.FIRST)
    gone = tombstones(errors.order_by("-published_at", "-pk"), of="edition")
    return unless_unchanged(
        request,
        [*lines, *gone],
        Page.objects.last_told(),
        lambda: _corrections(lines, gone).answer(),
    )


def _corrections(lines: Iterable[changes.Line], gone: Iterable[Tombstone]) -> Feed:
    feed = Feed(
        title="Concordat: corrections",
        link=absolute("public:corrections"),
        feed_url=absolute("public:corrections_feed"),
        description="What happened to pages after their first edition, and why.",
        tombstones=gone,
    )
    for line in lines:
        feed.add_item(
            title=fit_for_xml(f"{line.heading}: {line.about}"),
            link=absolute("public:corrections") if line.is_gone else on_this_site(line.address),
            description=fit_for_xml(line.told),
            unique_id=line.id,
            pubdate=line.at,
            updateddate=line.at,
        )
    return feed


def tombstones(off: QuerySet, of: str = "") -> list[Tombstone]:
    """Of pages, or of editions, that were taken back."""
    rows = off.values_list("uid", "pk", "off_at", "off_words")[:IN_THE_FEED]
    return [Tombstone(changes.id_of(uid, of, pk), at, words) for uid, pk, at, words in rows]
