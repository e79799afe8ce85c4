"""The nouns of curation: what people decided, wrote and published."""

from curation.models.assessments import Assessment, Description, SetAside, SourceGrade
from curation.models.claims import Claim, Evidence, Quote, Standing
from curation.models.copies import CopyVerdict, Pattern
from curation.models.decisions import Decision
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
from curation.models.summaries import Approval, Citation, Revision, Summary

__all__ = [
    "Address",
    "Approval",
    "Assessment",
    "Citation",
    "Claim",
    "CopyVerdict",
    "Decision",
    "Description",
    "Edition",
    "EditionClaim",
    "EditionParty",
    "EditionQuote",
    "Evidence",
    "FailedSignIn",
    "Link",
    "Notice",
    "Page",
    "Partnership",
    "PartnershipState",
    "Party",
    "Pattern",
    "Quote",
    "Revision",
    "SetAside",
    "SourceGrade",
    "Standing",
    "Summary",
]
