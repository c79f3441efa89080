"""Closing: released once, or held with its reason and nothing lost; and afterwards nothing is left."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from pulse.db import db, writing
from pulse.invitations import queries as invitations
from pulse.responses import queries as responses
from pulse.results import closing, queries, release
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from tests.results.closes import PEOPLE, SMALL, assert_nothing_left, burn, close, due
from tests.results.factories import Said, Site, make_council, make_released_wave, make_sent_wave
from tests.support.rows import all_rows

RELEASED = ("release", "block", "block_unit", "tally", "moment", "result_group", "figure", "unit_status")


class Crash(BaseException):
    """The process dies: nothing catches it."""


def test_after_release_no_envelope_no_register_no_members_and_no_key_is_left(
    wave_id: int, site: Site
) -> None:
    assert close(wave_id, site)
    assert_nothing_left(wave_id, site)
    assert queries.get_release(wave_id).answered == PEOPLE


def test_a_second_close_does_nothing(wave_id: int, site: Site) -> None:
    close(wave_id, site)
    before = all_rows()
    assert close(wave_id, site) is False
    assert all_rows() == before


def test_an_open_wave_is_closed_by_one_worker_only(wave_id: int, site: Site) -> None:
    """Another worker took it while this one counted: its release stands, and nothing is written twice."""
    original = closing._count

    def count_slowly(*args: object) -> object:
        counted = original(*args)  # type: ignore[arg-type]
        monkeypatch.undo()
        assert close(wave_id, site)
        return counted

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(closing, "_count", count_slowly)
        assert close(wave_id, site) is False
    assert len(all_rows()["release"]) == 1
    assert_nothing_left(wave_id, site)


def test_a_wave_that_is_not_open_is_left_alone(site: Site) -> None:
    make_council(SMALL)
    planned = make_sent_wave(site)
    with writing():
        surveys.claim_state(planned, "open", "cancelled")
    assert close(planned, site) is False
    assert surveys.get_wave(planned).state == "cancelled"


STEPS = [
    (closing, "_count"),
    (closing, "_release"),
    (queries, "add_release"),
    (queries, "add_group_rows"),
    (responses, "delete_envelopes"),
    (invitations, "clear_register"),
    (surveys, "delete_members"),
    (closing, "finish_burning"),
    (closing, "scrub"),
]


@pytest.mark.parametrize(("place", "step"), STEPS, ids=[step for _, step in STEPS])
def test_a_crash_before_any_step_loses_nothing_and_the_next_run_releases_the_same(
    place: object, step: str, wave_id: int, site: Site, undisturbed: str
) -> None:
    def crash(*_args: object, **_kwargs: object) -> None:
        raise Crash

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(place, step, crash)
        with pytest.raises(Crash):
            close(wave_id, site)
    db.session.rollback()

    close(wave_id, site)
    burn(site)
    assert_nothing_left(wave_id, site)
    found = queries.get_release(wave_id)
    assert (found.answered, found.digest) == (PEOPLE, undisturbed)


@pytest.fixture
def undisturbed(wave_id: int, site: Site) -> str:
    """The digest that this wave's envelopes give when nothing goes wrong."""
    wave: Wave = surveys.get_wave(wave_id)
    counted = closing._count(wave.id, site.keyring)
    return release.digest_of(release._tables(counted))


def test_a_release_cannot_be_written_twice(wave_id: int, site: Site) -> None:
    counted = closing._count(wave_id, site.keyring)
    assert close(wave_id, site)
    before = {name: all_rows()[name] for name in RELEASED}

    with pytest.raises(IntegrityError), writing():
        release.write_release(wave_id, counted, due(wave_id))
    assert {name: all_rows()[name] for name in RELEASED} == before


def test_a_later_wave_changes_no_row_of_an_earlier_release(site: Site) -> None:
    council = make_council(SMALL)
    first = make_released_wave(site, council)
    before = {name: all_rows()[name] for name in RELEASED}
    programme = surveys.get_programme(first.wave.programme_id)
    make_released_wave(site, council, programme, now=first.wave.closes_at + timedelta(days=80))

    after = {name: all_rows()[name] for name in RELEASED}
    for name in RELEASED:
        assert len(after[name]) > len(before[name])
        assert all(row in after[name] for row in before[name]), name


def test_nobody_answered_and_the_wave_still_ends(site: Site) -> None:
    council = make_council(SMALL)
    found = make_released_wave(site, council, turnout=lambda _: False)
    said: list[Said] = []
    assert (found.release.answered, found.groups, found.said) == (0, [], said)
    assert_nothing_left(found.wave.id, site)
