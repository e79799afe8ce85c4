"""Import collected documents from files and folders; it only talks, corpus.importing works."""

import os
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from corpus.importing import claims, jobs, limits, looking, telling
from corpus.importing.readers import fields, formats, read
from corpus.importing.readers.folders import printable
from corpus.models import ImportRun
from corpus.writer import one_writer
from curation import entering
from curation.management import progress, stopping
from curation.tasks import told_of_imports

LISTED = 200  # names of a kind in the report; the desk shows all
ENDINGS = ", ".join(formats.BY_ENDING)


class Command(BaseCommand):
    help = (
        f"Import files ({ENDINGS}), and folders of them. What cannot be imported is kept with "
        "the reason. Hidden files in a folder (their name begins with a full stop) are left out "
        f"and counted. A document has at most {limits.DOCUMENT // limits.MB} MB. Ctrl-C and "
        "SIGTERM stop it once what was read is stored; a second one stops it there and then."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="*", metavar="PATH", help="a file or a folder")
        parser.add_argument("--source", default="", metavar="NAME", help="who published them")
        parser.add_argument(
            "--collected-at",
            default="",
            metavar="DATE",
            help="when they were collected, such as 2026-03-01 or 2026-03-01T12:00Z; else now",
        )
        parser.add_argument(
            "--field",
            action="append",
            default=[],
            metavar="VALUE=NAME",
            help="the field of a row or table in which a value stands, such as text=story",
        )
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument(
            "--dry-run",
            action="store_true",
            help=f"show the first {limits.LOOKED_AT} items as they would come in; write nothing",
        )
        instead.add_argument(
            "--retry", type=int, metavar="RUN", help="import the rejects of an import again"
        )
        instead.add_argument(
            "--resume", type=int, metavar="RUN", help="go on with an import that stopped"
        )

    def handle(self, *args, paths, retry, resume, dry_run, **options):
        self.left_out: list[str] = []
        if retry or resume:
            if paths:
                raise CommandError("--retry and --resume read what their import read: no PATH.")
            run = to_retry(retry) if retry else to_resume(resume)
        else:
            told = self.asked(paths, **options)
            if dry_run:
                self.look(told)
                return
            run = jobs.wait(label=" ".join(map(printable, paths)), **told)
        self.work(run)

    def asked(self, paths, source, collected_at, field, **options):
        """What was asked, checked before anything is made."""
        if not paths:
            raise CommandError("Say what to import: a file or a folder.")
        if len(source) > limits.SOURCE_NAME:
            raise CommandError(f"A source's name has at most {limits.SOURCE_NAME} characters.")
        if missing := [path for path in paths if not os.path.lexists(path)]:
            there = ", ".join(map(printable, missing))
            raise CommandError(f"There is nothing at {there}. Nothing was imported.")
        try:
            mapped = fields.mapping(field)
            moment = entering.moment(collected_at)
        except ValueError as error:
            raise CommandError(f"{error} Nothing was imported.") from error
        told = {"source_name": source, "collected_at": moment, "fields": mapped}
        told["paths"] = [Path(path) for path in paths]
        if next(read(told["paths"], fields=mapped), None) is None:
            raise CommandError("Nothing was found that could be read. Nothing was imported.")
        return told

    def look(self, told):
        look = looking.look(told["paths"], told["source_name"], fields=told["fields"])
        for item in look.items:
            self.stdout.write(f"{item.name}: {item.would}")
            for words in item.in_words():
                self.stdout.write(f"    {words}")
        self.stdout.write(f"{look.unseen} Nothing was written.".strip())

    def work(self, run):
        self.told: dict[str, list] = {word: [] for word in telling.WORDS}
        self.counts: Counter[str] = Counter()
        with stopping.listening() as asked, progress.shown(run, self.stdout) as tell:

            def on_outcome(outcome):
                self.note(outcome)
                tell()

            try:
                jobs.work(
                    run,
                    on_left_out=self.left_out.append,
                    on_outcome=on_outcome,
                    asked_to_stop=lambda: bool(asked),
                    **told_of_imports(),
                )
            except claims.Lost as error:
                raise CommandError(f"{error} Nothing was written since.") from error
            except DatabaseError as error:
                raise self.stopped(run, f"because of the database ({error})") from error
            except KeyboardInterrupt as error:
                code = stopping.exit_code(asked)
                raise self.stopped(run, "at once, as asked", code) from error
        if run.state == ImportRun.State.CANCELLED:
            raise self.stopped(run, "since somebody cancelled it")
        if run.state == ImportRun.State.STOPPED and asked:
            raise self.stopped(run, "as asked", stopping.exit_code(asked))
        if run.state == ImportRun.State.STOPPED:
            raise CommandError(run.note)
        self.report(run)

    def note(self, outcome):
        self.counts[outcome.word] += 1
        if self.counts[outcome.word] <= LISTED:
            self.told[outcome.word].append(outcome)

    def stopped(self, run, why, code=1):
        run = ImportRun.objects.get(pk=run.pk)
        return CommandError(
            f"The import stopped, {why}; what was stored stays ({run.counted()}). "
            f"manage.py import_documents --resume {run.pk} goes on.",
            returncode=code,
        )

    def report(self, run):
        for word, outcomes in self.told.items():
            self.list_those(outcomes)
            if (more := self.counts[word] - len(outcomes)) > 0:
                self.stdout.write(f"  and {more:,} more, which the desk shows")
        for sentence in self.left_out[:LISTED]:
            self.stdout.write(sentence)
        if (more := len(self.left_out) - LISTED) > 0:
            self.stdout.write(f"And {more:,} more were left out.")
        self.stdout.write(f"Import {run.pk}: {run.counted()}.")

    def list_those(self, outcomes):
        if outcomes:
            self.stdout.write(f"{outcomes[0].word.capitalize()}:")
        for outcome in outcomes:
            number = f" (document {outcome.document_id})" if outcome.document_id else ""
            self.stdout.write(f"  {outcome.name}{number}")
            for words in outcome.words:
                self.stdout.write(f"    {words}")


def to_retry(pk: int) -> ImportRun:
    run = found(pk)
    with one_writer():
        if not (rejects := list(jobs.to_retry(run))):
            raise CommandError(
                f"Import {pk} has no rejects to try again: they were already, or are not kept."
            )
        return jobs.retry(rejects, label=f"{len(rejects):,} rejects of import {pk}, again")


def to_resume(pk: int) -> ImportRun:
    run = found(pk)
    jobs.release_killed()
    run.refresh_from_db()
    if run.state == ImportRun.State.WAITING:
        return run
    if run.state == ImportRun.State.RUNNING:
        raise CommandError(
            f"Import {pk} is being worked on. If its process was killed, that shows within "
            f"{limits.SILENT} seconds: try again then."
        )
    if not jobs.can_go_on(run):
        raise CommandError(f"What import {pk} reads is not here any more. Import it again.")
    if not jobs.reopen(run):
        raise CommandError(f"Import {pk} is over, or set aside: there is nothing to go on with.")
    return run


def found(pk: int) -> ImportRun:
    run = ImportRun.objects.filter(pk=pk).first()
    if run is None:
        raise CommandError(f"There is no import {pk}.")
    return run
