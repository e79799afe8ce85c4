"""Stylesheets are one for each kind of screen, and loaded where they are needed."""

from django.conf import settings

STATIC = settings.ROOT / "curation" / "static"
TEMPLATES = settings.ROOT / "templates"


def test_every_stylesheet_is_loaded_by_a_template():
    told = "\n".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    sheets = [path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css")]

    assert len(sheets) > 1
    assert [name for name in sheets if name not in told] == []
