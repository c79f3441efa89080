"""Councils of any size with released waves, in seconds: to look at pages, and to test what size does to them.

    place = make_place(teams=300, waves=12)

No letter leaves and no envelope is sealed: answers are drawn as the matrix that opened envelopes become. What
counts them and writes the release is the product's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.db import db, writing
from pulse.directory.models import Unit
from pulse.domain.sheets import asked_of, closed_items, is_closed
from pulse.results.assembly import assemble
from pulse.results.counting import Sheets
from pulse.results.drafting import Context
from pulse.results.release import Counted, context_of, write_release
from pulse.surveys import planning
from pulse.surveys import queries as surveys
from pulse.surveys.models import Programme, Wave, WavePlan, WaveUnit
from pulse.surveys.plans import build_plan, digest_of
from pulse.surveys.question_sets import rotation_of
from tests.surveys.factories import make_programme

STARTED = datetime(2023, 9, 4, 8, tzinfo=UTC)
DIRECTORATES = (
    "Adult Social Care",
    "Children, Families and Education",
    "Homes and Neighbourhoods",
    "Places and Environment",
    "Finance, Digital and Workforce",
    "Public Health",
    "Planning, Regeneration and Economic Development Partnerships",
    "Law",
)
KINDS = (
    "Reablement",
    "Parks",
    "Fostering",
    "Payroll",
    "Libraries",
    "Repairs",
    "Street cleaning",
    "Bereavement",
)
PLACES = ("North", "East", "South", "West", "Town centre", "Harbourside", "Llanfair", "Upper Brackenmere")
ATTRIBUTES: list[dict[str, Any]] = [
    {
        "code": "length_of_service",
        "label": "Length of service",
        "categories": ["Under 1 year", "1 to 5 years", "6 to 15 years", "More than 15 years", ""],
    },
    {
        "code": "grade",
        "label": "Grade",
        "categories": ["Grades 1 to 4", "Grades 5 to 8", "Grade 9 and above"],
    },
]
#: what people say: everybody their mind; nothing but "no answer", nearly; or nothing at all
OPENLY, HARDLY, SILENT = "openly", "hardly", "silent"
_Where = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Place:
    """Released waves, oldest first; `units` by name, and each unit's parent."""

    waves: list[Wave]
    units: dict[str, int]
    parents: dict[int, int | None]


def make_place(
    teams: int = 30, waves: int = 1, *, people: int = 14, said: str = OPENLY, name: str = "How we work here"
) -> Place:
    """So many units below one council, `people` in each that has none inside; of whom 7 in 10 answer."""
    units, parents = _plant(teams)
    asks = {"rotation": rotation_of("quarterly", []), "ask_leaders": True, "starts_on": STARTED.date()}
    programme = make_programme(name=name, organisation="Brackenmere Council", k=10, **asks)
    found = [_release(programme, number, units, parents, people, said) for number in range(1, waves + 1)]
    return Place(found, units, parents)


