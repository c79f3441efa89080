"""How many have answered so far: in steps of k people, once a day, so that nobody is seen answering."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pulse.db import db, writing
from pulse.invitations.participation import RunningRate, bring_rates_up_to_date, running_rate
from pulse.surveys import queries as surveys
from tests.results.factories import Council, Site, answer_all, make_council, make_sent_wave
from tests.support.rules import without_rules

#: an hour before midnight in London, where the clocks have gone forward
LATE = datetime(2026, 10, 6, 22, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def council(site: Site) -> Council:
    return make_council()


@pytest.fixture
def wave_id(council: Council, site: Site) -> int:
    return make_sent_wave(site)


def answer(count: int, site: Site, wave_id: int, council: Council) -> None:
    answer_all(site, wave_id, council, turnout=lambda voter: voter.number <= count)


def shown(wave_id: int) -> RunningRate | None:
    db.session.expire_all()
    return running_rate(wave_id)


def test_the_running_rate_is_rounded_down_to_a_step_that_k_people_make(
    site: Site, wave_id: int, council: Council
) -> None:
    assert bring_rates_up_to_date(LATE) == 1
    assert shown(wave_id) == RunningRate(0, 15, date(2026, 10, 6))  # k = 5 of 35 makes steps of 15 points

    answer_all(site, wave_id, council, turnout=lambda voter: voter.unit in ("A1", "A2"))
    bring_rates_up_to_date(LATE + DAY)

    assert shown(wave_id) == RunningRate(45, 15, date(2026, 10, 7))  # 16 of 35 are 45.7 %


def test_it_moves_once_a_day_however_many_answer_and_however_often_it_is_asked_for(
    site: Site, wave_id: int, council: Council
) -> None:
    bring_rates_up_to_date(LATE)
    before = shown(wave_id)
    answer_all(site, wave_id, council)

    assert bring_rates_up_to_date(LATE + timedelta(minutes=59)) == 0
    assert shown(wave_id) == before
    assert bring_rates_up_to_date(LATE + timedelta(minutes=60)) == 1  # midnight in London
    assert shown(wave_id) == RunningRate(90, 15, date(2026, 10, 7))


def test_none_is_shown_before_the_first_time_nor_for_fewer_than_twenty_people(
    site: Site, wave_id: int
) -> None:
    assert shown(wave_id) is None
    with without_rules(), writing():
        surveys.get_wave(wave_id).k = 36  # more than were asked: no step is ever reached
    bring_rates_up_to_date(LATE)
    assert shown(wave_id) is None


def test_none_is_kept_for_fewer_than_twenty_people(site: Site) -> None:
    make_council({"Unit": ("", 19)})
    small = make_sent_wave(site)
    assert bring_rates_up_to_date(LATE) == 0
    assert shown(small) is None


def test_a_wave_that_is_not_open_is_left_alone(wave_id: int) -> None:
    with writing():
        surveys.get_wave(wave_id).state = "closing"
    assert bring_rates_up_to_date(LATE) == 0
