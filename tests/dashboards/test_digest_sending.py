"""A digest leaves once: whatever the mail server does, and whenever the worker dies."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from pulse.accounts.models import Account
from pulse.accounts.queries import find_account_by_email
from pulse.config import Settings
from pulse.dashboards import digest_queries as queries
from pulse.db import db
from pulse.invitations.pauses import Pauses
from pulse.worker import tick
from tests.dashboards.digests import BASE, Place, news, place, post, send, states, told
from tests.messages.factories import SENDER
from tests.messages.servers import Post, serving

__all__ = ["place", "post", "told"]

#: a digest is claimed before it is sent
pytestmark = pytest.mark.both_databases


def test_while_mail_is_away_nobody_is_told_and_then_everybody_once(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    with serving() as post:
        port = post.port
    with caplog.at_level(logging.INFO):
        for _ in range(2):
            assert send(post, news(place)) == 0
            assert states() == []
    with serving(Post(port=port)) as post:
        assert send(post, news(place)) == 4
        assert len(post.taken) == 4
    assert "wait because mail is away" in caplog.text
    assert "@" not in caplog.text


def test_a_full_mailbox_is_tried_again_and_an_unknown_one_is_not(place: Place, post: Post) -> None:
    full, unknown = place.leaders["A"], place.leaders["A2"]
    post.replies = {full: "452 full", unknown: "550 unknown"}
    assert send(post, news(place)) == 2
    assert states() == ["failed", "sent", "sent"]

    post.replies = {}
    assert send(post, news(place)) == 1
    assert sorted(recipient for recipient, _ in post.taken) == sorted({*place.leaders.values()} - {unknown})


def test_a_full_mailbox_is_left_alone_for_a_growing_while(place: Place, post: Post) -> None:
    full, held, now = place.leaders["A"], Pauses(lasting=True), news(place)
    post.replies = {full: "452 full"}
    assert send(post, now, held) == 3
    post.replies = {}
    held.keep_only(set())  # what the next tick does first: no wave is open
    assert send(post, now + timedelta(minutes=5), held) == 0
    assert send(post, now + timedelta(minutes=6), held) == 1


def test_a_server_that_may_have_taken_it_is_not_given_it_twice(place: Place, post: Post) -> None:
    post.wait_before_taking = 1.5  # longer than the mailer waits
    assert send(post, news(place)) == 0
    assert states() == ["claimed"]

    post.wait_before_taking = 0.0
    assert send(post, news(place)) == 3
    addresses = [recipient for recipient, _ in post.taken]
    assert len(addresses) == len(set(addresses))


class Deadly(Post):
    """Takes one mail, and the worker that sent it is killed before it hears so."""

    victim: "subprocess.Popen[str] | None" = None

    async def handle_DATA(self, *arguments: object) -> str:
        reply: str = await super().handle_DATA(*arguments)  # type: ignore[arg-type]
        if self.victim is not None:
            self.victim.send_signal(signal.SIGKILL)
        return reply


def test_after_a_kill_between_sending_and_noting_it_nobody_is_told_twice(place: Place) -> None:
    settings: Settings = place.app.config["PULSE"]
    with serving(post := Deadly()) as running:
        environment = {
            "DATABASE_URL": settings.database_url,
            "PULSE_HOME": str(settings.home),
            "SECRET_KEY": settings.secret_key,
            "MAIL_URL": f"smtp://127.0.0.1:{running.port}",
            "MAIL_FROM": SENDER,
            "PULSE_BASE_URL": BASE,
        }
        command = [sys.executable, "-c", "from pulse.app import main; main()", "tick", "--now"]
        post.victim = subprocess.Popen(
            [*command, news(place).isoformat()], env=os.environ | environment, text=True
        )
        assert post.victim.wait(60) == -signal.SIGKILL
        assert (len(post.taken), states()) == (1, ["claimed"])

        post.victim = None
        assert send(post, news(place)) == 3
    assert sorted(recipient for recipient, _ in post.taken) == sorted(place.leaders.values())
    assert states() == ["claimed", "sent", "sent", "sent"]


def test_the_worker_tells_them_by_itself_and_a_second_tick_tells_nobody(place: Place, post: Post) -> None:
    settings = replace(place.app.config["PULSE"], mail_url=f"smtp://127.0.0.1:{post.port}")
    db.session.rollback()
    assert tick(news(place), settings)["digests sent"] == 4
    assert tick(news(place), settings)["digests sent"] == 0
    silent = replace(settings, mail_url="")
    assert tick(news(place), silent)["digests sent"] == 0


def test_a_leader_who_was_disabled_or_moved_while_others_were_told_gets_nothing_wrong(
    place: Place, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, a2 = (find_account_by_email(place.leaders[unit]) for unit in ("A", "A2"))
    assert a is not None
    assert a2 is not None
    changed: dict[int, dict[str, object]] = {
        a.id: {"unit_id": place.council.units["B"]},
        a2.id: {"active": False},
    }
    before = {one.id: {"unit_id": one.unit_id, "active": True} for one in (a, a2)}
    waiting = queries.list_waiting

    def list_and_change(wave_id: int) -> list[int]:
        found = waiting(wave_id)
        store(changed)
        return found

    monkeypatch.setattr(queries, "list_waiting", list_and_change)
    try:
        assert send(post, news(place)) == 3
        letters = dict(post.taken)
        assert place.leaders["A2"] not in letters
        assert "about Unit B:" in " ".join(str(letters[place.leaders["A"]]).split())
        assert states() == ["sent"] * 3
    finally:
        store(before)


def store(changes: Mapping[int, Mapping[str, object]]) -> None:
    """What an administrator does meanwhile, in another process."""
    with db.engine.begin() as other:
        for account_id, values in changes.items():
            other.execute(update(Account).where(Account.id == account_id).values(values))
