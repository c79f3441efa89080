"""The judge: what the mail server took and the database holds, against what should have happened."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from pulse.invitations.models import SENDING, SENT, WAITING
from tests.simulation.calendar import is_closed_at, is_outside_hours
from tests.simulation.office import Letter
from tests.simulation.people import Run
from tests.simulation.running import Outcome

#: states of a wave that has opened
_OPENED = ("open", "closing", "held", "released")


class Sent(NamedTuple):
    """One letter, and the wave that it belongs to."""

    letter: Letter
    run: Run
    person_id: int


@dataclass
class Counted:
    """One database's figures. `faults` are those that have to be 0."""

    figures: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    #: dates without a wave, and waves that did not open, by reason
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def is_exact(self) -> bool:
        return not any(self.faults.values())


def count(outcome: Outcome) -> Counted:
    """Everything that is told of one run."""
    runs: list[Run] = outcome.told["runs"]
    letters, strange = _sort(outcome, runs)
    counted = Counted()
    counted.figures |= _waves(runs)
    counted.faults["letters of no wave or person"] = strange
    counted.faults |= _wave_faults(runs)
    _invitations(outcome, letters, runs, counted)
    _reminders(outcome, letters, counted)
    counted.faults |= {
        "letters on closed days": sum(_on_closed_day(one) for one in letters),
        "letters outside hours": sum(is_outside_hours(one.letter.at, one.run.zone) for one in letters),
        "letters after the close": sum(one.letter.at >= one.run.closes_at for one in letters),
    }
    counted.reasons = Counter(run.problem or "its time was over" for run in runs if run.state == "cancelled")
    return counted


def _sort(outcome: Outcome, runs: list[Run]) -> tuple[list[Sent], int]:
    """Each letter beside its wave: the last of its programme that had begun. Waves of one do not overlap."""
    people = {address: person_id for person_id, address in outcome.told["addresses"].items() if address}
    begun: dict[str, list[Run]] = defaultdict(list)
    for run in sorted(runs, key=lambda run: run.opens_at):
        if run.state in _OPENED:
            begun[run.programme].append(run)
    found, strange = [], 0
    for letter in outcome.letters:
        of_it = begun[letter.programme]
        at = bisect_right([run.opens_at for run in of_it], letter.at)
        if at and letter.to in people:
            found.append(Sent(letter, of_it[at - 1], people[letter.to]))
        else:
            strange += 1
    return found, strange


def _waves(runs: list[Run]) -> dict[str, int]:
    states = Counter(run.state for run in runs)
    return {
        "waves planned": len(runs),
        "waves opened": sum(states[state] for state in _OPENED),
        "waves closed": states["released"] + states["held"] + states["closing"],
        "waves released": states["released"],
        "waves missed": states["cancelled"],
    }


def _wave_faults(runs: list[Run]) -> dict[str, int]:
    opened = [run for run in runs if run.state in _OPENED]
    numbers = Counter((run.programme, run.number) for run in runs)
    return {
        "waves planned twice": sum(times > 1 for times in numbers.values()),
        "waves released twice or never": sum(run.releases != (run.state == "released") for run in runs),
        "waves held": sum(run.state in ("held", "closing") for run in runs),
        "waves opened on closed days": sum(
            is_closed_at(run.opens_at, run.zone, run.nation) for run in opened
        ),
        "waves that overlap": sum(_overlaps(opened)),
    }


def _overlaps(opened: list[Run]) -> Iterator[bool]:
    last: dict[str, datetime] = {}
    for run in sorted(opened, key=lambda run: run.opens_at):
        yield run.opens_at < last.get(run.programme, run.opens_at)
        last[run.programme] = run.closes_at


def _invitations(outcome: Outcome, letters: list[Sent], runs: list[Run], counted: Counted) -> None:
    """Wanted are all whom the register has as reached or waiting; a wave that is open may still send some."""
    over = {run.wave_id for run in runs if run.state == "released"}
    taken: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for one in letters:
        if not one.letter.is_reminder:
            taken[one.run.wave_id, one.person_id].append(one.letter)
    wanted = {(wave, person) for wave, person, state in outcome.told["invited"] if state == SENT}
    waited = [1 for wave, _, state in outcome.told["invited"] if state in (WAITING, SENDING) and wave in over]
    doubles = [found for found in taken.values() if len(found) > 1]
    by_kill = sum(_is_of_a_kill(found, outcome) for found in doubles)
    counted.figures |= {
        "invitations wanted": len(wanted),
        "sent once": sum(len(found) == 1 for found in taken.values()),
        "sent again after a kill, under the same Message-ID": by_kill,
        "refused for good": outcome.refused,
        "put off by the server": outcome.put_off,
    }
    in_hand = {key for key in taken if key not in wanted}
    counted.faults |= {
        "sent twice": len(doubles) - by_kill,
        "sent again more often than killed": max(0, by_kill - outcome.kills),
        "never sent": len([1 for key in wanted if key not in taken]),
        "sent and noted as not sent": len([1 for wave, _ in in_hand if wave in over]),
        "still waiting at the close": len(waited),
        "people asked more than agreed": _asked_too_often(taken, {run.wave_id: run for run in runs}),
    }


def _is_of_a_kill(found: list[Letter], outcome: Outcome) -> bool:
    """SMTP cannot be asked: a worker killed between the server's yes and its own note sends once more."""
    same = len({letter.message_id for letter in found}) == 1
    return same and len(found) == 2 and found[0].at in outcome.killed_at


def _asked_too_often(taken: dict[tuple[int, int], list[Letter]], runs: dict[int, Run]) -> int:
    """People asked by two waves that are not a whole turn of the cohorts apart."""
    turns: dict[tuple[str, int], set[int]] = defaultdict(set)
    for wave_id, person_id in taken:
        run = runs[wave_id]
        turns[run.programme, person_id].add(run.number % run.cohorts)
    return sum(len(found) > 1 for found in turns.values())


def _reminders(outcome: Outcome, letters: list[Sent], counted: Counted) -> None:
    answered: dict[tuple[int, int], datetime] = outcome.told["answered"]
    reminders = [one for one in letters if one.letter.is_reminder]
    to: dict[tuple[int, int], list[Sent]] = defaultdict(list)
    for one in reminders:
        to[one.run.wave_id, one.person_id].append(one)
    first = {(one.run.wave_id, one.person_id): one.letter.at for one in letters if not one.letter.is_reminder}
    counted.figures["reminders sent"] = len(reminders)
    counted.faults |= {
        "reminders to people who had answered": sum(
            answered.get((one.run.wave_id, one.person_id), one.letter.at) < one.letter.at for one in reminders
        ),
        "reminders before their day": sum(_too_many(found) for found in to.values()),
        "two reminders for one step": sum(
            len({one.letter.message_id for one in found}) < len(found) for found in to.values()
        ),
        "reminders together with another letter": sum(
            len({one.letter.at for one in found} | {first.get(key)}) <= len(found)
            for key, found in to.items()
        ),
    }


def _too_many(found: list[Sent]) -> bool:
    """At the time of each, no more may have come than moments of reminding had."""
    moments = sorted(map(datetime.fromisoformat, found[0].run.remind_at))
    times = sorted(one.letter.at for one in found)
    return any(number > bisect_right(moments, at) for number, at in enumerate(times, 1))


def _on_closed_day(one: Sent) -> bool:
    return is_closed_at(one.letter.at, one.run.zone, one.run.nation)
