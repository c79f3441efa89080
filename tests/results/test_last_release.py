"""What the last release tells the forecast of the next wave."""

from pathlib import Path

from flask import Flask

from pulse.results.last_release import last_release
from pulse.surveys.forecast import NOTHING_BEFORE, Asked, forecast_programme
from tests.results.councils import make_council
from tests.results.factories import make_quarterly, make_released_wave, make_site


def test_its_groups_and_its_response_rate_are_lent_and_nothing_before_it(app: Flask, tmp_path: Path) -> None:
    council, programme = make_council(), make_quarterly()
    assert last_release(programme.id) == NOTHING_BEFORE

    released = make_released_wave(
        make_site(tmp_path), council, programme, turnout=lambda voter: voter.unit != "B1" or voter.number < 7
    )

    before = last_release(programme.id)
    assert (before.wave, before.response) == (released.wave.label, 94)  # 33 of 35
    together = {frozenset(council.units[code] for code in group) for group in (("A1", "A3"), ("B2", "B3"))}
    assert set(before.groups) == together


def test_the_rate_of_a_wave_that_asked_fewer_than_twenty_is_not_lent(app: Flask, tmp_path: Path) -> None:
    programme = make_quarterly()
    make_released_wave(make_site(tmp_path), make_council({"C": (None, 19)}), programme)
    assert last_release(programme.id).response is None


def test_if_everybody_answers_again_the_forecast_is_what_was_released(app: Flask, tmp_path: Path) -> None:
    programme = make_quarterly()
    released = make_released_wave(make_site(tmp_path), make_council(), programme)

    found = forecast_programme(programme, Asked(100, 5), last_release(programme.id))

    shown = {group.name for group in released.groups}
    assert {one.group for one in found.units if one.standing in ("own", "combined")} == shown
