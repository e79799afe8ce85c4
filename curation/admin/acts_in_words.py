"""What somebody decided, as an editor says it: the acts that may move evidence.

The ledger names what a line is about by numbers, since words of others may have to be removed one
day. They are looked up here when they are shown, each kind in one query.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from corpus.models import Document, Entity, Passage
from curation.admin.decisions import act_in_words
from curation.models import Claim, Decision, Evidence, Quote

LONGEST = 90  # characters of a title or of words inside a line
OF_PASSAGE, OF_QUOTE, OF_EVIDENCE = "corpus.passage", "curation.quote", "curation.evidence"

# By act, what is said of its subject; {name} and the like come from what the line keeps.
HEADINGS = {
    "grade": "Regraded: {subject}",
    "change source": "Source changed: {subject}",
    "describe": "Described anew: {subject}",
    "assess": "Labelled anew: {subject}",
    "accept suggestions": "Suggestions accepted: {subject}",
    "split": "Cut anew: {subject}",
    "join": "Cut anew: {subject}",
    "link": "“{name}” {verdict} {entity}, in {subject}",
    "merge": "{subject} merged into {after}",
    "unmerge": "{subject} parted again from {before}",
    "add evidence": "Words put to {subject}",
    "withdraw evidence": "Evidence withdrawn from {subject}",
    "tick": "Ticked: what is put to {subject}",
    "untick": "Tick taken away: what is put to {subject}",
    "judge copies": "{word}: {documents}",
    "place quote": "Quoted words {state}: {subject}",
    "make claim": "New claim {made}, on {subject}",
    "replace": "{replaced} replaced by {made}",
    "leave as disputed": "Left as disputed: {subject}",
    "tell outcome": "Outcome told of {subject}",
    "take outcome back": "Outcome taken back of {subject}",
    "set aside": "Set aside: {subject}",
    "bring back": "Brought back: {subject}",
}
VERDICTS = {"is": "stands for", "is_not": "does not stand for", "unsure": "may stand for"}
STATES = {"lost": "said to be gone", "moved": "found at another place"}
WORDS = {"same_story": "One story", "independent": "Independent of one another"}


def headings(decisions: Iterable[Decision]) -> dict[int, str]:
    """By decision, what was done to what, in one line."""
    lines = [(each, _kept(each.before), _kept(each.after)) for each in decisions]
    known = _Known(lines)
    return {line.pk: known.heading(line, before, after) for line, before, after in lines}


def _kept(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:  # its words were removed
        return None


class _Known:
    def __init__(self, lines: list[tuple[Decision, Any, Any]]) -> None:
        subjects: dict[str, set[int]] = defaultdict(set)
        for line, _, _ in lines:
            if line.subject_id.isdecimal():
                subjects[line.subject_kind].add(int(line.subject_id))
        self._places = _places(subjects)
        self._entities = _names(Entity, _entities_of(lines))
        self._documents = _names(Document, _documents_of(lines), "title")
        making = [line.pk for line, _, _ in lines if line.act == "make claim"]
        claims = Claim.objects.filter(decision__in=making).select_related("replaces")
        self._made = {claim.decision_id: claim for claim in claims} if making else {}

    def heading(self, line: Decision, before: Any, after: Any) -> str:
        subject = self._subject(line)
        made = self._made.get(line.pk)
        act = "replace" if made and made.replaces else line.act
        words = HEADINGS.get(act, f"{act_in_words(act).capitalize()}: {{subject}}")
        told = after if isinstance(after, dict) else {}
        return words.format_map(
            {
                "subject": subject,
                "name": told.get("name", ""),
                "verdict": VERDICTS.get(told.get("verdict", ""), "was linked to"),
                "entity": self._entities.get(told.get("entity"), "somebody"),
                "before": self._entities.get(_number(before), "it"),
                "after": self._entities.get(_number(after), "another"),
                "word": WORDS.get(told.get("word", ""), "No longer judged"),
                "documents": self._pair(before, after) or subject,
                "state": STATES.get(told.get("state", ""), "looked for"),
                "made": _claim(made) if made else "Something",
                "replaced": made.replaces.key if made and made.replaces else "",
            }
        )

    def _subject(self, line: Decision) -> str:
        pk = int(line.subject_id) if line.subject_id.isdecimal() else 0
        return self._places.get((line.subject_kind, pk)) or line.subject_label or "(words removed)"

    def _pair(self, before: Any, after: Any) -> str:
        told = after if isinstance(after, dict) else before if isinstance(before, dict) else {}
        titles = (self._documents.get(pk, "") for pk in told.get("documents", ()))
        return " / ".join(filter(None, titles))


def _places(subjects: dict[str, set[int]]) -> dict[tuple[str, int], str]:
    """Of passages, quotes and evidence: the document that they are in, and their claim."""
    found: dict[tuple[str, int], str] = {}
    for pk, title in _titles(Passage, subjects[OF_PASSAGE]).items():
        found[OF_PASSAGE, pk] = f"a passage of “{_short(title)}”"
    for pk, title in _titles(Quote, subjects[OF_QUOTE]).items():
        found[OF_QUOTE, pk] = f"“{_short(title)}”"
    if pks := subjects[OF_EVIDENCE]:
        evidence = Evidence.objects.filter(pk__in=pks).select_related("claim")
        found |= {(OF_EVIDENCE, each.pk): _claim(each.claim) for each in evidence}
    return found


def _titles(model: Any, pks: set[int]) -> dict[Any, str]:
    """Of the documents that rows of a text are in."""
    return _names(model, pks, "capture__document__title")


def _claim(claim: Claim) -> str:
    return f"{claim.key}, “{_short(claim.words)}”" if claim.words else claim.key


def _entities_of(lines: list[tuple[Decision, Any, Any]]) -> set[int]:
    told = [after.get("entity") for line, _, after in lines if line.act == "link" and after]
    for line, before, after in lines:
        if line.act in ("merge", "unmerge"):
            told += [_number(before), _number(after)]
    return {pk for pk in told if pk}


def _documents_of(lines: list[tuple[Decision, Any, Any]]) -> set[int]:
    told = [kept for _, before, after in lines for kept in (before, after)]
    return {pk for kept in told if isinstance(kept, dict) for pk in kept.get("documents", ())}


def _names(model: Any, pks: set[int], column: str = "name") -> dict[Any, str]:
    return dict(model.objects.filter(pk__in=pks).values_list("pk", column)) if pks else {}


def _number(kept: Any) -> int | None:
    return kept if isinstance(kept, int) and not isinstance(kept, bool) else None


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
