"""What an act of a person reads: by an index what rests on it, and no whole table.

How long that takes among a million passages is measured by `make bench`.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curation import assessing, describing, identifying, publishing
from tests.factories import make_claim, make_entity, make_news, make_published

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="what PostgreSQL reads depends on how much there is"
    ),
]

FEW = {"corpus_entity"}  # known names: they are read as a whole where merged ones count


@pytest.fixture
def quote():
    """What a published page, and its draft, rest on."""
    quote = make_news()
    make_published(claims=[make_claim(quotes=[quote], acting=[make_entity("ESA")])])
    return quote


def regrade(quote, editor, publisher):
    source = quote.capture.document.source
    seen = source.grades.get().pk
    describing.grade(source, by=editor, grade="E", reason="Its record.", seen=seen)


def relabel(quote, editor, publisher):
    passage = quote.capture.passages.get()
    seen = passage.assessments.get().pk
    assessing.assess_passage(passage, by=editor, reliability="spam", seen=seen)


def merge(quote, editor, publisher):
    one = quote.evidence.get().claim.acting.get()
    identifying.merge(one, make_entity("European Space Agency"), by=editor, reason="They are one.")


def withdraw(quote, editor, publisher):
    page = quote.evidence.get().claim.partnership.page
    publishing.withdraw(page, by=publisher, reason="It no longer stands.")


@pytest.mark.parametrize("act", [regrade, relabel, merge, withdraw])
def test_act_reads_no_whole_table(act, quote, editor, publisher):
    with CaptureQueriesContext(connection) as asked:
        act(quote, editor, publisher)

    assert len(asked) > 5
    assert [each["sql"] for each in asked if read_whole(each["sql"])] == []


def read_whole(sql):
    """The tables that SQLite goes through from one end to the other."""
    if not sql.startswith(("SELECT", "UPDATE", "DELETE")):
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql.replace('%', '%%')}")
        steps = [row[3] for row in cursor.fetchall()]
    scanned = {match[1] for step in steps if (match := re.match(r"SCAN ([a-zA-Z]\w*)", step))}
    named = {alias: table for table, alias in re.findall(r'"(\w+)" ([UTVW]\d+)\b', sql)}
    tables = {named.get(each, each) for each in scanned - {"CONSTANT"}}
    return tables - FEW - ({"curation_decision"} if sql.endswith("LIMIT 1") else set())
