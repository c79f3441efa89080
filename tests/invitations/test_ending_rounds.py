"""Letters stop the moment their wave does, and no server makes one person get them without end."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from pulse.db import writing
from pulse.invitations.sending import send_waiting
from pulse.messages.mail import Mail
from pulse.messages.transport import Entered, MailUnavailable
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from pulse.surveys.planning import close_now
from tests.invitations.test_sending import sender
from tests.results.factories import Site, make_council, make_quarterly
from tests.support.rows import all_rows
from tests.surveys.factories import make_open_wave


@dataclass
class Cutting(Entered):
    """Takes every mail, and breaks the connection before it says so."""

    taken: list[str] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.taken.append(mail.to)
        raise MailUnavailable("The connection broke.", perhaps_taken=True)


@dataclass
class Ending(Entered):
    """Its third letter is in hand when the wave ends: its day is moved, or another worker counts it."""

    wave_id: int
    by_day: bool
    taken: list[str] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.taken.append(mail.to)
        if len(self.taken) == 3:
            with writing():
                wave = surveys.get_wave(self.wave_id)
                if self.by_day:
                    close_now(wave, wave.opens_at + timedelta(minutes=1))
                else:
                    wave.state = "closing"


@pytest.fixture
def wave(site: Site) -> Wave:
    make_council()
    return make_open_wave(site.keyring, make_quarterly())


def test_a_letter_that_is_lost_on_its_way_twice_is_not_sent_a_third_time(site: Site, wave: Wave) -> None:
    cutting = Cutting()
    for _ in range(8):
        send_waiting(wave, sender(site, cutting))
    assert max(cutting.taken.count(to) for to in cutting.taken) == 2
    assert len(set(cutting.taken)) == 4  # and the others' turn comes


@pytest.mark.parametrize("by_day", [True, False])
def test_no_letter_leaves_once_the_wave_is_closed(by_day: bool, site: Site, wave: Wave) -> None:
    ending = Ending(wave.id, by_day)
    send_waiting(wave, sender(site, ending))
    assert len(ending.taken) == 3
    marked = [row for row in all_rows()["invitation"] if row["sent_to"] is not None]
    assert len(marked) == 3
