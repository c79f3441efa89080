"""A sender of letters by SMTP is killed many times in the middle of its work; every letter is counted.

Nothing may be lost. SMTP cannot be asked what it took, so the letter in hand goes out again, under the same
Message-ID: no kill may double more than that one.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

from sqlalchemy import text

from pulse.app import create_app
from pulse.config import Settings
from pulse.db import db
from pulse.invitations.handing_over import Sender
from pulse.invitations.register import open_and_invite
from pulse.invitations.sending import send_waiting
from pulse.messages.mailers import carriers_from
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from tests.results.factories import make_council, make_quarterly
from tests.simulation.office import post_office
from tests.simulation.processes import Child
from tests.surveys.factories import make_planned_wave

_NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
#: seconds that a sender lives at most after its first letter
LONGEST_LIFE = 0.03


@dataclass(frozen=True)
class Killed:
    """How often each wanted letter was taken by the mail server."""

    kills: int
    wanted: int
    once: int
    #: people whose letter was taken more than once, and how many letters were too many
    doubled: int
    too_many: int
    never: int
    #: doubles whose second letter bears another Message-ID
    renamed: int

    @property
    def is_sound(self) -> bool:
        """Nothing lost, and no kill sent more than one letter again."""
        return not (self.never or self.renamed) and self.too_many <= self.kills


def kill_senders(
    site: Callable[[int], Settings], people: int, kills: int, weaken: Callable[[], None] = lambda: None
) -> Killed:
    """Open a wave of so many people, kill its sender so often, and let the last one finish."""
    with post_office() as office:
        office.set_clock(_NOW, away=False)
        app, rng = create_app(site(office.port)), Random(7)

        def work(settings: Settings, order: str) -> Any:
            weaken()
            return {"open": _open, "send": _send, "tell": _tell}[order](settings, people)

        opener = Child.start(work, app)
        opener.ask("open")
        died = 0
        while died < kills:
            sender, before = Child.start(work, app), office.count()
            sender.send("send")
            while office.count() == before and not sender.is_done(0):
                time.sleep(0.0005)
            if sender.is_done(rng.uniform(0.0, LONGEST_LIFE)):
                sender.stop()
                break
            sender.kill()
            died += 1
        last = Child.start(work, app)
        last.ask("send")
        last.stop()
        wanted = opener.ask("tell")
        opener.stop()
        letters, _, _ = office.close()
    taken = Counter(letter.to for letter in letters)
    names = Counter(to for to, _ in {(letter.to, letter.message_id) for letter in letters})
    counts = [taken[to] for to in wanted]
    return Killed(
        kills=died,
        wanted=len(wanted),
        once=counts.count(1),
        doubled=sum(n > 1 for n in counts),
        too_many=sum(n - 1 for n in counts if n),
        never=counts.count(0),
        renamed=sum(n > 1 for n in names.values()),
    )


def _open(settings: Settings, people: int) -> None:
    db.create_all()
    make_council({"C": (None, people)})
    programme = make_quarterly(name="Programme of kills")
    open_and_invite(make_planned_wave(programme).id, Keyring(settings.key_dir))


def _send(settings: Settings, _people: int) -> None:
    key = Keyring(settings.key_dir).token_key()
    while db.session.scalar(text("SELECT count(*) FROM invitation WHERE delivery < 2")):
        with carriers_from(settings) as carriers:
            sent = send_waiting(surveys.get_wave(1), Sender(carriers, key, settings.base_url))
        db.session.rollback()
        if not sent:
            return  # a weakened sender would go round for ever


def _tell(_settings: Settings, _people: int) -> list[str]:
    return list(db.session.scalars(text("SELECT email FROM person")))


def told(killed: Killed) -> str:
    """In words, for a table."""
    sent = f"{killed.wanted:,} letters wanted, {killed.once:,} sent once, {killed.never} never"
    again = f"{killed.doubled} again ({killed.too_many} times), {killed.renamed} of them under another name"
    return f"{killed.kills} kills, {sent}, {again}"
