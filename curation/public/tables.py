"""What the method page prints: the very tables that decide, never a copy of them."""

from curation import labels
from curation.models.shelf import Edition
from curation.standing import CURRENCIES, ROWS, RULE_VERSION, STRENGTH, WEIGHTS

# By the codes of the gate's obstacles; a test holds that none is missing here.
GATE = {
    "no_title": "It has no title.",
    "cannot_be_shown": "It holds something that a page cannot show.",
    "uncited": "A sentence cites nothing, and is not marked as the desk’s own words.",
    "citation_to_nothing": "A sentence cites a claim that is not there, or another partnership’s.",
    "replaced": "It uses a claim that was replaced because it was reworded or mistaken.",
    "unticked": "Nobody has confirmed that a quoted passage says what it is quoted for.",
    "unsupported": "It cites a claim that nothing supports.",
    "fictional_party": "A party, or somebody whose act is told, is fictional.",
    "nothing_carries_it": "No claim on the page stands above doubtful.",
    "approval_lapsed": "Nobody has approved it as it is now, with the evidence as it is now.",
    "author": "Whoever wrote it also approves or publishes it.",
}


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
        "kinds": Edition.Kind.choices,
        "gate": GATE.values(),
    }
