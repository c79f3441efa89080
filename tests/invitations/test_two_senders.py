"""Two workers that both believe to lead: what one has in hand, the other does not send again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import pytest
from flask import Flask

from pulse.db import db
from pulse.invitations.letter_queries import TakenByAnother
from pulse.invitations.sending import send_waiting
from pulse.messages.mail import Mail
from pulse.surveys import queries as surveys
from tests.invitations.test_sending import deliveries, open_wave, sender
from tests.results.factories import Postbag, Site, make_council


@pytest.fixture(autouse=True)
def on_postgresql(app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("on SQLite the lead is a lock of the process, which nothing takes away")


@dataclass
class Interrupting(Postbag):
    """With its second letter in hand it lets something else happen."""

    meanwhile: Callable[[], None] = field(default=lambda: None, repr=False)

    def send(self, mail: Mail) -> None:
        if len(self.mails) == 1:
            self.meanwhile()
        super().send(mail)


def test_a_letter_in_the_hand_of_a_worker_that_lost_its_lead_is_not_sent_by_the_next(
    app: Flask, site: Site
) -> None:
    make_council()
    wave = open_wave(site)
    wave_id, theirs = wave.id, Postbag()
    told: list[str] = []

    def send_apart() -> None:
        with app.app_context():
            try:
                send_waiting(surveys.get_wave(wave_id), sender(site, theirs))
            except TakenByAnother:
                told.append("taken")
            db.session.remove()

    def overtake() -> None:
        with ThreadPoolExecutor(1) as other:
            other.submit(send_apart).result(timeout=60)

    ours = Interrupting(meanwhile=overtake)
    assert send_waiting(wave, sender(site, ours)) == 35
    assert (theirs.mails, told) == ([], ["taken"])
    assert len({mail.to for mail in ours.mails}) == 35
    assert deliveries() == {2: 35}


def test_the_letters_of_a_wave_are_free_again_once_they_were_sent(app: Flask, site: Site) -> None:
    make_council()
    wave = open_wave(site)
    half = Postbag()
    stops = replace(sender(site, half), may_leave=lambda: len(half.mails) < 20)

    assert send_waiting(wave, stops) == 20
    assert send_waiting(wave, sender(site, Postbag())) == 15
