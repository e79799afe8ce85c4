"""Print how good the suggestions are on labelled sets; corpus.measuring works."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from corpus.measuring import evaluating
from corpus.measuring.sets import Unreadable

WIDTHS = "{:<42} {:<10} {:<20} {:>6} {:>6} {:>6}  {:<15} {}"


class Command(BaseCommand):
    help = (
        "Measure the suggestions and simple baselines on every set of a folder that holds "
        "score.py and dev/, and print one table. It takes some minutes and needs no database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", default=str(settings.ROOT.parent / "shared/eval"))
        parser.add_argument("--authority", default=str(settings.ROOT / "seeds/authority.jsonl"))

    def handle(self, *args, folder, authority, **options):
        sets, names = Path(folder), Path(authority)
        if not (sets / "score.py").is_file() or not (sets / "dev").is_dir():
            raise CommandError(
                f"There are no labelled sets at {folder}: name the folder with score.py and dev/.",
                returncode=2,
            )
        self.tell("set", "task", "by", "P", "R", "F1", "95 %", "")
        try:
            for row in evaluating.measured(sets, names):
                self.show(row)
        except (evaluating.Failed, Unreadable, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("P, R, F1: of all that is labelled. R@P95: recall at precision .95.")
        if left := evaluating.unknown(sets, names):
            self.stdout.write(f"Not measured, since they are not labelled: {', '.join(left)}.")

    def show(self, row):
        at = row.figures
        numbers = [f"{number:.3f}" for number in at[:3]]
        told = "; ".join(filter(None, (at.rest.strip(), row.note)))
        self.tell(row.name, row.task, row.by, *numbers, f"[{at.low:.3f},{at.high:.3f}]", told)

    def tell(self, *columns):
        self.stdout.write(WIDTHS.format(*columns).rstrip())
        self.stdout.flush()
