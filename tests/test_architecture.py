"""The arrows of the house: curation → corpus; admin, public → verbs → models."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PURE = ["corpus/text", "corpus/analysis"]


def modules_under(*folders):
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imports_of(path):
    """Dotted names a module imports; `from a import b` gives both a and a.b."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by the full name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def offenders(paths, forbidden):
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in paths
        for name in imports_of(path)
        if any(name == word or name.startswith(f"{word}.") for word in forbidden)
    ]


def verbs():
    return sorted((ROOT / "curation").glob("*.py"))


def test_corpus_never_imports_curation():
    assert offenders(modules_under("corpus"), ["curation"]) == []


def test_corpus_knows_no_users():
    assert offenders(modules_under("corpus"), ["django.contrib.auth"]) == []


@pytest.mark.parametrize("folder", PURE)
def test_reading_of_text_is_pure(folder):
    assert offenders(modules_under(folder), ["django", "corpus.models"]) == []


def test_reading_of_editions_is_pure():
    assert offenders([ROOT / "curation/reading.py"], ["django", "curation.models", "corpus"]) == []


def test_models_import_no_verbs():
    allowed = ("curation.models", "corpus.models", "corpus.text")
    ours = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules_under("curation/models", "corpus/models")
        for name in imports_of(path)
        if name.split(".")[0] in {"curation", "corpus"} and not name.startswith(allowed)
    ]
    assert ours == []


def test_verbs_import_no_screens():
    paths = [path for path in verbs() if path.name not in {"urls.py", "apps.py"}]
    assert offenders(paths, ["curation.admin", "curation.public", "curation.management"]) == []


def test_public_site_reads_nothing_but_the_shelf():
    """No draft can leak, because no public code can see one."""
    shelf = ["Address", "Edition", "EditionClaim", "EditionParty", "EditionQuote", "Notice", "Page"]
    allowed = {f"curation.models.shelf.{name}" for name in shelf}
    allowed |= {f"curation.models.{name}" for name in shelf}
    reads = {
        name
        for path in modules_under("curation/public")
        for name in imports_of(path)
        if name.startswith(("curation.models", "corpus.models"))
    }
    assert reads <= allowed


def test_public_site_and_desk_are_apart():
    assert offenders(modules_under("curation/public"), ["curation.admin"]) == []
    assert offenders(modules_under("curation/admin"), ["curation.public"]) == []


def test_no_room_is_called_after_nothing():
    names = {path.stem for path in modules_under("corpus", "curation")}
    assert names.isdisjoint({"utils", "helpers", "services", "common", "misc", "signals"})


def test_tests_mirror_the_tree():
    """Every test module of corpus and curation stands where its subject stands."""
    missing = []
    for path in modules_under("tests/corpus", "tests/curation"):
        if path.name.startswith("test_"):
            folder = ROOT / path.parent.relative_to(ROOT / "tests")
            if not folder.is_dir():
                missing.append(str(path.relative_to(ROOT)))
    assert missing == []
