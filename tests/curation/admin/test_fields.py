"""Fields of the desk, where they differ from Django's."""

import pytest
from django.core.exceptions import ValidationError

from corpus.models import Entity
from curation.admin.fields import RowsField
from tests.factories import make_entity

pytestmark = pytest.mark.django_db


def test_rows_are_found_by_their_numbers():
    esa = make_entity()

    assert list(RowsField(Entity.objects.all()).clean([str(esa.pk)])) == [esa]


@pytest.mark.parametrize("number", ["9223372036854775808", "1" + "0" * 20, "-1", "x", "", "²"])
def test_number_that_no_database_counts_to_is_no_choice(number):
    with pytest.raises(ValidationError):
        RowsField(Entity.objects.all()).clean([number])
