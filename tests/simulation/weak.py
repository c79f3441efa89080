"""Weakened workers: each lacks one thing that keeps letters and waves right, and must be found out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pulse import worker
from pulse.invitations import letter_queries, sending
from pulse.invitations.letter_queries import Marks


def note_after_the_batch() -> None:
    """What was sent is noted when the page of letters is through, as it once was."""
    sent: list[int] = []
    finish = Marks.close

    def close(marks: Marks) -> None:
        for person_id in sent:
            marks._execute(letter_queries._SENT, person_id, {})
        sent.clear()
        finish(marks)

    Marks.set_sent = lambda _marks, person_id: sent.append(person_id)  # type: ignore[method-assign, assignment]
    Marks.close = close  # type: ignore[method-assign, assignment]


def no_leader() -> None:
    """Workers do not take turns, neither at ticks nor at the letters of a wave."""

    @contextmanager
    def leading(_home: Path) -> Iterator[bool]:
        yield True

    worker.leading = leading  # type: ignore[assignment, attr-defined]
    Marks._hold = lambda _marks: None  # type: ignore[method-assign, assignment]


def no_claim() -> None:
    """Neither turns nor a claim for each letter."""
    no_leader()
    claim = Marks.claim

    def always(marks: Marks, *given: Any) -> bool:
        claim(marks, *given)
        return True

    Marks.claim = always  # type: ignore[method-assign, assignment]


def remind_all() -> None:
    """Whoever has answered is reminded too."""
    claim = Marks.claim_reminder

    def always(marks: Marks, *given: Any) -> bool | None:
        return None if claim(marks, *given) is None else True

    Marks.claim_reminder = always  # type: ignore[method-assign, assignment]


def any_hour() -> None:
    """Letters leave as soon as they can."""
    worker.find_hours = lambda _wave, _now: lambda: True  # type: ignore[assignment, attr-defined]


def never_again() -> None:
    """What a dead worker had in hand is left there."""
    sending.letter_queries.list_interrupted = lambda _wave_id: []  # type: ignore[attr-defined]


#: what the simulation notices by itself
WEAKNESSES: dict[str, Callable[[], None]] = {
    "no leader": no_leader,
    "no claim": no_claim,
    "reminds everybody": remind_all,
    "at any hour": any_hour,
}
#: what only kills bring to light that meet a letter on its way, and how many of them it takes
AIMED_AT: dict[str, tuple[Callable[[], None], int]] = {
    "notes after the batch": (note_after_the_batch, 2),
    "leaves what was in hand": (never_again, 10),
}
