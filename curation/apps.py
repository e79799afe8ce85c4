"""The curation app, and the admin site that is its desk."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate

from corpus import guards
from corpus.guards import Guard, Reference

# A decided row changes in one way: somebody decides again.
DECIDED = ("superseded_at",)

STANDS = (
    Guard("curation.Decision", words=("subject_label", "before", "after", "reason")),
    Guard("curation.SourceGrade", once=DECIDED),
    Guard("curation.Description", words=("title", "url", "origin_words"), once=DECIDED),
    Guard("curation.Assessment", once=DECIDED),
    Guard("curation.SetAside", once=DECIDED),
    Guard("curation.CopyVerdict", once=DECIDED),
    Guard("curation.Pattern", once=DECIDED),
    Guard("curation.Link", words=("name",), once=DECIDED),
    Guard("curation.Party", once=DECIDED),
    Guard("curation.Party_claims"),
    Guard("curation.PartnershipState", once=DECIDED),
    Guard("curation.PartnershipState_claims"),
    Guard("curation.Claim", words=("words", "said_by_words", "value")),
    Guard("curation.Claim_acting"),
    Guard("curation.Quote", words=("exact", "prefix", "suffix")),
    Guard("curation.Evidence", words=("origin_words",), once=DECIDED, free=("ticked",)),
    Guard("curation.Evidence_own_record_of"),
    Guard("curation.Outcome", words=("reason",), once=DECIDED),
    Guard("curation.Finding", words=("words", "place", "result"), once=DECIDED),
    Guard("curation.Anchor", once=DECIDED),
    Guard("curation.Revision", words=("title", "standfirst", "text")),
    Guard("curation.Citation"),
    Guard(
        "curation.Approval",
        once=("lapsed", "lapsed_because"),
        free=("publish_at", "scheduled_by"),
    ),
    Guard("curation.Confirmation"),
    Guard("curation.Mark", once=DECIDED),
    Guard("curation.Override", words=("refusals", "reason"), once=("approved_later",)),
    Guard("curation.ReviewDate", words=("reason",), once=DECIDED),
    Guard(
        "curation.Alert",
        words=("moved",),
        once=("closed_at", "resolution", "decision"),
        free=("severity", "assignee", "answered_in"),
    ),
    Guard("curation.Edition", words=("title", "note"), leaves=("text",)),
    Guard("curation.EditionParty"),
    Guard("curation.EditionClaim"),
    Guard("curation.EditionQuote"),
    Guard("curation.Page", free=("edition", "status", "version", "slug", "updated_at")),
    Guard("curation.Address", free=("name", "leads_to")),
    Guard("curation.Notice", words=("words",), once=("closed_at",)),
)


class CurationConfig(AppConfig):
    name = "curation"

    @property
    def guards(self):
        """What stands; and in both apps words go by a decision that is in the ledger."""
        stands = (*guards.guards_of("corpus"), *STANDS)
        redacted = (row.model for row in stands if isinstance(row, Guard) and row.words)
        by = (Reference(model, "redacted_by", to="curation.Decision") for model in redacted)
        return (*STANDS, *by)

    def ready(self):
        from curation import checks, roles  # noqa: F401 (checks register themselves)

        post_migrate.connect(guards.reinstate_after_migrate, sender=self)
        post_migrate.connect(roles.reinstate_after_migrate, sender=self)


class DeskConfig(AdminConfig):
    default_site = "curation.admin.site.Desk"

    def ready(self):
        super().ready()
        from curation.admin import screens  # noqa: F401 (screens register themselves)
