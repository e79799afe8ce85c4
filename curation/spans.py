"""Many numbers in few words, such as "3–7, 12". Pure."""

from collections.abc import Iterable

TO = "–"


def told(numbers: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}{TO}{b}" for a, b in runs)


def holds(told: str, number: int) -> bool:
    """Whether a number is one of those told."""
    for run in filter(None, told.split(", ")):
        first, _, last = run.partition(TO)
        if int(first) <= number <= int(last or first):
            return True
    return False
