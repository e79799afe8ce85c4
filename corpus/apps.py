"""The corpus: what was collected."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from corpus import guards
from corpus.guards import Guard, index

GUARDS = (
    Guard("corpus.Original", words=("content",)),
    Guard("corpus.Capture", words=("text", "title")),
    Guard(
        "corpus.Passage",
        words=("text",),
        free=(
            "kind",
            "made_by",
            "retired_at",  # to and fro: an identical cut revives the passage
            "repeats",
            "suggested_reliability",
            "suggestion_score",
            "suggestion_reasons",
            "suggestion_version",
            "suggestion_pattern",
            "hints",
        ),
    ),
    Guard(
        "corpus.Sighting", words=("address", "path", "source_name", "title", "author", "remarks")
    ),
    Guard("corpus.Reject", words=("name", "reason", "raw", "given"), once=("retried_in",)),
)


class CorpusConfig(AppConfig):
    name = "corpus"

    @property
    def guards(self):
        return GUARDS

    def ready(self):
        # A migration may rebuild a SQLite table, which drops its triggers without a word.
        post_migrate.connect(guards.reinstate_after_migrate, sender=self)
        post_migrate.connect(index.reinstate_after_migrate, sender=self)
