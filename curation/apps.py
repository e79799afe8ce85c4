"""The curation app, and the admin site that is its desk."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate

from corpus import guards
from corpus.guards import Guard

# A decided row changes in one way: somebody decides again.
DECIDED = ("superseded_at",)

GUARDS = (
    Guard("curation.Decision", words=("subject_label", "before", "after", "reason")),
    Guard("curation.SourceGrade", free=DECIDED),
    Guard("curation.Description", words=("title", "url", "origin_words"), free=DECIDED),
    Guard("curation.Assessment", free=DECIDED),
    Guard("curation.SetAside", free=DECIDED),
    Guard("curation.Link", words=("name",), free=DECIDED),
    Guard("curation.Party", free=DECIDED),
    Guard("curation.Party_claims"),
    Guard("curation.PartnershipState", free=DECIDED),
    Guard("curation.PartnershipState_claims"),
    Guard("curation.Claim", words=("words", "said_by_words", "value")),
    Guard("curation.Claim_acting"),
    Guard("curation.Quote", words=("exact", "prefix", "suffix")),
    Guard("curation.Evidence", words=("origin_words",), free=(*DECIDED, "ticked")),
    Guard("curation.Evidence_own_record_of"),
    Guard("curation.Revision", words=("title", "standfirst", "text")),
    Guard("curation.Citation"),
    Guard("curation.Approval", free=("lapsed", "lapsed_because")),
    Guard("curation.Edition", words=("title", "text", "note")),
    Guard("curation.EditionParty"),
    Guard("curation.EditionClaim"),
    Guard("curation.EditionQuote"),
    Guard("curation.Address", free=("name", "leads_to")),
    Guard("curation.Notice", words=("words",), free=("closed_at",)),
)


class CurationConfig(AppConfig):
    name = "curation"

    @property
    def guards(self):
        return GUARDS

    def ready(self):
        from curation import checks, roles  # noqa: F401 (checks register themselves)

        post_migrate.connect(guards.reinstate_after_migrate, sender=self)
        post_migrate.connect(roles.reinstate_after_migrate, sender=self)


class DeskConfig(AdminConfig):
    default_site = "curation.admin.site.Desk"

    def ready(self):
        super().ready()
        from curation.admin import screens  # noqa: F401 (screens register themselves)
