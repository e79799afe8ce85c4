"""The method page prints the tables that decide."""

from html import unescape

import pytest

from curation import gate, labels
from curation.signs import STANDINGS
from curation.standing import CURRENCIES, ROWS, RULE_VERSION, STRENGTH, WEIGHTS
from curation.weighing import NEVER_COUNTS


@pytest.fixture
def method(client, db):
    return unescape(client.get("/method/").content.decode())


def test_every_row_of_the_rule_is_printed(method):
    for row in (*ROWS, *WEIGHTS):
        assert row.word in method
        assert row.words in method
    for word, words in CURRENCIES:
        assert f"{word}: {words}" in method
    assert RULE_VERSION in method


def test_labels_grades_and_credibilities_are_printed(method):
    for question in labels.QUESTIONS:
        assert question.asks in method
        assert question.help in method
        assert labels.shown_as(question.label) in method
    for _, words in (*labels.GRADES, *labels.CREDIBILITIES, *labels.REASONS):
        assert words in method


def test_everything_that_the_gate_refuses_is_told(method):
    for rule in (*gate.RULES, *gate.OBJECTIONS):
        assert rule.words in method


def test_what_never_counts_is_told(method):
    for row in NEVER_COUNTS:
        assert row.words in method


def test_every_standing_has_its_sign():
    assert set(STANDINGS) == set(STRENGTH) == {row.word for row in ROWS}
