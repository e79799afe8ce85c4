"""The nouns of curation: what people decided, wrote and published."""

from curation.models.alerts import Alert, Anchor
from curation.models.assessments import Assessment, Description, SetAside, SourceGrade
from curation.models.claims import Claim, Evidence, Outcome, Quote, Standing
from curation.models.copies import CopyVerdict, Pattern
from curation.models.decisions import Decision
from curation.models.findings import Finding
from curation.models.links import Link
from curation.models.partnerships import Partnership, PartnershipState, Party
from curation.models.shelf import (
    Address,
    Edition,
    EditionClaim,
    EditionParty,
    EditionQuote,
    Notice,
    Page,
)
from curation.models.sign_ins import FailedSignIn
from curation.models.summaries import (
    Approval,
    Citation,
    Confirmation,
    Mark,
    Override,
    ReviewDate,
    Revision,
    Summary,
)

__all__ = [
    "Address",
    "Alert",
    "Anchor",
    "Approval",
    "Assessment",
    "Citation",
    "Claim",
    "Confirmation",
    "CopyVerdict",
    "Decision",
    "Description",
    "Edition",
    "EditionClaim",
    "EditionParty",
    "EditionQuote",
    "Evidence",
    "FailedSignIn",
    "Finding",
    "Link",
    "Mark",
    "Notice",
    "Outcome",
    "Override",
    "Page",
    "Partnership",
    "PartnershipState",
    "Party",
    "Pattern",
    "Quote",
    "ReviewDate",
    "Revision",
    "SetAside",
    "SourceGrade",
    "Standing",
    "Summary",
]
