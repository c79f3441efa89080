"""The opening of a wave: whom it asks and what, frozen for good."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from pulse.directory import queries as directory
from pulse.directory.queries import Alike, PersonRow, UnitRow
from pulse.domain.rotation import Placed, block_of, cohort_of_wave, cohorts_of
from pulse.domain.sheets import Plan, attribute_bytes, sheet_bytes
from pulse.domain.words import N_
from pulse.surveys import queries
from pulse.surveys.crossing import cross_bridges
from pulse.surveys.declared import CannotDeclare, freeze_declared, keep_declared
from pulse.surveys.keyring import Keyring
from pulse.surveys.languages import freeze_languages
from pulse.surveys.models import GUARDIAN, Programme, Wave, WavePlan
from pulse.surveys.planning import set_reminders
from pulse.surveys.plans import build_plan, digest_of
from pulse.surveys.seals import seal_wave
from pulse.surveys.unaskable import IDENTIFYING, find_unaskable

#: why a wave cannot open: kept with it in English, and said by its page (surveys.problem_words)
NO_KEY = N_("The guardians have not made and tested their key: open the page of this wave's key with them.")
NO_QUESTION = N_("Question %(item)s is in no bank any more: change what this survey asks.")
NOBODY = N_("Nobody is in the audience of this survey: import the staff list, then open it again.")
NO_COHORT = N_(
    "Nobody is in the cohort whose turn it is: ask in fewer cohorts than %(cohorts)s, or ask everybody."
)


class CannotOpen(Exception):
    """The wave cannot open; the message says why and what to do."""


def open_wave(wave: Wave, keyring: Keyring, asked_before: Collection[int] = ()) -> int:
    """Freeze items, wording, k, population and tree, and seal them; returns the headcount asked.

    `asked_before`: the cohort of the wave before, which this one leaves out. When a unit grows or shrinks
    past the size at which it is asked as a whole, its people are drawn anew, and nobody's turn shall come
    twice running for that. Where fewer than k would be left, of whom nothing could be shown, all are asked.

    The worker makes the key pair here; guardians have made theirs before. Raises CannotOpen when nobody is
    in the audience or in the cohort whose turn it is, a question has left its bank or could tell who answers,
    a declared attribute has left the staff list, or the guardians' key is not tested. The caller holds the
    unit that writes.
    """
    programme = wave.programme
    if wave.key_mode == GUARDIAN and not (wave.key_tested and wave.public_key):
        raise CannotOpen(NO_KEY)
    wave.audience_unit_id = programme.audience_unit_id
    wave.cohort = cohort_of_wave(wave.number, programme.cohorts)
    eligible = list_people_asked(wave.audience_unit_id)
    people = _whose_turn(programme, wave.number, eligible)
    if wave.cohort is not None:
        others = [person for person in people if person.id not in asked_before]
        people = others if len(others) >= programme.k else people
    plan = _freeze_plan(wave, eligible, people)
    _freeze_tree(wave, eligible, people)
    longest = _freeze_members(wave, people, len(plan.get("blocks", ())))
    queries.add_plan(WavePlan(wave_id=wave.id, plan=plan))
    cross_bridges(programme, plan)
    wave.k, wave.profile = programme.k, programme.profile
    wave.sheet_bytes = sheet_bytes(plan, longest)
    wave.plan_sha256 = digest_of(plan)
    if wave.key_mode != GUARDIAN:
        wave.public_key = keyring.create_wave_key(wave.id)
    wave.state = "open"
    wave.problem = None
    set_reminders(wave)
    seal_wave(wave.id, keyring)
    return len(people)


def _freeze_plan(wave: Wave, eligible: list[PersonRow], people: list[PersonRow]) -> Plan:
    """What is asked, and the declared attributes with the categories of the people asked; or CannotOpen."""
    programme = wave.programme
    try:
        plan = build_plan(programme, wave.number, len(people))
    except KeyError as error:
        raise CannotOpen(NO_QUESTION % {"item": error.args[0]}) from error
    if not eligible:
        raise CannotOpen(NOBODY)
    if not people:
        raise CannotOpen(NO_COHORT % {"cohorts": programme.cohorts})
    try:
        plan |= freeze_declared(programme.attributes, programme.crosses, people)
    except CannotDeclare as error:
        raise CannotOpen(str(error)) from error
    plan |= freeze_languages(wave, plan)
    if unaskable := find_unaskable(plan):
        raise CannotOpen(IDENTIFYING % {"item": unaskable})
    return plan


def _freeze_tree(wave: Wave, eligible: list[PersonRow], people: list[PersonRow]) -> None:
    """Copy the tree below the audience, each person counted in the unit of the main post.

    Where cohorts take turns, a unit counts those asked, and those whom the results stand for, apart.
    """
    units = list_audience(wave.audience_unit_id)
    asked, everybody = (Counter(person.unit_id for person in some) for some in (people, eligible))
    inside = {unit.id for unit in units}
    queries.add_wave_units(
        [
            {
                "wave_id": wave.id,
                "unit_id": unit.id,
                "parent_id": unit.parent_id if unit.parent_id in inside else None,
                "name": unit.name,
                "headcount": asked[unit.id],
                "eligible": everybody[unit.id],
            }
            for unit in units
        ]
    )


def _freeze_members(wave: Wave, people: list[PersonRow], blocks: int) -> int:
    """Copy the people asked, with only the attributes that are declared and the block of questions.

    Returns the most bytes that the attributes take in anybody's sheet.
    """
    programme = wave.programme
    members: list[dict[str, Any]] = [
        {
            "wave_id": wave.id,
            "person_id": person.id,
            "unit_id": person.unit_id,
            "leads": person.leads,
            "attributes": keep_declared(programme.attributes, person),
            "block": block_of(programme.draw_key, person.id, blocks),
        }
        for person in people
    ]
    queries.add_members(members)
    return max(attribute_bytes(member["attributes"]) for member in members)


def list_asked_of(programme: Programme, number: int) -> list[PersonRow]:
    """The people whom its n-th wave would ask today: everybody, or the cohort whose turn it is."""
    return _whose_turn(programme, number, list_people_asked(programme.audience_unit_id))


def _whose_turn(programme: Programme, number: int, people: list[PersonRow]) -> list[PersonRow]:
    cohort = cohort_of_wave(number, programme.cohorts)
    if cohort is None:
        return people
    placed = [Placed(person.id, person.unit_id) for person in people]
    # a programme that is not saved has no key yet: any other draws cohorts of the same kind
    drawn = cohorts_of(programme.draw_key or "", placed, programme.cohorts)
    return [person for person, its in zip(people, drawn, strict=True) if its == cohort]


def list_audience(root_id: int | None) -> list[UnitRow]:
    """The units that a wave for this part of the tree (None: all of it) would freeze today."""
    return _audience(directory.list_units(), root_id)


def list_people_asked(root_id: int | None) -> list[PersonRow]:
    """The people whom it stands for: all are asked, at once or in cohorts that take turns."""
    return directory.list_people_for([unit.id for unit in list_audience(root_id)])


def list_alike_asked(root_id: int | None) -> list[Alike]:
    """What the staff list says of them, the same of many only once."""
    return directory.list_alike([unit.id for unit in list_audience(root_id)])


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
