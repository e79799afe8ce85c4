"""The documents that people read first: what they point to is there."""

import re

import pytest

from tests.conftest import ROOT

LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
PAGES = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(page):
    targets = LINK.findall(page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_setting_is_documented():
    read = re.findall(
        r'env_\w+\(\s*"(\w+)"', (ROOT / "curation" / "settings.py").read_text(encoding="utf-8")
    )
    told = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")

    assert [name for name in read if f"`{name}`" not in told] == []
