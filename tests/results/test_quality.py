"""How good the questions are, from what a closed wave keeps: against libraries that see the people."""

from itertools import permutations
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import statsmodels.api as sm

from pulse.domain.measurement.comoments import CoMoments, kept_people
from pulse.results import quality
from pulse.results.metrics import metrics_of, whole_metrics
from pulse.results.quality import SCALES
from pulse.results.scoring import values_of
from tests.results.counting import Answer, InMemory, count_in_memory, leaning, make_plan

PTA = [f"PTA-{number:02}" for number in range(1, 11)]
POW = [f"POW-{number:02}" for number in range(1, 6)]
PEO = [f"PEO-{number:02}" for number in range(1, 6)]
FEELINGS = ["AMB-P1", "AMB-N1", "AMB-S1", "AMB-S2", "AMB-S3", "AMB-S4"]
UNITS = {"A": 90, "B": 80, "C": 70}


@pytest.fixture(scope="module")
def whole() -> InMemory:
    """Everybody answers everything."""
    return count_in_memory(make_plan([*PTA, *POW, *PEO, *FEELINGS]), UNITS, leaning())


def skipping(answer: Answer, some: dict[str, int]) -> Answer:
    """As `answer`, but the first people of unit A leave an item out: item -> how many."""

    def skip(unit: str, number: int, item: dict[str, Any]) -> str:
        return "-" if unit == "A" and number < some.get(item["id"], 0) else answer(unit, number, item)

    return skip


def scores(counted: InMemory, names: list[str]) -> np.ndarray:
    metrics = whole_metrics(counted.context.plan)
    return np.column_stack([values_of(metrics[n], counted.sheets, counted.context.plan) for n in names])


def test_alpha_is_the_one_that_people_side_by_side_give(whole: InMemory) -> None:
    columns = [whole.sheets.scores_of(item) for item in POW]
    reverse = {item["id"]: item["reverse"] for item in whole.context.plan["items"]}
    table = np.column_stack(
        [6 - column if reverse[item] else column for item, column in zip(POW, columns, strict=True)]
    )
    variances, total = table.var(axis=0, ddof=1).sum(), table.sum(axis=1).var(ddof=1)

    alpha = whole.figures()["ALPHA:POW"]
    assert alpha.value is not None
    assert alpha.low is not None
    assert alpha.high is not None
    assert alpha.value == pytest.approx(5 / 4 * (1 - variances / total), abs=5.01e-4)
    assert alpha.low < alpha.value < alpha.high
    assert alpha.n == 240
    assert alpha.detail["items"] == POW
    assert 0.5 < alpha.detail["omega"] < 1


def test_only_the_whole_organisation_has_them(whole: InMemory) -> None:
    assert not {name for name in whole.figures("A") if name.startswith(("ALPHA:", "GOES:", "VALID:"))}


def test_a_scale_asked_in_part_has_no_reliability() -> None:
    part = count_in_memory(make_plan([*PTA, *POW[:4]]), UNITS, leaning())
    assert "ALPHA:PTA" in part.figures()
    assert "ALPHA:POW" not in part.figures()


def test_what_goes_together_is_what_a_regression_on_people_explains(whole: InMemory) -> None:
    outcome, others = scores(whole, ["PTA"])[:, 0], scores(whole, ["PEO", "POW"])
    fitted = sm.OLS(outcome, sm.add_constant(others)).fit()

    goes = whole.figures()["GOES:PTA"]
    assert goes.value == pytest.approx(fitted.rsquared, abs=5.01e-4)
    shares = goes.detail["shares"]
    assert sum(one["share"] for one in shares) == pytest.approx(fitted.rsquared, abs=1.01e-3)
    assert all(one["low"] < one["share"] < one["high"] for one in shares)
    assert {one["label"] for one in shares} == {"People", "Power"}


@pytest.mark.parametrize(("people", "found"), [(33, set()), (34, {"ALPHA:PTA"}), (67, {"ALPHA:PTA", "GOES"})])
def test_reliability_needs_a_hundred_people_and_what_goes_together_two_hundred(
    people: int, found: set[str]
) -> None:
    units = dict.fromkeys("ABC", people)
    figures = count_in_memory(make_plan([*PTA, *POW, *PEO]), units, leaning()).figures()
    assert {name.partition(":PTA")[0] if "GOES" in name else name for name in figures} & {
        "ALPHA:PTA",
        "GOES",
    } == found


def test_the_index_of_mixed_feelings_is_checked_against_feeling_torn(whole: InMemory) -> None:
    torn = scores(whole, ["TORN"])[:, 0]
    griffin = next(m for m in metrics_of(whole.context.plan) if m.id == "AMB")
    index = values_of(griffin, whole.sheets, whole.context.plan)

    valid = whole.figures()["VALID:AMB"]
    assert valid.value == pytest.approx(np.corrcoef(index, torn)[0, 1], abs=5.01e-4)


