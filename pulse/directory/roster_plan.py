"""What an import would change: the files held against the database, without touching either."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pulse.directory.queries import UnitRow
from pulse.directory.roster_file import RosterFile
from pulse.directory.roster_people import PersonRecord
from pulse.directory.roster_queries import StaffRow
from pulse.directory.roster_reading import BadRow
from pulse.directory.roster_tree import UnitRecord
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

#: a file that sends away more than this share of staff is more often a broken export than a closure
MANY_LEAVERS = 0.30


class Current(NamedTuple):
    """The roster as the database has it."""

    staff: list[StaffRow]
    units: list[UnitRow]
    attributes: tuple[tuple[str, str], ...]  # (code, label), in order


class PersonChange(NamedTuple):
    """A person in the file and, unless quite new, in the database. `fields` are the details that differ."""

    record: PersonRecord
    before: StaffRow | None
    fields: tuple[str, ...] = ()


class UnitChange(NamedTuple):
    """A unit as it will be. `key` is its id (None: new); `did` says what happened to it."""

    key: int | None
    code: str
    name: str
    parent_code: str | None
    active: bool
    did: frozenset[str]  # of "added", "reopened", "renamed", "moved", "closed"


class Reach(NamedTuple):
    """How many people letters reach, by each way, and how many by none."""

    email: int = 0
    phone: int = 0
    post: int = 0
    none: int = 0


@dataclass(frozen=True)
class RosterPlan:
    """All that an import would change, and every bad row that stops it."""

    joiners: tuple[PersonChange, ...] = ()
    leavers: tuple[StaffRow, ...] = ()
    #: people who stay, in other posts than before
    movers: tuple[PersonChange, ...] = ()
    #: people who stay, with other details than before; a mover may be among them
    changed: tuple[PersonChange, ...] = ()
    units: tuple[UnitChange, ...] = ()
    #: (code, label) as they will be, or None when they stay as they are
    attributes: tuple[tuple[str, str], ...] | None = None
    bad_rows: tuple[BadRow, ...] = ()
    staff_before: int = 0
    ignored: tuple[str, ...] = ()
    #: of everybody in the file
    reach: Reach = field(default_factory=Reach)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to change."""
        people = self.joiners or self.leavers or self.movers or self.changed
        return not (people or self.units or self.attributes is not None)

    @property
    def too_many_leavers(self) -> bool:
        return len(self.leavers) > MANY_LEAVERS * self.staff_before

    def units_that(self, did: str) -> list[UnitChange]:
        """The units that were "added", "reopened", "renamed", "moved" or "closed"."""
        return [unit for unit in self.units if did in unit.did]


def plan_roster(file: RosterFile, current: Current) -> RosterPlan:
    """Hold the file against the database. People in bad rows are left out, and not taken for leavers."""
    before = {person.staff_no: person for person in current.staff}
    active = [person for person in current.staff if person.active]
    stayers = [
        (record, person)
        for record in file.people.values()
        if (person := before.get(record.staff_no)) is not None and person.active
    ]
    return RosterPlan(
        joiners=tuple(_joiners(file.people.values(), before)),
        leavers=tuple(person for person in active if person.staff_no not in file.mentioned),
        movers=tuple(PersonChange(*pair) for pair in stayers if _moved(*pair)),
        changed=tuple(
            PersonChange(record, person, fields)
            for record, person in stayers
            if (fields := tuple(_differences(record, person)))
        ),
        units=() if file.units is None else tuple(_unit_changes(file.units, current.units)),
        attributes=None if file.attributes == current.attributes else file.attributes,
        bad_rows=tuple(sorted([*file.bad_rows, *_unknown_units(file, current)], key=_by_line)),
        staff_before=len(active),
        ignored=file.ignored,
        reach=_reach(file.people.values()),
    )


def _reach(people: Collection[PersonRecord]) -> Reach:
    ways = [(bool(one.email), bool(one.phone), bool(one.post_address)) for one in people]
    email, phone, post = (sum(way[place] for way in ways) for place in range(3))
    return Reach(email, phone, post, sum(not any(way) for way in ways))


def _by_line(row: BadRow) -> tuple[bool, int]:
    return row.in_units, row.line


def _joiners(people: Iterable[PersonRecord], before: Mapping[str, StaffRow]) -> Iterator[PersonChange]:
    """New people, and leavers who return."""
    for record in people:
        person = before.get(record.staff_no)
        if person is None or not person.active:
            yield PersonChange(record, person)


def _moved(record: PersonRecord, person: StaffRow) -> bool:
    return record.posts[:1] != person.posts[:1] or set(record.posts) != set(person.posts)


def _differences(record: PersonRecord, person: StaffRow) -> Iterator[str]:
    if record.full_name != person.full_name:
        yield N_("name")
    if record.email != person.email:
        yield N_("email")
    if record.phone != person.phone:
        yield N_("mobile number")
    if record.post_address != person.post_address:
        yield N_("address")
    if record.leads != person.leads:
        yield N_("leads people")
    if record.attributes != person.attributes:
        yield N_("attributes")


def _unknown_units(file: RosterFile, current: Current) -> Iterator[BadRow]:
    """Posts in units that neither the files nor, when these say nothing of the tree, the database knows."""
    if file.units is None:
        known = {unit.code for unit in current.units if unit.active}
        unknown = N_(
            "unit “%(unit)s” is not known: correct it, or add the columns unit name and parent unit code, "
            "which make new units known."
        )
    else:
        known = set(file.units)
        unknown = N_("unit “%(unit)s” is not known: correct it, or add that unit to the units file.")
    for person in file.people.values():
        for code, line in zip(person.posts, person.lines, strict=True):
            if code not in known:
                yield BadRow(line, _(unknown, unit=code))


def _unit_changes(records: Mapping[str, UnitRecord], units: list[UnitRow]) -> Iterator[UnitChange]:
    known, codes = {unit.code: unit for unit in units}, {unit.id: unit.code for unit in units}
    for record in records.values():
        unit = known.get(record.code)
        name = record.name or (unit.name if unit else record.code)
        did = _unit_differences(record, name, unit, codes)
        if did:
            yield UnitChange(unit.id if unit else None, record.code, name, record.parent_code, True, did)
    for unit in units:
        if unit.active and unit.code not in records:
            parent = codes[unit.parent_id] if unit.parent_id is not None else None
            yield UnitChange(unit.id, unit.code, unit.name, parent, False, frozenset({"closed"}))


def _unit_differences(
    record: UnitRecord, name: str, unit: UnitRow | None, codes: Mapping[int, str]
) -> frozenset[str]:
    if unit is None:
        return frozenset({"added"})
    parent = codes[unit.parent_id] if unit.parent_id is not None else None
    found = {"reopened": not unit.active, "renamed": name != unit.name, "moved": record.parent_code != parent}
    return frozenset(did for did, happened in found.items() if happened)
