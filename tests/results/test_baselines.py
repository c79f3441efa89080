"""A baseline tells how easy each question is, so that a level does not move with what happens to be asked."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from pulse.results import queries as results
from pulse.results.baselines import find_baselines
from pulse.surveys.plans import plan_of
from tests.results.factories import (
    Released,
    Site,
    Voter,
    make_council,
    make_released_wave,
    make_released_waves,
)
from tests.surveys.factories import NOW, make_programme

POW = ["POW-01", "POW-02", "POW-03", "POW-04", "POW-05"]
#: everybody finds POW-01 easy to agree with and POW-02 hard
EASY = {"POW-01": 5, "POW-02": 2}
WITH_ANCHOR = [["PTA-01", "POW-01"], ["PTA-01", "POW-02"]]
TREE: dict[str, tuple[str | None, int]] = {"C": (None, 0), "A": ("C", 60), "B": ("C", 60)}


def by_difficulty(voter: Voter, item: dict[str, Any]) -> str:
    """A question's own level, one option more or less by person; a reversed one is answered the other way."""
    code = min(5, max(1, EASY.get(item["id"], 3) + voter.number % 3 - 1))
    return str(6 - code if item["reverse"] else code)


@pytest.fixture
def hold(app: Flask, site: Site) -> Callable[..., Released]:
    """Hold one wave over the same council: `hold(rotation, day)`."""
    council = make_council(TREE)

    def held(rotation: list[list[str]], starts_on: date, **options: Any) -> Released:
        programme = make_programme(rotation=rotation, starts_on=starts_on, rule="FREQ=YEARLY")
        opened = NOW + timedelta(days=(starts_on - date(2026, 10, 5)).days)
        return make_released_wave(
            site, council, programme, now=opened, **({"answers": by_difficulty} | options)
        )

    return held


def test_a_level_is_adjusted_for_which_questions_were_asked(hold: Callable[..., Released]) -> None:
    whole = hold([POW], date(2026, 10, 5)).figures("Unit C")["POW"]
    easy = hold(WITH_ANCHOR, date(2027, 1, 5)).figures("Unit C")
    hard = hold(WITH_ANCHOR[::-1], date(2027, 4, 5)).figures("Unit C")

    assert easy["POW-01"].value - hard["POW-02"].value > 40  # type: ignore[operator]
    for wave in (easy, hard):
        assert "POW:level" not in wave
        assert wave["POW:adjusted"].value == pytest.approx(whole.value)
        assert wave["POW:adjusted"].change is None
        assert wave["POW:adjusted"].detail["baseline"]


def test_without_a_baseline_the_level_says_that_it_is_not_adjusted(hold: Callable[..., Released]) -> None:
    figures = hold(WITH_ANCHOR, date(2027, 1, 5)).figures("Unit C")
    assert "POW:level" in figures
    assert "baseline" not in figures["POW:level"].detail
    assert "POW:adjusted" not in figures


def test_a_wave_that_asked_the_measure_in_part_is_no_baseline(hold: Callable[..., Released]) -> None:
    hold([POW[:4]], date(2026, 10, 5))
    assert "POW:adjusted" not in hold(WITH_ANCHOR, date(2027, 1, 5)).figures("Unit C")


def test_fewer_than_a_hundred_answers_are_no_baseline(hold: Callable[..., Released]) -> None:
    hold([POW], date(2026, 10, 5), turnout=lambda voter: voter.number <= 49)
    assert "POW:adjusted" not in hold(WITH_ANCHOR, date(2027, 1, 5)).figures("Unit C")


def test_the_latest_baseline_counts_and_a_later_one_does_not(hold: Callable[..., Released]) -> None:
    hold([POW], date(2026, 10, 5))
    second = hold([POW], date(2027, 1, 5))
    pulse = hold(WITH_ANCHOR, date(2027, 4, 5))
    hold([POW], date(2027, 7, 5))

    found = find_baselines(pulse.wave, plan_of(pulse.wave))
    assert found["POW"].label == f"{second.wave.label} ({second.wave.programme.name})"
    assert found["POW"].items.means == pytest.approx(
        {item: second.figures("Unit C")[item].value for item in POW}
    )


def test_a_survey_in_depth_can_be_held_again_and_compared(app: Flask, site: Site) -> None:
    programme = make_programme(rotation=[POW])
    first, second = make_released_waves(site, make_council(TREE), programme, 2, answers=by_difficulty)
    assert "ALPHA:POW" in first.figures("Unit C")
    assert second.figures("Unit C")["POW"].change == pytest.approx(0)
    assert second.figures("Unit C")["ALPHA:POW"].change is None


def test_another_audience_has_no_say(hold: Callable[..., Released], site: Site) -> None:
    whole = hold([POW], date(2026, 10, 5))
    part = make_programme(
        rotation=WITH_ANCHOR, starts_on=date(2027, 1, 5), audience_unit_id=whole.council.units["A"]
    )
    opened = NOW + timedelta(days=92)
    held = make_released_wave(
        site,
        whole.council,
        part,
        now=opened,
        answers=by_difficulty,
        turnout=lambda voter: voter.unit == "A",
    )
    assert results.find_organisation_figures(held.release.id)
    assert find_baselines(held.wave, plan_of(held.wave)) == {}
