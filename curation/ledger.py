"""The ledger: every decision is one line, chained to the line before with a keyed hash."""

import hashlib
import hmac
import json
import uuid
from datetime import UTC
from functools import singledispatch

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.utils import timezone

from corpus.models import Passage
from corpus.writer import one_writer
from curation.models import Decision, Evidence, Quote

__all__ = [
    "Refused",
    "authorise",
    "canonical",
    "decide",
    "latest_about",
    "new_act",
    "one_writer",
    "refuse_unseen",
    "supersede",
]

FIRST = "0" * 64  # what the first line is chained to
FASTER = "Somebody else decided this in the meantime. Reload the page and look again."


class Refused(Exception):
    """An act that the desk does not do; the message tells the editor why and what to do."""


def authorise(by: User, permission: str) -> None:
    """Raise PermissionDenied unless the person may do this."""
    if not by.is_active or not by.has_perm(permission):
        raise PermissionDenied(f"{by.get_username()} may not do this ({permission}).")


def new_act() -> uuid.UUID:
    """An id for one click, shared by every line that it writes."""
    return uuid.uuid4()


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces: the same text for the same value, always."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def decide(
    act: str,
    subject: models.Model,
    *,
    by: User,
    before: object = None,
    after: object = None,
    reason: str = "",
    act_id: uuid.UUID | None = None,
    label: str = "",
) -> Decision:
    """Write the next line. Call it inside one_writer(), in the transaction of the act itself.

    `label` names the subject where its own name must not be told.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A decision is written inside one_writer().")
    last = Decision.objects.order_by("-seq").first()
    seq = last.seq + 1 if last else 1
    line = Decision(
        pk=seq,  # or the hash would not tell which rows name this line
        seq=seq,
        at=timezone.now(),
        by=by,
        act=act,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=(label or label_of(subject))[:200],
        before="" if before is None else canonical(before),
        after="" if after is None else canonical(after),
        reason=reason,
        act_id=act_id or new_act(),
        key_id=key_id(),
        prev=last.hash if last else FIRST,
    )
    line.words_sha256 = words_digest(line)
    line.hash = keyed_hash(line)
    line.save(force_insert=True)
    return line


@singledispatch
def label_of(subject: models.Model) -> str:
    """How the ledger names what a line is about. Words of others stay out of it: they may have to
    be removed one day, and a line is kept for ever."""
    return str(subject)


@label_of.register
def _(passage: Passage) -> str:
    before = Passage.objects.filter(capture=passage.capture_id, start__lt=passage.start)
    return f"passage {before.count() + 1} of document {passage.capture.document_id}"


@label_of.register
def _(quote: Quote) -> str:
    return f"words {quote.start}–{quote.end} of document {quote.capture.document_id}"


@label_of.register
def _(evidence: Evidence) -> str:
    return f"{evidence.claim.key} ← {label_of(evidence.quote)}"


def supersede(row: models.Model) -> None:
    """Take a decided row out of force, or refuse: somebody else was faster."""
    changed = type(row)._base_manager.filter(pk=row.pk, superseded_at=None)
    if not changed.update(superseded_at=timezone.now()):
        raise Refused(FASTER)


def latest_about(subject: models.Model) -> int | None:
    """The last decision about something: what the editor of a form has seen of it."""
    return Decision.objects.about(subject).order_by("-seq").values_list("pk", flat=True).first()


def refuse_unseen(subject: models.Model, seen: int | None) -> None:
    """Refuse when a decision came since the last one that the editor saw."""
    if latest_about(subject) != seen:
        raise Refused(FASTER)


def key_id(key: str = "") -> str:
    """Tells which key a line was hashed with, without telling the key."""
    key = key or settings.LEDGER_KEY
    return hashlib.sha256(b"ledger key id:" + key.encode()).hexdigest()[:8]


def words_digest(line: Decision) -> str:
    words = [line.subject_label, line.before, line.after, line.reason]
    return hashlib.sha256(canonical(words).encode()).hexdigest()


def keyed_hash(line: Decision, key: str = "") -> str:
    """HMAC-SHA256 of all that a line says, its words by their digest alone."""
    told = [
        line.seq,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.by_id,
        line.act,
        line.subject_kind,
        line.subject_id,
        str(line.act_id),
        line.words_sha256,
        line.key_id,
        line.prev,
    ]
    secret = (key or settings.LEDGER_KEY).encode()
    return hmac.new(secret, canonical(told).encode(), hashlib.sha256).hexdigest()
