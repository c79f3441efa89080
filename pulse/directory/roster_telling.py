"""A plan in plain sentences, the same for the command and the page. Staff numbers and units, never names."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pulse.directory.roster_plan import PersonChange, RosterPlan, UnitChange

#: how many of each kind are listed one by one; the rest are counted
SHOWN = 50


class Section(NamedTuple):
    """One kind of change: its heading, the first lines, and how many more there are."""

    heading: str
    lines: list[str]
    more: int


def tell_plan(plan: RosterPlan) -> list[Section]:
    """The changes by kind; kinds without any are left out."""
    kinds: list[tuple[str, Iterable[str], int]] = [
        ("Joiners", (_tell_joiner(change) for change in plan.joiners), len(plan.joiners)),
        ("Leavers", (person.staff_no for person in plan.leavers), len(plan.leavers)),
        ("Movers", (_tell_mover(change) for change in plan.movers), len(plan.movers)),
        ("Changed details", (_tell_change(change) for change in plan.changed), len(plan.changed)),
    ]
    for did in ("added", "reopened", "renamed", "moved", "closed"):
        units = plan.units_that(did)
        kinds.append((f"Units {did}", (_tell_unit(unit, did) for unit in units), len(units)))
    if plan.attributes is not None:
        labels = [label for _, label in plan.attributes] or ["none"]
        kinds.append(("Attributes from now on", labels, len(labels)))
    return [_section(*kind) for kind in kinds if kind[2]]


def tell_reach(plan: RosterPlan) -> str:
    """One sentence on how letters would reach the people in the file; "" for a file without people."""
    reach = plan.reach
    ways = [f"{reach.email:,} with an e-mail address"]
    ways += [f"{reach.phone:,} with a mobile number"] if reach.phone else []
    ways += [f"{reach.post:,} with a postal address"] if reach.post else []
    ways.append(f"{reach.none:,} with none of these, to be given a slip")
    return f"People in the file: {', '.join(ways)}." if any(reach) else ""


def tell_bad_rows(plan: RosterPlan) -> Section:
    """The rows to put right, by line."""
    return _section("Rows to put right", map(str, plan.bad_rows), len(plan.bad_rows))


def tell_result(plan: RosterPlan) -> str:
    """One sentence after an import."""
    if plan.is_empty:
        return "Nothing to change: the roster is already as the file says."
    counts = [
        f"{len(section.lines) + section.more:,} {section.heading.lower()}" for section in tell_plan(plan)
    ]
    return f"Roster imported: {', '.join(counts)}."


def more_line(section: Section) -> str:
    return f"and {section.more:,} more"


def _section(heading: str, lines: Iterable[str], number: int) -> Section:
    shown: Sequence[str] = [line for line, _ in zip(lines, range(SHOWN), strict=False)]
    return Section(heading, list(shown), number - len(shown))


def _tell_joiner(change: PersonChange) -> str:
    returning = " (returns)" if change.before else ""
    return f"{change.record.staff_no} in {_posts(change.record.posts)}{returning}"


def _tell_mover(change: PersonChange) -> str:
    before = change.before.posts if change.before else ()
    return f"{change.record.staff_no} from {_posts(before)} to {_posts(change.record.posts)}"


def _tell_change(change: PersonChange) -> str:
    return f"{change.record.staff_no}: {', '.join(change.fields)}"


def _tell_unit(unit: UnitChange, did: str) -> str:
    if did == "moved":
        return f"{unit.code} {unit.name}, to {f'under {unit.parent_code}' if unit.parent_code else 'the top'}"
    return f"{unit.code} {unit.name}"


def _posts(codes: Sequence[str]) -> str:
    return " and ".join(codes) or "no post"
