"""Two released waves of a council with grades, accounts of every kind, and a key for each of them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from pulse.accounts import key_queries
from pulse.accounts.models import Account, ApiKey
from pulse.accounts.signing_in import hash_secret
from pulse.actions.promises import Promise, add_promise
from pulse.db import db, writing
from pulse.directory.models import Attribute, Person
from pulse.web.access import Role
from tests.accounts.factories import make_account
from tests.results.factories import (
    Council,
    Released,
    Voter,
    make_council,
    make_quarterly,
    make_released_waves,
    make_site,
)

#: with k = 5, B2 and B3 show only together
TREE: dict[str, tuple[str | None, int]] = {
    **{"C": (None, 0), "A": ("C", 0), "B": ("C", 0)},
    **{"A1": ("A", 22), "A2": ("A", 20), "B1": ("B", 22), "B2": ("B", 4), "B3": ("B", 4)},
}
#: what each may open; the others read the whole organisation alone
TOGETHER = "Unit B2 + Unit B3"
EVERYTHING = {"Unit C", "Unit A", "Unit A1", "Unit A2", "Unit B", "Unit B1", TOGETHER}
READABLE = {
    "od_editor": EVERYTHING,
    "hr_analyst": EVERYTHING,
    "administrator": {"Unit C"},
    "union_observer": {"Unit C"},
    "leader of A": {"Unit C", "Unit A", "Unit A1", "Unit A2"},
    "leader of A1": {"Unit C", "Unit A1"},
    "leader of B": {"Unit C", "Unit B", "Unit B1", TOGETHER},
}
_numbers = iter(range(1, 10_000))


@dataclass(frozen=True)
class Scene:
    """`keys` are secrets by the name of who holds them."""

    app: Flask
    council: Council
    waves: list[Released]
    accounts: dict[str, Account]
    keys: dict[str, str]

    @property
    def newest(self) -> Released:
        return self.waves[-1]

    def path(self, what: str, name: str = "Unit C") -> str:
        """The address of something of a group of the newest wave."""
        return f"/api/v1/wave/{self.newest.wave.id}/groups/{self.newest.group(name).number}/{what}"

    def ask(self, who: str, path: str, **headers: str) -> TestResponse:
        """As a program does: no cookie, and the key in a header."""
        sent = {"Authorization": f"Bearer {self.keys[who]}"} | headers
        return self.app.test_client(use_cookies=False).get(path, headers=sent)

    def read(self, who: str, path: str) -> dict[str, Any]:
        found = self.ask(who, path)
        assert found.status_code == 200, (who, path, found.text)
        body: dict[str, Any] = found.get_json()
        return body


def make_key(account: Account, kind: str = "api", **values: object) -> str:
    """A stored key; its secret."""
    secret = f"pulse_made-for-a-test-{next(_numbers):04}-{'x' * 20}"
    defaults: dict[str, object] = {
        "name": "A portal",
        "created_at": datetime.now(UTC),
        "expires_on": (datetime.now(UTC) + timedelta(days=30)).date(),
    }
    with writing():
        key_queries.add_key(
            ApiKey(account_id=account.id, kind=kind, secret_hash=hash_secret(secret), **(defaults | values))  # type: ignore[arg-type]
        )
    return secret


def make_scene(app: Flask, folder: Path) -> Scene:
    council = make_council(TREE)
    _grade(council)
    programme = make_quarterly(attributes=["grade"], name="Staff pulse")
    waves = make_released_waves(make_site(folder), council, programme, 2, turnout=_all_but_one)
    _promise(waves[-1], council)
    accounts = {role.value: make_account(role) for role in Role if role is not Role.LEADER}
    for unit in ("A", "A1", "B"):
        accounts[f"leader of {unit}"] = make_account(Role.LEADER, unit_id=council.units[unit])
    return Scene(app, council, waves, accounts, {who: make_key(one) for who, one in accounts.items()})


def _grade(council: Council) -> None:
    with writing():
        db.session.add(Attribute(code="grade", label="Grade", position=1))
        for person_id, voter in council.people.items():
            person = db.session.get_one(Person, person_id)
            person.attributes = {"grade": "Grade ash" if voter.number % 2 else "Grade birch"}


def _all_but_one(voter: Voter) -> bool:
    return (voter.unit, voter.number) != ("A1", 9)


def _promise(found: Released, council: Council) -> None:
    said = Promise(
        wave_id=found.wave.id,
        said="We wait for permission.",
        did="Teams may spend 500 pounds on their own.",
        owner="Head of Finance",
        due_on=(found.wave.closes_at + timedelta(days=60)).date(),
        unit_id=council.units["A"],
        measure="PTA",
        state="promised",
    )
    add_promise(said, found.wave.closes_at + timedelta(days=1))
