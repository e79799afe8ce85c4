import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis import wording
from corpus.analysis.wording import explain, forecast_score, uncertain_score

from .sentences import CERTAIN, FORECASTS, NO_FORECASTS, UNCERTAIN


@pytest.mark.parametrize("sentence", FORECASTS)
def test_what_is_to_come_is_a_forecast(sentence):
    assert forecast_score(sentence) >= 0.5


@pytest.mark.parametrize("sentence", NO_FORECASTS)
def test_what_was_or_is_is_no_forecast(sentence):
    assert forecast_score(sentence) < 0.5


@pytest.mark.parametrize("sentence", UNCERTAIN)
def test_what_is_left_open_is_uncertain(sentence):
    assert uncertain_score(sentence) >= 0.5


@pytest.mark.parametrize("sentence", CERTAIN)
def test_what_is_told_as_done_is_certain(sentence):
    assert uncertain_score(sentence) < 0.5


def test_a_score_names_the_words_behind_it():
    yes = explain("forecast", "NASA said the launch would slip to 2027.")
    no = explain("uncertain", "The rover landed on Monday.")

    assert "somebody said that it would be" in yes.reasons
    assert "tells only what was" in no.reasons


def test_a_finding_of_science_is_open_where_it_hedges():
    told = explain("uncertain", "The drug was given to patients to protect their cells.")
    hedged = explain("uncertain", "The drug may protect the cells of patients.")
    planned = explain("uncertain", "The engineers want to protect the hull from the heat.")

    assert told.score < 0.5 <= hedged.score
    assert told.reasons[0] == hedged.reasons[0] == "is worded like a finding of science"
    assert planned.score >= 0.5
    assert told.reasons[0] not in planned.reasons


def test_every_weight_can_be_said_in_words():
    learned = json.loads(wording.WEIGHTS.read_text(encoding="utf-8"))

    for kind in ("forecast", "uncertain", wording.FINDING, wording.LIKE_FINDING):
        assert all(wording.in_words(name) for name in learned[kind]["weights"])


def test_the_weights_are_small():
    assert wording.WEIGHTS.stat().st_size < 500_000


@given(st.text(max_size=300))
def test_any_text_has_a_score_and_reasons(text):
    for kind in ("forecast", "uncertain"):
        reading = explain(kind, text)
        assert 0.0 < reading.score < 1.0
        assert reading.reasons
