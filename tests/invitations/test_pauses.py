"""A mailbox that takes nothing now is left alone for a growing while, and keeps nobody else waiting."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pulse.db import writing
from pulse.invitations import handing_over, pauses
from pulse.invitations.pauses import Pauses
from pulse.invitations.reminding import send_due
from pulse.invitations.sending import Sender, send_waiting
from pulse.messages.mail import Mail
from pulse.messages.transport import MailDelayed, MailUnavailable
from pulse.surveys import queries as surveys
from tests.invitations.test_sending import Troubled, deliveries, open_wave, sender
from tests.results.factories import Postbag, Site, make_council

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LETTER = (1, 7, 0)


class Counting(Troubled):
    """Counts the knocks, too."""

    knocks = 0

    def send(self, mail: Mail) -> None:
        self.knocks += 1
        super().send(mail)


def after(minutes: float, using: Sender) -> Sender:
    return replace(using, clock=lambda: NOON + minutes * MINUTE)


def test_the_pause_grows_from_six_minutes_to_half_an_hour_and_no_further() -> None:
    held, now, tries = Pauses(), NOON, []
    for _ in range(5):
        held.note(LETTER, now)
        began = now
        while not held.may_try(LETTER, now):
            now += MINUTE
        tries.append((now - began) // MINUTE)
    assert tries == [6, 12, 30, 30, 30]
    assert held.may_try((1, 7, 1), NOON)
    held.forget(LETTER)
    assert held.may_try(LETTER, NOON)


def test_what_is_kept_in_memory_is_bounded_and_goes_with_the_wave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "MOST", 3)
    held = Pauses()
    for person in range(5):
        held.note((person % 2, person, 0), NOON)
    assert [held.may_try((person % 2, person, 0), NOON) for person in range(5)] == [False] * 3 + [True] * 2
    held.keep_only({0})
    assert [held.may_try((person % 2, person, 0), NOON) for person in range(3)] == [False, True, False]
    held.keep_only(set(), digests=True)
    assert not held.may_try((0, 0, 0), NOON)


def test_a_delayed_invitation_is_tried_again_after_its_pause_and_not_at_every_tick(site: Site) -> None:
    make_council()
    wave, server = open_wave(site), Counting(delayed="b1-2@")
    using = sender(site, server)
    sent = [send_waiting(wave, after(minutes, using)) for minutes in (0, 0.2, 5.9)]
    assert (sent, server.knocks) == ([34, 0, 0], 35)
    assert [send_waiting(wave, after(minutes, using)) for minutes in (6, 12, 17.9)] == [0, 0, 0]
    assert server.knocks == 36
    server.delayed = ""
    assert send_waiting(wave, after(18, using)) == 1
    assert deliveries() == {2: 35}


def test_a_delayed_reminder_waits_too_and_the_next_step_does_not(site: Site) -> None:
    make_council()
    wave, server = open_wave(site), Counting()
    using = sender(site, server)
    send_waiting(wave, after(0, using))
    with writing():
        wave.remind_at = [(wave.opens_at + timedelta(days=day)).isoformat() for day in (3, 6)]
    server.delayed, server.knocks = "b1-2@", 0
    told = [send_due(wave, after(0, using), wave.opens_at + timedelta(days=3)) for _ in range(3)]
    assert (told, server.knocks) == ([(0, True), (0, False), (0, False)], 35)
    assert send_due(wave, after(0, using), wave.opens_at + timedelta(days=6)) == (0, True)
    assert server.knocks == 70


def test_a_letter_that_may_have_left_waits_for_its_pause_like_any_other(site: Site) -> None:
    make_council({"A": (None, 1)})
    wave = open_wave(site)

    class Losing(Counting):
        def send(self, mail: Mail) -> None:
            self.knocks += 1
            raise MailUnavailable("gone", perhaps_taken=True) if self.knocks == 1 else MailDelayed("later")

    server = Losing()
    using = sender(site, server)
    for minutes in (0, 1, 2, 6.9):
        send_waiting(wave, after(minutes, using))
    assert (server.knocks, deliveries()) == (2, {1: 1})
    send_waiting(wave, after(7, using))
    assert server.knocks == 3


def test_a_server_that_puts_everybody_off_is_left_alone_until_the_next_round_and_the_page_says_so(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_council()
    monkeypatch.setattr(handing_over, "MOST_PUT_OFF", 10)
    wave, server = open_wave(site), Counting(delayed="a")
    using = replace(sender(site, server), pauses=Pauses(lasting=True))
    assert send_waiting(wave, after(0, using)) == 0
    assert server.knocks == 10
    assert str(surveys.get_wave(wave.id).problem).startswith(
        "Letters are waiting to be sent. The mail server"
    )

    server.delayed = ""
    assert send_waiting(wave, after(0.2, using)) == 25
    assert surveys.get_wave(wave.id).problem is None
    assert send_waiting(wave, after(6, using)) == 10
    assert deliveries() == {2: 35}


def test_a_few_delays_among_letters_that_are_taken_stop_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_council()
    monkeypatch.setattr(handing_over, "MOST_PUT_OFF", 2)
    wave = open_wave(site)

    class EverySecond(Postbag):
        asked = 0

        def send(self, mail: Mail) -> None:
            self.asked += 1
            if self.asked % 2:
                raise MailDelayed("later")
            super().send(mail)

    using = replace(sender(site, EverySecond()), pauses=Pauses(lasting=True))
    assert send_waiting(wave, using) == 17


def test_where_no_round_remembers_the_one_before_those_put_off_do_not_hold_up_the_others(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_council()
    monkeypatch.setattr(handing_over, "MOST_PUT_OFF", 2)
    wave = open_wave(site)
    assert send_waiting(wave, sender(site, Counting(delayed="a"))) == 16