def shape_of(teams: int) -> dict[str, str | None]:
    """Each unit's parent by name: up to eight directorates and, in larger councils, services in them."""
    top = "Brackenmere Council"
    tree: dict[str, str | None] = {top: None}
    if teams <= len(DIRECTORATES):
        return tree | dict.fromkeys(DIRECTORATES[:teams], top)
    tops = DIRECTORATES[: max(3, min(8, teams // 8))]
    tree |= dict.fromkeys(tops, top)
    services = [f"{KINDS[n % 8]} service {n // 8 + 1}" for n in range(teams // 8 if teams > 60 else 0)]
    tree |= {service: tops[n % len(tops)] for n, service in enumerate(services)}
    above = services or list(tops)
    for n in range(teams - len(tree) + 1):
        tree[f"{KINDS[n % 8]} {PLACES[n // 8 % 8]}{f' {n // 64 + 1}' if n > 63 else ''}"] = above[
            n % len(above)
        ]
    return tree


def _plant(teams: int) -> tuple[dict[str, int], dict[int, int | None]]:
    units: dict[str, int] = {}
    parents: dict[int, int | None] = {}
    with writing():
        for name, parent in shape_of(teams).items():
            unit = Unit(code=f"U{len(units)}", name=name, parent_id=units[parent] if parent else None)
            db.session.add(unit)
            db.session.flush()
            units[name], parents[unit.id] = unit.id, unit.parent_id
    return units, parents


def _release(
    programme: Programme,
    number: int,
    units: Mapping[str, int],
    parents: Mapping[int, int | None],
    people: int,
    said: str,
) -> Wave:
    wave = _open(programme, number, units, parents, people)
    known = context_of(wave)
    where = np.repeat([unit.unit_id for unit in known.units if unit.headcount], people)
    about = _categories(where.size)
    asked = [(int(unit), _words(about, person)) for person, unit in enumerate(where)]
    context = replace(known, leaders=where.size // 10, asked=asked)
    counted = assemble(_sheets(context, where, about, said), context)
    with writing():
        write_release(wave.id, Counted(counted, where.size, where.size, []), wave.closes_at)
    return wave


def _open(
    programme: Programme,
    number: int,
    units: Mapping[str, int],
    parents: Mapping[int, int | None],
    people: int,
) -> Wave:
    """The wave as it is when it has closed, with its plan and the tree that it froze."""
    with writing():
        planning.plan_next_wave(programme, STARTED + timedelta(days=91 * number))
        wave = surveys.find_last_wave(programme.id)
        assert wave is not None
        plan = build_plan(programme, number) | {"attributes": ATTRIBUTES, "crosses": []}
        wave.state, wave.plan_sha256 = "released", digest_of(plan)
        db.session.add(WavePlan(wave_id=wave.id, plan=plan))
        inner = set(parents.values())
        for name, unit_id in units.items():
            headcount = 0 if unit_id in inner else people
            row = {"unit_id": unit_id, "parent_id": parents[unit_id], "name": name, "headcount": headcount}
            db.session.add(WaveUnit(wave_id=wave.id, **row))  # type: ignore[arg-type]
    return wave


def _categories(people: int) -> dict[str, _Where]:
    """Everybody's place in the list of each attribute: spread over the whole tree."""
    rng = np.random.default_rng(11)
    return {one["code"]: rng.integers(0, len(one["categories"]), people) for one in ATTRIBUTES}


def _words(about: Mapping[str, _Where], person: int) -> dict[str, str]:
    return {one["code"]: one["categories"][about[one["code"]][person]] for one in ATTRIBUTES}


def _sheets(context: Context, where: _Where, about: Mapping[str, _Where], said: str) -> Sheets:
    """Answers of people with a leaning of their own, of their unit and of the time, and some noise."""
    rng = np.random.default_rng([context.number, where.size])
    answered = np.flatnonzero(rng.random(where.size) < (0.0 if said == SILENT else 0.7))
    if said == SILENT:
        answered = np.arange(4)
    here = where[answered]
    leaning = rng.normal(0, 0.8, here.size) + 0.04 * context.number
    leaning += np.array([np.random.default_rng(int(unit)).normal(0, 0.35) for unit in here])
    leads = answered % 10 == 0
    everybodys = {item["id"] for item in context.plan["items"]}
    columns = []
    for item in filter(is_closed, asked_of(context.plan, leads=True)):
        given = (rng.random(here.size) > 0.03) & (leads | (item["id"] in everybodys))
        if said == HARDLY:
            given &= np.arange(here.size) < 4
        columns.append(_column(item, leaning, given, rng))
    return Sheets(
        closed_items(context.plan),
        np.column_stack(columns),
        here.astype(np.int64),
        attributes={code: places[answered] for code, places in about.items()},
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
    return np.where(given, codes[chosen], ord("-")).astype(np.uint8)
