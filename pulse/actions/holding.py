"""The gate: a survey's next wave waits until somebody has said what was done about the last one.

Whoever answers twice and never hears what came of it stops answering, so the product keeps the promise of the
first page. A wave of which nothing may be shown gave nobody anything to answer, and holds nothing. Whoever
opens a wave all the same gives a reason, and staff read it before they answer (`Wave.opens_unanswered`).
"""

from dataclasses import dataclass

from pulse.actions import queries
from pulse.results.released import Unsafe, list_released, read_groups
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave

#: how the sentence on a waiting wave begins; the worker knows by it that this is why a wave waited
_BEGINS = "This wave waits"
WAITS = f"{_BEGINS} for a response"
#: states of a wave that has opened and not ended
RUNNING = ("open", "closing", "held")
_DO = "post a response on the page of actions, and it opens within a minute."
_MISSED = (
    "This wave did not open: nobody had said what was done about {} before its time was over. Post a "
    "response before the next date."
)


@dataclass(frozen=True)
class Unanswered:
    """The wave about which nobody has said yet what was done."""

    wave_id: int
    label: str

    @property
    def waits(self) -> str:
        """Said of the wave that has to wait for it."""
        return f"{WAITS}: nobody has said yet what was done about {self.label}. To go on, {_DO}"

    @property
    def missed(self) -> str:
        """Said of a wave whose whole time passed while it waited."""
        return _MISSED.format(self.label)


@dataclass(frozen=True)
class Running:
    """An earlier wave that has not ended: what people say in it is not out, so it cannot be answered yet."""

    label: str

    @property
    def waits(self) -> str:
        return f"{_BEGINS} until {self.label} has closed and its results are out, or it is given up."

    @property
    def missed(self) -> str:
        return f"This wave did not open: {self.label} had not ended before its time was over."


def decide(wave_id: int, label: str, *, responses: int, shows: bool) -> Unanswered | None:
    """The rule: what was shown needs one response at least, and any will do, "not done" among them."""
    return Unanswered(wave_id, label) if shows and not responses else None


def find_unanswered(programme_id: int) -> Unanswered | None:
    """The last wave whose results are out, if it showed something and has no response; None lets waves open.

    A wave that is still being counted asks for no response: nobody can answer what nobody has seen.
    """
    released = list_released(programme_id)
    if not released:
        return None
    last = released[-1]
    responses = queries.count_actions(last.id)
    return decide(last.id, last.label, responses=responses, shows=not responses and _shows(last))


def why_held(programme_id: int) -> str | None:
    """One sentence on why this survey's next wave would not open now, and what to do; None if it would."""
    found = find_unanswered(programme_id)
    return found.waits if found is not None else None


def find_running(wave: Wave) -> Running | None:
    """The first earlier wave of the survey that is open, being counted or held; None if all have ended."""
    waves = surveys.list_waves(wave.programme_id)
    labels = (one.label for one in waves if one.number < wave.number and one.state in RUNNING)
    return next(map(Running, labels), None)


def find_hold(wave: Wave) -> Running | Unanswered | None:
    """What this wave waits for: the end of an earlier one, whatever the reason, then a response to it."""
    running = find_running(wave)
    if running is not None or wave.opens_unanswered is not None:
        return running
    return find_unanswered(wave.programme_id)


def has_waited(wave: Wave) -> bool:
    """Whether the worker has left this wave waiting for an earlier one, or for a response to it."""
    return (wave.problem or "").startswith(_BEGINS)


def _shows(wave: Wave) -> bool:
    """Whether anybody can have read a result; one that may not be read is not nothing."""
    try:
        return bool(read_groups(wave))
    except Unsafe:
        return True
