"""A plan in plain sentences, the same for the command and the page. Staff numbers and units, never names."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pulse.directory.roster_plan import PersonChange, RosterPlan, UnitChange
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.web.formatting import format_number

#: how many of each kind are listed one by one; the rest are counted
SHOWN = 50
_UNITS_THAT = {
    "added": N_("Units added"),
    "reopened": N_("Units reopened"),
    "renamed": N_("Units renamed"),
    "moved": N_("Units moved"),
    "closed": N_("Units closed"),
}


class Section(NamedTuple):
    """One kind of change: its heading in English, the first lines, and how many more there are."""

    heading: str
    lines: list[str]
    more: int


def tell_plan(plan: RosterPlan) -> list[Section]:
    """The changes by kind; kinds without any are left out."""
    kinds: list[tuple[str, Iterable[str], int]] = [
        (N_("Joiners"), (_tell_joiner(change) for change in plan.joiners), len(plan.joiners)),
        (N_("Leavers"), (person.staff_no for person in plan.leavers), len(plan.leavers)),
        (N_("Movers"), (_tell_mover(change) for change in plan.movers), len(plan.movers)),
        (N_("Changed details"), (_tell_change(change) for change in plan.changed), len(plan.changed)),
    ]
    for did, heading in _UNITS_THAT.items():
        units = plan.units_that(did)
        kinds.append((heading, (_tell_unit(unit, did) for unit in units), len(units)))
    if plan.attributes is not None:
        labels = [label for _, label in plan.attributes] or [_("none")]
        kinds.append((N_("Attributes from now on"), labels, len(labels)))
    return [_section(*kind) for kind in kinds if kind[2]]


def tell_reach(plan: RosterPlan) -> str:
    """One sentence on how letters would reach the people in the file; "" for a file without people."""
    reach = plan.reach
    ways = [_("%(people)s with an e-mail address", people=format_number(reach.email))]
    if reach.phone:
        ways.append(_("%(people)s with a mobile number", people=format_number(reach.phone)))
    if reach.post:
        ways.append(_("%(people)s with a postal address", people=format_number(reach.post)))
    ways.append(_("%(people)s with none of these, to be given a slip", people=format_number(reach.none)))
    return _("People in the file: %(ways)s.", ways=", ".join(ways)) if any(reach) else ""


def tell_bad_rows(plan: RosterPlan) -> Section:
    """The rows to put right, by line."""
    return _section(N_("Rows to put right"), map(str, plan.bad_rows), len(plan.bad_rows))


def tell_result(plan: RosterPlan) -> str:
    """One sentence after an import."""
    if plan.is_empty:
        return _("Nothing to change: the roster is already as the file says.")
    counts = [
        f"{len(section.lines) + section.more:,} {_(section.heading).lower()}" for section in tell_plan(plan)
    ]
    return _("Roster imported: %(counts)s.", counts=", ".join(counts))


def more_line(section: Section) -> str:
    return _("and %(more)s more", more=format_number(section.more))


def _section(heading: str, lines: Iterable[str], number: int) -> Section:
    shown: Sequence[str] = [line for line, _nth in zip(lines, range(SHOWN), strict=False)]
    return Section(heading, list(shown), number - len(shown))


def _tell_joiner(change: PersonChange) -> str:
    named = {"person": change.record.staff_no, "posts": _posts(change.record.posts)}
    return (
        _("%(person)s in %(posts)s (returns)", **named)
        if change.before
        else _("%(person)s in %(posts)s", **named)
    )


def _tell_mover(change: PersonChange) -> str:
    before = change.before.posts if change.before else ()
    return _(
        "%(person)s from %(before)s to %(now)s",
        person=change.record.staff_no,
        before=_posts(before),
        now=_posts(change.record.posts),
    )


def _tell_change(change: PersonChange) -> str:
    return f"{change.record.staff_no}: {', '.join(map(_, change.fields))}"


def _tell_unit(unit: UnitChange, did: str) -> str:
    named = {"unit": f"{unit.code} {unit.name}"}
    if did == "moved" and unit.parent_code:
        return _("%(unit)s, to under %(parent)s", **named, parent=unit.parent_code)
    return _("%(unit)s, to the top", **named) if did == "moved" else named["unit"]


def _posts(codes: Sequence[str]) -> str:
    return _(" and ").join(codes) or _("no post")
