"""Say in words why a line looks like no part of the piece."""

import re
from typing import NamedTuple

from corpus.analysis.line_places import FAR, NAMES
from corpus.analysis.lines import BYLINE as BY
from corpus.analysis.lines import DATE, Row

CAPTION = "a caption or credit"
AUTHOR = "about the author"
BYLINE = "a byline"
DATE_LINE = "a date line"
OF_THE_PIECE = (CAPTION, AUTHOR, BYLINE, DATE_LINE)  # no part of its text, but no spam either


class _Cue(NamedTuple):
    shape: re.Pattern[str]
    reason: str


def _cue(reason: str, shape: str) -> _Cue:
    return _Cue(re.compile(shape), reason)


CUES = (
    _cue(
        "a prompt for comments",
        r"\b(?:leave a (?:reply|comment)|comments?\b|log in to (?:reply|comment)|repl(?:y|ies)$)",
    ),
    _cue(
        "a call to subscribe or log in",
        r"\b(?:subscri(?:be|ption|bers?)|sign[- ]?up|newsletters?|inbox|log ?in|sign ?in"
        r"|register|unsubscribe)\b",
    ),
    _cue(
        "a prompt to share or follow",
        r"\b(?:share(?: this| on)?|facebook|twitter|linkedin|whatsapp|instagram|pinterest|tweet"
        r"|follow (?:us|me)|copy link|tiktok|telegram|bluesky)\b",
    ),
    _cue(
        "points to other pieces",
        r"\b(?:read (?:more|next|also)|learn more|see also|more (?:from|on|stories)|related"
        r"|recommended|you (?:may|might) (?:also )?(?:like|enjoy)|continue reading|click here"
        r"|view all|trending|popular|latest|further reading|check out|don't miss|(?:previous"
        r"|next) (?:article|post|story))\b|[→»›]",
    ),
    _cue(
        "the small print of the page",
        r"\b(?:cookies?|privacy|terms (?:of|and|&)|all rights reserved|copyright|disclaimer"
        r"|affiliate|licen[cs]ed)\b|©",
    ),
    _cue(
        "a shop's or an advertiser's words",
        r"\b(?:cart|checkout|add to|buy now|shop|free (?:trial|demo|quote)|get started|request a"
        r"|contact us|call us|discount|coupon|advertisement|sponsored|pricing)\b",
    ),
    _cue(
        "a reading aid of the page",
        r"\b(?:no time to read|get a summary|\d+[ -]?min(?:ute)?s?[ -]?read|read(?:ing)? time"
        r"|listen to|print|table of contents|in this article|on this page)\b",
    ),
    _cue(
        CAPTION,
        r"\b(?:photo(?:graph)?s?|image|picture|credit|courtesy|getty|shutterstock|reuters|afp"
        r"|unsplash|illustration|screenshot)\b",
    ),
    _cue(
        AUTHOR,
        r"\b(?:is an? (?:[\w-]+,? ){0,5}(?:writer|journalist|reporter|editor|author|founder"
        r"|correspondent|analyst|freelance\w*|contributor)|about the author|view all posts"
        r"|contributed to this)\b",
    ),
    _cue(
        "filing of the page",
        r"^\W*(?:tags?|filed under|categor(?:y|ies)|topics?|posted in|keywords?)\b",
    ),
    _cue(BYLINE, f"^{BY.pattern}"),
    _cue(DATE_LINE, DATE.pattern),
)

_AT = {name: at for at, name in enumerate(NAMES)}


def reasons(low: str, row: Row) -> tuple[str, ...]:
    """At most three: first what it says, then where it stands, then what it looks like."""

    def get(name: str) -> float:
        return row[_AT[name]]

    found = []
    short = get("words") < 3
    for cue in CUES:
        if (match := cue.shape.search(low)) and (short or cue.reason not in _OF_SHORT_LINES):
            found.append(f"{cue.reason}: “{match[0].strip()}”")
            break
    if get("said_5_before") > _WIDGETY or get("said_5_after") > _WIDGETY:
        found.append("stands among lines that are no part of the piece")
    elif get("prose_ahead") >= FAR:
        found.append("stands behind the last paragraph of the piece")
    elif get("prose_behind") >= FAR:
        found.append("stands before the first paragraph of the piece")
    if get("same") > 1:
        found.append("stands more than once in the text")
    if not get("closed") and get("words") < 2.5:
        found.append("short and no sentence")
    elif get("telling") > 3 and get("known_in_prose") < 0.2:
        found.append("its words hardly occur in the piece")
    return tuple(found[:3]) or ("worded and placed like what surrounds articles",)


_OF_SHORT_LINES = frozenset((BYLINE, DATE_LINE))
_WIDGETY = -0.3
