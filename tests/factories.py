"""Plain factories: each makes the smallest valid row; a test names only what it is about.

They write rows directly. What a person does is tested through the verbs.
"""

import itertools
import uuid
import zlib
from datetime import UTC, datetime

from django.contrib.auth.models import Group, User

from corpus.models import (
    Alias,
    Capture,
    CopyEdge,
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
from curation import drafting, gate, marking, patterns, standings, workflow
from curation.confirming import to_confirm
from curation.gathering import gather, prose_of
from curation.ledger import canonical, decide, one_writer
from curation.models import (
    Address,
    Alert,
    Anchor,
    Assessment,
    Claim,
    CopyVerdict,
    Edition,
    EditionClaim,
    EditionParty,
    EditionQuote,
    Evidence,
    Finding,
    Link,
    Notice,
    Outcome,
    Page,
    Partnership,
    PartnershipState,
    Party,
    Quote,
    SourceGrade,
    Summary,
)
from curation.sealing import seal

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
    kwargs.setdefault("alive_at", kwargs["started_at"])
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
        capture=capture,
        import_run=run or make_run(),
        original=original,
        collected_at=collected_at,
        path=document.path,
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


def make_copy(one, other, *, score=0.9, **kwargs):
    """An edge between two documents, as the machine finds it."""
    a, b = sorted((one, other), key=lambda each: each.pk)
    return CopyEdge.objects.create(a=a, b=b, score=score, algorithm=1, **kwargs)


def make_copy_verdict(one, other, word="same_story", **kwargs):
    a, b = sorted((one, other), key=lambda each: each.pk)
    kwargs.setdefault("reason", "" if word == "same_story" else "Each has its own interview.")
    return CopyVerdict.objects.create(a=a, b=b, word=word, decision=make_decision(a), **kwargs)


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


def make_sentence(n, words, *claims, **kwargs):
    """A sentence as editions hold it; it stands as the first of its claims."""
    said = {"n": n, "text": words, "html": words, "claims": [claim["id"] for claim in claims]}
    rest = {"editorial": not claims, "unknown": []}
    standing = claims[0]["standing"] if claims else None
    return said | {"standing": standing} | rest | kwargs


def make_told(standing="reported", words="ESA and NASA agreed.", **kwargs):
    """A claim as editions hold it, with one quote of one document beside it."""
    n = next(COUNT)
    document = {
        "id": n,
        "title": f"Document {n}",
        "source": "ESA Press",
        "grade": "B",
        "grade_words": "B: usually reliable",
        "published": "2022-03-17",
        "published_basis": "stated",
        "url": f"https://news.example.org/{n}",
        "origin": "ESA",
    }
    quote = {
        "id": n,
        "exact": f"The agencies agreed ({n}).",
        "prefix": "On Thursday it was said: ",
        "suffix": " The rest is silence.",
        "exact_sha256": digest(f"The agencies agreed ({n})."),
        "document": n,
        "start": 25,
        "end": 50,
        "reliability": "news",
        "credibility": 2,
        "credibility_words": "2: specific, attributed, fits",
    }
    evidence = {
        "quote": n,
        "stance": "supports",
        "weight": "firm",
        "counts": True,
        "why": "news from a source graded B, credibility 2",
        "origin": "ESA",
        "own_record_of": [],
    }
    claim = {
        "id": n,
        "key": f"c{n}",
        "number": n,
        "words": words,
        "told_as": "fact",
        "said_by": {"name": "ESA", "slug": None},
        "acting": [],
        "date": "2022-03-17",
        "as_of": "",
        "attribute": "",
        "value": "",
        "replaces": None,
        "replaced_because": "",
        "currency": "current",
        "standing": standing,
        "why": ["one origin, ESA", "source graded B"],
        "evidence": [evidence],
        "quotes": [quote],
        "documents": [document],
    }
    return claim | kwargs


def make_content(title="ESA and NASA on the rover", *, claims=None, text=None, **kwargs):
    """What an edition holds: a title, a standfirst and a paragraph of one sentence a claim."""
    claims = [make_told()] if claims is None else claims
    text = text or [f"Sentence on claim {claim['key']}." for claim in claims]
    said = [make_sentence(n, words, claims[n - 3]) for n, words in enumerate(text, 3)]
    content = {
        "format": 1,
        "rule_version": "1",
        "n": 1,
        "kind": "first",
        "note": "",
        "published": "2026-03-01T12:00:00Z",
        "partnership": {"uid": str(uuid.uuid4()), "name": title, "succeeds": None},
        "title": [make_sentence(1, title)],
        "standfirst": [make_sentence(2, "What the agencies agreed.")],
        "blocks": [{"kind": "paragraph", "level": None, "list": None, "sentences": said}],
        "state": "active",
        "states": [],
        "parties": [],
        "claims": [_without(claim, "quotes", "documents") for claim in claims],
        "quotes": [quote for claim in claims for quote in claim["quotes"]],
        "documents": [document for claim in claims for document in claim["documents"]],
        "left_out": [],
    }
    return content | kwargs


def _without(row, *names):
    return {name: value for name, value in row.items() if name not in names}


def told_party(entity, *claims, role="partner", **kwargs):
    """A party as editions hold it."""
    return {
        "entity": entity.pk,
        "slug": entity.slug,
        "name": entity.name,
        "kind": entity.kind,
        "identity": entity.identity,
        "role": role,
        "since": "",
        "until": "",
        "claims": [claim["id"] for claim in claims],
        "standing": "reported",
    } | kwargs


def make_edition(partnership, content, *, n=1, kind="first", note="", published_at=NOON):
    """Put an edition on the shelf with its index rows, as publishing does."""
    named = content["partnership"] | {"uid": str(partnership.uid)}
    content = content | {"n": n, "kind": kind, "note": note, "partnership": named}
    edition = Edition.objects.create(
        partnership=partnership,
        n=n,
        kind=kind,
        note=note,
        state=content["state"],
        rule_version=content["rule_version"],
        title=" ".join(sentence["text"] for sentence in content["title"]),
        text=canonical(content),
        hash=seal(content),
        published_at=published_at,
        decision=make_decision(partnership),
    )
    _index(edition, content)
    return edition


def _index(edition, content):
    standing = {claim["id"]: claim["standing"] for claim in content["claims"]}
    blocks = [{"sentences": content["title"] + content["standfirst"]}, *content["blocks"]]
    for sentence in [sentence for block in blocks for sentence in block["sentences"]]:
        for claim in sentence["claims"]:
            EditionClaim.objects.create(
                edition=edition, claim_id=claim, sentence=sentence["n"], standing=standing[claim]
            )
    for quote in content["quotes"]:
        EditionQuote.objects.create(
            edition=edition, quote_id=quote["id"], document_id=quote["document"]
        )
    for party in content["parties"]:
        EditionParty.objects.create(edition=edition, entity_id=party["entity"], role=party["role"])
        Address.objects.get_or_create(
            kind="entity",
            slug=party["slug"],
            defaults={
                "entity_id": party["entity"],
                "leads_to": party["entity"],
                "name": party["name"],
            },
        )


def make_page(content=None, *, slug="", partnership=None, published_at=NOON, **kwargs):
    """A published page; further editions come from republish()."""
    content = content or make_content(kwargs.pop("title", f"Partnership page {next(COUNT)}"))
    partnership = partnership or make_partnership()
    edition = make_edition(partnership, content, published_at=published_at)
    page = Page.objects.create(
        partnership=partnership,
        edition=edition,
        slug=slug or f"page-{next(COUNT)}",
        first_published_at=published_at,
        **{"updated_at": published_at} | kwargs,
    )
    Address.objects.create(kind="partnership", slug=page.slug, page=page)
    return page


def republish(page, content=None, *, kind="update", note="", published_at=NOON):
    """Put the next edition of a page on the shelf."""
    content = content or page.edition.content
    n = page.edition.n + 1
    page.edition = make_edition(
        page.partnership, content, n=n, kind=kind, note=note, published_at=published_at
    )
    page.version += 1
    if kind != "clarification":
        page.updated_at = published_at
    page.status = Page.Status.USABLE
    page.save()
    return page


def make_withdrawn(page, words="It no longer stands.", *, status="withdrawn", opened_at=NOON):
    """Withdraw a page, or take it down as published in error (status gone)."""
    page.status = status
    page.version += 1
    page.save()
    return Notice.objects.create(
        page=page,
        edition=page.edition,
        kind=Notice.Kind.ERROR if status == "gone" else Notice.Kind.WITHDRAWAL,
        words=words,
        opened_at=opened_at,
        decision=make_decision(page),
    )


def make_notice(page, words="It was reported, and is doubtful now.", **kwargs):
    """An open notice that evidence moved under the page."""
    kwargs.setdefault("opened_at", NOON)
    return Notice.objects.create(
        page=page,
        edition=page.edition,
        kind=Notice.Kind.EVIDENCE,
        words=words,
        decision=make_decision(page),
        **kwargs,
    )


def make_draft(partnership=None, *, claims=None, by=None, title="", standfirst="", text=None):
    """A saved draft, by the verbs: each claim (else one reported one) told in a sentence."""
    if claims is None:
        claims = [make_claim(partnership=partnership, quotes=[make_news()])]
    standings.refresh(claims)
    partnership = partnership or claims[0].partnership
    by = by or make_user("contributor")
    if text is None:
        told = "According to ESA, the agencies agreed on {key}. [@{key}]"
        text = " ".join(told.format(key=claim.key) for claim in claims)
    summary = Summary.objects.filter(partnership=partnership).first()
    summary = summary or drafting.start(partnership, by=by)
    title = title or partnership.name
    drafting.save(summary, by=by, seen=summary.n, title=title, standfirst=standfirst, text=text)
    return summary


def answer_objections(summary):
    """Mark whole sentences as the answer to whatever is objected to them."""
    by = make_user("contributor")
    telling = gather(summary)
    length = {each.n: len(each.text) for each in telling.prose.sentences}
    return [
        marking.mark(
            summary,
            by=by,
            seen=summary.n,
            sentence=each.sha256,
            objection=each.code,
            standing=each.standing,
            start=0,
            end=length[each.sentence],
        )
        for each in gate.unanswered(gate.objections(telling))
    ]


def make_approved(summary=None, *, reviewer=None, **kwargs):
    """Submit a draft and have it approved by somebody who did not write it."""
    summary = summary or make_draft(**kwargs)
    answer_objections(summary)
    workflow.submit(summary, by=make_user("contributor"), seen=summary.n)
    by = reviewer or make_user("editor")
    workflow.approve(summary, by=by, seen=summary.n, confirmed=ticks(summary))
    return summary


def make_ready(summary, reviewer, author=None):
    """Bring a summary that was published, refused or lapsed back to approved, with news in it."""
    summary.refresh_from_db()
    if summary.state == "approved":
        workflow.send_back(summary, by=reviewer, seen=summary.n, reason="Again.")
    if summary.state == "draft":
        make_draft(
            summary.partnership,
            claims=[summary.partnership.claims.get()],
            by=author,
            standfirst="Looked at again. [@editorial] " * (1 + summary.n % 7),
        )
        summary.refresh_from_db()
        workflow.submit(summary, by=reviewer, seen=summary.n)
    workflow.approve(summary, by=reviewer, seen=summary.n, confirmed=ticks(summary))


def ticks(summary):
    """The digests of all sentences that a reviewer confirms."""
    return [each.sha256 for each in to_confirm(prose_of(summary.latest))]


def make_published(summary=None, *, publisher=None, kind="", note="", **kwargs):
    """Carry a draft through to its next edition."""
    summary = make_approved(summary, **kwargs)
    publisher = publisher or make_user("publisher")
    return workflow.publish(summary, by=publisher, seen=summary.n, kind=kind, note=note)


def make_alert(claim=None, holder=None, **kwargs):
    """An open alert: a decision moved a claim under a draft, or under an edition."""
    claim = claim or make_claim()
    holder = holder or make_draft(claims=[claim])
    kind = "edition" if isinstance(holder, Edition) else "summary"
    values = {
        "cause_kind": "decision",
        "cause_id": make_decision(claim).pk,
        "holder_kind": kind,
        "holder_id": holder.pk,
        "severity": "major",
        "moved": canonical([["grade", None, "B", "E"]]),
        "word_before": "reported",
        "word_after": "doubtful",
        "opened_at": NOON,
    }
    return Alert.objects.create(claim=claim, **values | kwargs)


def make_anchor(quote, capture=None, state="lost", **kwargs):
    return Anchor.objects.create(
        quote=quote, capture=capture or quote.capture, state=state, **kwargs
    )


def make_finding(partnership=None, kind="searched", **kwargs):
    partnership = partnership or make_partnership()
    values = {
        "words": "agreements of ESA and NASA on a lander",
        "place": "the register of agreements",
        "date": "2026-03-01",
        "outcome": "not found",
        "result": "No such agreement was found.",
    }
    decision = make_decision(partnership)
    return Finding.objects.create(
        partnership=partnership, kind=kind, decision=decision, **values | kwargs
    )


def make_outcome(claim, word="happened", **kwargs):
    kwargs.setdefault("reason", "" if "by_claim" in kwargs else "The desk saw it.")
    return Outcome.objects.create(claim=claim, word=word, decision=make_decision(claim), **kwargs)


def make_pattern(words="Leave us a word.", fits="whole", reason="A prompt.", by=None):
    return patterns.add(words, fits, reason, by=by or make_user("editor"))
