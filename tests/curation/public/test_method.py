"""The method page prints the tables that decide."""

import ast
import inspect
from html import unescape

import pytest

from curation import gate, labels, refusals
from curation.public.tables import GATE
from curation.signs import STANDINGS
from curation.standing import CURRENCIES, ROWS, RULE_VERSION, STRENGTH, WEIGHTS


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
    written = {code for module in (gate, refusals) for code in codes_in(module)}

    assert set(GATE) == written
    for words in GATE.values():
        assert words in method


def codes_in(module):
    """The codes of the obstacles that a module may yield."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Obstacle":
            yield node.args[0].value


def test_every_standing_has_its_sign():
    assert set(STANDINGS) == set(STRENGTH) == {row.word for row in ROWS}
