"""A process is killed while it regrades, publishes and withdraws: nothing is half done after it.

What the ledger tells has its effect, nothing else has one, and what was acknowledged is there.
`CRASH_ROUNDS` in the environment makes it long.
"""

import json
import os
import random
import time
from collections import Counter
from itertools import pairwise

import pytest
from django.db.models import Max

from curation import describing, publishing, verifying, workflow
from curation.ledger import one_writer
from curation.models import (
    Approval,
    Decision,
    Edition,
    Notice,
    Page,
    Revision,
    SourceGrade,
    Summary,
)
from tests.curation.racing import begun, heard
from tests.curation.recomputed import Reader, Recomputed
from tests.factories import make_approved, make_ready, make_user

ROUNDS = int(os.environ.get("CRASH_ROUNDS", "3"))
ACTS = ("publish", "grade", "withdraw")

CHOOSE = random.Random(ROUNDS)


class Desk:
    """One page, and the source that all of it rests on."""

    def __init__(self):
        self.author, self.editor = make_user("contributor"), make_user("editor")
        self.publisher = make_user("publisher")
        self.summary = make_approved()
        claim = self.summary.partnership.claims.get()
        self.source = claim.evidence.get().quote.capture.document.source
        self.made_by = newest()  # lines that made it, some of them by no verb

    def go_on(self, tell):
        """Act until killed: tell what is begun, and the line of what is done."""
        while True:
            while self.regrade(tell) != "B":
                pass
            make_ready(self.summary, self.editor, self.author)
            tell("publish")
            edition = workflow.publish(
                self.summary, by=self.publisher, seen=self.summary.n, note="It is told anew."
            )
            tell(edition.decision_id)
            while self.regrade(tell) != "B":
                pass
            page = Page.objects.get()
            tell("withdraw")
            publishing.withdraw(page, by=self.publisher, reason="It no longer stands.")
            tell(newest("withdraw"))

    def regrade(self, tell):
        now = SourceGrade.objects.in_force().get()
        grade = "E" if now.grade == "B" else "B"
        tell("grade")
        row = describing.grade(
            self.source, by=self.editor, grade=grade, reason="Its record.", seen=now.pk
        )
        tell(row.decision_id)
        return grade


def newest(*acts):
    lines = Decision.objects.filter(act__in=acts) if acts else Decision.objects
    return lines.aggregate(Max("seq"))["seq__max"] or 0


@pytest.mark.usefixtures("committing")
def test_whoever_is_killed_leaves_what_the_ledger_tells_and_nothing_else():
    desk, ends = Desk(), Counter()
    for n in range(ROUNDS):
        act = ACTS[n % len(ACTS)]
        before = newest(act)
        told = killed_within(act, desk)
        with one_writer():  # whatever the database still did for it is over
            lines = set(Decision.objects.values_list("pk", flat=True))
            assert {each for each in told if isinstance(each, int)} <= lines
            assert list(disagreeing(desk)) == []
        ends[f"{act} {how_it_ended(act, told, before)}"] += 1
    print(dict(ends))


def killed_within(act, desk):
    """Let it go on, and kill it within the second such act; return what it told."""
    process, hears = begun(desk.go_on)
    told, at = [], []
    while told.count(act) < 2:
        told.append(hears.recv())
        at.append(time.monotonic())
    first = told.index(act)
    time.sleep(CHOOSE.uniform(0, 1.2) * (at[first + 1] - at[first]))
    process.kill()
    process.join()
    return [*told, *heard(hears)]


def how_it_ended(act, told, before):
    if told[-1] != act:
        return "was over"
    acknowledged = [line for each, line in pairwise(told) if each == act]
    return "took effect" if newest(act) > max([before, *acknowledged]) else "left nothing"


def disagreeing(desk):
    """Where the ledger and what people see are at odds."""
    yield from verifying.faults(verifying.Chain(verifying.keys()))
    yield from Recomputed().differences(Reader())
    for act, rows in (
        ("grade", SourceGrade.objects),
        ("approve", Approval.objects),
        ("publish", Edition.objects),
        ("withdraw", Notice.objects.filter(kind="withdrawal")),
    ):
        made = set(rows.filter(decision__gt=desk.made_by).values_list("decision", flat=True))
        told = Decision.objects.filter(act=act, pk__gt=desk.made_by)
        lines = set(told.values_list("pk", flat=True))
        if made ^ lines:
            yield f"{act}: lines {sorted(lines - made)} without effect, {made - lines} without line"
    summary = Summary.objects.get()
    saved = Decision.objects.filter(act="save").count()
    if not saved == summary.n == Revision.objects.count():
        yield f"{saved} saves told, {Revision.objects.count()} revisions, the last is {summary.n}"
    last = Decision.objects.about(summary).order_by("-seq").first()
    if json.loads(last.after).get("state") != summary.state:
        yield f"the summary is {summary.state}, its last line {last.act} says {last.after}"
    for page in Page.objects.select_related("edition"):
        if page.edition.decision_id != newest("publish"):
            yield "the page does not show the last edition"
        if (page.status == "withdrawn") != (newest("withdraw") > newest("publish")):
            yield f"the page is {page.status}"
