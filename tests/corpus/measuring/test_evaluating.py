"""The table of figures: suggestions and baselines, scored by the scorer beside the sets."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from corpus.measuring import baselines, evaluating
from corpus.measuring.sets import Item

# Takes what the real one takes, and prints figures in its form.
SCORER = """
import json, sys
mode, gold, pred = sys.argv[1:4]
gold, pred = ([json.loads(line) for line in open(path)] for path in (gold, pred))
assert [row["id"] for row in gold] == [row["id"] for row in pred]
right = sum((each["score"] >= .5) == (row["label"] in sys.argv[4].split(","))
            for row, each in zip(gold, pred)) / len(gold) if mode == "labels" else 0
print(f"n {len(gold)}\\nP {right:.3f} R 1.000 F1 0.500 [0.400,0.600] acc 1.000 R@P95 0.000")
"""
ROWS = [
    {"id": 1, "text": "The rover could fly in 2030.", "label": "Solution"},
    {"id": 2, "text": "The rover landed on Monday.", "label": "Context"},
]


@pytest.fixture
def sets(tmp_path):
    (tmp_path / "dev").mkdir()
    (tmp_path / "score.py").write_text(SCORER)
    gold = tmp_path / "dev" / "spec_space_ideas.jsonl"
    gold.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    (tmp_path / "dev" / "another.jsonl").write_text("{}\n")
    return tmp_path


def told(*args):
    out = StringIO()
    call_command("evaluate", *map(str, args), stdout=out)
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


def test_table_shows_suggestions_beside_baselines_and_what_was_learned_from(sets, monkeypatch):
    monkeypatch.setattr(evaluating, "held_out", lambda each: None)

    head, ours, words, everything, _, left = told(sets)

    rest = "acc 1.000 R@P95 0.000"
    figures = "1.000 0.500 [0.400,0.600]"
    assert head == "set task by P R F1 95 %"
    assert ours == (
        f"spec_space_ideas forecast Concordat 1.000 {figures} {rest}; learned from this set"
    )
    assert words == f"spec_space_ideas forecast word list 1.000 {figures} {rest}"
    assert everything == f"spec_space_ideas forecast flag all 0.500 {figures} {rest}"
    assert left == "Not measured, since they are not labelled: another.jsonl."


def test_figures_of_what_was_held_out_stand_below(tmp_path, monkeypatch):
    monkeypatch.setattr(evaluating, "LEARNED", tmp_path)
    measured = {"precision": 0.7, "recall": 0.6, "f1": 0.65, "interval": [0.6, 0.7], "how": "CV"}
    each = evaluating.Set("spec.jsonl", "forecast", ("labels",), {}, "wording.json")
    (tmp_path / "wording.json").write_text(json.dumps({"measured": {"spec forecast": measured}}))

    row = evaluating.held_out(each)

    assert row.figures == evaluating.Figures(0.7, 0.6, 0.65, 0.6, 0.7)
    assert (row.by, row.note) == ("Concordat, held out", "CV")


def test_without_sets_it_says_so_and_ends_with_two(tmp_path):
    with pytest.raises(CommandError, match="There are no labelled sets at") as raised:
        call_command("evaluate", str(tmp_path))

    assert raised.value.returncode == 2


def test_scorer_that_fails_is_told_in_a_sentence(sets):
    (sets / "score.py").write_text("raise SystemExit('no such label')")

    with pytest.raises(CommandError, match=r"did not score spec_space_ideas.jsonl: no such label"):
        told(sets)


@pytest.mark.parametrize(
    ("predict", "texts", "said"),
    [
        (baselines.LINES["phrase list"], ["Read more", "It flew."], {"flag": [1, 0]}),
        (baselines.LINES["no end punctuation"], ["Read more", "It flew."], {"flag": [1, 0]}),
        (baselines.FORECAST["word list"], ["It will fly."], {"score": 1.0}),
        (baselines.UNCERTAIN["word list"], ["It flew."], {"score": 0.0}),
        (baselines.PAIRS["3-gram overlap"], ["a b c d", "a b c e"], {"score": 0.5}),
        (
            baselines.dictionary({"ESA": "Q1", "ESA lab": "Q2"}),
            ["At ESA lab"],
            {"links": [[3, 10, "Q2"]]},
        ),
    ],
)
def test_baselines_are_as_simple_as_they_are_called(predict, texts, said):
    assert predict(Item(1, texts)) == said


def test_make_eval_names_the_folder_of_the_sets():
    from tests.conftest import ROOT

    assert "manage.py evaluate $(EVAL)" in (Path(ROOT) / "Makefile").read_text()
