"""What a release says of change, trend and difference, beside scipy, statsmodels and formulas by hand.

Six in ten answered, so that a correction for the known headcount where none belongs would show.
"""

from collections.abc import Iterator
from math import sqrt
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests

from pulse.banks.loading import freeze_items, freeze_measures, get_supplied
from pulse.results.assembly import assemble
from pulse.results.counting import Sheets
from pulse.results.figures import Draft, Earlier
from tests.results.counting import InMemory, count_in_memory, leaning, make_context, make_plan

ITEMS = ["PTA-01", "PTA-04", "PTA-06", "PTA-09", "POW-01", "POW-05", "TAA-G1", "AMB-P1", "AMB-N1"]
STAGES = [f"TOC-{letter}{number}" for letter in "RGMC" for number in range(1, 5)]
UNITS = {"A": 30, "B": 50, "C": 40, "D": 60, "E": 45, "F": 70}
ANSWERED = {name: people * 6 // 10 for name, people in UNITS.items()}
APART = {"A": 0.5, "B": -0.7, "C": 0.15, "D": -0.1, "E": 0.3}
NOW, ANOTHER_FORM, LATE = 9, 3, 5
Row = tuple[str, Draft, list[Earlier]]


def history_of(counted: InMemory) -> dict[tuple[str, str], list[Earlier]]:
    """Earlier waves of every figure: some rise, some fall, most only scatter. Wave 3 asked other questions,
    as did the last for treated as assets. Unit A has been measured since wave 5 only, and rises steeply.
    """
    rng, found = np.random.default_rng(11), {}
    for group in counted.assembled.blocks.groups:
        for draft in counted.assembled.figures[group.id]:
            if not {"mean", "items"} <= draft.detail.keys():
                continue
            late, slope = group.name == "A", float(rng.choice([0.0, 0.0, 1.0, -1.5, 2.0]))
            waves = [
                _earlier(number, draft, 6.0 if late else slope, rng)
                for number in range(NOW - 1, LATE - 1 if late else 0, -1)
            ]
            found[counted.assembled.keys[group.id], draft.measure] = waves
    return found


def _earlier(number: int, draft: Draft, slope: float, rng: np.random.Generator) -> Earlier:
    other = number == ANOTHER_FORM or (number == NOW - 1 and draft.measure == "TAA")
    scatter = rng.normal(0, 8.0 if number == NOW - 1 else 3.0)
    mean = 5.0 if other else draft.detail["mean"] - slope * (NOW - number) + scatter
    n, sd = draft.n + int(rng.integers(-4, 5)), draft.detail["sd"] * rng.uniform(0.8, 1.2)
    return Earlier(number, f"wave {number}", n, mean, sd, ["X"] if other else draft.detail["items"])


@pytest.fixture(scope="module")
def counted() -> InMemory:
    """A ninth wave after eight others."""
    wave = make_plan(ITEMS), UNITS, leaning(unit=APART), ANSWERED
    return count_in_memory(*wave, history=history_of(count_in_memory(*wave)), number=NOW)


def rows(counted: InMemory, *, items: bool) -> Iterator[Row]:
    """(group, figure, earlier waves) of questions, or of everything else that has a trend."""
    for group in counted.assembled.blocks.groups:
        for draft in counted.assembled.figures[group.id]:
            if "mean" in draft.detail and (draft.measure in ITEMS) == items:
                key = counted.assembled.keys[group.id], draft.measure
                yield group.name, draft, counted.context.history[key]


def changed(counted: InMemory, *, items: bool) -> list[Row]:
    return [row for row in rows(counted, items=items) if row[1].change is not None]


def welch_p(row: Row) -> float:
    _, now, (before, *_) = row
    mean, sd = now.detail["mean"], now.detail["sd"]
    test = stats.ttest_ind_from_stats(mean, sd, now.n, before.mean, before.sd, before.n, equal_var=False)
    return float(test.pvalue)


def interval(value: float, parts: list[tuple[float, int]]) -> tuple[float, float, float]:
    """A difference with its limits, from (squared standard error, answers) of each side."""
    variance = sum(v for v, _ in parts)
    df = variance**2 / sum(v**2 / (n - 1) for v, n in parts)
    low, high = stats.t.interval(0.95, df, loc=value, scale=sqrt(variance))
    return value, float(low), float(high)


def answers_of(counted: InMemory, group: str, item: dict[str, Any]) -> np.ndarray:
    """Points of a question's answers in a unit, or in the whole."""
    mine = np.isin(counted.sheets.unit_ids, [u.unit_id for u in counted.context.units if u.name == group])
    steps = counted.sheets.scores_of(item["id"]) - min(int(code) for code, _ in item["options"])
    points = 25.0 * (4 - steps if item["reverse"] else steps)
    return np.asarray(points[mine] if group != "Whole" else points)


def test_a_question_has_the_mean_and_spread_of_its_answers(counted: InMemory) -> None:
    asked = {item["id"]: item for item in counted.context.plan["items"]}
    for group, draft, _ in rows(counted, items=True):
        points = answers_of(counted, group, asked[draft.measure])
        assert draft.n == points.size
        assert draft.detail["mean"] == draft.value == pytest.approx(points.mean())
        assert draft.detail["sd"] == pytest.approx(points.std(ddof=1))


@pytest.mark.parametrize("items", [True, False])
def test_a_change_is_welchs_test_of_two_waves_without_correction(counted: InMemory, items: bool) -> None:
    for row in changed(counted, items=items):
        _, draft, (before, *_) = row
        parts = [(draft.detail["sd"] ** 2 / draft.n, draft.n), (before.sd**2 / before.n, before.n)]
        wanted = (*interval(draft.detail["mean"] - before.mean, parts), welch_p(row))
        found = draft.change
        assert found is not None
        assert (found.value, found.low, found.high, found.p) == pytest.approx(wanted)
    # where the last wave asked other questions there is no change to speak of
    assert {row[1].measure for row in rows(counted, items=items) if not row[1].change} <= {"TAA"}
    assert ("TAA" in {row[1].measure for row in changed(counted, items=items)}) is False


def test_scores_of_all_groups_are_one_family_of_tests(counted: InMemory) -> None:
    family = changed(counted, items=False)
    p = [welch_p(row) for row in family]
    q = multipletests(p, alpha=0.05, method="fdr_bh")[1]
    assert [row[1].q for row in family] == pytest.approx(list(q))
    large = [abs(now.detail["mean"] - before.mean) >= 5 for _, now, (before, *_) in family]
    called = [bool(one <= 0.05) and fits for one, fits in zip(q, large, strict=True)]
    assert [row[1].flagged for row in family] == called
    assert any(one <= 0.05 < other for one, other in zip(p, q, strict=True))


def test_questions_of_each_group_are_a_family_of_their_own(counted: InMemory) -> None:
    for name in ("Whole", *UNITS):
        family = [row for row in changed(counted, items=True) if row[0] == name]
        q = multipletests([welch_p(row) for row in family], method="fdr_bh")[1]
        assert [row[1].q for row in family] == pytest.approx(list(q))
        assert len(family) == len(ITEMS)


def line_of(draft: Draft, earlier: list[Earlier]) -> tuple[list[float], int, float]:
    """([slope, low, high, p], waves, rise) by statsmodels over the waves that asked the same."""
    same = [one for one in earlier if one.items == draft.detail["items"]]
    t = np.array([NOW, *(one.number for one in same)], dtype=float)
    y = np.array([draft.detail["mean"], *(one.mean for one in same)])
    se2 = [draft.detail["sd"] ** 2 / draft.n, *(one.sd**2 / one.n for one in same)]
    model = sm.WLS(y, sm.add_constant(t), weights=1 / np.array(se2))
    fit = model.fit(cov_type="fixed scale", use_t=False)
    if fit.ssr > t.size - 2:  # more scatter than the standard errors allow: it is estimated from the waves
        fit = model.fit()
    slope = float(fit.params[1])
    return [slope, *map(float, fit.conf_int()[1]), float(fit.pvalues[1])], t.size, slope * (t.max() - t.min())


def test_a_trend_is_a_line_through_the_waves_that_asked_the_same(counted: InMemory) -> None:
    for group, draft, earlier in rows(counted, items=False):
        line, waves, rise = line_of(draft, earlier)
        found = draft.detail["trend"]
        assert [found[name] for name in ("slope", "low", "high", "p")] == pytest.approx(line)
        assert (found["waves"], found["rise"]) == (waves, pytest.approx(rise))
        assert waves == (5 if group == "A" else 8) - (draft.measure == "TAA")


def test_a_trend_is_called_one_from_six_waves_and_five_points_on(counted: InMemory) -> None:
    family = list(rows(counted, items=False))
    lines = [line_of(draft, earlier) for _, draft, earlier in family]
    p = [line[3] for line, _, _ in lines]
    q = multipletests(p, method="fdr_bh")[1]
    large = [waves >= 6 and abs(rise) >= 5 for _, waves, rise in lines]
    flags = [row[1].detail["trend"]["flagged"] for row in family]
    assert flags == [bool(one <= 0.05) and fits for one, fits in zip(q, large, strict=True)]
    # what would be called a trend without the correction, and with fewer waves
    assert any(one <= 0.05 < other and fits for one, other, fits in zip(p, q, large, strict=True))
    assert any(one <= 0.05 and waves in (4, 5) for one, (_, waves, _) in zip(q, lines, strict=True))
    assert any(flags)


def test_units_are_drawn_together_and_placed_without_correction(counted: InMemory) -> None:
    places = []
    for name in ("PTA", "POW", "TAA", "AMB"):
        units = [counted.figures(unit)[name] for unit in UNITS]
        n, mean, sd = (np.array(part) for part in zip(*map(summary, units), strict=True))
        found = combine_effects(mean, sd**2 / n, method_re="dl")
        kept = max(found.tau2, 0.0) / (max(found.tau2, 0.0) + sd**2 / n)
        centre = found.mean_effect_re if found.tau2 > 0 else found.mean_effect_fe
        shrunk = [unit.detail["unit"]["shrunk"] for unit in units]
        assert shrunk == pytest.approx(list(centre + kept * (mean - centre)))
        within = np.sum((n - 1) * sd**2) / np.sum(n - 1)
        out = np.abs(mean - np.average(mean, weights=n)) / np.sqrt(within / n)
        names = [("inside", "outside 95", "outside 99.8")[int(z > 1.96) + int(z > 3.0902)] for z in out]
        assert [unit.detail["unit"]["funnel"] for unit in units] == names
        places += [(z, place) for z, place in zip(out, names, strict=True)]
    assert any(place == "inside" and z > 1.96 * sqrt(0.4) for z, place in places)
    assert any(place != "inside" for _, place in places)


def summary(figure: Draft) -> tuple[int, float, float]:
    return figure.n, figure.detail["mean"], figure.detail["sd"]


def test_stages_are_read_with_standard_errors_without_correction() -> None:
    counted = count_in_memory(make_plan(STAGES), UNITS, leaning(unit=dict.fromkeys(UNITS, 0.6)), ANSWERED)
    for name in ("Whole", *UNITS):
        for stage in counted.figures(name)["TOC"].detail["stages"]:
            n, mean, sd = summary(counted.figures(name)[f"TOC.{stage['id']}"])
            z = (mean - 62.5) / (sd / sqrt(n))
            low, high = stats.t.interval(0.95, n - 1, loc=mean, scale=sd / sqrt(n))
            assert (stage["z"], stage["low"], stage["high"]) == pytest.approx((z, low, high))
            expected = "emerging" if abs(z) < stats.norm.ppf(0.8) else "in place" if z > 0 else "not yet"
            assert stage["standing"] == expected


def test_agreement_is_hidden_where_a_question_of_the_score_is() -> None:
    """It is made of the questions' spreads, and would give the hidden one away."""

    def answer(unit: str, number: int, item: dict[str, Any]) -> str:
        hidden = (unit, item["id"]) == ("A", "PTA-04") and number >= 9
        return "-" if hidden else leaning()(unit, number, item)

    counted = count_in_memory(make_plan(ITEMS), UNITS, answer, ANSWERED)
    figures = counted.figures("A")
    assert "PTA-04" not in figures
    assert figures["PTA"].detail["items"] == ["PTA-01", "PTA-06", "PTA-09"]
    assert "rwg" not in figures["PTA"].detail
    assert counted.figures("D")["PTA"].detail["rwg"]["items"] == 4


def test_a_gap_is_corrected_by_the_leaders_asked_and_by_everybody_else_asked() -> None:
    leaders_asked, leaders_answered, pair = 30, 18, ["PTA-01", "LDR-PTA-01"]
    plan = make_plan(["PTA-01"])
    plan["leader_items"] = freeze_items(get_supplied(), pair[1:])
    plan["measures"] = freeze_measures(get_supplied(), pair)
    context = make_context(plan, UNITS, leaders=leaders_asked)
    where = np.repeat([unit.unit_id for unit in context.units[1:]], list(ANSWERED.values()))
    rng = np.random.default_rng(4)
    chosen = rng.integers(1, 6, (where.size, 2))
    leads = rng.permutation(where.size) < leaders_answered
    codes = np.where(np.column_stack([np.ones_like(leads), leads]), chosen + ord("0"), ord("-"))
    sheets = Sheets(pair, codes.astype(np.uint8), where)
    whole = InMemory(assemble(sheets, context), sheets, context).figures()

    points = 25.0 * (chosen - 1)
    sides = [(points[leads, 1], leaders_asked), (points[~leads, 0], sum(UNITS.values()) - leaders_asked)]
    parts = [(x.var(ddof=1) / x.size * (1 - x.size / asked), x.size) for x, asked in sides]
    gap = whole["GAP:LDR-PTA-01"]
    wanted = interval(sides[0][0].mean() - sides[1][0].mean(), parts)
    assert (gap.value, gap.low, gap.high) == pytest.approx(wanted)
    assert (gap.detail["leaders_n"], gap.detail["staff_n"]) == (leaders_answered, where.size - 18)
