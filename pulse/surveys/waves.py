"""The life of a wave, as far as surveys decides it: planned, opened (and frozen), asked to close."""

from collections import Counter
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pulse.directory import queries as directory
from pulse.directory.queries import PersonRow, UnitRow
from pulse.domain.recurrence import occurrences, wave_label
from pulse.domain.sheets import Plan, attribute_bytes, sheet_bytes
from pulse.surveys import queries
from pulse.surveys.declared import CannotDeclare, freeze_declared, keep_declared
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import GUARDIAN, Programme, Wave, WavePlan
from pulse.surveys.plans import build_plan, digest_of
from pulse.surveys.seals import seal_wave


class CannotOpen(Exception):
    """The wave cannot open; the message says why and what to do."""


def plan_next_wave(programme: Programme, now: datetime) -> Wave | None:
    """Make sure that the next wave stands in the calendar; None if one stands already or none will come.

    Dates that passed entirely while nothing was running are skipped, not caught up one after the other.
    """
    last = queries.find_last_wave(programme.id)
    if last is not None and last.state == "planned":
        return None
    opens_at = _next_opening(programme, last, now)
    if opens_at is None:
        return None
    number = last.number + 1 if last else 1
    wave = Wave(
        programme_id=programme.id,
        number=number,
        label=wave_label(opens_at.date(), programme.rule, programme.starts_on),
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=programme.open_days),
        k=programme.k,
        profile=programme.profile,
        key_mode=programme.key_mode,
    )
    return queries.add_wave(wave)


def waits_for_guardians(wave: Wave) -> bool:
    """Whether a planned wave may not open yet: its guardians have not opened the test with their key."""
    tested = wave.key_tested and wave.public_key is not None
    return wave.state == "planned" and wave.key_mode == GUARDIAN and not tested


def replan_next_wave(programme: Programme, now: datetime) -> Wave | None:
    """Let the planned wave follow what the programme says now; None if no wave is left to plan.

    A wave whose moment has come is left alone: the worker may be opening it. A key that guardians hold
    already stays theirs, and a reason for opening without a response stays given.
    """
    planned = queries.find_last_wave(programme.id)
    if planned is None or planned.state != "planned":
        return plan_next_wave(programme, now)
    planned = queries.lock_wave(planned.id)  # its key may just be made anew
    if planned.state != "planned" or (planned.opens_at <= now and not waits_for_guardians(planned)):
        return planned
    key = (planned.public_key, planned.key_test, planned.key_tested)
    reason = planned.opens_unanswered
    queries.delete_planned_waves(programme.id)
    replanned = plan_next_wave(programme, now)
    if replanned is not None:
        replanned.opens_unanswered = reason
    if replanned is not None and replanned.key_mode == GUARDIAN:
        replanned.public_key, replanned.key_test, replanned.key_tested = key
    return replanned


def list_openings(programme: Programme, after: datetime, count: int) -> tuple[datetime, ...]:
    """The next `count` openings by the programme's rule, strictly later than `after`; fewer if it ends."""
    return occurrences(
        programme.rule,
        programme.starts_on,
        time(programme.opens_at_hour),
        after=after,
        count=count,
        zone=ZoneInfo(programme.zone),
    )


def _next_opening(programme: Programme, last: Wave | None, now: datetime) -> datetime | None:
    """The first date by the rule after the last wave whose fieldwork is not over yet."""
    fieldwork = timedelta(days=programme.open_days)
    after = now - fieldwork
    if last is not None:
        after = max(after, last.closes_at - timedelta(seconds=1))
    return next(iter(list_openings(programme, after, 1)), None)


