"""The public shelf: freeze editions, give addresses, withdraw pages. Nothing else writes it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from corpus.models import Entity
from curation import alerting, entering
from curation.content import content_of, evidence_digests
from curation.falling import Place, fallen
from curation.gathering import gather
from curation.ledger import Refused, authorise, canonical, decide, one_writer
from curation.models import (
    Address,
    Decision,
    Edition,
    EditionClaim,
    EditionParty,
    EditionQuote,
    Notice,
    Page,
    Partnership,
    Revision,
    Summary,
)
from curation.sealing import seal
from curation.striking import Gone, struck

__all__ = [
    "content",
    "entity_merged",
    "entity_unmerged",
    "evidence_digest",
    "freeze",
    "kind_of_next",
    "next_n",
    "show_anew",
    "slug_of_next",
    "strike",
    "tell_what_fell",
    "tell_what_stands_again",
    "withdraw",
]

LONGEST_SLUG = 80
OFF = (Page.Status.WITHDRAWN, Page.Status.GONE)


def content(
    summary: Summary,
    *,
    n: int = 0,
    kind: str = "",
    note: str = "",
    published: datetime | None = None,
    revision: Revision | None = None,
) -> dict[str, Any]:
    """What an edition would hold now; the preview, also of a revision that nobody saved."""
    return content_of(
        gather(summary, revision),
        n=n or next_n(summary.partnership),
        kind=kind or Edition.Kind.UPDATE,
        note=note,
        published=published,
    )


def evidence_digest(summary: Summary) -> str:
    """What an approval is bound to beside the text: all that readers would be told of it."""
    return seal(evidence_digests(content(summary)))


def next_n(partnership: Partnership) -> int:
    last = Edition.objects.filter(partnership=partnership).order_by("-n").first()
    return last.n + 1 if last else 1


def slug_of_next(partnership: Partnership, told: dict[str, Any]) -> str:
    """The slug that the next edition is read under: kept with the title, else of the new one."""
    page = Page.objects.filter(partnership=partnership).select_related("edition").first()
    title = _title(told)
    return page.slug if page and page.edition.title == title else _slug(partnership, title, page)


def kind_of_next(partnership: Partnership, kind: str = "", note: str = "") -> str:
    """The kind of the next edition, the usual one unless another is asked for."""
    page = Page.objects.filter(partnership=partnership).first()
    if page is None:
        fitting = [Edition.Kind.FIRST]
    elif page.status in OFF:
        fitting = [Edition.Kind.REINSTATEMENT]
    else:
        fitting = [Edition.Kind.UPDATE, Edition.Kind.CORRECTION, Edition.Kind.CLARIFICATION]
    chosen = kind or fitting[0]
    if chosen not in fitting:
        words = " or ".join(each.label for each in fitting)
        raise ValidationError({"kind": f"The next edition of this page is published as {words}."})
    if chosen not in (Edition.Kind.FIRST, Edition.Kind.UPDATE) and not note.strip():
        raise ValidationError(
            {"note": "Tell readers in a note what was mended, or why it is back."}
        )
    return str(chosen)


def freeze(summary: Summary, told: dict[str, Any], *, decision: Decision, at: datetime) -> Edition:
    """Put the content on the shelf. Call it in the transaction that the gate was asked in."""
    edition = Edition.objects.create(
        partnership_id=summary.partnership_id,
        n=told["n"],
        kind=told["kind"],
        note=told["note"],
        state=told["state"],
        rule_version=told["rule_version"],
        title=_title(told),
        text=canonical(told),
        hash=seal(told),
        published_at=at,
        decision=decision,
    )
    _index(edition, told)
    _show(edition, slug=slug_of_next(edition.partnership, told))
    _address_parties(told)
    tell_what_fell([edition.pk], decision)  # what an override let through, if it fell since
    return edition


def withdraw(
    page: Page, *, by: User, reason: str, in_error: bool = False, seen: int | None = None
) -> None:
    """Take a page back, whatever the gate says. Its address stays and tells readers why.

    What was published in error is gone: its address answers with the notice alone.
    `seen` is the version of the page that the person looked at; a command saw none.
    """
    authorise(by, "curation.withdraw_page")
    reason = entering.prose("reason", reason)
    if not reason:
        raise ValidationError({"reason": "Tell readers why the page is withdrawn."})
    status = Page.Status.GONE if in_error else Page.Status.WITHDRAWN
    with one_writer():
        page.refresh_from_db()
        before = {"status": page.status}
        if seen is not None and page.version != seen:
            raise Refused(
                "The page changed after you opened this. Nothing was withdrawn: reload it, look "
                "at what readers see now, and decide again."
            )
        if page.status == status or page.status == Page.Status.GONE:
            raise Refused(f"This page is {page.get_status_display()} already.")
        page.status, page.version, page.updated_at = status, page.version + 1, timezone.now()
        page.save()
        after = {"status": status}
        decision = decide("withdraw", page, by=by, before=before, after=after, reason=reason)
        page.notices.open().update(closed_at=page.updated_at)
        page.notices.create(
            kind=Notice.Kind.ERROR if in_error else Notice.Kind.WITHDRAWAL,
            edition_id=page.edition_id,
            words=reason,
            opened_at=page.updated_at,
            decision=decision,
        )
        alerting.withdrawn(page, decision)


def tell_what_fell(editions: Collection[int], decision: Decision) -> None:
    """Bring the notices of current editions in line with how their sentences stand now.

    A notice tells of a sentence that stands lower than it says, by a decision of people; it is
    closed as soon as the sentence stands so again. Until then the page is under review.
    """
    now = _told_now(editions)
    for page in Page.objects.filter(edition__in=editions).exclude(status__in=OFF):
        fell = now[page.edition_id]
        decisions = dict.fromkeys(fell, decision.pk)
        _bring_in_line(page, fell, decisions=decisions, at=decision.at)


def tell_what_stands_again(editions: Collection[int]) -> None:
    """Bring the notices there are in line with how their sentences stand now.

    For what no person does: it opens none for a sentence of which readers were told nothing, and
    where one stands higher, though not as it was, the words are said under the same decision.
    """
    now = _told_now(editions)
    for page in Page.objects.filter(edition__in=editions, status=Page.Status.UNDER_REVIEW):
        standing = page.notices.open().of_evidence()
        decisions = {each.sentence: each.decision_id for each in standing}
        fell = {n: words for n, words in now[page.edition_id].items() if n in decisions}
        _bring_in_line(page, fell, decisions=decisions, at=timezone.now())


def _told_now(editions: Collection[int]) -> Mapping[int, dict[int | None, str]]:
    """By edition and sentence, what readers are to be told of how it stands."""
    now: dict[int, dict[int | None, str]] = defaultdict(dict)
    for place in fallen(editions):
        now[place.edition][place.sentence] = _told_of(place)
    return now


def _told_of(place: Place) -> str:
    what = "this sentence" if place.sentence is not None else "a party, state or outcome told here"
    return (
        f"What {what} rests on was judged anew since it was published. It was {place.stood} then, "
        f"and is {place.stands} now. The desk is looking at it."
    )


def _bring_in_line(
    page: Page,
    fell: Mapping[int | None, str],
    *,
    decisions: Mapping[int | None, int],
    at: datetime,
) -> None:
    standing = {each.sentence: each for each in page.notices.open().of_evidence()}
    over = [each for n, each in standing.items() if fell.get(n) != each.words]
    new = [n for n, words in fell.items() if n not in standing or standing[n].words != words]
    if not over and not new:
        return
    page.notices.filter(pk__in=[each.pk for each in over]).update(closed_at=at)
    Notice.objects.bulk_create(
        Notice(
            page=page,
            edition_id=page.edition_id,
            sentence=n,
            kind=Notice.Kind.EVIDENCE,
            words=fell[n],
            opened_at=at,
            decision_id=decisions[n],
        )
        for n in new
    )
    page.status = Page.Status.UNDER_REVIEW if fell else Page.Status.USABLE
    page.version += 1
    page.save()


def entity_merged(entity: Entity, into: Entity) -> None:
    """Lead the addresses of an entity to the one it was merged into."""
    if Address.objects.of_entities().filter(leads_to=entity.pk).update(leads_to=into.pk):
        _address_entity(into.pk, into.slug, into.name)


def entity_unmerged(entity: Entity) -> None:
    """Lead the addresses of an entity, and of what was merged into it, to itself again."""
    own = Address.objects.of_entities().filter(entity_id__in=entity.and_merged())
    own.update(leads_to=entity.pk)


def strike(editions: list[int], gone: Gone, *, decision: Decision) -> None:
    """Let words of editions give way to their digests; whoever kept a page asks for it anew."""
    for edition in Edition.objects.filter(pk__in=editions).order_by("pk").iterator(20):
        told = struck(edition.content, gone)
        titled = all(isinstance(sentence["text"], str) for sentence in told["title"])
        Edition.objects.filter(pk=edition.pk).update(
            text=canonical(told),
            title=edition.title if titled else "",
            note=edition.note if isinstance(told["note"], str) else "",
            redacted_by=decision.pk,
        )
    pages = Page.objects.filter(partnership__editions__in=editions)
    show_anew(pages.values("pk"), decision.at)


def show_anew(pages: QuerySet, at: datetime) -> None:
    """Feeds and caches take these pages again, and drop the words that they kept."""
    Page.objects.filter(pk__in=pages).update(version=F("version") + 1, updated_at=at)


# --- freezing -----------------------------------------------------------------------------------


def _title(told: dict[str, Any]) -> str:
    return " ".join(sentence["text"] for sentence in told["title"])


def _index(edition: Edition, told: dict[str, Any]) -> None:
    """The rows that lists, alerts and document pages find the edition by."""
    standing = {claim["id"]: claim["standing"] for claim in told["claims"]}
    said = [*told["title"], *told["standfirst"]]
    said += [sentence for block in told["blocks"] for sentence in block["sentences"]]
    fields = [*told["parties"], *told["states"]]
    uses = [(pk, sentence["n"]) for sentence in said for pk in sentence["claims"]]
    outcomes = (claim["outcome"]["by"] for claim in told["claims"] if "outcome" in claim)
    beside = [*(pk for field in fields for pk in field["claims"]), *filter(None, outcomes)]
    uses += dict.fromkeys((pk, None) for pk in beside)
    EditionClaim.objects.bulk_create(
        EditionClaim(edition=edition, claim_id=pk, sentence=sentence, standing=standing[pk])
        for pk, sentence in uses
    )
    EditionParty.objects.bulk_create(
        EditionParty(edition=edition, entity_id=party["entity"], role=party["role"])
        for party in told["parties"]
    )
    EditionQuote.objects.bulk_create(
        EditionQuote(edition=edition, quote_id=quote["id"], document_id=quote["document"])
        for quote in told["quotes"]
    )


def _show(edition: Edition, *, slug: str) -> None:
    """Make the edition the current one of its page, which moves up unless it only clarifies."""
    at = edition.published_at
    page = Page.objects.filter(partnership=edition.partnership).first()
    if page is None:
        page = Page(partnership=edition.partnership, first_published_at=at, version=0)
    page.edition, page.slug = edition, slug
    page.status = Page.Status.USABLE
    page.version += 1
    if edition.kind != Edition.Kind.CLARIFICATION:
        page.updated_at = at
    page.save()
    page.notices.open().update(closed_at=at)
    Address.objects.get_or_create(
        kind=Address.Kind.PARTNERSHIP, slug=page.slug, defaults={"page": page}
    )


def _slug(partnership: Partnership, title: str, page: Page | None) -> str:
    """A slug of the title that no other page ever had; its own earlier one is taken again."""
    named = filter(None, map(_words, (title, partnership.name)))
    wanted = next(named, f"partnership-{partnership.pk}")
    taken = Address.objects.filter(kind=Address.Kind.PARTNERSHIP, slug__startswith=wanted)
    pages = dict(taken.values_list("slug", "page"))
    own = page.pk if page else None
    tries = (f"{wanted}-{n}" if n > 1 else wanted for n in count(1))
    return next(slug for slug in tries if pages.get(slug, own) == own)


def _words(text: str) -> str:
    return slugify(text)[:LONGEST_SLUG].strip("-_")


def _address_parties(told: dict[str, Any]) -> None:
    for party in told["parties"]:
        _address_entity(party["entity"], party["slug"], party["name"])


def _address_entity(pk: int, slug: str, name: str) -> None:
    """An entity gets its address once; later editions tell its present name."""
    Address.objects.update_or_create(
        kind=Address.Kind.ENTITY,
        slug=slug,
        defaults={"name": name},
        create_defaults={"entity_id": pk, "leads_to": pk, "name": name},
    )
