"""What the method page prints: the very tables that decide, never a copy of them."""

from curation import labels
from curation.gate import OBJECTIONS, RULES
from curation.models.shelf import Edition
from curation.standing import CURRENCIES, ROWS, RULE_VERSION, STRENGTH, WEIGHTS
from curation.weighing import NEVER_COUNTS


def everything() -> dict[str, object]:
    return {
        "rule_version": RULE_VERSION,
        "rows": ROWS,
        "weights": WEIGHTS,
        "never_counts": [row.words for row in NEVER_COUNTS],
        "strength": STRENGTH,
        "currencies": CURRENCIES,
        "questions": [(question, labels.shown_as(question.label)) for question in labels.QUESTIONS],
        "beside": labels.BESIDE_THE_QUESTIONS,
        "grades": labels.GRADES,
        "credibilities": labels.CREDIBILITIES,
        "reasons": labels.REASONS,
        "kinds": Edition.Kind.choices,
        "gate": [rule.words for rule in RULES],
        "objections": [rule.words for rule in OBJECTIONS],
    }
