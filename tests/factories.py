"""Plain factories: each makes the smallest valid row; a test names only what it is about.

They write rows directly. What a person does is tested through the verbs.
"""

import itertools
import zlib
from datetime import UTC, datetime

from django.contrib.auth.models import Group, User

from corpus.models import (
    Alias,
    Capture,
    Document,
    Entity,
    ImportRun,
    Mention,
    Original,
    Passage,
    Sighting,
    Source,
)
from corpus.text.fingerprint import digest
from corpus.text.segment import segment
from curation.ledger import decide, one_writer
from curation.models import (
    Assessment,
    Claim,
    Evidence,
    Link,
    Partnership,
    PartnershipState,
    Party,
    Quote,
    SourceGrade,
)

COUNT = itertools.count(1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PASSWORD = "correct horse battery"


def make_user(role="editor", **kwargs):
    n = next(COUNT)
    user = User.objects.create(
        **{"username": f"{role}{n}", "is_staff": True, "password": "!"} | kwargs
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return User.objects.get(pk=user.pk)


def make_decision(subject=None, *, by=None, act="test"):
    by = by or make_user()
    with one_writer():
        return decide(act, subject or by, by=by)


def make_entity(name="ESA", *, aliases=(), **kwargs):
    kwargs.setdefault("kind", Entity.Kind.AGENCY)
    kwargs.setdefault("slug", f"entity-{next(COUNT)}")
    kwargs.setdefault("identity", Entity.Identity.CONFIRMED)
    entity = Entity.objects.create(name=name, **kwargs)
    for text in {name, *aliases}:
        Alias.objects.create(entity=entity, text=text)
    return entity


def make_source(name="", *, grade="", **kwargs):
    source = Source.objects.create(name=name or f"Source {next(COUNT)}", **kwargs)
    if grade:
        SourceGrade.objects.create(
            source=source, grade=grade, reason="Known well.", decision=make_decision(source)
        )
    return source


def make_run(**kwargs):
    kwargs.setdefault("label", "test")
    kwargs.setdefault("started_at", NOON)
    kwargs.setdefault("state", ImportRun.State.FINISHED)
    return ImportRun.objects.create(**kwargs)


def make_document(text="ESA and NASA agreed. They will fly.", *, run=None, **kwargs):
    n = next(COUNT)
    kwargs.setdefault("title", f"Document {n}")
    kwargs.setdefault("path", f"{n}.txt")
    document = Document.objects.create(**kwargs)
    document.current_capture = make_capture(document, text, run=run)
    document.save()
    return document


def make_capture(document, text, *, run=None, collected_at=NOON):
    raw = text.encode()
    original, _ = Original.objects.get_or_create(
        sha256=digest(text), defaults={"content": zlib.compress(raw), "size": len(raw)}
    )
    capture = Capture.objects.create(
        document=document,
        original=original,
        text=text,
        text_sha256=digest(text),
        title=document.title,
        extractor="test",
    )
    Sighting.objects.create(
        capture=capture, import_run=run or make_run(), collected_at=collected_at, path=document.path
    )
    for cut in segment(text):
        make_passage(capture, cut.start, cut.end, kind=cut.kind)
    return capture


def make_passage(capture, start, end, **kwargs):
    text = capture.text[start:end]
    kwargs.setdefault("kind", Passage.Kind.SENTENCE)
    kwargs.setdefault("made_by", "test")
    return Passage.objects.create(
        capture=capture, start=start, end=end, text=text, text_sha256=digest(text), **kwargs
    )


def passages_of(document):
    return list(document.current_capture.passages.all())


def make_mention(document, words, entity):
    capture = document.current_capture
    start = capture.text.index(words)
    return Mention.objects.create(
        capture=capture,
        start=start,
        end=start + len(words),
        entity=entity,
        alias=entity.aliases.first(),
        passage=capture.passages.get(start__lte=start, end__gte=start + len(words)),
    )


def make_assessment(of, reliability="news", **kwargs):
    """Label a passage, or a document's current capture."""
    target = {"passage": of} if isinstance(of, Passage) else {"capture": of.current_capture}
    return Assessment.objects.create(
        reliability=reliability, decision=make_decision(of), **target, **kwargs
    )


def make_link(document, name, entity, verdict="is", **kwargs):
    return Link.objects.create(
        document=document,
        name=name,
        entity=entity,
        verdict=verdict,
        decision=make_decision(document),
        **kwargs,
    )


def make_quote(document=None, words=""):
    """Quote the words, or the first passage, of a document's current capture."""
    capture = (document or make_document()).current_capture
    words = words or capture.passages.first().text
    start = capture.text.index(words)
    end = start + len(words)
    return Quote.objects.create(
        capture=capture,
        start=start,
        end=end,
        exact=words,
        prefix=capture.text[max(0, start - 32) : start],
        suffix=capture.text[end : end + 32],
        exact_sha256=digest(words),
    )


def make_partnership(name="", **kwargs):
    return Partnership.objects.create(name=name or f"Partnership {next(COUNT)}", **kwargs)


def make_claim(*, quotes=(), acting=(), **kwargs):
    partnership = kwargs.pop("partnership", None) or make_partnership()
    claim = Claim.objects.create(
        partnership=partnership,
        decision=make_decision(partnership),
        **{"words": "ESA and NASA agreed."} | kwargs,
    )
    claim.acting.set(acting)
    for quote in quotes:
        make_evidence(claim, quote)
    return claim


def make_evidence(claim, quote=None, *, ticked=True, own_record_of=(), **kwargs):
    decision = make_decision(claim)
    evidence = Evidence.objects.create(
        claim=claim,
        quote=quote or make_quote(),
        decision=decision,
        ticked=decision if ticked else None,
        **kwargs,
    )
    evidence.own_record_of.set(own_record_of)
    return evidence


def make_news(text="ESA and NASA agreed.", *, grade="B", credibility=2, **kwargs):
    """A quote of a labelled news passage from a graded source: firm by default."""
    source = kwargs.pop("source", None) or make_source(grade=grade)
    document = make_document(text, source=source, **kwargs)
    quote = make_quote(document)
    for passage in passages_of(document):
        make_assessment(passage, credibility=credibility)
    return quote


def make_party(partnership, entity=None, *, claims=(), **kwargs):
    party = Party.objects.create(
        partnership=partnership,
        entity=entity or make_entity(),
        decision=make_decision(partnership),
        **kwargs,
    )
    party.claims.set(claims)
    return party


def make_state(partnership, word="active", *, claims=(), **kwargs):
    state = PartnershipState.objects.create(
        partnership=partnership, word=word, decision=make_decision(partnership), **kwargs
    )
    state.claims.set(claims)
    return state
