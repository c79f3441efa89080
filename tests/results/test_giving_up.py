"""Giving a wave up: meant, complete, and only where nobody can count it."""

import pytest

from pulse.db import db, writing
from pulse.results.giving_up import give_up
from pulse.surveys import queries as surveys
from pulse.surveys.planning import plan_next_wave
from pulse.surveys.programmes import WaveError
from tests.results.closes import SMALL, burn, close, due
from tests.results.factories import Site, make_council, make_released_wave
from tests.support.rows import all_rows
from tests.support.rules import without_rules
from tests.surveys.guarding import make_guarded_open_wave


def lose_key(wave_id: int, site: Site) -> str:
    """The key file is gone, so the close held the wave; its label."""
    site.keyring._wave_path(wave_id).unlink()
    assert close(wave_id, site) is False
    return surveys.get_wave(wave_id).label


def test_a_wave_that_is_given_up_leaves_no_envelope_no_register_and_no_key(wave_id: int, site: Site) -> None:
    label = lose_key(wave_id, site)

    give_up(wave_id, f" {label.upper()} ")
    burn(site)

    rows, wave = all_rows(), surveys.get_wave(wave_id)
    assert rows["envelope"] == rows["invitation"] == rows["wave_member"] == rows["release"] == []
    assert site.keyring.list_wave_keys() == []
    assert (wave.state, wave.scrub_due) == ("cancelled", False)
    assert "They are lost" in str(wave.problem)


def test_until_the_workers_next_tick_freed_space_is_known_to_be_unscrubbed(wave_id: int, site: Site) -> None:
    give_up(wave_id, lose_key(wave_id, site))
    assert [wave.id for wave in surveys.list_waves_to_scrub()] == [wave_id]


@pytest.mark.parametrize("typed", ["", "yes", "another wave"])
def test_another_name_than_the_waves_changes_nothing(typed: str, wave_id: int, site: Site) -> None:
    lose_key(wave_id, site)
    before = all_rows()
    with pytest.raises(WaveError, match="to say that this is the wave you mean"):
        give_up(wave_id, typed)
    assert all_rows() == before


@pytest.mark.parametrize("state", ["planned", "open", "closing", "released", "cancelled"])
def test_a_wave_that_the_worker_can_count_cannot_be_given_up(state: str, wave_id: int, site: Site) -> None:
    with without_rules(), writing():  # an open wave never goes back to planned by itself
        surveys.get_wave(wave_id).state = state
    before = all_rows()
    with pytest.raises(WaveError, match="Only a wave that is held or waits for its key"):
        give_up(wave_id, surveys.get_wave(wave_id).label)
    assert all_rows() == before


@pytest.mark.parametrize("closed", [False, True])
def test_guardians_who_lost_their_key_can_say_so_before_and_after_the_close(closed: bool, site: Site) -> None:
    make_council(SMALL)
    wave_id, _ = make_guarded_open_wave(site.keyring)
    if closed:
        assert close(wave_id, site) is False
    give_up(wave_id, surveys.get_wave(wave_id).label)
    assert surveys.get_wave(wave_id).state == "cancelled"
    assert all_rows()["invitation"] == []


def test_the_survey_goes_on_and_earlier_results_stay(site: Site) -> None:
    council = make_council(SMALL)
    first = make_released_wave(site, council)
    released = all_rows()["figure"]
    programme = surveys.get_programme(first.wave.programme_id)
    with writing():
        second = plan_next_wave(programme, due(first.wave.id))
        assert second is not None
        second.state = "held"
    give_up(second.id, second.label)

    db.session.rollback()
    with writing():
        third = plan_next_wave(surveys.get_programme(programme.id), due(second.id))
    assert third is not None
    assert (third.number, third.state) == (3, "planned")
    assert all_rows()["figure"] == released


def test_a_wave_that_was_counted_in_this_very_moment_is_not_given_up(
    wave_id: int, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = lose_key(wave_id, site)
    monkeypatch.setattr(surveys, "claim_state", lambda *_args: False)
    before = all_rows()
    with pytest.raises(WaveError, match="has just moved on"):
        give_up(wave_id, label)
    assert all_rows() == before
