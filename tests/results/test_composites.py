"""A score made of several questions gives away nobody who skipped one of them."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from pulse.domain.measurement.moments import Moment
from pulse.results.composites import composite, kept_moments, usable_items
from pulse.results.figures import Draft
from pulse.results.metrics import Metric, metrics_of
from pulse.results.scoring import values_of
from tests.results.counting import InMemory, count_in_memory, leaning, make_plan

EXPECTED = [f"TAA-X{number}" for number in range(1, 7)]
EXPERIENCED = [f"TAA-E{number}" for number in range(1, 7)]
PTA = ["PTA-01", "PTA-04", "PTA-05", "PTA-06", "PTA-09", "PTA-10"]
ITEMS = [*PTA, "TAA-G1", *EXPECTED, *EXPERIENCED, "AMB-P1", "AMB-N1"]
SIZES = {"A": 12, "B": 14, "C": 16, "D": 20, "E": 24, "F": 32}


def skipping_some(run: int) -> InMemory:
    """One answer in forty is left out."""
    rng, base = np.random.default_rng(run), leaning(run)

    def answer(unit: str, number: int, item: dict[str, Any]) -> str:
        return "-" if rng.random() < 0.025 else base(unit, number, item)

    return count_in_memory(make_plan(ITEMS), SIZES, answer, {unit: n - 2 for unit, n in SIZES.items()})


def total(figure: Draft) -> float:
    return figure.n * (figure.value or 0.0)


def single_answers(figures: dict[str, Draft]) -> Counter[str]:
    """An attacker subtracts: where one person answered a question and is not in the score, what is left of
    the totals is that answer, and lies on an option. Scores made of the questions leave no such remainder.
    """
    found: Counter[str] = Counter()
    for number in range(1, 7):
        sides, gap = (f"TAA-X{number}", f"TAA-E{number}"), f"SAYDO.TAA-{number}"
        if {*sides, gap} <= figures.keys():
            x, e, n = total(figures[sides[0]]), total(figures[sides[1]]), figures[gap].n
            if (figures[sides[0]].n, figures[sides[1]].n) == (n + 1, n):
                found["tried"] += 1
                found["gap"] += on_an_option(x - e - total(figures[gap]))
    for part, (one, other) in {"PTA.room": ("PTA-04", "PTA-05"), "PTA.trust": ("PTA-09", "PTA-10")}.items():
        if {part, one, other} <= figures.keys() and figures[one].n == figures[part].n == figures[other].n + 1:
            found["tried"] += 1
            left = 2 * total(figures[part]) - total(figures[one]) - total(figures[other])
            found["part"] += on_an_option(left)
    if {"AMB", "AMB.least", "AMB-P1", "AMB-N1"} <= figures.keys():
        n = figures["AMB"].n
        both = 2 * (2 * total(figures["AMB.least"]) / 25 - n * ((figures["AMB"].value or 0.0) * 6 / 100 - 2))
        if {figures["AMB-P1"].n, figures["AMB-N1"].n} == {n, n + 1}:
            found["tried"] += 1
            found["feelings"] += on_an_option(total(figures["AMB-P1"]) + total(figures["AMB-N1"]) - 25 * both)
    return found


def on_an_option(points: float) -> bool:
    return abs(points / 25 - round(points / 25)) < 1e-6 and -1e-6 <= points <= 100 + 1e-6


def attack() -> Counter[str]:
    found: Counter[str] = Counter()
    for run in range(6):
        counted = skipping_some(run)
        for name in counted.names:
            found += single_answers(counted.figures(name))
    return found


def test_totals_of_questions_and_scores_leave_nobodys_answer_between_them() -> None:
    """Sometimes a mean of other people lies on an option by chance; that is all the attacker finds."""
    found = attack()
    tried = found.pop("tried")
    assert tried > 10
    assert sum(found.values()) < 0.25 * tried


def test_the_attack_finds_them_where_a_score_is_the_mean_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its control: with people's own scores in the place of the questions', every single answer comes out."""
    monkeypatch.setattr("pulse.results.drafting.composite_moment", lambda metric, people, *rest: people)
    monkeypatch.setattr("pulse.results.assembly.complete_pairs", lambda sheets, plan: sheets)
    found = attack()
    tried = found.pop("tried")
    assert min(found["gap"], found["part"], found["feelings"]) > 0
    assert sum(found.values()) == tried


def test_where_everybody_answered_everything_a_score_is_the_mean_of_peoples_scores() -> None:
    counted = count_in_memory(make_plan(ITEMS), SIZES, leaning())
    for metric in metrics_of(counted.context.plan):
        people = values_of(metric, counted.sheets, counted.context.plan)
        figure = counted.figures()[metric.id]
        assert figure.value == pytest.approx(people.mean())
        assert figure.detail["sd"] == pytest.approx(people.std(ddof=1))


def test_half_a_pair_counts_as_no_answer() -> None:
    def half(unit: str, number: int, item: dict[str, Any]) -> str:
        return "-" if item["id"] == "AMB-P1" and number == 0 else leaning()(unit, number, item)

    figures = count_in_memory(make_plan(ITEMS), SIZES, half).figures()
    assert figures["AMB-N1"].n == figures["AMB-P1"].n == figures["AMB"].n == sum(SIZES.values()) - len(SIZES)


def make_metric(*items: str, method: str = "mean", **defaults: Any) -> Metric:
    return Metric("X", items, method, **defaults)


@pytest.mark.parametrize(
    ("metric", "shown", "usable"),
    [
        (make_metric("A", "B"), "A", ""),
        (make_metric("A", "B", "C", need=2), "AB", "AB"),
        (make_metric("A", "B", "C", "D", "E", need=2), "AB", ""),
        (make_metric("A", "B", method="griffin"), "A", ""),
        (make_metric("A", "B", "C", "D", method="gap"), "ABC", "AB"),
        (make_metric("A", "B", "C", method="facets", facets=(("A", "B"), ("C",)), need_facets=2), "AC", "AC"),
        (make_metric("A", "B", "C", method="facets", facets=(("A", "B"), ("C",)), need_facets=2), "AB", ""),
    ],
)
def test_a_score_is_shown_only_from_enough_questions_that_are(
    metric: Metric, shown: str, usable: str
) -> None:
    assert usable_items(metric, shown) == tuple(usable)


def test_parts_weigh_alike_whatever_their_number_of_questions() -> None:
    metric = make_metric("A", "B", "C", method="facets", facets=(("A", "B"), ("C",)), need_facets=2)
    assert composite(metric, "ABC", {"A": 0.0, "B": 50.0, "C": 75.0}) == 50.0


def test_nothing_is_stored_of_a_block_over_fewer_than_k_answers() -> None:
    few, many = Moment.from_summary(9, 80.0, 5.0), Moment.from_summary(12, 40.0, 5.0)
    metric = make_metric("A", "B", "C", need=2)
    stored = kept_moments({(0, "A"): many, (0, "B"): many, (0, "C"): few, (0, "X"): many}, [metric], 10)
    assert (0, "C") not in stored
    assert stored[0, "X"].mean == 40.0
    assert (0, "X") not in kept_moments(
        {(0, "A"): many, (0, "B"): few, (0, "C"): few, (0, "X"): many}, [metric], 10
    )
