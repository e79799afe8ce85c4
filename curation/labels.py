"""What the labels mean: shown as help in the desk and printed on the method page."""

from dataclasses import dataclass

from corpus.models.documents import DateBasis
from curation.models import Assessment, Claim, Evidence, PartnershipState, SourceGrade

SHOWN_AS = {"speculative": "speculative or comment"}


@dataclass(frozen=True)
class Question:
    """Asked in order; the first answer that fits gives the label."""

    asks: str
    help: str
    answer: str
    label: str


QUESTIONS = (
    Question(
        "Is it part of the piece?",
        "Shop widgets, teasers of other pieces, prompts to comment, navigation and advertising "
        "are not.",
        "No",
        "spam",
    ),
    Question(
        "Does it report something that can be checked?",
        "An event, a decision, a state of affairs, a plan announced by somebody answerable, "
        "or the words of a named speaker; also when you think it false.",
        "Yes",
        "news",
    ),
    Question(
        "Is it anything else?",
        "What may come, what it all means, praise, a scenario, fiction, also fiction told as past.",
        "Yes",
        "speculative",
    ),
)
BESIDE_THE_QUESTIONS = (
    "The label says what kind of text a passage is, never whether it is true.",
    "Headings, bylines and captions get no label and are never evidence.",
    "A document is labelled by its lead: what its headline and first sentences claim to report. "
    "Padding lowers its credibility, not its label.",
    "Credibility is judged of news only, and without looking at the grade of the source.",
)

# Pairs of a value and its words, as the models hold them.
GRADES = tuple(SourceGrade.Grade.choices)
CREDIBILITIES = tuple(Assessment.Credibility.choices)
REASONS = tuple(Assessment.Reason.choices)
STANCES = tuple(Evidence.Stance.choices)
TOLD_AS = tuple(Claim.ToldAs.choices)
DATE_BASES = tuple(DateBasis.choices)
STATES = tuple(PartnershipState.Word.choices)
# What an edition of each kind did to the one before it.
DID = {
    "update": "brought it up to date",
    "correction": "corrected it",
    "clarification": "clarified it",
    "reinstatement": "brought it back after a withdrawal",
}


def shown_as(label: str) -> str:
    """The word that readers and editors see for a label."""
    return SHOWN_AS.get(label, label)
