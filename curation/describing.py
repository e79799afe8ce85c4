"""Say what documents, sources and imports are."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from corpus import revising
from corpus.models import Capture, Document, Entity, ImportRun, Source
from curation import anchoring, copying, entering
from curation.consequences import follow
from curation.ledger import Refused, authorise, decide, one_writer, refuse_unseen, supersede
from curation.models import Decision, Description, Evidence, SetAside, SourceGrade
from curation.standings import resting_on

FASTER = "Somebody else changed this in the meantime. Reload the page and look again."


def describe(
    document: Document,
    *,
    by: User,
    title: str,
    source: Source | None,
    published: str,
    published_basis: str,
    url: str,
    origin_entity: Entity | None,
    origin_words: str,
    seen: int | None = None,
) -> Description:
    """Say what a document is. What was collected stays beside it, in its sightings."""
    authorise(by, "curation.add_description")
    date = entering.day("published", published)
    description = Description(
        document=document,
        title=entering.line("title", title, needed="A document needs a title."),
        source=source,
        published=date["published"],
        published_basis=(published_basis or "person") if date["published"] else "",
        url=_address(url),
        origin_entity=origin_entity and origin_entity.resolved,
        origin_words=entering.line("origin_words", origin_words),
    )
    with one_writer():
        document = Document.objects.get(pk=document.pk)
        in_force = document.descriptions.in_force().first()
        if (in_force.pk if in_force else None) != seen:
            raise Refused(FASTER)
        if in_force:
            supersede(in_force)
        entering.check(description)
        description.decision = decide(
            "describe", document, by=by, before=_told(document), after=_told(description)
        )
        description.save()
        revising.describe(document, **_values(description))
        follow(description.decision, resting_on(document=document))
        return description


def grade(
    source: Source, *, by: User, grade: str, reason: str, seen: int | None = None
) -> SourceGrade:
    """Grade a source by its track record. A letter needs a written reason."""
    authorise(by, "curation.add_sourcegrade")
    reason = entering.words("reason", reason)
    with one_writer():
        in_force = source.grades.in_force().first()
        if (in_force.pk if in_force else None) != seen:
            raise Refused(FASTER)
        if in_force:
            supersede(in_force)
        row = SourceGrade(source=source, grade=grade, reason=reason)
        entering.check(row)
        before = in_force.grade if in_force else SourceGrade.Grade.F.value
        row.decision = decide("grade", source, by=by, before=before, after=grade, reason=reason)
        row.save()
        follow(row.decision, resting_on(source=source))
        return row


def make_source(*, by: User, name: str, host: str = "", owner: Entity | None = None) -> Source:
    authorise(by, "corpus.add_source")
    with one_writer():
        source = revising.add_source(
            entering.line("name", name, needed="A source needs a name."),
            host=entering.line("host", host),
            owner=owner and owner.resolved,
        )
        decide("make source", source, by=by, after=_told_of_source(source))
        return source


def change_source(
    source: Source,
    *,
    by: User,
    name: str,
    host: str,
    owner: Entity | None,
    seen: int | None = None,
) -> bool:
    """Rename a source, or say whose voice it is. `seen`: the last decision about it, as seen.

    Returns whether anything changed: if not, there is nothing to write down.
    """
    authorise(by, "corpus.change_source")
    with one_writer():
        source.refresh_from_db()
        refuse_unseen(source, seen)
        before = _told_of_source(source)
        revising.change_source(
            source,
            name=entering.line("name", name, needed="A source needs a name."),
            host=entering.line("host", host),
            owner=owner and owner.resolved,
        )
        after = _told_of_source(source)
        if after == before:
            return False
        decision = decide("change source", source, by=by, before=before, after=after)
        follow(decision, resting_on(source=source))
        return True


def set_aside(run: ImportRun, *, by: User, reason: str) -> SetAside:
    """Let an import stop counting as a whole; refused where a claim rests on what it brought."""
    authorise(by, "curation.add_setaside")
    reason = entering.words("reason", reason, needed="Write why this import is set aside.")
    with one_writer():
        run.refresh_from_db()
        if run.set_aside_at:
            raise Refused("This import is set aside already.")
        if run.state in (ImportRun.State.WAITING, ImportRun.State.RUNNING):
            raise Refused("This import is not over. Wait until it is finished, or cancel it.")
        _refuse_where_quoted(run)
        decision = decide("set aside", run, by=by, reason=reason)
        row = SetAside.objects.create(import_run=run, reason=reason, decision=decision)
        copied: set[int] = set()
        revising.set_aside(run, copied.update)
        _follow_texts(run, copied, decision)
        return row


def bring_back(run: ImportRun, *, by: User, reason: str) -> None:
    """Let an import that was set aside count again."""
    authorise(by, "curation.add_setaside")
    reason = entering.words("reason", reason, needed="Write why this import is brought back.")
    with one_writer():
        row = run.set_asides.in_force().first()
        if row is None:
            raise Refused("This import is not set aside.")
        supersede(row)
        decision = decide("bring back", run, by=by, reason=reason)
        copied: set[int] = set()
        revising.bring_back(run, copied.update)
        _follow_texts(run, copied, decision)


# --- what the verbs share -----------------------------------------------------------------------


def _follow_texts(run: ImportRun, copied: set[int], decision: Decision) -> None:
    """Other texts may be current now, and other documents copies."""
    seen = Document.objects.filter(captures__sightings__import_run=run).distinct()
    for capture in Capture.objects.filter(pk__in=seen.order_by().values("current_capture")):
        anchoring.find_missing(capture)
    if documents := copied | set(seen.values_list("pk", flat=True)):
        follow(decision, copying.resting_on_chains(documents))


def _evidence_seen_in(run: ImportRun) -> QuerySet[Evidence]:
    return Evidence.objects.in_force().filter(quote__capture__sightings__import_run=run)


def _refuse_where_quoted(run: ImportRun) -> None:
    """What another import that counts has seen too stays on the desk, quoted or not."""
    elsewhere = (
        ImportRun.objects.counting()
        .exclude(pk=run.pk)
        .filter(sightings__capture__isnull=False)
        .values("sightings__capture")
    )
    quoted = _evidence_seen_in(run).exclude(quote__capture__in=elsewhere)
    titles = sorted(set(quoted.values_list("quote__capture__document__title", flat=True)))
    if titles:
        raise Refused(
            f"Claims rest on what this import brought: {'; '.join(titles[:3])}"
            f"{' and others' if len(titles) > 3 else ''}. Withdraw that evidence first."
        )


def _address(url: str) -> str:
    url = entering.line("url", url)
    if url and not url.startswith(("http://", "https://")):
        raise ValidationError({"url": "An address begins with https:// or http://."})
    return url


def _values(of: Document | Description) -> dict:
    return {
        "title": of.title,
        "source": of.source,
        "published": of.published,
        "published_basis": of.published_basis,
        "url": of.url,
        "origin_entity": of.origin_entity,
        "origin_words": of.origin_words,
    }


def _told(of: Document | Description) -> dict[str, object]:
    """As the ledger tells it: keys for rows."""
    values = _values(of)
    return values | {"source": of.source_id, "origin_entity": of.origin_entity_id}


def _told_of_source(source: Source) -> dict[str, object]:
    return {"name": source.name, "host": source.host, "owner": source.owner_id}
