"""Editors' patterns: added, retired, and handed to the analysis."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from corpus.analysis.reliability import label_passages
from corpus.models import Passage
from corpus.text.segment import segment
from curation import patterns
from curation.ledger import Refused
from curation.models import Decision, Pattern
from tests.factories import make_user

pytestmark = pytest.mark.django_db

WISH = "The desk wishes a calm week."


@pytest.fixture
def editor():
    return make_user("editor")


def add(by, words=WISH, fits="whole", reason="A wish at the foot of the page."):
    return patterns.add(words, fits, reason, by=by)


def test_pattern_is_in_force_with_its_line_of_the_ledger(editor):
    row = add(editor)

    assert patterns.in_force() == [(f"desk:{row.pk}", WISH, "whole", row.reason)]
    assert [line.act for line in Decision.objects.all()] == ["add a pattern"]


def test_pattern_decides_on_passages_with_its_reason(editor):
    row = add(editor)

    said = label_passages(WISH, segment(WISH), patterns=patterns.in_force())[0]

    assert (said.label, said.pattern) == ("spam", f"desk:{row.pk}")
    assert said.reasons[0] == row.reason


def test_retired_pattern_is_out_of_force_once_and_kept(editor):
    row = add(editor)

    patterns.retire(row, by=editor, reason="It fits reports.")

    assert patterns.in_force() == []
    assert Pattern.objects.get().superseded_at
    with pytest.raises(Refused):
        patterns.retire(row, by=editor, reason="Again.")
    assert Decision.objects.count() == 2


def test_retired_words_can_be_a_pattern_again(editor):
    patterns.retire(add(editor), by=editor, reason="Too early.")

    assert add(editor).superseded_at is None


@pytest.mark.parametrize(
    ("words", "fits", "reason"),
    [
        ("", "whole", "A wish."),
        ("…", "whole", "A wish."),
        ("Moon", "part", "A wish."),
        (WISH, "nearly", "A wish."),
        (WISH, "whole", " "),
    ],
)
def test_what_is_no_pattern_is_refused(editor, words, fits, reason):
    with pytest.raises(ValidationError):
        add(editor, words, fits, reason)

    assert not Decision.objects.exists()


def test_same_words_twice_are_refused(editor):
    add(editor)

    with pytest.raises(ValidationError):
        add(editor)


def test_retiring_asks_for_a_reason(editor):
    with pytest.raises(ValidationError):
        patterns.retire(add(editor), by=editor, reason=" ")


def test_contributors_may_not_add_or_retire(editor):
    row, contributor = add(editor), make_user("contributor")

    with pytest.raises(PermissionDenied):
        add(contributor, "Other words.")
    with pytest.raises(PermissionDenied):
        patterns.retire(row, by=contributor, reason="No.")


def test_imports_and_a_further_analysis_go_by_the_patterns_in_force(editor, tmp_path):
    (tmp_path / "a.txt").write_text(f"ESA and NASA signed an agreement in Paris.\n\n{WISH}\n")
    row = add(editor)
    call_command("import_documents", str(tmp_path), stdout=StringIO())
    wish = Passage.objects.get(text=WISH)
    assert (wish.suggested_reliability, wish.suggestion_pattern) == ("spam", f"desk:{row.pk}")

    patterns.retire(row, by=editor, reason="It is meant.")
    call_command("analyse", "--all", stdout=StringIO())

    wish.refresh_from_db()
    assert wish.suggestion_pattern == ""
    assert wish.suggested_reliability != "spam"
