"""One invented organisation with released waves, the last of them with as many answers as asked for.

Nobody's envelope is opened: `make bench` measures that elsewhere. The answers are drawn as the matrix that
opened envelopes become, then counted and released by the product's own code. The tree, the questions, the
attributes and the earlier waves are the same whatever the number of answers: only counts differ.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import update

from pulse.db import db, writing
from pulse.directory.models import Attribute, Person
from pulse.domain.sheets import NO_ANSWER, asked_of, closed_items, is_closed
from pulse.invitations.register import open_and_invite
from pulse.results.assembly import assemble
from pulse.results.comment_queries import SHOWN
from pulse.results.comments import keep_comments
from pulse.results.counting import Sheets, Written
from pulse.results.drafting import Context
from pulse.results.models import Comment
from pulse.results.release import Counted, context_of, write_release
from pulse.results.released import read_groups
from pulse.surveys import planning
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Programme, Wave, WaveUnit
from pulse.surveys.programmes import Details, create_programme
from tests.results.councils import make_council
from tools.bench_place import make_application
from tools.bench_servers import make_settings

#: departments of teams; 1,000 answers are 66 or 67 a team, enough for every cell of both attributes
_DEPARTMENTS, _TEAMS, _ON_RECORD = 3, 5, 6
_SERVICE, _PATTERN = ("Under 3 years", "3 years or more"), ("Days", "Nights", "Shifts")
#: of the waves before the measured one
EARLIER_ANSWERS, EARLIER_WAVES = 1_000, 3
#: of those asked who answered, of those who lead, of answers left out, of people who wrote a comment
_RATE, _LEAD, _LEFT_OUT, _WROTE = 0.7, 0.1, 0.03, 0.05
_WORDS = ("sooner", "together", "decide", "ourselves", "nobody", "asked", "changed", "because")


@dataclass(frozen=True)
class Place:
    """A database that holds released waves; `wave_id` is the newest, of `answers` answers.

    `department_id` is a unit below the top with teams below it, and `department` the number of its result.
    """

    wave_id: int
    programme_id: int
    answers: int
    department_id: int
    department: int


def main(home: str, url: str, answers: str) -> None:
    """A new installation on an empty database; prints its Place as JSON."""
    settings = make_settings(Path(home), url)
    with make_application(settings).app_context():
        print(json.dumps(asdict(_build(Keyring(settings.key_dir), int(answers)))))


def _build(keyring: Keyring, answers: int) -> Place:
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(days=500)
    department_id = make_council(_tree()).units["D0"]
    _describe_people()
    programme_id = create_programme(_details(now), now).id
    for number in range(EARLIER_WAVES):
        _release_next(programme_id, EARLIER_ANSWERS, now + timedelta(days=91 * number), keyring)
    wave_id = _release_next(programme_id, answers, now + timedelta(days=91 * EARLIER_WAVES), keyring)
    groups = read_groups(surveys.get_wave(wave_id))
    department = next(group.number for group in groups if group.unit_id == department_id)
    return Place(wave_id, programme_id, answers, department_id, department)


def _tree() -> dict[str, tuple[str | None, int]]:
    departments: dict[str, tuple[str | None, int]] = {f"D{one}": ("TOP", 0) for one in range(_DEPARTMENTS)}
    teams: dict[str, tuple[str | None, int]] = {
        f"T{one}{team}": (f"D{one}", _ON_RECORD) for one in range(_DEPARTMENTS) for team in range(_TEAMS)
    }
    return {"TOP": (None, 0), **departments, **teams}


def _describe_people() -> None:
    """Every team has people of every category, which the wave then freezes."""
    with writing():
        for position, code in enumerate(("service", "pattern"), start=1):
            db.session.add(Attribute(code=code, label=code.title(), position=position))
        for number, person in enumerate(db.session.query(Person).order_by(Person.id)):
            person.attributes = {"service": _SERVICE[number % 2], "pattern": _PATTERN[number % 3]}


def _details(now: datetime) -> Details:
    return Details(
        name="Staff survey",
        purpose="To be measured.",
        organisation="Everywhere",
        question_set="quarterly",
        rule="FREQ=MONTHLY;INTERVAL=3",
        starts_on=(now + timedelta(days=2)).date(),
        ask_leaders=True,
        attributes=("service", "pattern"),
    )


def _release_next(programme_id: int, answers: int, now: datetime, keyring: Keyring) -> int:
    """Open the next wave, draw its answers, count and release them; the wave's id."""
    with writing():
        programme = surveys.get_programme(programme_id)
        planning.plan_next_wave(programme, now)
    wave_id = _last_of(programme).id
    open_and_invite(wave_id, keyring)
    wave = surveys.get_wave(wave_id)
    counted = _count(wave, answers)
    with writing():
        surveys.claim_state(wave_id, "open", "released")
        write_release(wave_id, counted, wave.closes_at)
        db.session.execute(update(Comment).values(status=SHOWN))
    return wave_id


