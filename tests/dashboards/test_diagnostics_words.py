"""What is said of how a question did: a sentence for what is no chance, and why a scale cannot be told."""

from typing import Any

import pytest

from pulse.dashboards import diagnostics_scales
from pulse.dashboards.diagnostics_words import Rates, cannot_be_told, rates_of, remarks
from pulse.domain.measurement.diagnostics import ItemTotal


def make_total(r: float, low: float, high: float, without: float = 0.7) -> ItemTotal:
    return ItemTotal("POW-01", 200, r, low, high, 0.7, without)


def make_rates(**values: object) -> Rates:
    defaults: dict[str, object] = {"n": 100, "not_applying": 0.0, "rather_not": 0.0}
    ends = {"lowest": ("Strongly disagree", 0.1), "highest": ("Strongly agree", 0.1)}
    return Rates(**(defaults | ends | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (make_total(0.5, 0.4, 0.6), ""),
        (make_total(0.25, 0.1, 0.38), ""),
        (make_total(0.1, -0.05, 0.2), "less than a good question should (0.10; \N{MINUS SIGN}0.05 to 0.20)"),
        (make_total(0.1, 0.0, 0.2, 0.71), "it may ask something else."),
        (make_total(0.1, 0.0, 0.2, 0.8), "Without it alpha would be 0.80 instead of 0.70."),
        (make_total(-0.4, -0.5, -0.3), "scored the wrong way round"),
    ],
)
def test_only_what_is_no_chance_is_remarked_on(total: ItemTotal, said: str) -> None:
    sentences = remarks(total, None)
    assert bool(sentences) == bool(said)
    assert said in " ".join(sentences)


def test_of_what_could_be_chance_it_is_said_that_it_cannot_be_told() -> None:
    said = cannot_be_told(make_total(0.25, 0.1, 0.38))
    assert said.endswith("whether it goes with the others (0.25; 0.10 to 0.38).")


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        (make_rates(), ""),
        (make_rates(not_applying=0.2), ""),
        (make_rates(not_applying=0.21), "It does not apply to 21 % of those who answered: ask it of fewer."),
        (make_rates(rather_not=0.125), "13 % would rather not say"),
        (
            make_rates(highest=("Strongly agree", 0.6)),
            "60 % chose “Strongly agree”: there is little room for its score to go higher",
        ),
        (make_rates(lowest=("Not at all", 0.51)), "go lower still."),
    ],
)
def test_each_rate_has_one_plain_sentence(rates: Rates, said: str) -> None:
    sentences = remarks(None, rates)
    assert len(sentences) == bool(said)
    assert said in " ".join(sentences)


def test_the_ends_of_a_reversed_question_are_turned_round_and_shares_are_of_scored_answers() -> None:
    item = {"options": [[1, "Strongly disagree"], [2, "Neither"], [3, "Strongly agree"]], "reverse": True}
    item |= {"na": True}
    rates = rates_of(item, {"1": 6, "2": 2, "3": 2, "na": 5, "pns": 5, "none": 30})
    assert rates == Rates(20, 0.25, 0.25, ("Strongly agree", 0.2), ("Strongly disagree", 0.6))
    assert rates_of(item, {"na": 20}) is None
    unoffered = rates_of(item | {"na": False}, {"1": 10})
    assert unoffered is not None
    assert (unoffered.not_applying, remarks(None, unoffered)[1:]) == (None, [])


@pytest.mark.parametrize(
    ("plan", "said", "cell"),
    [
        ({"whole": False}, "Power: this survey asked only some of the questions", "scale asked in part"),
        ({"items": ["A", "B"]}, "Power: it takes 3 questions", "fewer than 3 questions"),
        ({"blocks": [["A"], ["B", "C"]]}, "Power: different people were asked", "asked by turns"),
        ({}, "Power: fewer than 100 people", "fewer than 100 people"),
        ({"method": "griffin"}, "", ""),
    ],
)
def test_why_a_scale_cannot_be_looked_at_is_said(plan: dict[str, Any], said: str, cell: str) -> None:
    measure = {"id": "POW", "label": "Power", "method": "mean", "whole": True, "items": ["A", "B", "C"]}
    blocks = plan.pop("blocks", [])
    asked = {"measures": [measure | plan], "blocks": blocks}
    assert [one.startswith(said) for one in diagnostics_scales.told(asked, {})] == [True] * bool(said)
    assert set(diagnostics_scales.cells(asked, {}).values()) == ({cell} if cell else set())
