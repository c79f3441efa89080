"""How long a mailbox that takes no mail just now is left alone before it is tried again.

A mailbox that is full, or whose server lets nobody in at the first knock (greylisting), answers the same to a
try every ten seconds, and some servers shut out for good whoever keeps knocking.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

#: after the first delay, the second and so on, and the last after every further one
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (6, 12, 30))
#: letters whose tries are counted; beyond these, one is tried at every tick
MOST = 100_000
#: the step of a letter that tells a leader of results: no step of reminding
DIGEST = -1


@dataclass
class Pauses:
    """Letters that were delayed, and from when each is tried again. In memory: a restart only tries sooner.

    A letter is (wave, person, step of reminding; 0 is the invitation), or (wave, account, DIGEST).
    """

    #: later rounds know them too, and begin with others
    lasting: bool = False
    _delayed: dict[tuple[int, int, int], tuple[int, datetime]] = field(default_factory=dict, repr=False)

    def may_try(self, letter: tuple[int, int, int], now: datetime) -> bool:
        """Whether it was never delayed, or its pause is over."""
        return letter not in self._delayed or self._delayed[letter][1] <= now

    def note(self, letter: tuple[int, int, int], now: datetime) -> None:
        """It was delayed, now; each pause is longer than the one before."""
        times = self._delayed.get(letter, (0, now))[0]
        if times or len(self._delayed) < MOST:
            self._delayed[letter] = (times + 1, now + _WAITS[min(times, len(_WAITS) - 1)])

    def forget(self, letter: tuple[int, int, int]) -> None:
        """It left, or never will."""
        self._delayed.pop(letter, None)

    def keep_only(self, waves: set[int], *, digests: bool = False) -> None:
        """Forget the letters of every other wave: those to staff, or the digests."""
        self._delayed = {
            letter: pause
            for letter, pause in self._delayed.items()
            if letter[0] in waves or (letter[2] == DIGEST) != digests
        }