def _last_of(programme: Programme) -> Wave:
    wave = surveys.find_last_wave(programme.id)
    if wave is None:
        raise RuntimeError("the programme planned no wave")
    return wave


def _count(wave: Wave, answers: int) -> Counted:
    rng = np.random.default_rng([wave.number, answers])
    known = context_of(wave)
    asked = _asked(known.units, answers)
    units = [_with_headcount(unit, asked.get(unit.unit_id, 0)) for unit in known.units]
    eligible = sum(asked.values())
    context = replace(known, units=units, leaders=round(eligible * _LEAD), asked=_places(asked))
    sheets = _draw(context, answers, rng)
    assembled = assemble(sheets, context)
    comments = keep_comments(sheets, assembled.blocks, context.plan)
    return Counted(assembled, eligible, eligible, comments)


def _teams(units: Sequence[WaveUnit]) -> list[int]:
    return sorted(unit.unit_id for unit in units if unit.headcount)


def _asked(units: Sequence[WaveUnit], answers: int) -> dict[int, int]:
    """How many people each team has, so that `answers` of all are the usual share of them."""
    teams = _teams(units)
    return {team: -(-round(answers / _RATE) // len(teams)) for team in teams}


def _with_headcount(unit: WaveUnit, headcount: int) -> WaveUnit:
    """The frozen unit with more people; a row of nowhere, which no session stores."""
    return WaveUnit(
        wave_id=unit.wave_id,
        unit_id=unit.unit_id,
        parent_id=unit.parent_id,
        name=unit.name,
        headcount=headcount,
    )


def _places(asked: dict[int, int]) -> list[tuple[int, dict[str, str]]]:
    kinds = [{"service": _SERVICE[one % 2], "pattern": _PATTERN[one % 3]} for one in range(6)]
    return [(team, kinds[one % 6]) for team, many in asked.items() for one in range(many)]


def _draw(context: Context, answers: int, rng: np.random.Generator) -> Sheets:
    """Answers of people with a leaning of their own and of their team, with some noise; some leave gaps."""
    plan, teams = context.plan, _teams(context.units)
    place = np.arange(answers, dtype=np.int64)
    where = place % len(teams)
    leaning = rng.normal(0, 0.8, answers) + rng.normal(0, 0.25, len(teams))[where]
    leads = rng.random(answers) < _LEAD
    everybodys = {item["id"] for item in plan["items"]}
    columns = []
    for item in asked_of(plan, leads=True):
        if is_closed(item):
            may = np.ones(answers, dtype=bool) if item["id"] in everybodys else leads
            columns.append(_column(item, leaning, may & (rng.random(answers) >= _LEFT_OUT), rng))
    within = place // len(teams)
    return Sheets(
        closed_items(plan),
        np.column_stack(columns),
        np.array(teams, dtype=np.int64)[where],
        _written(plan, np.array(teams)[where], rng),
        _numbers_of(plan, within),
        chance=1,
    )


def _column(
    item: dict[str, Any],
    leaning: npt.NDArray[np.float64],
    given: npt.NDArray[np.bool_],
    rng: np.random.Generator,
) -> npt.NDArray[np.uint8]:
    codes = np.array([ord(str(code)) for code, _ in item["options"]], dtype=np.uint8)
    meant = leaning * (-1 if item.get("reverse") else 1) + rng.normal(0, 0.8, leaning.size)
    chosen = np.clip(np.rint((codes.size - 1) / 2 + meant), 0, codes.size - 1).astype(np.int64)
    return np.where(given, codes[chosen], ord(NO_ANSWER)).astype(np.uint8)


def _numbers_of(plan: dict[str, Any], within: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[np.int64]]:
    """The number of everybody's category, of all categories in turn."""
    sizes = {one["code"]: len(one["categories"]) for one in plan["attributes"]}
    return {code: within % size for code, size in sizes.items()}


def _written(
    plan: dict[str, Any], where: npt.NDArray[np.int64], rng: np.random.Generator
) -> tuple[Written, ...]:
    """Some people's comments, to the first question with a text box."""
    box = next((item["id"] for item in asked_of(plan, leads=False) if not is_closed(item)), None)
    if box is None:
        return ()
    wrote = np.flatnonzero(rng.random(where.size) < _WROTE)
    said = (" ".join(words) for words in rng.choice(_WORDS, size=(wrote.size, 12)))
    return tuple(sorted(Written(box, int(where[one]), text) for one, text in zip(wrote, said, strict=True)))


if __name__ == "__main__":
    main(*sys.argv[1:])
