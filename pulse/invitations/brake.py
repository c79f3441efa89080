"""How often codes may be tried. Counted in this process's memory: no row, file or log says who typed when.

A table of tries, as sign-in has one, would put a network and a time beside the answer that follows: into
the database, its write-ahead log and its backups. In memory the limits hold for each process of the website,
and a restart begins anew, which the arithmetic can bear: 4 processes that each let 300 wrong codes through
in 15 minutes allow 1.6 million tries in two weeks. With 3,000 slips out, the chance that one of them hits
is 1.6 * 10^6 * 3,000 / 2^60, some 4 in a thousand million.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=15)
#: wrong codes; whoever types a right one is not counted, so that a whole depot can answer from one network
TRIES_PER_NETWORK = 40
#: of everybody together; it also bounds what is kept in memory, and the work of trying
TRIES_IN_ALL = 300


@dataclass
class _Count:
    tries: int
    resets_at: datetime


class Brake:
    """Counts tries by network, under a hash whose key no one has, and all together. Safe between threads."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._counts: dict[bytes, _Count] = {}
        self._lock = Lock()

    def claim(self, network: str, now: datetime) -> bool:
        """Count one try before it is made; False, and then nothing is counted, if there were too many."""
        with self._lock:
            over = [name for name, count in self._counts.items() if count.resets_at <= now]
            for name in over:
                del self._counts[name]
            doors = ((self._name(network), TRIES_PER_NETWORK), (b"", TRIES_IN_ALL))
            counts = [(name, self._counts.get(name), limit) for name, limit in doors]
            if any(count is not None and count.tries >= limit for _, count, limit in counts):
                return False
            for name, count, _ in counts:
                self._counts[name] = _Count((count.tries if count else 0) + 1, _end(count, now))
            return True

    def give_back(self, network: str) -> None:
        """Uncount one try, because its code was right."""
        with self._lock:
            for name in (self._name(network), b""):
                count = self._counts.get(name)
                if count is not None:
                    count.tries -= 1
                    if not count.tries:
                        del self._counts[name]

    def _name(self, network: str) -> bytes:
        return hashlib.blake2b(network.encode(), key=self._key, digest_size=16).digest()


def _end(count: _Count | None, now: datetime) -> datetime:
    return count.resets_at if count else now + WINDOW
