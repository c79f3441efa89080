"""Reminders: at each step one, only to those who have not answered, and to nobody two."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from pulse.db import scrub, writing
from pulse.invitations import queries
from pulse.invitations.codes import hash_token
from pulse.invitations.reminding import send_reminders
from pulse.messages.mail import Mail
from pulse.messages.transport import Mailer
from pulse.surveys import queries as surveys
from pulse.surveys.models import LETTER, Wave
from tests.invitations.test_sending import LINK, Dying, Troubled, go_by, sender
from tests.results.factories import Postbag, Site, Voter, answer_all, make_council, make_sent_wave


@dataclass
class Reminding:
    """A sent wave with eight answers, on the day the reminder is due."""

    site: Site
    wave: Wave
    due: datetime
    people: dict[int, Voter]
    silent: set[str]

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
    with writing():
        wave.remind_at = [(wave.opens_at + timedelta(days=day)).isoformat() for day in (7, 9, 11)]
    return Reminding(site, wave, wave.opens_at + timedelta(days=7), council.people, silent)


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


def test_notes_are_kept_on_a_connection_that_the_database_was_scrubbed_with(reminding: Reminding) -> None:
    assert scrub()
    assert reminding.remind(Postbag()) is True
    assert reminding.remind(Postbag()) is False


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
        reminding.wave.remind_at = []
    assert reminding.remind(Postbag(), reminding.wave.closes_at - timedelta(minutes=1)) is False


def test_each_step_reminds_once_and_under_a_name_of_its_own(reminding: Reminding) -> None:
    bags = [Postbag() for _ in range(4)]
    for step, bag in enumerate(bags):
        reminding.remind(bag, reminding.due + timedelta(days=2 * step))
        reminding.remind(bag, reminding.due + timedelta(days=2 * step))
    assert [len(bag.mails) for bag in bags] == [27, 27, 27, 0]
    assert len({mail.reference for bag in bags for mail in bag.mails}) == 81


def test_two_missed_steps_give_one_reminder(reminding: Reminding) -> None:
    postbag = Postbag()
    later = reminding.due + timedelta(days=3)

    assert reminding.remind(postbag, later) is True
    assert reminding.remind(postbag, later) is False
    assert len(postbag.mails) == 27


@pytest.mark.parametrize("after", [False, True])
def test_a_worker_killed_with_a_reminder_in_hand_sends_nobody_two(reminding: Reminding, after: bool) -> None:
    first, second = Dying(after=after), Postbag()
    with pytest.raises(SystemExit):
        reminding.remind(first)
    reminding.remind(second)

    assert len(first.mails) + len(second.mails) == 27 - (not after)
    assert not {mail.to for mail in first.mails} & {mail.to for mail in second.mails}


def test_who_answers_while_reminders_leave_gets_none(reminding: Reminding) -> None:
    """The list was read before; what counts is what is known when each letter is taken."""
    wave_id, postbag = reminding.wave.id, Postbag()
    people = {f"{who.unit}-{who.number}@example.org".lower(): one for one, who in reminding.people.items()}

    @dataclass
    class Answering(Postbag):
        def send(self, mail: Mail) -> None:
            super().send(mail)
            for to in sorted(reminding.silent - {mail.to})[:1] if len(self.mails) == 1 else ():
                with writing():
                    queries.claim_spent(hash_token(reminding.site.token(wave_id, people[to])))

    postbag = Answering()
    reminding.remind(postbag)
    assert len(postbag.mails) == 26


def test_letters_by_post_are_not_followed_by_reminders(reminding: Reminding) -> None:
    go_by(reminding.wave.id, LETTER, dict.fromkeys(reminding.people, ""))
    assert reminding.remind(Postbag()) is False
