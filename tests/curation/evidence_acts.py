"""What people and imports do to a small desk, by weight: chosen from what there is, so that most
of it happens, and one time in eight carelessly, so that refusals are met too.

An act is a function that picks what it is done to and returns the verb, ready to be called. It
picks by numbers that whoever drives hands in: the same numbers on the same desk are the same act.
"""

from collections.abc import Callable, Iterable
from functools import partial

CARELESS = 8  # one in so many acts does not look whether it can be done

ACTS: list[tuple[int, Callable]] = []


class NotNow(Exception):
    """There is nothing that this could be done to."""


def act(weight):
    """Let this happen, as often as others weigh."""

    def add(function):
        ACTS.append((weight, function))
        return function

    return add


class Pick:
    """Draws among what there is. `number(n)` gives one of 0 … n - 1, the plainest first."""

    def __init__(self, number):
        self.number = number
        self.carelessly = number(CARELESS) == CARELESS - 1

    def __call__(self, of: Iterable):
        of = list(of.order_by("pk") if hasattr(of, "order_by") else of)
        if not of:
            raise NotNow
        return of[self.number(len(of))]

    def fitting(self, rows, fit: Callable):
        """One of the rows that `fit` leaves; of all of them where nobody looks."""
        return self(rows if self.carelessly else fit(rows))

    def rarely(self, once_in=4):
        return self.number(once_in) == once_in - 1

    def some(self, of, most):
        return [self(of) for _ in range(1 + self.number(most))]


def next_act(desk, number) -> tuple[str, partial]:
    """What happens next, and the verb that does it."""
    weights = [weight for weight, _ in ACTS]
    while True:
        at = number(sum(weights))
        choose = next(f for n, (_, f) in enumerate(ACTS) if at < sum(weights[: n + 1]))
        try:
            return choose.__name__, choose(desk, Pick(number))
        except NotNow:
            continue
