"""One wave's letters on their way: who carries each, what the carrier said, what the wave's page is told."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto

from pulse.db import writing
from pulse.directory import queries as directory
from pulse.invitations import letters
from pulse.invitations.codes import make_code, make_token, mark_address
from pulse.invitations.letter_queries import Addressee
from pulse.invitations.pauses import Pauses
from pulse.messages.mail import Mail
from pulse.messages.transport import MailDelayed, Mailer, MailRefused, MailUnavailable
from pulse.surveys import queries as surveys
from pulse.surveys.models import EMAIL, LETTER, TEXT

log = logging.getLogger(__name__)
#: read together: addresses are looked up for so many at a time
BATCH = 200
#: what leaves by itself; slips are handed out
CARRIED = (EMAIL, TEXT, LETTER)
#: so many letters put off in a row, and none taken: the others of this round are not tried either
MOST_PUT_OFF = BATCH
_PUT_OFF = "The mail server puts off one after the other: each is tried again within half an hour."
_WAITING = {
    EMAIL: "Letters are waiting to be sent.",
    TEXT: "Text messages are waiting to be sent.",
    LETTER: "Letters by post are waiting to be sent.",
}
Letter = Callable[[letters.Occasion, str, str], Mail]


def _always() -> bool:
    return True


def _by_the_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Sender:
    """What sending needs beside the database."""

    #: channel -> who carries it
    carriers: Mapping[str, Mailer]
    token_key: bytes
    base_url: str
    #: asked before every letter: whether it may still leave, by the hours and the close
    may_leave: Callable[[], bool] = _always
    #: what was delayed before, and is not tried yet
    pauses: Pauses = field(default_factory=Pauses)
    clock: Callable[[], datetime] = _by_the_clock

    def link(self, wave_id: int, person_id: int) -> str:
        return f"{self.base_url}/a/{make_token(self.token_key, wave_id, person_id)}"

    def code(self, wave_id: int, person_id: int) -> str:
        return make_code(self.token_key, wave_id, person_id)


class Outcome(Enum):
    """What became of one letter: `PERHAPS` is that the carrier may have it."""

    TAKEN = auto()
    REFUSED = auto()
    LATER = auto()
    PERHAPS = auto()


@dataclass
class Round:
    """One go at a wave's letters. A carrier that is away is not asked again, and the others go on."""

    wave_id: int
    sender: Sender
    #: channel -> why its letters wait
    away: dict[str, str] = field(default_factory=dict)
    tried: bool = False
    sent: int = 0
    #: channel -> letters put off since one was taken
    _put_off: Counter[str] = field(default_factory=Counter)

    def goes_on(self, channel: str) -> bool:
        """Whether the next letter may be handed over."""
        return channel not in self.away and self.sender.may_leave()

    def list_due(self, people: list[Addressee], step: int) -> list[Addressee]:
        """Those whose letter of this step was not put off a moment ago."""
        now, pauses = self.sender.clock(), self.sender.pauses
        return [one for one in people if pauses.may_try((self.wave_id, one.person_id, step), now)]

    def carrier(self, channel: str) -> Mailer:
        return self.sender.carriers[channel]

    def hand_over(self, one: Addressee, mail: Mail, step: int = 0) -> Outcome:
        """One letter; `step` is the reminder that it is."""
        letter, channel = (self.wave_id, one.person_id, step), one.channel
        self.tried = True
        try:
            self.carrier(channel).send(mail)
        except MailRefused:
            self._settle(channel, letter)
            return Outcome.REFUSED
        except MailDelayed:
            self._note_put_off(channel, letter)
            return Outcome.LATER
        except MailUnavailable as reason:
            self.note_away(channel, reason)
            return Outcome.PERHAPS if reason.perhaps_taken else Outcome.LATER
        self._settle(channel, letter)
        self.sent += 1
        return Outcome.TAKEN

    def _settle(self, channel: str, letter: tuple[int, int, int]) -> None:
        self._put_off[channel] = 0
        self.sender.pauses.forget(letter)

    def _note_put_off(self, channel: str, letter: tuple[int, int, int]) -> None:
        """A server that takes so many letters a minute says no to each beyond; to go on would not help.

        Only where the next round goes on with others: else it would be the same ones, again and again.
        """
        self.sender.pauses.note(letter, self.sender.clock())
        self._put_off[channel] += 1
        if self._put_off[channel] >= MOST_PUT_OFF and self.sender.pauses.lasting:
            self.away[channel] = f"{_WAITING[channel]} {_PUT_OFF}"

    def note_away(self, channel: str, reason: MailUnavailable) -> None:
        self.tried = True
        self.away[channel] = f"{_WAITING[channel]} {reason}"
        log.warning("wave %s: what leaves by %s waits because its carrier is away", self.wave_id, channel)

    def tell(self) -> None:
        """Put on the wave's page what waits and why, or that nothing waits any more."""
        if self.tried:
            with writing():
                surveys.set_problem(self.wave_id, " ".join(self.away.values()) or None)

    def addresses(self, people: list[Addressee]) -> dict[int, tuple[str, bytes]]:
        """Person -> the address of their channel on today's staff list ("" for none), and its mark."""
        reach = directory.list_reach([one.person_id for one in people])
        nowhere, key = directory.Reach(), self.sender.token_key
        found: dict[int, tuple[str, bytes]] = {}
        for one in people:
            known = reach.get(one.person_id, nowhere)
            to = {EMAIL: known.email, TEXT: known.phone, LETTER: known.post}[one.channel]
            found[one.person_id] = (to, mark_address(key, self.wave_id, one.person_id, to))
        return found
