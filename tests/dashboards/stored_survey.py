"""A survey whose released waves are rows of their own: in no time, with every figure chosen by the test.

Two waves are out, a third is open. Inside the whole are Parks and Highways; Archive has no result of its own.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from pulse.accounts.models import Account
from pulse.actions.models import Action
from pulse.dashboards.reading import Result, read_result
from pulse.db import db, writing
from pulse.directory.models import Unit
from pulse.results.models import Block, Group, GroupBlock, Release, Tally, UnitStatus
from pulse.surveys.models import Programme, Wave, WaveUnit
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.results.counting import make_plan
from tests.results.stored import OPENED, Fields, store, store_figure, store_group, store_wave

ANCHORS = ["PTA-01", "PTA-06", "PTA-09", "AMB-P1", "AMB-N1", "TAA-G1", "SUR-01"]
ITEMS = [*ANCHORS, "POW-01", "POW-02", "PEO-01", "PEO-02"]
SAID = "Nobody here knows who decides what."
K = 10
TEAMS = ("Parks", "Highways", "Archive")
#: measure -> value in the whole; each interval is 3 to either side
WHOLE = {
    "PTA": 57.4,
    "AMB": 38.2,
    "TAA": 53.0,
    "PTA.licence": 70.0,
    "PTA.room": 41.0,
    "POW": 44.0,
    "PEO": 71.0,
}
MAP = {"44": 30, "33": 25, "11": 28, "40": 12, "04": 14, "22": 11}


@dataclass(frozen=True)
class Survey:
    """The survey, its waves by number from 1, and its units by name."""

    app: Flask
    programme: Programme
    waves: dict[int, int]
    units: dict[str, int]
    accounts: dict[str, Account]

    @property
    def link(self) -> str:
        return f"/r/{self.programme.results_key}"

    def visit(self, more: str = "", status: int = 200) -> str:
        """The page as somebody sees it who has no account and comes for the first time."""
        answer = self.app.test_client().get(self.link + more)
        assert answer.status_code == status
        assert answer.headers.getlist("Set-Cookie") == []
        return answer.text

    def browser(self, who: str) -> FlaskClient:
        return sign_in(self.app.test_client(), self.accounts[who])

    def result(self, number: int = 2, group: int = 0) -> Result:
        return read_result(db.session.get_one(Wave, self.waves[number]), group)


def store_survey(app: Flask, name: str = "How we work", *, groups: bool = True, audience: str = "") -> Survey:
    """Everything above, committed; without `groups` too few answered to show anything.

    With an `audience` that unit alone was asked.
    """
    with writing():
        units = {one: _unit(one, name) for one in ("Everything", *TEAMS)}
        programme = store(_programme(name))
        asked = {"audience_unit_id": units.get(audience)}
        waves = {one: _wave(programme.id, one, units, groups=groups, **asked).id for one in (1, 2)}
        waves[3] = _open_wave(programme.id)
        store(_action(programme.id, waves[2]))
    accounts = {role.value: make_account(role) for role in Role if role is not Role.LEADER}
    accounts["leader of Parks"] = make_account(Role.LEADER, unit_id=units["Parks"])
    return Survey(app, programme, waves, units, accounts)


def release(survey: Survey, number: int) -> None:
    """The open wave closes, and its results come out."""
    with writing():
        wave = db.session.get_one(Wave, survey.waves[number])
        store(Release(wave_id=wave.id, released_at=wave.closes_at, k=K, digest="", **_COUNTS))
        _figures(wave, survey.units)
        wave.state = "released"


_COUNTS = {"eligible": 164, "delivered": 164, "answered": 123}


def _unit(unit: str, survey: str) -> int:
    return int(store(Unit(code=f"{survey}: {unit}", name=unit)).id)


def _programme(name: str) -> Programme:
    values: Fields = {"name": name, "purpose": "To know.", "organisation": "Example Council"}
    values |= {"rotation": [ITEMS], "rule": "FREQ=MONTHLY;INTERVAL=3", "starts_on": OPENED.date(), "k": K}
    return Programme(**values)


def _wave(programme_id: int, number: int, units: dict[str, int], *, groups: bool, **asked: Any) -> Wave:
    wave = store_wave(number, programme_id, k=K, plan=make_plan(ITEMS, ANCHORS), **asked)
    if groups:
        _figures(wave, units)
    return wave


def _open_wave(programme_id: int) -> int:
    wave = store_wave(3, programme_id, k=K, plan=make_plan(ITEMS, ANCHORS), state="open")
    db.session.query(Release).filter_by(wave_id=wave.id).delete()
    return wave.id


def _figures(wave: Wave, units: dict[str, int]) -> None:
    """The whole of 164 with 123 answers, Parks with 43, Highways with 61; Archive only within the whole."""
    whole = store_group(wave, name="Example Council", headcount=164, n=123, key="whole")
    children = [("Parks", 1, 60, 43), ("Highways", 2, 80, 61)]
    for unit, parent in (("Everything", None), *((name, units["Everything"]) for name in TEAMS)):
        store(WaveUnit(wave_id=wave.id, unit_id=units[unit], parent_id=parent, name=unit, headcount=0))
    whole.unit_id = units["Everything"]
    for measure, value in WHOLE.items():
        _figure(whole, measure, value + wave.number)
    for item in ITEMS:
        _figure(whole, item, 55.0)
    for name, number, people, n in children:
        team = {"name": name, "number": number, "headcount": people, "n": n, "key": name, "kind": "unit"}
        group = store_group(wave, **team, parent=0, unit_id=units[name], depth=1)
        store(_status(group, units[name], "own", ""))
        for measure in ("PTA", "AMB", "TAA") if name == "Parks" else ("PTA", "TAA"):
            _figure(group, measure, 90.0 + number)
    store(_status(whole, units["Archive"], "higher", f"Fewer than {K} people answered here."))
    _tallies(whole)


def _figure(group: Group, measure: str, value: float) -> None:
    detail: dict[str, Any] = {"items": [measure], "everyone": False, "since": "Wave 1"}
    if measure == "AMB":
        detail |= {"bands": [20, 20, 30, 30, 20], "agreement": 0.2, "agreement_low": 0.1}
        detail |= {"agreement_high": 0.3, "pattern": "torn"}
    moved = {"change": 1.0, "change_low": -2.0, "change_high": 4.0, "q": 0.4, "detectable": 4.2}
    values = {"measure": measure, "value": value, "low": value - 3, "high": value + 3, "detail": detail}
    store_figure(group, **(values | moved))


def _status(group: Group, unit_id: int, status: str, reason: str) -> UnitStatus:
    return UnitStatus(
        release_id=group.release_id, unit_id=unit_id, group_id=group.id, status=status, reason=reason
    )


def _tallies(whole: Group) -> None:
    """SUR-01: 60 of 120 agree; the map of feelings: 120 people."""
    block = store(Block(release_id=whole.release_id, number=0, n=whole.n))
    store(GroupBlock(group_id=whole.id, block_id=block.id))
    agree = {"1": 20, "2": 10, "3": 30, "4": 40, "5": 20}
    for item, counts in (("SUR-01", agree), ("AMB:map", MAP)):
        for option, n in counts.items():
            store(Tally(block_id=block.id, item=item, option=option, n=n))


def _action(programme_id: int, wave_id: int) -> Action:
    values: Fields = {"programme_id": programme_id, "wave_id": wave_id, "said": SAID, "measure": "PTA"}
    values |= {"did": "One page says who decides.", "owner": "Head", "due_on": date(2026, 6, 1)}
    return Action(**values, state="done", done_on=date(2026, 5, 1))
