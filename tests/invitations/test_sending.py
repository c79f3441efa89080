"""Sending: everybody once, whatever the carrier does and however the worker dies."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from pulse.db import db, writing
from pulse.directory.models import Person
from pulse.invitations import sending
from pulse.invitations.models import Invitation
from pulse.invitations.register import open_and_invite
from pulse.invitations.reminding import send_due
from pulse.invitations.sending import Sender, send_waiting
from pulse.messages.mail import Mail
from pulse.messages.mailbox import find_letter, list_envelopes
from pulse.messages.mailers import MailboxMailer
from pulse.messages.transport import MailDelayed, Mailer, MailRefused, MailUnavailable
from pulse.surveys import queries as surveys
from pulse.surveys.models import EMAIL, LETTER, TEXT, Wave
from tests.results.factories import (
    Postbag,
    Site,
    make_council,
    make_quarterly,
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


@dataclass
class Dying(Postbag):
    """The worker is killed while it hands over a letter, before or after the server took it."""

    at: int = 5
    after: bool = False

    def send(self, mail: Mail) -> None:
        if len(self.mails) + 1 == self.at and not self.after:
            raise SystemExit
        super().send(mail)
        if len(self.mails) == self.at:
            raise SystemExit


def open_wave(site: Site) -> Wave:
    wave_id = make_planned_wave(make_quarterly()).id
    assert open_and_invite(wave_id, site.keyring)
    db.session.expire_all()
    return surveys.get_wave(wave_id)


def sender(site: Site, mailer: Mailer) -> Sender:
    return Sender({EMAIL: mailer, TEXT: mailer, LETTER: mailer}, site.keyring.token_key(), "http://localhost")


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


def test_a_carrier_that_is_away_holds_up_only_its_own_letters_and_both_are_told_of(site: Site) -> None:
    council = make_council()
    texted = dict.fromkeys([*council.people][:10], "+447700900123")
    wave = open_wave(site)
    go_by(wave.id, TEXT, texted)
    mail, texts = Postbag(), Troubled(gone_after=0)
    both = Sender({EMAIL: mail, TEXT: texts, LETTER: mail}, site.keyring.token_key(), "http://localhost")

    assert send_waiting(wave, both) == 25
    assert surveys.get_wave(wave.id).problem == "Text messages are waiting to be sent. gone"
    texts.gone_after = 99
    assert send_waiting(wave, both) == 10
    assert {mail.to for mail in texts.mails} == {"+447700900123"}
    assert surveys.get_wave(wave.id).problem is None


def go_by(wave_id: int, channel: str, phones: dict[int, str]) -> None:
    """These people have asked for another way."""
    with writing():
        for person_id, phone in phones.items():
            db.session.get_one(Person, person_id).phone = phone
            db.session.get_one(Invitation, (wave_id, person_id)).channel = channel


def test_letters_stop_when_their_hours_end_and_the_rest_leave_at_the_next(site: Site) -> None:
    make_council()
    wave = open_wave(site)
    postbag = Postbag()
    until_noon = replace(sender(site, postbag), may_leave=lambda: len(postbag.mails) < 12)

    assert send_waiting(wave, until_noon) == 12
    assert deliveries() == {2: 12, 0: 23}
    assert send_waiting(wave, sender(site, postbag)) == 23


def test_who_is_invited_after_the_time_of_a_reminder_gets_the_next_one_only(site: Site) -> None:
    make_council()
    wave = open_wave(site)
    with writing():
        wave.remind_at = [(wave.opens_at + timedelta(days=day)).isoformat() for day in (3, 6)]
    late, postbag = wave.opens_at + timedelta(days=4), Postbag()

    assert send_due(wave, sender(site, postbag), late) == (35, False)
    assert [mail.kind for mail in postbag.mails] == ["invitation"] * 35
    assert send_due(wave, sender(site, postbag), late + timedelta(days=2)) == (0, True)
    assert [mail.kind for mail in postbag.mails[35:]] == ["reminder"] * 35


def test_a_person_without_e_mail_is_sent_nothing_and_keeps_a_link(site: Site, client: FlaskClient) -> None:
    council = make_council()
    nobody = min(council.people)
    with writing():
        db.session.get_one(Person, nobody).email = None
    wave = open_wave(site)

    assert send_waiting(wave, sender(site, Postbag())) == 34
    assert client.get(f"/a/{site.token(wave.id, nobody)}").status_code == 200
