"""The arithmetic of the validation table: what misses a limit, and what a short run may miss it by."""

from collections.abc import Sequence

import pytest

from tools.validate.findings import false_share, lines_of, rmse
from tools.validate.rows import bias_line, whole_coverage_line
from tools.validate.running import SCENARIOS
from tools.validate.seen import Advice, Check, Interval, Label, Level, Moved, Placed, Rotated, Seen, Weighted
from tools.validate.table import Line, Slack, share_line, table, verdict

FULL = Slack()


def make_line(**changes: object) -> Line:
    values: dict[str, object] = {"what": "what", "measured": 95.0, "unit": "%", "count": "9 results"}
    return Line(**(values | changes))  # type: ignore[arg-type]


def make_interval(**changes: object) -> Interval:
    values: dict[str, object] = {"measure": "PTA", "whole": False, "value": 50.0}
    values |= {"low": 45.0, "high": 55.0, "truth": 50.0}
    return Interval(**(values | changes))  # type: ignore[arg-type]


def make_moved(value: float, **changes: object) -> Moved:
    """A change beside none that is planted, known to 5 points."""
    values: dict[str, object] = {"measure": "PTA", "whole": False, "truth": 0.0, "everybody": 0.0}
    return Moved(value=value, low=value - 5.0, high=value + 5.0, **(values | changes))  # type: ignore[arg-type]


def make_check(**changes: object) -> Check:
    values: dict[str, object] = {"family": "figures", "page": "1", "real": False, "planted": False}
    return Check(**(values | {"flagged": False} | changes))  # type: ignore[arg-type]


def rows(slack: Slack = FULL, **seen: Sequence[Seen]) -> dict[str, Line]:
    """The table's lines by what they say, from what these scenarios saw and the others did not."""
    found: dict[str, Sequence[Seen]] = {scenario: [] for scenario in SCENARIOS}
    found |= seen
    return {line.what: line for line in lines_of(found, slack)}


