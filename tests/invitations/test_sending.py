"""Sending: everybody once, whatever the mail server does, and one reminder to those who have not answered."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from pulse.db import db, writing
from pulse.directory.models import Person
from pulse.invitations import queries, sending
from pulse.invitations.register import open_and_invite
from pulse.invitations.sending import Sender, send_reminders, send_waiting
from pulse.messages.mail import Mail
from pulse.messages.mailbox import find_letter, list_envelopes
from pulse.messages.mailers import MailboxMailer
from pulse.messages.transport import MailDelayed, Mailer, MailRefused, MailUnavailable
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from tests.results.factories import (
    Postbag,
    Site,
    answer_all,
    make_council,
    make_quarterly,
    make_sent_wave,
)
from tests.support.rows import all_rows
from tests.surveys.factories import make_planned_wave

LINK = re.compile(r"http://localhost(/a/[a-z2-7]{32})\s")


@dataclass
class Troubled(Postbag):
    """A mail server that treats some recipients badly, and may go away after so many mails."""

    refused: str = ""
    delayed: str = ""
    gone_after: int = 10**6

    def send(self, mail: Mail) -> None:
        if len(self.mails) >= self.gone_after:
            raise MailUnavailable("gone")
        if self.refused and mail.to.startswith(self.refused):
            raise MailRefused("no")
        if self.delayed and mail.to.startswith(self.delayed):
            raise MailDelayed("later")
        super().send(mail)


def open_wave(site: Site) -> Wave:
    wave_id = make_planned_wave(make_quarterly()).id
    assert open_and_invite(wave_id, site.keyring)
    db.session.expire_all()
    return surveys.get_wave(wave_id)


def sender(site: Site, mailer: Mailer) -> Sender:
    return Sender(mailer, site.keyring.token_key(), "http://localhost")


def deliveries() -> Counter[int]:
    return Counter(row["delivery"] for row in all_rows()["invitation"])


def test_each_mail_carries_the_link_of_its_recipient_and_the_link_works(
    site: Site, tmp_path: Path, client: FlaskClient
) -> None:
    council = make_council()
    wave = open_wave(site)
    folder = tmp_path / "mail"

    assert send_waiting(wave, sender(site, MailboxMailer(folder, "Pulse <pulse@example.org>"))) == 35

    for person_id, voter in council.people.items():
        (envelope,) = list_envelopes(folder, f"{voter.unit}-{voter.number}@example.org".lower())
        letter = find_letter(folder, envelope.name)
        assert letter is not None
        (link,) = LINK.findall("".join(piece.text for piece in letter.pieces))
        assert link == f"/a/{site.token(wave.id, person_id)}"
    assert client.get(link).status_code == 200


def test_people_are_taken_in_batches_until_nobody_waits(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    make_council()
    wave = open_wave(site)
    monkeypatch.setattr(sending, "BATCH", 10)
    postbag = Postbag()

    assert send_waiting(wave, sender(site, postbag)) == 35
    assert len({mail.to for mail in postbag.mails}) == len(postbag.mails) == 35
    assert send_waiting(wave, sender(site, postbag)) == 0


def test_a_refused_recipient_is_not_tried_again_and_the_others_are_served(site: Site) -> None:
    make_council()
    wave = open_wave(site)
    postbag = Troubled(refused="a1-1@")

    assert send_waiting(wave, sender(site, postbag)) == 34
    assert send_waiting(wave, sender(site, Postbag())) == 0
    assert deliveries() == {2: 34, 3: 1}


def test_when_mail_goes_away_the_rest_wait_and_leave_at_the_next_try(site: Site) -> None:
    make_council()
    wave = open_wave(site)
    first, second = Troubled(gone_after=12), Postbag()

    assert send_waiting(wave, sender(site, first)) == 12
    assert deliveries() == {2: 12, 0: 23}
    assert surveys.get_wave(wave.id).problem == "Letters are waiting to be sent. gone"
    assert send_waiting(wave, sender(site, second)) == 23
    assert surveys.get_wave(wave.id).problem is None
    assert len({mail.to for mail in first.mails + second.mails}) == 35


def test_one_delayed_recipient_does_not_keep_the_others_waiting(site: Site) -> None:
    make_council()
    wave = open_wave(site)

    assert send_waiting(wave, sender(site, Troubled(delayed="b1-2@"))) == 34
    assert deliveries() == {2: 34, 0: 1}
    assert send_waiting(wave, sender(site, Postbag())) == 1


def test_what_a_dead_worker_had_taken_is_sent_again(site: Site) -> None:
    make_council()
    wave = open_wave(site)
    with writing():
        taken = queries.claim_waiting(wave.id, 20)
    postbag = Postbag()

    assert len(taken) == 20
    assert send_waiting(wave, sender(site, postbag)) == 15
    with writing():
        queries.reset_interrupted(wave.id)
    assert send_waiting(wave, sender(site, postbag)) == 20
    assert len({mail.to for mail in postbag.mails}) == 35


def test_a_person_without_e_mail_is_sent_nothing_and_keeps_a_link(site: Site, client: FlaskClient) -> None:
    council = make_council()
    nobody = min(council.people)
    with writing():
        db.session.get_one(Person, nobody).email = None
    wave = open_wave(site)

    assert send_waiting(wave, sender(site, Postbag())) == 34
    assert client.get(f"/a/{site.token(wave.id, nobody)}").status_code == 200


@dataclass
class Reminding:
    """A sent wave with eight answers, on the day the reminder is due."""

    site: Site
    wave: Wave
    due: datetime
    silent: set[str] = field(default_factory=set)

    def remind(self, mailer: Mailer, now: datetime | None = None) -> bool:
        return send_reminders(self.wave, sender(self.site, mailer), now or self.due)


@pytest.fixture
def reminding(site: Site) -> Reminding:
    council = make_council()
    wave_id = make_sent_wave(site)
    answer_all(site, wave_id, council, turnout=lambda voter: voter.unit == "A1")
    wave = surveys.get_wave(wave_id)
    silent = {
        f"{who.unit}-{who.number}@example.org".lower() for who in council.people.values() if who.unit != "A1"
    }
    return Reminding(site, wave, wave.opens_at + timedelta(days=wave.programme.reminder_days[0]), silent)


def test_a_reminder_goes_once_to_those_who_have_not_answered_with_the_same_link(
    reminding: Reminding,
) -> None:
    postbag = Postbag()

    assert reminding.remind(postbag) is True
    assert len(postbag.mails) == 27
    assert {mail.to for mail in postbag.mails} == reminding.silent
    assert reminding.remind(postbag) is False
    first = {mail.to: LINK.findall(mail.text) for mail in reminding.site.postbag.mails}
    assert all(LINK.findall(mail.text) == first[mail.to] for mail in postbag.mails)


def test_no_reminder_goes_before_its_day_or_after_the_close(reminding: Reminding) -> None:
    for moment in (reminding.due - timedelta(minutes=1), reminding.wave.closes_at):
        assert reminding.remind(Postbag(), moment) is False


def test_reminders_that_could_not_leave_wait_for_the_next_try(reminding: Reminding) -> None:
    first, second = Troubled(gone_after=5, delayed="b3-1@"), Postbag()

    assert reminding.remind(first) is True
    assert "gone" in str(surveys.get_wave(reminding.wave.id).problem)
    assert reminding.remind(second) is True
    assert surveys.get_wave(reminding.wave.id).problem is None
    assert (len(first.mails), len(second.mails)) == (5, 22)
    assert {mail.to for mail in first.mails} | {mail.to for mail in second.mails} == reminding.silent


def test_a_programme_may_remind_nobody(reminding: Reminding) -> None:
    with writing():
        reminding.wave.programme.reminder_days = []
    assert reminding.remind(Postbag(), reminding.wave.opens_at) is False
