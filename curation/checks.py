"""System checks for what would lose decisions without a word."""

from django.core.checks import Error, register
from django.db import connection


@register("database")
def sqlite_keeps_what_it_acknowledged(app_configs, databases=None, **kwargs):
    """The queue and the desk write side by side: see docs/decisions/0011."""
    if connection.vendor != "sqlite":
        return []
    options = connection.settings_dict.get("OPTIONS", {})
    wanted = ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"]
    missing = [word for word in wanted if word not in options.get("init_command", "")]
    if options.get("transaction_mode") != "IMMEDIATE":
        missing.append("transaction_mode IMMEDIATE")
    return [
        Error(f"SQLite runs without {word}: decisions could be lost.", id="curation.E001")
        for word in missing
    ]
