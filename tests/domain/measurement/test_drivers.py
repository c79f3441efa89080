from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.measurement.comoments import CoMoments
from pulse.domain.measurement.drivers import goes_together, johnson_weights, lmg_shares, r_squared
from pulse.domain.measurement.items import FloatArray
from tests.domain.measurement.datasets import comoments_of
from tests.domain.measurement.known import KNOWN, all_as_shown, as_shown

SWISS: dict[str, Any] = KNOWN["drivers"][0]
#: Correlations of TAA, PEO and POW with one another and, last, with PTA.
MIXED = [[1, 0.5, 0.3, 0.6], [0.5, 1, 0.2, 0.4], [0.3, 0.2, 1, 0.25], [0.6, 0.4, 0.25, 1]]


def make_comoments(correlation: Any = MIXED, n: int = 400, spread: float = 20.0) -> CoMoments:
    names = ("TAA", "PEO", "POW", "PTA") if len(correlation) == 4 else numbered(len(correlation))
    return CoMoments(names, n, spread**2 * np.array(correlation, dtype=np.float64))


def numbered(count: int) -> tuple[str, ...]:
    return (*(f"X{i}" for i in range(count - 1)), "PTA")


def random_correlation(seed: int, size: int) -> FloatArray:
    rng = np.random.default_rng(seed)
    return np.asarray(
        np.corrcoef(rng.normal(size=(3 * size, size)) + rng.normal(size=(3 * size, 1)), rowvar=False)
    )


def test_shares_and_weights_are_those_that_r_gives() -> None:
    kept = comoments_of("swiss")
    assert r_squared(kept, "Fertility") == as_shown(SWISS["r2"])
    shares = lmg_shares(kept, "Fertility")
    assert list(shares) == ["Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality"]
    assert list(shares.values()) == all_as_shown(SWISS["lmg"])
    assert list(johnson_weights(kept, "Fertility").values()) == all_as_shown(SWISS["johnson"])


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(3, 8))
def test_both_kinds_of_share_are_positive_and_add_up_to_r_squared(seed: int, size: int) -> None:
    kept = make_comoments(random_correlation(seed, size))
    whole = r_squared(kept, "PTA")
    assert 0 <= whole <= 1
    for shares in (lmg_shares(kept, "PTA"), johnson_weights(kept, "PTA")):
        assert sum(shares.values()) == pytest.approx(whole)
        assert min(shares.values()) >= -1e-12


def test_a_share_is_the_mean_gain_over_all_orders_of_entering() -> None:
    kept = make_comoments(random_correlation(5, 5))
    names = kept.items[:-1]

    def fit(chosen: tuple[str, ...]) -> float:
        matrix = kept.subset([*chosen, "PTA"]).covariance
        with_outcome = matrix[:-1, -1]
        return float(with_outcome @ np.linalg.pinv(matrix[:-1, :-1]) @ with_outcome / matrix[-1, -1])

    orders = list(permutations(names))
    for name, share in lmg_shares(kept, "PTA").items():
        gains = [fit(order[: order.index(name) + 1]) - fit(order[: order.index(name)]) for order in orders]
        assert share == pytest.approx(sum(gains) / len(orders))


def test_scores_that_do_not_vary_together_share_by_their_squared_correlations() -> None:
    matrix = np.eye(4)
    matrix[3, :3] = matrix[:3, 3] = [0.6, 0.3, 0.0]
    for shares in (lmg_shares(make_comoments(matrix), "PTA"), johnson_weights(make_comoments(matrix), "PTA")):
        assert list(shares.values()) == pytest.approx([0.36, 0.09, 0.0])


@settings(deadline=None, max_examples=20)
@given(st.permutations(["TAA", "PEO", "POW", "PTA"]), st.floats(0.5, 30))
def test_the_order_and_the_unit_of_scores_change_no_share(order: list[str], spread: float) -> None:
    kept = make_comoments()
    for shares in (lmg_shares, johnson_weights):
        assert shares(make_comoments(spread=spread).subset(order), "PTA") == pytest.approx(
            shares(kept, "PTA")
        )


