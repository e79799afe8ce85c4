"""Load the entities that the desk starts with; it only talks, corpus.importing.authority works."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from corpus.importing import authority, naming
from corpus.models import Alias, Entity, Source
from curation.models import Claim, Decision, Description, Evidence, Link, Party
from curation.refused_names import refused_names

MERGING = {"merge", "unmerge"}  # these leave an entity's own values as they were


class Command(BaseCommand):
    help = (
        "Add and update entities from a file in JSON Lines (slug, name, kind, aliases, identity, "
        "wikidata, part_of). Nothing is deleted or un-merged; entities that the desk changed or "
        "relies on stay as they are. Afterwards the names that changed are looked for again."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=None, metavar="FILE")

    def handle(self, *args, file, **options):
        path = file or Path(settings.AUTHORITY_FILE)
        try:
            entries = authority.read(path.read_text(encoding="utf-8").split("\n"))
            before = names_and_kinds()
            done = authority.load(entries, keep=decided_about())
        except (OSError, ValueError) as error:
            raise CommandError(f"{path} cannot be read: {error}.") from error
        except authority.Wrong as wrong:
            raise CommandError(
                "\n".join([*wrong.sentences, f"Nothing of {path} was loaded."])
            ) from wrong
        changed = {text for text, *_ in before ^ names_and_kinds()}
        if changed:
            naming.find_again(changed, refused_names())
        kept = f", {done['kept']:,} kept, since the desk relies on them" if done["kept"] else ""
        self.stdout.write(
            f"{len(entries):,} entities: {done['added']:,} added, {done['changed']:,} changed, "
            f"{done['unchanged']:,} unchanged{kept}."
        )


def names_and_kinds() -> set[tuple]:
    """What the names in texts are found and ranked by."""
    rows = Alias.objects.values_list("text", "entity", "entity__kind", "entity__part_of")
    return set(rows)


def decided_about() -> set[int]:
    """Ids of entities that a person made, changed or relied on: a file overrules nobody."""
    decisions = Decision.objects.filter(subject_kind=Entity._meta.label_lower)
    subjects = decisions.exclude(act__in=MERGING).values_list("subject_id", flat=True)
    relied_on = (set(rows.values_list(name, flat=True)) for rows, name in RELIED_ON)
    return {int(subject) for subject in subjects}.union(*relied_on) - {None}


RELIED_ON = (
    (Party.objects, "entity"),
    (Link.objects, "entity"),
    (Claim.objects, "acting"),
    (Claim.objects, "said_by_entity"),
    (Evidence.objects, "own_record_of"),
    (Evidence.objects, "origin_entity"),
    (Description.objects, "origin_entity"),
    (Source.objects, "owner"),
)
