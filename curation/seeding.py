"""Load the sample desk: its documents by import, its curation in two transactions, each once.

That a part was loaded is told by the ledger, so that it is never loaded a second time, whatever
people renamed or withdrew since. What the keys of the file became is told there too: the second
part, what happened after publication, goes on from it whenever loading broke off.
"""

import json
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.contrib.auth.models import User

from corpus.importing import pipeline
from corpus.importing.readers import read
from corpus.models import Document
from curation import assessing, copying
from curation.ledger import decide, one_writer
from curation.models import Claim, Decision, Partnership
from curation.sample_afterwards import carry_out
from curation.sample_curation import STEPS, Curation, NotLoaded, Row

__all__ = [
    "NotLoaded",
    "import_documents",
    "is_whole",
    "load_afterwards",
    "load_curation",
    "read_file",
    "was_loaded",
]

ACT = "load sample curation"
ACT_AFTERWARDS = "load what happened afterwards"


def import_documents(folder: Path, sources: list[Row]) -> Iterator[str]:
    """Import each source's folder under its name, unless all of it is there."""
    for source in sources:
        path, name = folder / source["folder"], source["name"]
        if not path.is_dir() or all(_is_there(file, name) for file in sorted(path.glob("*.txt"))):
            continue
        run = pipeline.run(
            read([path], source_name=name),
            label=f"sample documents, {source['folder']}",
            source_name=name,
            after_store=assessing.text_collected,
            after_copies=copying.copies_found,
        )
        if run.rejected:
            raise NotLoaded(f"Import {run.pk} rejected sample documents: its rejects say why.")
        yield f"Import {run.pk}: {run.read} documents of {name}."


def _is_there(file: Path, source: str) -> bool:
    digest = sha256(file.read_bytes()).hexdigest()
    same = Document.objects.filter(path=file.name, source_as_given=source)
    return same.filter(captures__original__sha256=digest).exists()


def was_loaded() -> bool:
    return Decision.objects.filter(act=ACT).exists()


def is_whole() -> bool:
    return Decision.objects.filter(act=ACT_AFTERWARDS).exists()


def load_curation(told: Row, people: dict[str, User]) -> Curation:
    """Carry out what the file tells, as a contributor, an editor and a publisher."""
    curation = _curation(told, people)
    with one_writer():
        if was_loaded():
            raise NotLoaded("The sample curation is loaded already.")
        curation.refuse_what_is_not_there()
        for step in STEPS:
            step(curation)
        decide(ACT, curation.publisher, by=curation.publisher, after=_keys(curation))
    return curation


def load_afterwards(told: Row, people: dict[str, User], acts: list[Row]) -> None:
    """Carry out what happened after the summaries of the curation were published."""
    curation = _curation(told, people)
    with one_writer():
        if is_whole():
            raise NotLoaded("What happened afterwards is loaded already.")
        _find_again(curation)
        carry_out(curation, acts)
        decide(ACT_AFTERWARDS, curation.publisher, by=curation.publisher)


def _curation(told: Row, people: dict[str, User]) -> Curation:
    return Curation(told, people["contributor"], people["editor"], people["publisher"])


def _keys(curation: Curation) -> dict[str, dict[str, int]]:
    """What became of the keys of the file, for the ledger."""
    return {
        "partnerships": {key: row.pk for key, row in curation.partnerships.items()},
        "claims": {key: row.pk for key, row in curation.claims.items()},
    }


def _find_again(curation: Curation) -> None:
    kept = json.loads(Decision.objects.get(act=ACT).after or "{}")
    partnerships, claims = Partnership.objects.in_bulk(), Claim.objects.in_bulk()
    for key, pk in kept.get("partnerships", {}).items():
        curation.partnerships[key] = partnerships[pk]
    for key, pk in kept.get("claims", {}).items():
        curation.claims[key] = claims[pk]


def read_file(path: Path) -> Row:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NotLoaded(f"{path.name} cannot be read: {error}") from error
