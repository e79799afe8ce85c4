"""Dates of a collection's fields become EDTF where they can mean one thing only."""

import pytest

from corpus.analysis.dates import NotADate
from corpus.importing.dating import as_given


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2024-05-02", "2024-05-02"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("2024?", "2024?"),
        ("2024-05-02T23:30:00+02:00", "2024-05-02"),
        ("2024-05-02T10:00:00.123Z", "2024-05-02"),
        ("2024-05-02 10:00", "2024-05-02"),
        ("20240502", "2024-05-02"),
        ("20240502T100000Z", "2024-05-02"),
        ("20240502100000", "2024-05-02"),
        ("2024/05/02", "2024-05-02"),
        ("Thu, 02 May 2024 10:00:00 +0200", "2024-05-02"),
        ("Thu, 02 May 2024 10:00:00 GMT", "2024-05-02"),
        ("2 May 2024", "2024-05-02"),
        ("Thursday, May 2, 2024", "2024-05-02"),
        ("1714643000", "2024-05-02"),
        ("1714643000123", "2024-05-02"),
    ],
)
def test_date_of_a_field_is_read(words, edtf):
    assert as_given(words) == edtf


@pytest.mark.parametrize(
    "words",
    ["03/04/2024", "yesterday", "20%", "2024-13-45", "2024-02-30T10:00:00", "20241399", "x" * 500],
)
def test_what_may_mean_two_days_or_none_is_no_date(words):
    with pytest.raises(NotADate):
        as_given(words)