def test_what_goes_together_is_listed_largest_first_each_inside_its_interval() -> None:
    kept = make_comoments()
    found = goes_together(kept, "PTA", np.random.default_rng(1))
    assert [share.id for share in found.shares] == ["TAA", "PEO", "POW"]
    assert {share.id: share.lmg for share in found.shares} == pytest.approx(lmg_shares(kept, "PTA"))
    assert {share.id: share.johnson for share in found.shares} == pytest.approx(johnson_weights(kept, "PTA"))
    assert found.r2 == pytest.approx(sum(share.lmg for share in found.shares))
    assert all(0 <= share.low < share.lmg < share.high <= 1 for share in found.shares)


def test_any_kept_score_may_be_the_outcome() -> None:
    assert {
        share.id for share in goes_together(make_comoments(), "TAA", np.random.default_rng(1)).shares
    } == {
        "PEO",
        "POW",
        "PTA",
    }


def test_the_same_seed_gives_the_same_intervals() -> None:
    first, second = (goes_together(make_comoments(), "PTA", np.random.default_rng(4)) for _ in range(2))
    assert first == second


def test_sixteen_times_the_people_give_intervals_a_quarter_as_wide() -> None:
    def width(n: int) -> float:
        found = goes_together(make_comoments(n=n), "PTA", np.random.default_rng(2), draws=2000)
        return found.shares[0].high - found.shares[0].low

    assert width(400) / width(6400) == pytest.approx(4, rel=0.1)


def test_intervals_hold_the_true_share_about_95_times_in_100() -> None:
    """Simulated people with normal scores; over 300 runs chance alone moves what is found by about 1 %."""
    rng = np.random.default_rng(20)
    truth = lmg_shares(make_comoments(), "PTA")
    held = 0
    for _ in range(300):
        people = rng.multivariate_normal(np.full(4, 60.0), make_comoments().covariance, size=250)
        kept = CoMoments(make_comoments().items, 250, np.cov(people, rowvar=False))
        found = goes_together(kept, "PTA", rng, draws=200)
        held += sum(share.low <= truth[share.id] <= share.high for share in found.shares)
    assert 0.92 <= held / 900 <= 0.97


def test_ten_scores_are_shared_out_and_eleven_refused() -> None:
    rng = np.random.default_rng(1)
    ten = make_comoments(random_correlation(1, 11))
    assert len(goes_together(ten, "PTA", rng, draws=20).shares) == 10
    with pytest.raises(ValueError, match="Two to 10 scores can be set beside the outcome, not 11"):
        lmg_shares(make_comoments(random_correlation(1, 12)), "PTA")
    with pytest.raises(ValueError, match="not 1"):
        lmg_shares(make_comoments([[1, 0.5], [0.5, 1]]), "PTA")


def test_fewer_than_200_people_are_too_few() -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="from 200 people, and 199 remain"):
        goes_together(make_comoments(n=199), "PTA", rng)
    assert goes_together(make_comoments(n=200), "PTA", rng, draws=20).shares


def test_an_outcome_that_was_not_kept_is_refused() -> None:
    with pytest.raises(ValueError, match="LET"):
        lmg_shares(make_comoments(), "LET")


def test_a_score_settled_by_the_others_is_refused() -> None:
    rng = np.random.default_rng(3)
    parts = rng.normal(60, 15, (300, 3))
    with_their_mean = np.column_stack([parts, parts.mean(axis=1)])
    kept = CoMoments.from_scores(("TAA", "PEO", "POW", "PTA"), with_their_mean, 10, rng)
    assert kept is not None
    stored = CoMoments.from_json(kept.as_json())
    for shares in (lmg_shares, johnson_weights, r_squared):
        with pytest.raises(ValueError, match="settled by the others"):
            shares(stored, "TAA")
    with pytest.raises(ValueError, match="settled by the others"):
        goes_together(stored, "PTA", rng)


def test_a_score_on_which_everyone_agrees_is_refused() -> None:
    flat = np.array(MIXED)
    flat[1] = flat[:, 1] = 0.0
    with pytest.raises(ValueError, match="same on PEO"):
        lmg_shares(make_comoments(flat), "PTA")
