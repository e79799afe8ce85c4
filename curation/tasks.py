"""What the worker does behind the desk's back."""

try:
    from django.tasks import task
except ImportError:  # Django before 6.0
    from django_tasks import task  # type: ignore[no-redef]

from corpus.importing import naming


@task
def find_names_again() -> None:
    """Look for all names in all current texts. Enqueue it on commit:

    transaction.on_commit(find_names_again.enqueue)
    """
    naming.find_again()