def test_what_is_kept_never_differs_from_a_published_total_by_a_few_people() -> None:
    """Item n less the n of the kept matrix is 0 or k and more, or the few between could be worked out."""
    counted = count_in_memory(make_plan(POW), UNITS, skipping(leaning(), {"POW-01": 3, "POW-02": 7}))
    kept = counted.assembled.co_moments["POW"]
    figures = counted.figures()
    between = [figures[item].n - kept.n for item in POW]
    assert all(few == 0 or few >= 10 for few in between)
    assert max(between) <= 17


def test_two_matrices_never_differ_by_a_few_people() -> None:
    """Three people leave out one item of a scale: they have a score on it, and no place in its matrix."""
    answer = skipping(leaning(), {"POW-01": 3})
    kept = count_in_memory(make_plan([*POW, *PEO]), UNITS, answer).assembled.co_moments
    sizes = {name: found.n for name, found in kept.items()}
    assert sizes["PEO"] == 240
    assert sizes["POW"] <= 230
    assert all(n == 240 or n <= 230 for n in sizes.values())


def test_a_matrix_is_never_of_one_unit_and_a_single_person_of_another() -> None:
    """Or that person's answers are what is left when the unit's own figures are taken away."""

    def answer(unit: str, number: int, item: dict[str, Any]) -> str:
        alone = unit == "B" and number > 0 and item["id"] == "POW-05"
        return "n" if alone else leaning()(unit, number, item)

    kept = count_in_memory(make_plan(POW), {"A": 110, "B": 60}, answer).assembled.co_moments
    # ten of A go with B, who would be the difference from the whole organisation's total of POW-05
    assert kept["POW"].n == 100


@pytest.mark.parametrize("seed", range(4))
def test_the_people_of_every_matrix_are_nobody_or_k_in_every_block_and_category(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    masks: list[npt.NDArray[np.bool_]] = []

    def noting(*given: Any) -> npt.NDArray[np.bool_]:
        masks.append(kept_people(*given))
        return masks[-1]

    monkeypatch.setattr(quality, "kept_people", noting)
    rng = np.random.default_rng(seed)
    lazy = {unit: rng.choice([0.0, 0.01, 0.3]) for unit in "ABCDEFGH"}

    def answer(unit: str, number: int, item: dict[str, Any]) -> str:
        return "-" if rng.random() < lazy[unit] else leaning()(unit, number, item)

    plan = make_plan([*POW, *PEO], attributes={"grade": ["G4", "G5", "G6"]})
    sizes = dict(zip("ABCDEFGH", rng.integers(12, 90, 8).tolist(), strict=True))
    counted = count_in_memory(
        plan, sizes, answer, about=lambda unit, number: {"grade": f"G{4 + number % 11 // 5}"}
    )
    homes = counted.assembled.blocks.block_of_unit()
    where = np.array([homes.get(int(unit), -1) for unit in counted.sheets.unit_ids])
    inside, few = where >= 0, range(1, 10)
    assert any(mask.any() for mask in masks)
    for mask in masks:
        for parts in (where[inside], counted.sheets.attributes["grade"][inside]):
            for part in np.unique(parts):
                people = parts == part
                assert np.count_nonzero(people & mask) not in few
                assert np.count_nonzero(people & ~mask) not in few
    for one, other in permutations([mask for mask in masks if mask.any()], 2):
        assert np.count_nonzero(one & ~other) not in few


def test_what_is_kept_can_be_read_again(whole: InMemory) -> None:
    kept = whole.assembled.co_moments[SCALES]
    again = CoMoments.from_json(kept.as_json())
    assert again.items == kept.items
    assert np.allclose(again.covariance, kept.covariance, atol=5e-4)


def test_the_same_envelopes_give_the_same_figures() -> None:
    plan, answer = make_plan([*PTA, *POW, *PEO]), skipping(leaning(), {"POW-01": 3})
    first, second = (count_in_memory(plan, UNITS, answer).figures() for _ in range(2))
    assert {name: draft for name, draft in first.items() if ":" in name} == {
        name: draft for name, draft in second.items() if ":" in name
    }


def test_a_question_that_everybody_answers_alike_leaves_its_scale_without_reliability_and_the_rest_with() -> (
    None
):
    def flat(unit: str, number: int, item: dict[str, Any]) -> str:
        favourable = "2" if item["reverse"] else "4"  # what everybody is against would be softened
        return favourable if item["id"] in POW else leaning()(unit, number, item)

    figures = count_in_memory(make_plan([*PTA, *POW]), UNITS, flat).figures()
    assert "ALPHA:POW" not in figures
    assert "ALPHA:PTA" in figures
