"""Heavy work in turns: a workbook or a PDF holds a processor for seconds that answers to a survey wait for.

Whoever waits for a turn holds one of a process's few threads, so at most one request does, and not for long.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Final

from pulse.domain.words import N_

#: seconds for the work before it to be done, and before somebody who was refused should ask again
PATIENCE: Final = 2
RETRY_AFTER: Final = 10
SENTENCE: Final = N_("Other files are being made just now: wait a few seconds and try again.")
#: at work, and waiting
_places = BoundedSemaphore(2)
_turn = Lock()


class TooBusy(Exception):
    """Others have the turn and the place behind it; the page that says so is 429."""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """For work that no two requests of this process do at once; raises TooBusy. Not to be nested."""
    if not _places.acquire(blocking=False):
        raise TooBusy
    try:
        if not _turn.acquire(timeout=PATIENCE):
            raise TooBusy
        try:
            yield
        finally:
            _turn.release()
    finally:
        _places.release()
