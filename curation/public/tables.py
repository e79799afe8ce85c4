"""What the method page prints: the very tables that decide, never a copy of them."""

from curation import labels
from curation.models.shelf import Edition
from curation.signs import LABELS, STANDINGS
from curation.standing import CURRENCIES, ROWS, RULE_VERSION, STRENGTH, WEIGHTS


def everything() -> dict[str, object]:
    return {
        "rule_version": RULE_VERSION,
        "rows": ROWS,
        "weights": WEIGHTS,
        "strength": STRENGTH,
        "currencies": CURRENCIES,
        "questions": [(question, labels.shown_as(question.label)) for question in labels.QUESTIONS],
        "beside": labels.BESIDE_THE_QUESTIONS,
        "grades": labels.GRADES,
        "credibilities": labels.CREDIBILITIES,
        "reasons": labels.REASONS,
        "signs": [*LABELS, *STANDINGS],
        "kinds": Edition.Kind.choices,
    }
