"""The corpus: what was collected."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from corpus import guards


class CorpusConfig(AppConfig):
    name = "corpus"

    @property
    def guards(self):
        return guards.CORPUS

    def ready(self):
        # A migration may rebuild a SQLite table, which drops its triggers without a word.
        post_migrate.connect(guards.reinstate_after_migrate, sender=self)
        post_migrate.connect(guards.reinstate_index_after_migrate, sender=self)