def test_both_ends_of_what_is_wanted_are_met() -> None:
    assert [make_line(measured=m, low=93.5, high=96.5).met for m in (93.4, 93.5, 96.5, 96.6)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_line_without_a_limit_is_neither_met_nor_missed() -> None:
    assert make_line().met is None


def test_nothing_measured_misses_any_limit() -> None:
    assert make_line(measured=None, high=5.0).met is False
    assert "not released yet" in table([make_line(measured=None, high=5.0)])


def test_the_slack_of_a_short_run_is_its_binomial_error() -> None:
    """sqrt(.95 * .05 / 100) is 2.179 percentage points."""
    assert Slack(4.0).of_share(95.0, 100) == pytest.approx(4 * 2.1794, abs=1e-3)
    assert Slack(4.0).of_mean(10.0, 25) == pytest.approx(8.0)


def test_a_full_run_has_no_slack() -> None:
    line = share_line("share", 95, 100, "results", FULL, 93.5, 96.5)
    assert (line.low, line.high) == (93.5, 96.5)
    assert bias_line("bias", [0.1, 0.4], FULL).high == 0.3


def test_a_share_never_needs_to_be_below_0_or_above_100() -> None:
    line = share_line("share", 4, 4, "results", Slack(4.0), 93.5, 96.5)
    assert line.low is not None
    assert (0.0 <= line.low < 93.5, line.high) == (True, 100.0)


def test_bias_is_the_mean_error_in_either_direction() -> None:
    assert bias_line("bias", [0.5, 0.3], FULL).met is False
    assert bias_line("bias", [-0.5, -0.3], FULL).met is False
    assert bias_line("bias", [-5.0, 5.0], FULL).met is True


def test_false_discoveries_are_counted_among_the_flags_of_a_page() -> None:
    right, wrong, quiet = make_check(real=True, flagged=True), make_check(flagged=True), make_check()
    assert false_share([right, right, right, wrong, quiet]) == 25.0
    assert false_share([quiet]) == 0.0


def test_the_root_mean_square_is_that_of_the_errors() -> None:
    assert rmse([3.0, -4.0]) == pytest.approx(12.5**0.5)


def test_coverage_that_is_too_low_or_too_high_is_missed() -> None:
    def covering(hits: int) -> Line:
        truths = [50.0] * hits + [90.0] * (1000 - hits)
        return rows(steady=[make_interval(truth=t) for t in truths])[
            "95 % interval covers: permission to act"
        ]

    assert [covering(hits).met for hits in (930, 950, 970)] == [False, True, False]
    assert covering(950).count == "1,000 results"


def test_unchanged_coverage_under_informative_replies_is_missed_even_in_a_short_run() -> None:
    name = "replies depend on the answer, so coverage must break: units of 100"
    assert rows(Slack(4.0), selective=[make_interval()] * 30)[name].met is False
    assert rows(Slack(4.0), selective=[make_interval(truth=60.0)] * 30)[name].met is True


def test_each_family_of_tests_has_its_own_row_of_false_alarms() -> None:
    found = rows(
        steady=[make_check(family="trends", flagged=flagged) for flagged in [True] * 3 + [False] * 97]
    )
    assert found["false alarms, nothing changed: trends"].met is False
    assert found["false alarms, nothing changed: changes of figures"].measured is None


@pytest.mark.parametrize(("flagged", "met"), [(2, False), (3, True)])
def test_a_quarter_of_large_changes_must_be_flagged(flagged: int, met: bool) -> None:
    planted = [make_check(real=True, planted=True, flagged=one < flagged) for one in range(10)]
    line = rows(changing=planted)["changes of 15 points that are flagged: figures"]
    assert (line.measured, line.met) == (10.0 * flagged, met)


def test_changes_that_are_flagged_must_have_the_right_direction() -> None:
    name = "flagged changes in the wrong direction: figures and questions"
    right, wrong = (
        make_check(real=True, planted=True, flagged=True, wrong=wrong, family="questions")
        for wrong in (False, True)
    )
    assert rows(changing=[right] * 99 + [wrong])[name].met is True
    assert rows(changing=[right] * 98 + [wrong] * 2)[name].met is False
    assert rows(changing=[make_check(real=True, planted=True)])[name].met is False


def test_a_change_must_be_that_of_everybody_where_units_change() -> None:
    name = "bias of the change: permission to act"
    assert rows(changing=[make_moved(15.2, everybody=15.0)])[name].met is True
    assert rows(changing=[make_moved(-15.0, everybody=15.0)])[name].met is False
    assert name not in rows(steady=[make_moved(0.0)])


def test_intervals_of_changes_may_hold_the_truth_too_often_but_not_too_seldom() -> None:
    name = "95 % interval of the change covers (cautious, same people): permission to act"
    found = [
        rows(steady=[make_moved(0.0)] * hits, changing=[make_moved(6.0)] * (100 - hits)) for hits in (100, 93)
    ]
    assert [lines[name].met for lines in found] == [True, False]


def test_shrunken_levels_must_be_clearly_nearer_the_truth_than_raw_ones() -> None:
    """Of an error of 5 points, 3 in 100 are 0.15."""
    better, hardly, same = (Level("PTA", 60.0, shrunk, 55.0) for shrunk in (59.84, 59.86, 60.0))
    name = "error of shrunken unit levels: permission to act, against 5.00 raw"
    assert [rows(steady=[one])[name].met for one in (better, hardly, same)] == [True, False, False]


def test_even_a_short_run_finds_levels_that_are_not_drawn_together_at_all() -> None:
    errors = [-6.0, -4.0, 2.0, 3.0, 5.0] * 10
    raw = [Level("PTA", 50.0 + error, 50.0 + error, 50.0) for error in errors]
    drawn = [Level("PTA", 50.0 + error, 50.0 + 0.8 * error, 50.0) for error in errors]
    name = "error of shrunken unit levels: permission to act, against 4.24 raw"
    assert [rows(Slack(4.0), steady=levels)[name].met for levels in (raw, drawn)] == [False, True]


@pytest.mark.parametrize("planted", ["torn", "indifferent", "uneven", "hopeful", "in order"])
def test_every_planted_shape_must_be_found(planted: str) -> None:
    name = f"labelled right: {planted}, 20 or more answers"
    found = [Label(planted, planted, 30)] * 94 + [Label(planted, "mixed", 30)] * 6
    assert rows(shapes=found)[name].met is False
    assert rows(shapes=found[:94])[name].met is True


def test_coverage_of_the_organisation_may_miss_by_the_chance_of_its_waves() -> None:
    """Of 450 waves two binomial errors are 2.05 points, however many figures each of them has."""
    found = [make_interval(whole=True, measure=name) for name in ("PTA", "TAA")] * 450
    line = whole_coverage_line("covers", found, FULL)
    assert (line.low, line.high) == pytest.approx((92.945, 97.055), abs=1e-3)
    assert (line.count, line.met) == ("900 results of 450 waves", False)
    missed = [make_interval(whole=True, truth=90.0)] * 45
    assert whole_coverage_line("covers", [*found, *missed], FULL).met is True


def test_weighting_must_mend_what_replies_that_differ_by_unit_have_bent() -> None:
    what = "permission to act, organisation, replies differ by unit"
    names = f"bias of the weighted figure: {what}", f"   of the plain figure, which must be off: {what}"

    def weighted(value: float, raw: float) -> list[bool | None]:
        lines = rows(unequal=[Weighted("PTA", True, value, 45.0, 55.0, truth=50.0, raw=raw)])
        return [lines[name].met for name in names]

    assert weighted(50.1, 53.0) == [True, True]
    assert weighted(53.0, 53.0) == [False, True]
    assert weighted(50.1, 50.1) == [True, False]


def test_units_are_fit_to_compare_where_they_differ_and_only_there() -> None:
    alike, apart = (
        "units that do not differ, but are said to be fit to compare",
        "units that differ by up to 30 points, and are said to be fit to compare",
    )
    always, never = (
        rows(unequal=[Advice("PTA", True, advice)], alike=[Advice("PTA", False, advice)])
        for advice in ("compare", "organisation only")
    )
    assert (always[alike].met, always[apart].met) == (False, True)
    assert (never[alike].met, never[apart].met) == (True, False)


@pytest.mark.parametrize(("outside", "met"), [(2, False), (5, True), (10, False)])
def test_five_in_a_hundred_units_that_do_not_differ_lie_outside_the_funnel(outside: int, met: bool) -> None:
    places = [Placed("PTA", "outside 95" if one < outside else "inside") for one in range(100)]
    name = "units that do not differ, outside the 95 % limits of the funnel"
    assert rows(alike=places)[name].met is met


def test_a_label_is_right_if_it_is_what_was_planted() -> None:
    labels = [Label("torn", "torn", 30)] * 18 + [Label("torn", "mixed", 30)] * 2
    line = rows(shapes=labels)["labelled right: torn, 20 or more answers"]
    assert (line.measured, line.met) == (90.0, False)


def test_a_split_among_few_answers_is_told_and_not_limited() -> None:
    found = rows(shapes=[Label("split", "split", 50), Label("split", "mixed", 49)])
    assert found["labelled right: split, 50 or more answers"].met is True
    few = found["labelled right: split, 20 to 49 answers"]
    assert (few.measured, few.met) == (0.0, None)


def test_the_raw_mean_stands_beside_the_adjusted_one_to_compare() -> None:
    seen = [Rotated(f"run {run}", "POW", 1, 50.1, 45.1, 55.1, 60.0, 50.0) for run in range(3)]
    found = rows(rotating=seen)
    adjusted = found["bias of the adjusted level: a dimension (power), after easy questions"]
    raw = found["   of the raw mean, to compare: a dimension (power), after easy questions"]

    assert [adjusted.measured, raw.measured] == pytest.approx([0.1, 10.0])
    assert (adjusted.met, raw.met) == (True, None)


def test_the_verdict_names_what_is_missed() -> None:
    lines = [make_line(what="good", high=99.0), make_line(what="bad", high=5.0), make_line(what="read")]
    assert verdict(lines) == "1 of 2 limits are missed: bad."
    assert verdict(lines[:1]) == "All 1 limits are met."
