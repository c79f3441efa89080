"""Leaders who are to be told of a released wave, and what reached them: shared by the tests of digests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from flask import Flask
from sqlalchemy import delete, select

from pulse.dashboards.digest import send_digests
from pulse.dashboards.models import DigestMail
from pulse.db import db, writing
from pulse.invitations.pauses import Pauses
from pulse.messages.smtp import SmtpMailer
from pulse.web.access import Role
from tests.accounts.factories import make_account
from tests.messages.factories import SENDER
from tests.messages.servers import Post, serving
from tests.results.factories import (
    ROTATION,
    Council,
    make_council,
    make_quarterly,
    make_released_waves,
    make_site,
)

BASE = "https://pulse.example.org"


@dataclass(frozen=True)
class Place:
    """The second wave of a survey of everybody, and of one of unit A alone; a leader for some units."""

    app: Flask
    council: Council
    wave_id: int
    closed_at: datetime
    leaders: dict[str, str]


@pytest.fixture(scope="module")
def told(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Place:
    council, site = make_council(), make_site(tmp_path_factory.mktemp("digests"))
    programme = make_quarterly(rotation=[[*items, "SUR-01"] for items in ROTATION])
    released = make_released_waves(site, council, programme, 2)[-1]
    leaders = {
        unit: make_account(Role.LEADER, unit_id=council.units[unit]).email for unit in ("C", "A", "A2", "B2")
    }
    for role in Role:
        if role is not Role.LEADER:
            make_account(role)
    make_account(Role.LEADER, unit_id=council.units["A"], active=False)
    return Place(shared_app, council, released.wave.id, released.wave.closes_at, leaders)


@pytest.fixture
def place(told: Place) -> Iterator[Place]:
    yield told
    db.session.rollback()
    with writing():
        db.session.execute(delete(DigestMail))


@pytest.fixture
def post() -> Iterator[Post]:
    with serving() as running:
        yield running


def send(post: Post, moment: datetime, pauses: Pauses | None = None) -> int:
    db.session.rollback()
    with SmtpMailer(post.server(timeout=1.0), SENDER) as mailer:
        return send_digests(mailer, BASE, moment, pauses)


def news(place: Place) -> datetime:
    return place.closed_at + timedelta(hours=1)


def texts(post: Post) -> dict[str, str]:
    """What each recipient was sent, as their mail program shows it."""
    found = {}
    for recipient, content in post.taken:
        message = message_from_bytes(content, policy=default)
        found[recipient] = f"{message['Subject']}\n{message.get_content()}".replace("\r\n", "\n")
    return found


def states() -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(select(DigestMail.state)))


def flat(text: str) -> str:
    return " ".join(text.split())
