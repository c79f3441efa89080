"""Whose results a leader may open is decided by whom the wave asked, not by whom its survey asks today."""

from pathlib import Path

import pytest
from flask import Flask

from pulse.accounts.identity import SignedIn
from pulse.dashboards.earlier_surveys import may_read_finding, something_changed_for
from pulse.db import db, writing
from pulse.surveys import queries as surveys
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.results.factories import (
    Council,
    Released,
    make_council,
    make_quarterly,
    make_released_wave,
    make_site,
)


@pytest.fixture
def council(app: Flask) -> Council:
    return make_council()


def released(council: Council, folder: Path, audience: str | None) -> Released:
    """A wave that asked this part of the council (None: all of it), and everybody there answered."""
    asked = audience and council.units[audience]
    programme = make_quarterly(audience_unit_id=asked)
    return make_released_wave(
        make_site(folder), council, programme, turnout=lambda who: who.unit.startswith(audience or "")
    )


def ask_from_now_on(found: Released, unit_id: int | None) -> None:
    with writing():
        surveys.get_programme(found.wave.programme_id).audience_unit_id = unit_id
    db.session.expire_all()


def opens(app: Flask, council: Council, leader_of: str, found: Released) -> set[str]:
    """Names of the groups whose page this leader can open."""
    account = make_account(Role.LEADER, unit_id=council.units[leader_of])
    browser = sign_in(app.test_client(), account)
    pages = {group.name: f"/results/{found.wave.id}/{group.number}" for group in found.groups}
    return {name for name, page in pages.items() if browser.get(page).status_code == 200}


@pytest.mark.parametrize("widened", [False, True])
def test_a_wave_of_one_part_stays_closed_to_others_when_its_survey_asks_everybody_later(
    widened: bool, app: Flask, council: Council, tmp_path: Path
) -> None:
    found = released(council, tmp_path, "A")
    if widened:
        ask_from_now_on(found, None)

    assert opens(app, council, "B", found) == set()
    assert opens(app, council, "A2", found) == {"Unit A2"}
    assert opens(app, council, "A", found) == {group.name for group in found.groups}


def test_the_whole_of_a_wave_of_everybody_stays_open_when_its_survey_asks_one_part_later(
    app: Flask, council: Council, tmp_path: Path
) -> None:
    found = released(council, tmp_path, None)
    ask_from_now_on(found, council.units["A"])

    assert opens(app, council, "B1", found) == {"Unit C", "Unit B1"}


def test_what_a_part_says_of_earlier_surveys_and_its_findings_are_told_to_whoever_may_open_it(
    app: Flask, council: Council, tmp_path: Path
) -> None:
    wave = released(council, tmp_path, "A").wave
    for unit, reads in (("A", True), ("A2", False), ("B", False)):
        leader = SignedIn(1, "l@example.org", "Lee", Role.LEADER, council.units[unit], False)
        assert bool(something_changed_for(leader, wave.programme_id)) is reads
        assert may_read_finding(leader, wave.id, None) is reads
        assert may_read_finding(leader, wave.id, council.units["A2"]) is (unit in ("A", "A2"))
