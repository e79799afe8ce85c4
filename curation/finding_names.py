"""Look for names in the texts again, after the desk changed them or refused one."""

from functools import partial

from django.db import transaction

try:
    from django.tasks import task
except ImportError:  # Django before 6.0
    from django_tasks import task  # type: ignore[no-redef]

from corpus.importing import naming
from curation.refused_names import refused_names


@task
def find_names_again(changed: list[str] | None = None) -> None:
    """Look in the current texts that can hold the names that changed, or in all."""
    naming.find_again(changed, refused_names())


def find_names_on_commit(changed: set[str]) -> None:
    """Enqueue it for when the names that changed are safe."""
    transaction.on_commit(partial(find_names_again.enqueue, sorted(changed)))
