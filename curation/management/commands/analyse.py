"""Analyse what is there again; it only talks, corpus.importing.reanalysing works."""

import sys
from contextlib import closing

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from corpus.importing import reanalysing
from curation import patterns
from curation.copying import copies_found
from curation.cuts import kept_cuts
from curation.management import stopping
from curation.refused_names import refused_names

LINES = 100  # documents after which a line is written where there is no terminal


class Command(BaseCommand):
    help = (
        "Analyse the current texts again: their cut where nobody decided anything on them, labels, "
        "hints, names, origins and copies, all as suggestions. No decision is touched. What has "
        "the present versions is passed over. Ctrl-C and SIGTERM stop it between two batches."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="also what has them already")
        parser.add_argument(
            "--from", type=int, default=0, dest="start", metavar="PK", help="from this document on"
        )

    def handle(self, *args, start, **options):
        how = reanalysing.How(kept_cuts, patterns.in_force(), copies_found)
        documents = list(reanalysing.waiting(options["all"], start).values_list("pk", flat=True))
        self.done, self.last = 0, start - 1
        with stopping.listening() as asked, self.bar(len(documents)) as bar:
            try:
                for ids in reanalysing.analyse_again(documents, how, refused_names()):
                    self.count(ids, bar)
                    if asked and self.done < len(documents):
                        raise self.stopped("as asked", stopping.exit_code(asked))
            except KeyboardInterrupt as error:
                raise self.stopped("at once, as asked", stopping.exit_code(asked)) from error
            except DatabaseError as error:
                raise self.stopped(f"because of the database ({error})") from error
        self.stdout.write(f"{self.done:,} analysed; no decision was touched.")

    def count(self, ids, bar):
        before, self.last = self.done, ids[-1]
        self.done += len(ids)
        bar.update(len(ids))
        if bar.disable and self.done // LINES > before // LINES:
            self.stdout.write(f"{self.done:,} of {bar.total:,} …")
            self.stdout.flush()

    def bar(self, total):
        return closing(tqdm(total=total, unit="documents", disable=not sys.stderr.isatty()))

    def stopped(self, why, code=1):
        return CommandError(
            f"It stopped, {why}; {self.done:,} are done and safe, up to document {self.last}. "
            f"manage.py analyse --from {self.last + 1} goes on (with --all, if that was asked).",
            returncode=code,
        )
