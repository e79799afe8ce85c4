"""Random acts on a small desk: after each, what is stored is what follows from the facts.

`EVIDENCE_SEQUENCES` and `EVIDENCE_ACTS` in the environment make it long, `EVIDENCE_SEED` another.
It goes in blocks, each with a seed of its own: one that fails alone is made short,
    EVIDENCE_SEED=4711 EVIDENCE_SEQUENCES=20 EVIDENCE_ACTS=50 make test ARGS="-k evidence_machine"
        make test ARGS="-k evidence_machine -n 0"
and many blocks go on after one that failed, and tell all that failed at the end.
"""

import gc
import os
import time
import traceback
from collections import Counter
from contextlib import suppress
from functools import cache

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, note, seed, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from curation.ledger import Refused
from curation.models import Alert
from tests.curation import acts_on_evidence, acts_on_summaries  # noqa: F401  # they fill ACTS
from tests.curation.evidence_acts import next_act
from tests.curation.evidence_desk import Desk
from tests.curation.recomputed import Reader, Recomputed, weaker

SEQUENCES = int(os.environ.get("EVIDENCE_SEQUENCES", "60"))
BLOCK = SEQUENCES if SEQUENCES <= 60 else 20  # sequences with one seed
ACTS = int(os.environ.get("EVIDENCE_ACTS", "4"))
SEED = int(os.environ.get("EVIDENCE_SEED", "1"))
DONE, REFUSED = Counter(), Counter()  # acts, by name
UNDONE = Alert.Resolution.UNDONE


class Evenly(HypothesisProvider):
    """Each number as often as any other, so that weights are as they are written, and each sequence
    by itself: of its own accord Hypothesis makes two of three from pieces of an earlier one."""

    def draw_integer(self, min_value=None, max_value=None, **kwargs):
        return self._cd._random.randint(min_value, max_value)


AVAILABLE_PROVIDERS["evenly"] = f"{__name__}.Evenly"

below = cache(lambda n: st.integers(0, n - 1))


class Acts(RuleBasedStateMachine):
    desk: Desk
    told: dict  # how each holder knew at first that a claim stands

    def __init__(self):
        super().__init__()
        self.undoing = transaction.atomic()
        self.undoing.__enter__()
        self.reader = Reader()
        self.day = self.desk.day
        self.known, self.closed = self.told, set()

    def teardown(self):
        self.desk.day = self.day
        transaction.set_rollback(True)
        self.undoing.__exit__(None, None, None)

    @rule(data=st.data())
    def somebody_acts(self, data):
        name, verb = next_act(self.desk, lambda n: data.draw(below(n)))
        note(f"{name}: {verb.args} {verb.keywords}")
        if self.is_done(name, verb):
            now = Recomputed()
            assert [*now.differences(self.reader), *self.untold(now), *self.undone(now)] == []
            self.closed = {alert.pk for alert in now.alerts if alert.closed_at}

    def is_done(self, name, verb):
        """Do it, or be refused; whether anything can be otherwise than before."""
        try:
            with transaction.atomic():
                verb()
        except (Refused, ValidationError) as refusal:
            REFUSED[name] += 1
            if not getattr(refusal, "obstacles", None):
                return False
            with suppress(Refused, ValidationError):
                verb()  # a refused publication keeps the lapse: not so in our savepoint
        else:
            DONE[name] += 1
        return True

    def untold(self, now):
        """Nobody holds a claim that fell since they knew, without an alert that waits.

        Who deals with one of its alerts knows that it fell, whatever else waits.
        """
        waiting = {held_of(each) for each in now.open}
        dealt_with = {held_of(each) for each in self.newly_closed(now) if is_dealt_with(each)}
        known, self.known = self.known, {}
        for held in now.holding:
            word = now.word[held[2]]
            before = known.get(held, word)  # how it was last told
            fell = weaker(word, before)
            open_still = held in waiting and not (fell and held in dealt_with)
            self.known[held] = before if open_still else word
            if fell and held not in waiting | dealt_with:
                yield f"{held} was {before} and is {word}, and nobody is told"

    def undone(self, now):
        """What closed as undone in this act tells of nothing that is otherwise still."""
        for alert in self.newly_closed(now):
            if alert.resolution == UNDONE and now.is_as_before(alert) is False:
                yield f"alert {alert.pk} closed as undone, and is not: {alert.moved}"

    def newly_closed(self, now):
        return [each for each in now.alerts if each.closed_at and each.pk not in self.closed]


def held_of(alert):
    return alert.holder_kind, alert.holder_id, alert.claim_id


def is_dealt_with(alert):
    return alert.decision_id is not None and alert.resolution != UNDONE


# Each sequence is a transaction of its own.
@pytest.mark.usefixtures("committing", "seldom_collected")
def test_whatever_people_do_all_that_is_stored_follows_from_the_facts():
    Acts.desk = Desk()
    now = Recomputed()
    Acts.told = {held: now.word[held[2]] for held in now.holding}
    began, failed = time.monotonic(), []
    for first in range(0, SEQUENCES, BLOCK):
        block = SEED + first // BLOCK
        try:
            run(block, min(BLOCK, SEQUENCES - first))
        except Exception as error:
            if SEQUENCES == BLOCK:
                raise
            failed.append(block)
            print("".join(traceback.format_exception(error)), flush=True)
        done, refused = sum(DONE.values()), sum(REFUSED.values())
        print(
            f"seed {block}: {min(first + BLOCK, SEQUENCES)} sequences, {done} acts and {refused} "
            f"that were refused, {time.monotonic() - began:.0f} s; failed: {failed}",
            flush=True,
        )
    print(*(f"{name} {DONE[name]}+{REFUSED[name]}" for name in sorted(DONE | REFUSED)), sep=", ")
    assert failed == []


@pytest.fixture
def seldom_collected():
    """What acts leave behind falls by itself: looking for rings of it takes a tenth of the time."""
    often = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    yield
    gc.set_threshold(*often)


def run(block, sequences):
    alone = SEQUENCES == BLOCK
    how = settings(
        max_examples=sequences,
        stateful_step_count=ACTS,
        backend="evenly",
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink] if alone else [Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(block)(Acts), settings=how)
