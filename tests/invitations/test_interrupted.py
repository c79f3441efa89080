"""A letter in hand when its sender dies, or the line breaks, goes out once more at the most."""

from dataclasses import dataclass

import pytest

from pulse.invitations import sending
from pulse.invitations.handing_over import Round
from pulse.invitations.letter_queries import Addressee
from pulse.invitations.sending import send_waiting
from pulse.messages.mail import Mail
from pulse.messages.transport import MailUnavailable
from tests.invitations.test_sending import Dying, deliveries, open_wave, sender
from tests.results.factories import Postbag, Site, make_council


@pytest.mark.parametrize(("after", "twice"), [(False, 0), (True, 1)])
def test_after_a_killed_worker_only_the_letter_in_its_hand_is_sent_again(
    after: bool, twice: int, site: Site
) -> None:
    make_council()
    wave = open_wave(site)
    first, second = Dying(after=after), Postbag()
    with pytest.raises(SystemExit):
        send_waiting(wave, sender(site, first))
    assert deliveries() == {2: 4, 1: 1, 0: 30}

    assert send_waiting(wave, sender(site, second)) == 31
    assert deliveries() == {2: 35}
    mails = first.mails + second.mails
    assert len({mail.to for mail in mails}) == 35 == len(mails) - twice
    doubled = [mail for mail in mails if mail.to == first.mails[-1].to]
    assert len({mail.reference for mail in doubled}) == 1


@dataclass
class Remembering(Postbag):
    """A carrier that can be asked what it took, unless it is away."""

    away: bool = False

    def was_taken(self, reference: str) -> bool | None:
        if self.away:
            raise MailUnavailable("gone")
        return reference in {mail.reference for mail in self.mails}


@pytest.mark.parametrize(("after", "sent"), [(False, 31), (True, 30)])
def test_a_carrier_that_remembers_is_asked_first_and_nobody_gets_two(
    after: bool, sent: int, site: Site
) -> None:
    make_council()
    wave = open_wave(site)
    first = Dying(after=after)
    with pytest.raises(SystemExit):
        send_waiting(wave, sender(site, first))
    second = Remembering(list(first.mails), away=True)

    send_waiting(wave, sender(site, second))
    assert deliveries()[1] == 1, "asked in vain, the letter may not go out again"
    second.away = False
    send_waiting(wave, sender(site, second))
    assert len(second.mails) == len({mail.to for mail in second.mails}) == 35
    assert len(second.mails) - len(first.mails) == sent
    assert deliveries() == {2: 35}


def test_a_letter_lost_on_its_way_to_the_server_is_sent_again_under_the_same_name(site: Site) -> None:
    make_council()
    wave = open_wave(site)

    @dataclass
    class Losing(Postbag):
        def send(self, mail: Mail) -> None:
            super().send(mail)
            raise MailUnavailable("gone", perhaps_taken=True)

    first, second = Losing(), Postbag()
    assert send_waiting(wave, sender(site, first)) == 0
    assert deliveries() == {1: 1, 0: 34}
    assert send_waiting(wave, sender(site, second)) == 35
    assert second.mails[0].reference == first.mails[0].reference != second.mails[1].reference


def test_a_letter_that_another_worker_has_taken_meanwhile_is_left_to_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_council()
    wave = open_wave(site)
    ours, theirs = Postbag(), Postbag()
    look_up = sending._look_up

    def slow(run: Round, people: list[Addressee]) -> dict[int, tuple[str, bytes]]:
        found = look_up(run, people)
        if not theirs.mails:
            theirs.mails.append(Mail(to="", subject="", text="", kind=""))
            send_waiting(wave, sender(site, theirs))
        return found

    monkeypatch.setattr(sending, "_look_up", slow)
    assert send_waiting(wave, sender(site, ours)) == 0
    assert len(theirs.mails) == 36
    assert ours.mails == []
