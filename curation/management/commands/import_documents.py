"""Import collected documents from files and folders; it only talks, corpus.importing works."""

import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.dateparse import parse_date, parse_datetime

from corpus.importing import limits, pipeline
from corpus.importing.readers import read
from corpus.importing.readers.folders import printable
from corpus.models import ImportRun
from curation import assessing, copying


class Command(BaseCommand):
    help = (
        "Import .txt files, and folders of them. What cannot be imported is kept with the "
        "reason. Hidden files in a folder (their name begins with a full stop) are left out "
        f"and counted. A document has at most {limits.DOCUMENT // limits.MB} MB. Ctrl-C and "
        "SIGTERM stop it once what was read is stored; a second one stops it there and then."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a .txt file or a folder")
        parser.add_argument("--source", default="", metavar="NAME", help="who published them")
        parser.add_argument(
            "--collected-at",
            default="",
            metavar="DATE",
            help="when they were collected, such as 2026-03-01 or 2026-03-01T12:00Z; else now",
        )

    def handle(self, *args, paths, source, collected_at, **options):
        if len(source) > limits.SOURCE_NAME:
            raise CommandError(f"A source's name has at most {limits.SOURCE_NAME} characters.")
        moment = read_moment(collected_at) if collected_at else None
        self.hidden: list[str] = []
        self.outcomes: list[pipeline.Outcome] = []
        with listening() as asked:
            try:
                run = pipeline.run(
                    read(map(Path, paths), on_hidden=self.hidden.append),
                    label=" ".join(map(printable, paths)),
                    source_name=source,
                    collected_at=moment,
                    after_store=assessing.text_collected,
                    after_copies=copying.copies_found,
                    on_outcome=self.progress,
                    asked_to_stop=lambda: bool(asked),
                )
            except DatabaseError as error:
                raise self.stopped(f"because of the database ({error})") from error
            except KeyboardInterrupt as error:
                raise self.stopped("at once, as asked", exit_code(asked)) from error
        if run.state == ImportRun.State.STOPPED:
            raise self.stopped("as asked", exit_code(asked))
        self.report(run)
        if missing := [path for path in paths if not os.path.lexists(path)]:
            raise CommandError(f"There is nothing at {', '.join(map(printable, missing))}.")
        if not run.read:
            raise CommandError("Nothing was found that could be read.")

    def stopped(self, why, code=1):
        counts = Counter(outcome.word for outcome in self.outcomes)
        totals = ", ".join(f"{counts[word]:,} {word}" for word in pipeline.WORDS)
        return CommandError(
            f"The import stopped, {why}; what was stored stays ({len(self.outcomes):,} read: "
            f"{totals}), and importing the same again goes on.",
            returncode=code,
        )

    def progress(self, outcome):
        self.outcomes.append(outcome)
        if len(self.outcomes) % limits.BATCH_DOCUMENTS == 0:
            self.stdout.write(f"{len(self.outcomes):,} read …")
            self.stdout.flush()

    def report(self, run):
        for word in pipeline.WORDS:
            self.list_those([outcome for outcome in self.outcomes if outcome.word == word])
        if self.hidden:
            self.stdout.write(f"Hidden, and so left out: {', '.join(self.hidden)}")
        self.stdout.write(
            f"Import {run.pk}: {run.read:,} read, {run.new:,} new, {run.unchanged:,} unchanged, "
            f"{run.changed:,} changed, {run.rejected:,} rejected; {run.mended:,} were mended, "
            f"{len(self.hidden):,} hidden left out."
        )

    def list_those(self, outcomes):
        if outcomes:
            self.stdout.write(f"{outcomes[0].word.capitalize()}:")
        for outcome in outcomes:
            number = f" (document {outcome.document_id})" if outcome.document_id else ""
            self.stdout.write(f"  {outcome.name}{number}")
            for words in outcome.words:
                self.stdout.write(f"    {words}")


@contextmanager
def listening() -> Iterator[list[int]]:
    """Note in a list the signals that ask to stop; the second one interrupts."""
    asked: list[int] = []

    def note(signum, frame):
        asked.append(signum)
        if len(asked) == 2:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield asked  # Python hands signals to the main thread alone
        return
    before = {name: signal.signal(name, note) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def exit_code(asked: list[int]) -> int:
    """130 after Ctrl-C, 143 after SIGTERM, as shells have it."""
    return 128 + (asked[0] if asked else signal.SIGINT)


def read_moment(text: str) -> datetime:
    """Return the moment that was written; a day alone is its beginning, all in UTC."""
    try:
        moment = parse_datetime(text) if len(text) > len("2026-03-01") else None
        day = parse_date(text) if moment is None else None
    except ValueError:
        moment = day = None
    if day:
        moment = datetime.combine(day, time())
    if moment is None:
        raise CommandError(
            f"--collected-at {text!r} is no date; write 2026-03-01 or 2026-03-01T12:00Z."
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
