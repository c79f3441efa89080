"""The arithmetic of the benchmarks: which side of a limit is kept, and how it is told."""

import pytest

from tools.bench_figures import Line, middle_of, p95, table, verdict


def make_line(**changes: object) -> Line:
    values: dict[str, object] = {"work": "work", "ours": 8.0, "baseline": 10.0, "unit": "/s"}
    return Line(**(values | changes))  # type: ignore[arg-type]


def test_a_rate_must_reach_its_share_of_the_baseline() -> None:
    assert make_line(ours=7.0, limit=0.7, higher_is_better=True).met is True
    assert make_line(ours=6.9, limit=0.7, higher_is_better=True).met is False


def test_a_time_must_not_be_longer_than_its_multiple_of_the_baseline() -> None:
    assert make_line(ours=15.0, limit=1.5).met is True
    assert make_line(ours=15.1, limit=1.5).met is False


def test_a_figure_without_a_baseline_is_held_to_the_limit_itself() -> None:
    assert make_line(ours=4.0, baseline=None, limit=4).met is True
    assert make_line(ours=5.0, baseline=None, limit=4).met is False


def test_a_figure_without_a_limit_is_neither_met_nor_missed() -> None:
    assert make_line().met is None


def test_the_95th_percentile_is_a_value_that_was_measured() -> None:
    assert p95([float(n) for n in range(1, 101)]) == 95.0
    assert p95([3.0, 1.0, 2.0]) == 3.0


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        p95([])


def test_each_side_is_reduced_to_its_own_median() -> None:
    assert middle_of([(1.0, 10.0), (9.0, 30.0), (2.0, 20.0)]) == (2.0, 20.0)


def test_the_table_shows_the_ratio_beside_its_limit_and_says_that_it_is_missed() -> None:
    row = table([make_line(ours=5.0, limit=0.7, higher_is_better=True)]).splitlines()[1]

    assert row.split() == ["work", "5", "/s", "10", "/s", "0.50", "at", "least", "0.7", "MISSED"]


def test_the_verdict_names_what_is_missed() -> None:
    lines = [
        make_line(work="fast", limit=0.7, higher_is_better=True),
        make_line(work="slow", ours=1.0, limit=0.7, higher_is_better=True),
        make_line(work="only read"),
    ]

    assert verdict(lines) == "1 of 2 limits are missed: slow."
    assert verdict(lines[:1]) == "Every limit is met."
