"""What the worker does after the desk changed names."""

import pytest
from django.db import transaction

from corpus.models import Mention
from curation.tasks import find_names_again
from tests.factories import make_document, make_entity


@pytest.mark.django_db
def test_names_are_found_once_the_change_is_safe(django_capture_on_commit_callbacks):
    make_document("ESA agreed.")
    with django_capture_on_commit_callbacks(execute=True):
        make_entity("ESA")
        transaction.on_commit(find_names_again.enqueue)
        assert Mention.objects.count() == 0
    assert Mention.objects.get().entity.name == "ESA"