def open_wave(wave: Wave, keyring: Keyring) -> int:
    """Freeze items, wording, k, population and tree, and seal them; returns the headcount asked.

    The worker makes the key pair here; guardians have made theirs before. Raises CannotOpen when nobody is
    in the audience, a question has left its bank, a declared attribute the staff list, or the guardians' key
    is not tested. The caller holds the unit that writes.
    """
    programme = wave.programme
    if wave.key_mode == GUARDIAN and not (wave.key_tested and wave.public_key):
        raise CannotOpen(
            "The guardians have not made and tested their key: open the page of this wave's key with them."
        )
    wave.audience_unit_id = programme.audience_unit_id
    people = list_people_asked(wave.audience_unit_id)
    plan = _freeze_plan(wave, people)
    longest = _freeze_population(wave, people, programme.attributes)
    queries.add_plan(WavePlan(wave_id=wave.id, plan=plan))
    wave.k, wave.profile = programme.k, programme.profile
    wave.sheet_bytes = sheet_bytes(plan, longest)
    wave.plan_sha256 = digest_of(plan)
    if wave.key_mode != GUARDIAN:
        wave.public_key = keyring.create_wave_key(wave.id)
    wave.state = "open"
    wave.problem = None
    seal_wave(wave.id, keyring)
    return len(people)


def _freeze_plan(wave: Wave, people: list[PersonRow]) -> Plan:
    """What is asked, and the declared attributes with the categories of the people asked; or CannotOpen."""
    programme = wave.programme
    try:
        plan = build_plan(programme, wave.number)
    except KeyError as error:
        raise CannotOpen(
            f"Question {error.args[0]} is in no bank any more: change what this survey asks."
        ) from error
    if not people:
        raise CannotOpen(
            "Nobody is in the audience of this survey: import the staff list, then open it again."
        )
    try:
        return plan | freeze_declared(programme.attributes, programme.crosses, people)
    except CannotDeclare as error:
        raise CannotOpen(str(error)) from error


def _freeze_population(wave: Wave, people: list[PersonRow], codes: list[str]) -> int:
    """Copy the tree below the audience and its people, each counted in the unit of the main post.

    Of their attributes only `codes` are copied; returns the most bytes that they take in anybody's sheet.
    """
    units = list_audience(wave.audience_unit_id)
    direct = Counter(person.unit_id for person in people)
    inside = {unit.id for unit in units}
    queries.add_wave_units(
        [
            {
                "wave_id": wave.id,
                "unit_id": unit.id,
                "parent_id": unit.parent_id if unit.parent_id in inside else None,
                "name": unit.name,
                "headcount": direct[unit.id],
            }
            for unit in units
        ]
    )
    members: list[dict[str, Any]] = [
        {
            "wave_id": wave.id,
            "person_id": person.id,
            "unit_id": person.unit_id,
            "leads": person.leads,
            "attributes": keep_declared(codes, person),
        }
        for person in people
    ]
    queries.add_members(members)
    return max(attribute_bytes(member["attributes"]) for member in members)


def list_audience(root_id: int | None) -> list[UnitRow]:
    """The units that a wave for this part of the tree (None: all of it) would freeze today."""
    return _audience(directory.list_units(), root_id)


def list_people_asked(root_id: int | None) -> list[PersonRow]:
    """The people whom it would ask."""
    return directory.list_people_for([unit.id for unit in list_audience(root_id)])


def count_audience(root_id: int | None) -> int:
    """How many they are."""
    headcounts = directory.count_people_by_unit()
    return sum(headcounts.get(unit.id, 0) for unit in list_audience(root_id))


def _audience(units: list[UnitRow], root_id: int | None) -> list[UnitRow]:
    """The active units of the asked part of the tree, parents before children.

    For everyone, a unit below a closed one counts as a top of its own: its people are not left out.
    """
    active = {unit.id for unit in units}
    children: dict[int | None, list[UnitRow]] = {}
    for unit in units:
        children.setdefault(unit.parent_id, []).append(unit)
    waiting = [unit for unit in units if (unit.id == root_id if root_id else unit.parent_id not in active)]
    chosen: list[UnitRow] = []
    while waiting:
        unit = waiting.pop(0)
        chosen.append(unit)
        waiting += children.get(unit.id, [])
    return chosen


def open_now(wave: Wave, now: datetime) -> None:
    """Ask the worker to open a planned wave at its next tick, for as long as the programme says."""
    wave.opens_at = now
    wave.closes_at = now + timedelta(days=wave.programme.open_days)


def close_now(wave: Wave, now: datetime) -> None:
    """Ask the worker to close an open wave at its next tick."""
    wave.closes_at = max(now, wave.opens_at + timedelta(seconds=1))
