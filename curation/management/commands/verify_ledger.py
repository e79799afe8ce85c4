"""Check the ledger and what it vouches for; it only talks, curation.verifying works."""

import sys
from contextlib import closing

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from curation import verifying

SHOWN = 100  # faults told one by one; the rest is counted


class Command(BaseCommand):
    help = (
        "Check that no line of the ledger was altered, removed or put elsewhere, that editions are "
        "as they were published, and that words fit the digests kept of them. It writes nothing. "
        "It prints the head: keep it elsewhere and give it next time, and a cut tail shows too. "
        "Exit code 1 when anything is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head", metavar="HEAD", help="a head that was printed before: NUMBER:HASH, or HASH"
        )
        parser.add_argument(
            "--from",
            type=int,
            default=1,
            dest="start",
            metavar="SEQ",
            help="only lines from this one on, and the editions that they published",
        )

    def handle(self, *args, head, start, **options):
        kept = verifying.Head.read(head) if head else None
        if head and not kept:
            raise CommandError("A head is written NUMBER:HASH or HASH, as this command prints it.")
        if start < 1:
            raise CommandError("The first line is 1.")
        chain = verifying.Chain(verifying.keys(), kept, start)
        found = self.tell(chain)
        if found > SHOWN:
            self.stdout.write(f"… and {found - SHOWN:,} more.")
        said = f"head {chain.head}" if chain.head else "no line"
        if found:
            raise CommandError(f"{found:,} {'fault' if found == 1 else 'faults'}; {said}.")
        self.stdout.write(f"All is as it was written: {said}")

    def tell(self, chain):
        """Write the faults, counted beyond the first hundred; return how many."""
        found = 0
        for fault in self.watched(chain):
            found += 1
            if found <= SHOWN:
                self.stdout.write(fault)
        return found

    def watched(self, chain):
        quiet = not sys.stderr.isatty()
        total = 0 if quiet else sum(rows.count() for _, rows, _ in verifying.parts(chain))
        with closing(tqdm(total=total, unit="rows", disable=quiet)) as bar:
            yield from verifying.faults(chain, bar.update)
