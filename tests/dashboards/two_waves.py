"""Two released waves of a small council, a reorganisation after them, and its accounts."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from flask.testing import FlaskClient

from pulse.accounts.models import Account
from pulse.actions.promises import add_promise
from pulse.dashboards.reading import Result, read_result
from pulse.db import db, writing
from pulse.directory.models import Unit
from pulse.results.released import read_groups
from pulse.results.released_types import ReleasedGroup
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.actions.factories import make_promise
from tests.results.factories import Released, make_council, make_quarterly, make_released_waves, make_site


class Place(NamedTuple):
    """Two released waves of a small council, and its accounts."""

    app: Flask
    waves: list[Released]
    accounts: dict[str, Account]

    def browser(self, who: str) -> FlaskClient:
        return sign_in(self.app.test_client(), self.accounts[who])

    def address(self, name: str, wave: int = 1) -> str:
        found = self.waves[wave]
        return f"/results/{found.wave.id}/{found.group(name).number}"

    def result(self, name: str, wave: int = 1) -> Result:
        return read_result(self.waves[wave].wave, self.waves[wave].group(name).number)

    def groups(self, wave: int = 1) -> list[ReleasedGroup]:
        return read_groups(self.waves[wave].wave)


def make_place(app: Flask, folder: Path) -> Place:
    """An action about permission to act was done between the two."""
    site = make_site(folder)
    council = make_council()
    waves = make_released_waves(site, council, make_quarterly(ask_leaders=True), 2)
    done = {"measure": "PTA", "state": "done", "done_on": date(2026, 12, 1)}
    add_promise(make_promise(waves[0].wave, **done), datetime(2026, 12, 2, tzinfo=UTC))
    with writing():  # a reorganisation after the waves: B1 is under A now
        db.session.get_one(Unit, council.units["B1"]).parent_id = council.units["A"]
    accounts = {role.value: make_account(role) for role in Role if role is not Role.LEADER}
    for unit in ("A", "A2", "B", "C"):
        accounts[f"leader of {unit}"] = make_account(Role.LEADER, unit_id=council.units[unit])
    accounts["leader of a new unit"] = make_account(Role.LEADER)
    return Place(app, waves, accounts)
