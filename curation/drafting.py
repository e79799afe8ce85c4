"""Write a summary: open the one of a partnership, save its revisions."""

from html import unescape

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from curation import alerting, entering, markdown
from curation.gathering import finding_number, number, prose_of, read_once
from curation.ledger import Refused, authorise, decide, one_writer
from curation.markdown import storable
from curation.models import Citation, Partnership, Revision, Summary
from curation.moves import LAPSE, MoveRefused, as_seen, close_approvals
from curation.sealing import seal


def start(partnership: Partnership, *, by: User) -> Summary:
    """Open the one summary of a partnership."""
    authorise(by, "curation.add_summary")
    with one_writer():
        if Summary.objects.filter(partnership=partnership).exists():
            raise Refused("There is a summary of this partnership already: continue that one.")
        summary = Summary.objects.create(partnership=partnership)
        decide("start", summary, by=by)
    return summary


def save(
    summary: Summary, *, by: User, seen: int | None, title: str, standfirst: str, text: str
) -> Revision:
    """Save the next revision, unless somebody else did since revision `seen` was loaded.

    A draft stays a draft and a text in review stays in review (whoever saves it there
    becomes an author); an approval lapses. Saving what is there already writes nothing.
    """
    authorise(by, "curation.change_summary")
    words = _words(title, standfirst, text)
    read_once(**words)  # before the lock: reading long text takes its time
    with one_writer():
        now = as_seen(summary, seen)
        current = now.latest
        if current and [current.title, current.standfirst, current.text] == list(words.values()):
            return current
        revision = _save_over(now, words, by)
        summary.refresh_from_db()
    return revision


def _save_over(was: Summary, words: dict[str, str], by: User) -> Revision:
    """Compare and swap on n, then write the revision."""
    n, state = was.n + 1, LAPSE.target if was.state in LAPSE.sources else was.state
    if not Summary.objects.filter(pk=was.pk, n=was.n).update(n=n, state=state):
        raise MoveRefused("Somebody else was faster. Nothing was overwritten: reload the page.")
    revision = _new_revision(was, n, words, by)
    decision = decide(
        "save",
        was,
        by=by,
        before={"n": was.n, "state": was.state},
        after={"n": n, "state": state, "words": revision.words_sha256},
    )
    close_approvals(was, f"{by} saved revision {n}.")
    alerting.saved(was, revision, decision)
    return revision


def _words(title: str, standfirst: str, text: str) -> dict[str, str]:
    given = {"title": title, "standfirst": standfirst, "text": text}
    words = {name: storable(value).strip() for name, value in given.items()}
    longest = {
        "title": markdown.LONGEST_TITLE,
        "standfirst": markdown.LONGEST_STANDFIRST,
        "text": markdown.LONGEST,
    }
    errors = {
        name: f"This has {len(words[name]):,} characters; a {name} has at most {most:,}."
        for name, most in longest.items()
        if len(words[name]) > most
    }
    if errors:
        raise ValidationError(errors)
    for name, value in words.items():
        entering.refuse_reordering(name, unescape(value))  # Markdown shows &#8238; as what it is
    return words


def _new_revision(summary: Summary, n: int, words: dict[str, str], by: User) -> Revision:
    revision = Revision.objects.create(
        summary=summary,
        n=n,
        by=by,
        at=timezone.now(),
        words_sha256=seal(words),
        **words,
    )
    _store_citations(revision)
    return revision


def _store_citations(revision: Revision) -> None:
    """A row for each key of each sentence, also for one that leads nowhere here."""
    sentences = prose_of(revision).sentences
    ids = {number(key) for sentence in sentences for key in sentence.keys} - {0}
    claims = revision.summary.partnership.claims.filter(pk__in=ids)
    here = set(claims.values_list("pk", flat=True))
    noted = {finding_number(key) for sentence in sentences for key in sentence.keys} - {0}
    findings = revision.summary.partnership.findings.in_force().filter(pk__in=noted)
    found = set(findings.values_list("pk", flat=True))
    Citation.objects.bulk_create(
        Citation(
            revision=revision,
            part=sentence.part,
            sentence=sentence.place,
            key=key,
            claim_id=number(key) if number(key) in here else None,
            finding_id=finding_number(key) if finding_number(key) in found else None,
        )
        for sentence in sentences
        for key in sentence.keys
    )
