"""The gate: a survey's next wave waits until somebody has said what was done about the last one.

Whoever answers twice and never hears what came of it stops answering, so the product keeps the promise of the
first page. A wave of which nothing may be shown gave nobody anything to answer, and holds nothing. Whoever
opens a wave all the same gives a reason, and staff read it before they answer (`Wave.opens_unanswered`).
"""

from dataclasses import dataclass

from pulse.actions import queries
from pulse.results.released import Unsafe, list_released, read_groups
from pulse.surveys.models import Wave

#: how the sentence on a waiting wave begins; the worker knows by it that this is why a wave waited
WAITS = "This wave waits for a response"
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


def decide(wave_id: int, label: str, *, responses: int, shows: bool) -> Unanswered | None:
    """The rule: what was shown needs one response at least, and any will do, "not done" among them."""
    return Unanswered(wave_id, label) if shows and not responses else None


def find_unanswered(programme_id: int) -> Unanswered | None:
    """The last wave whose results are out, if it showed something and has no response; None lets waves open.

    A wave that is still being counted asks for nothing: nobody can answer results that nobody has seen.
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


def find_hold(wave: Wave) -> Unanswered | None:
    """What this wave waits for; None where an editor has said why it may open all the same."""
    return None if wave.opens_unanswered is not None else find_unanswered(wave.programme_id)


def has_waited(wave: Wave) -> bool:
    """Whether the worker has left this wave waiting for a response."""
    return (wave.problem or "").startswith(WAITS)


def _shows(wave: Wave) -> bool:
    """Whether anybody can have read a result; one that may not be read is not nothing."""
    try:
        return bool(read_groups(wave))
    except Unsafe:
        return True
