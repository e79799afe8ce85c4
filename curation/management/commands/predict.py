"""Predict for a labelled set what the machine would suggest; corpus.measuring works."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from corpus.analysis.wording import SCORES
from corpus.measuring import predicting
from corpus.measuring.sets import TASKS, Unreadable


class Command(BaseCommand):
    help = (
        "Write what the machine suggests for a labelled set (JSON Lines), in the form in which "
        "it is scored. It reads ids, texts and titles, never labels, and no database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("task", choices=TASKS)
        parser.add_argument("gold", metavar="GOLD.jsonl")
        parser.add_argument("--authority", metavar="FILE", help="for links; else seeds/")
        parser.add_argument("--kind", choices=sorted(SCORES), help="for labels")

    def handle(self, *args, task, gold, authority, kind, **options):
        if (task == "labels") is not bool(kind):
            raise CommandError(f"--kind ({' or '.join(sorted(SCORES))}) goes with labels, only.")
        if authority and task != "links":
            raise CommandError("--authority goes with links only.")
        try:
            predict = self.predictor(task, authority, kind)
            with open(gold, encoding="utf-8") as lines:
                for said in predicting.predictions(lines, task, predict):
                    self.stdout.write(json.dumps(said, ensure_ascii=False))
        except OSError as error:
            raise CommandError(
                f"{error.filename or gold} cannot be read: {error.strerror}."
            ) from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{gold} is not UTF-8.") from error
        except Unreadable as error:
            raise CommandError(f"{gold}: {error}") from error

    def predictor(self, task, authority, kind):
        if task == "labels":
            return predicting.of_labels(kind)
        if task == "links":
            path = Path(authority) if authority else settings.ROOT / "seeds" / "authority.jsonl"
            with open(path, encoding="utf-8") as lines:
                return predicting.of_links(predicting.authority(lines))
        return {"lines": predicting.of_lines, "pairs": predicting.of_pairs}[task]
