"""The colours of tokens.css, measured as WCAG 2.2 measures them."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from curation.signs import SIGNS

WORDS = ["ink", "quiet", "faint", "accent", "focus", *(sign.replace(" ", "-") for sign in SIGNS)]
TINTED = [word for word in WORDS if word not in {"ink", "quiet", "faint", "focus", "heading"}]
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")


def colours():
    path = finders.find("curation/tokens.css")
    return {
        name: (day, night)
        for name, day, night in PAIR.findall(Path(path).read_text(encoding="utf-8"))
    }


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#ffffff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("time", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize("ground", ["paper", "raised"])
@pytest.mark.parametrize("word", [word for word in WORDS if word != "heading"])
def test_words_can_be_read_on_every_ground(word, ground, time):
    all_colours = colours()
    assert contrast(all_colours[word][time], all_colours[ground][time]) >= 4.5


@pytest.mark.parametrize("time", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize("word", TINTED)
def test_words_can_be_read_on_their_tints(word, time):
    all_colours = colours()
    tint = all_colours[f"{word}-tint"][time]
    for written in (word, "ink", "quiet", "faint"):
        assert contrast(all_colours[written][time], tint) >= 4.5


@pytest.mark.parametrize("time", [0, 1], ids=["day", "night"])
def test_borders_of_fields_and_focus_can_be_seen(time):
    all_colours = colours()
    for name in ("edge", "focus"):
        for ground in ("paper", "raised"):
            assert contrast(all_colours[name][time], all_colours[ground][time]) >= 3
    assert contrast(all_colours["accent-ink"][time], all_colours["accent"][time]) >= 4.5
