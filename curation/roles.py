"""Who may do what: the table, and the groups made from it after every migrate."""

from django.contrib.auth.models import Group, Permission

CORPUS_ROWS = """
    alias capture copyedge document entity importrun mention original passage reject sighting source
"""
CURATION_ROWS = """
    address alert anchor approval assessment citation claim confirmation copyverdict decision
    description edition evidence finding link mark notice outcome override page partnership
    partnershipstate party pattern quote reviewdate revision setaside sourcegrade standing summary
"""
VIEWS = [
    *(f"corpus.view_{row}" for row in CORPUS_ROWS.split()),
    *(f"curation.view_{row}" for row in CURATION_ROWS.split()),
]
CONTRIBUTOR = [
    *VIEWS,
    "corpus.add_importrun",
    "corpus.change_passage",  # split and join
    "curation.add_description",
    "curation.add_assessment",
    "curation.accept_suggestions",
    "curation.add_link",
    "curation.add_copyverdict",
    "curation.add_quote",
    "curation.add_claim",
    "curation.add_evidence",
    "curation.change_evidence",  # tick and withdraw
    "curation.add_finding",
    "curation.add_outcome",
    "curation.add_summary",
    "curation.change_summary",
]
EDITOR = [
    *CONTRIBUTOR,
    "corpus.add_source",
    "corpus.change_source",
    "corpus.add_entity",
    "corpus.change_entity",  # aliases, merge and un-merge too
    "curation.add_sourcegrade",
    "curation.add_setaside",
    "curation.add_pattern",
    "curation.add_partnership",
    "curation.change_partnership",  # parties and states too
    "curation.review_summary",
    "curation.resolve_alert",
    "curation.add_reviewdate",
]
PUBLISHER = [*EDITOR, "curation.publish_summary", "curation.withdraw_page"]
ADMIN = [
    *PUBLISHER,
    "auth.view_user",
    "auth.add_user",
    "auth.change_user",
    "auth.view_group",
    "curation.redact",
    "curation.override_gate",
]
ROLES = {"contributor": CONTRIBUTOR, "editor": EDITOR, "publisher": PUBLISHER, "admin": ADMIN}


def reinstate_after_migrate(sender, **kwargs) -> None:
    for name, wanted in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(wanted))


def _permissions(wanted: list[str]) -> list[Permission]:
    by_name = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    return [by_name[name] for name in dict.fromkeys(wanted)]
