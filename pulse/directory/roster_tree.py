"""The org tree as a file describes it: from rows to units, with every contradiction and cycle named."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pulse.directory.roster_columns import Columns
from pulse.directory.roster_reading import BadRow
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

_OTHER_NAME = N_("unit “%(unit)s” has another name on line %(line)s: give the same name on both rows.")
_OTHER_PARENT = N_("unit “%(unit)s” has another parent on line %(line)s: give the same parent on both rows.")
_NO_PARENT = N_(
    "the parent “%(parent)s” of unit “%(unit)s” is not a unit in this file: correct it, or add a row with "
    "that unit code."
)
_CYCLE = N_(
    "the parents of unit “%(unit)s” lead back to itself (%(units)s): correct the parent of one of them."
)


class UnitRecord(NamedTuple):
    """A unit as the file gives it: blank `name` means not said, `parent_code` None means the top."""

    code: str
    name: str
    parent_code: str | None
    line: int


def read_tree(
    rows: Iterable[tuple[int, list[str]]], columns: Columns, bad: list[BadRow], *, in_units: bool = False
) -> dict[str, UnitRecord]:
    """Units by code, in the order of the file; what is wrong is added to `bad`.

    A blank name or parent means "not said in this row": another row of the same unit may say it.
    """
    units: dict[str, UnitRecord] = {}
    seen: set[tuple[str, str, str]] = set()
    for line, cells in rows:
        for said in _said_by(cells, columns):
            if said in seen:  # most rows repeat what an earlier one said of the same unit
                continue
            seen.add(said)
            _merge(UnitRecord(said[0], said[1], said[2] or None, line), units, bad, in_units)
    _check_parents(units, bad, in_units)
    _check_cycles(units, bad, in_units)
    return units


def _said_by(cells: list[str], columns: Columns) -> Iterator[tuple[str, str, str]]:
    """(code, name, parent's code) of each unit that a row speaks of."""
    at = columns.at
    if "unit code" in at:
        if code := cells[at["unit code"]]:
            name = cells[at["unit name"]] if "unit name" in at else ""
            parent = cells[at["parent unit code"]] if "parent unit code" in at else ""
            yield code, name, parent
        return
    above = ""
    for cell in columns.levels:
        if code := cells[cell]:
            yield code, code, above
            above = code


def _merge(new: UnitRecord, units: dict[str, UnitRecord], bad: list[BadRow], in_units: bool) -> None:
    old = units.setdefault(new.code, new)
    if old is new:
        return
    for differs, before, now in (
        (_OTHER_NAME, old.name, new.name),
        (_OTHER_PARENT, old.parent_code, new.parent_code),
    ):
        if before and now and before != now:
            bad.append(BadRow(new.line, _(differs, unit=new.code, line=old.line), in_units))
            return
    parent = old.parent_code or new.parent_code
    units[new.code] = UnitRecord(old.code, old.name or new.name, parent, old.line)


def _check_parents(units: Mapping[str, UnitRecord], bad: list[BadRow], in_units: bool) -> None:
    for unit in units.values():
        if unit.parent_code is not None and unit.parent_code not in units:
            told = _(_NO_PARENT, parent=unit.parent_code, unit=unit.code)
            bad.append(BadRow(unit.line, told, in_units))


def _check_cycles(units: Mapping[str, UnitRecord], bad: list[BadRow], in_units: bool) -> None:
    """Name each cycle once, on the line of the first of its units in the file."""
    done: set[str] = set()
    for start in units:
        path: dict[str, None] = {}
        code: str | None = start
        while code is not None and code in units and code not in done and code not in path:
            path[code] = None
            code = units[code].parent_code
        if code is not None and code in path:
            cycle = list(path)[list(path).index(code) :]
            bad.append(_cycle(cycle, units, in_units))
        done.update(path)


def _cycle(codes: list[str], units: Mapping[str, UnitRecord], in_units: bool) -> BadRow:
    first = min(codes, key=lambda code: units[code].line)
    at = codes.index(first)
    around = [*codes[at:], *codes[:at], first]
    shown = " > ".join(around if len(around) <= 6 else [*around[:3], "...", *around[-2:]])
    return BadRow(units[first].line, _(_CYCLE, unit=first, units=shown), in_units)
