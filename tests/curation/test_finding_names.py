"""Names are looked for again after the desk changed them."""

import pytest

from corpus.models import Mention
from curation.finding_names import find_names_on_commit
from tests.factories import make_document, make_entity


@pytest.mark.django_db
def test_names_are_found_once_the_change_is_safe(django_capture_on_commit_callbacks):
    make_document("ESA agreed.")
    with django_capture_on_commit_callbacks(execute=True):
        make_entity("ESA")
        find_names_on_commit({"ESA"})
        assert Mention.objects.count() == 0
    assert Mention.objects.get().entity.name == "ESA"
