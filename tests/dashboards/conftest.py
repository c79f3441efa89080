"""The application on a database that a whole module reads, and a wave with comments in it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import update

from pulse.db import db, writing
from pulse.results.models import Comment
from pulse.web.access import Role
from tests.accounts.factories import make_account
from tests.dashboards.commented import Place
from tests.results.conftest import shared_app as shared_app
from tests.results.factories import make_council, make_released_wave, make_site
from tests.results.test_comments import ASKED, TREE, writes


@pytest.fixture(scope="module")
def commented(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Place:
    council = make_council(TREE)
    wave = make_released_wave(make_site(tmp_path_factory.mktemp("comments")), council, writes=writes, **ASKED)
    accounts = {role.value: make_account(role) for role in Role if role is not Role.LEADER}
    for unit in ("A", "A1", "B"):
        accounts[f"leader of {unit}"] = make_account(Role.LEADER, unit_id=council.units[unit])
    return Place(shared_app, wave, accounts)


@pytest.fixture
def place(commented: Place) -> Iterator[Place]:
    """The same wave with every comment waiting again."""
    yield commented
    db.session.rollback()
    with writing():
        db.session.execute(update(Comment).values(status="waiting"))
