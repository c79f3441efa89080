"""Bring the directory to what a roster file says: preview it, or do it, as a whole or not at all."""

from typing import Any

from pulse.db import writing
from pulse.directory import queries, roster_queries
from pulse.directory.roster_file import RosterFile
from pulse.directory.roster_people import PersonRecord
from pulse.directory.roster_plan import MANY_LEAVERS, Current, RosterPlan, UnitChange, plan_roster
from pulse.directory.roster_reading import RosterError
from pulse.languages.saying import gettext as _
from pulse.languages.saying import ngettext
from pulse.web.formatting import format_number, format_percent


class ImportRefusedError(RosterError):
    """The plan must not be applied; nothing was changed. The plan says what would have been."""

    def __init__(self, message: str, plan: RosterPlan) -> None:
        super().__init__(message)
        self.plan = plan


def preview_roster(file: RosterFile) -> RosterPlan:
    """What `import_roster` would change now. Reads only."""
    return plan_roster(file, _current())


def import_roster(file: RosterFile, *, allow_many_leavers: bool = False) -> RosterPlan:
    """Apply the file in one transaction and return what changed.

    Raises ImportRefusedError, and then changes nothing.

    Uploads that wait for their import are forgotten: their previews were of the roster as it was.
    """
    with writing():
        plan = plan_roster(file, _current())
        check_plan(plan, allow_many_leavers=allow_many_leavers)
        if not plan.is_empty:
            _apply(plan)
        roster_queries.delete_uploads()
    return plan


def check_plan(plan: RosterPlan, *, allow_many_leavers: bool) -> None:
    """Raise ImportRefusedError when a row is bad, or when more people would leave than is plausible."""
    if plan.bad_rows:
        rows = len(plan.bad_rows)
        sentence = ngettext(
            "Nothing was imported: %(rows)s row needs to be put right first.",
            "Nothing was imported: %(rows)s rows need to be put right first.",
            rows,
            rows=format_number(rows),
        )
        raise ImportRefusedError(sentence, plan)
    if plan.too_many_leavers and not allow_many_leavers:
        raise ImportRefusedError(
            _(
                "Nothing was imported: %(leavers)s of %(people)s people would leave, more than %(share)s; "
                "check that the file holds everybody, and allow many leavers if it does.",
                leavers=format_number(len(plan.leavers)),
                people=format_number(plan.staff_before),
                share=format_percent(MANY_LEAVERS),
            ),
            plan,
        )


def _current() -> Current:
    attributes = tuple((attribute.code, attribute.label) for attribute in queries.list_attributes())
    return Current(roster_queries.list_staff(), queries.list_units(closed=True), attributes)


def _apply(plan: RosterPlan) -> None:
    if plan.attributes is not None:
        roster_queries.replace_attributes(
            [
                {"code": code, "label": label, "position": position}
                for position, (code, label) in enumerate(plan.attributes, start=1)
            ]
        )
    _apply_units(plan.units)
    _apply_people(plan)
    _apply_posts(plan)


def _apply_units(changes: tuple[UnitChange, ...]) -> None:
    """New units first, so that each parent has an id when parents are set."""
    roster_queries.add_units(
        [{"code": unit.code, "name": unit.name, "active": True} for unit in changes if unit.key is None]
    )
    ids = roster_queries.list_unit_ids()
    roster_queries.update_units(
        [
            {
                "key": ids[unit.code],
                "name": unit.name,
                "parent_id": None if unit.parent_code is None else ids[unit.parent_code],
                "active": unit.active,
            }
            for unit in changes
        ]
    )


def _apply_people(plan: RosterPlan) -> None:
    """Leavers stay as inactive rows, so that somebody who returns is the same person; their mobile number
    and postal address, which only letters need, go at once.
    """
    roster_queries.add_people(
        [_columns(joiner.record) for joiner in plan.joiners if joiner.before is None],
    )
    roster_queries.update_people(
        [
            {"key": change.before.id, **_columns(change.record)}
            for change in (*plan.joiners, *plan.changed)
            if change.before is not None
        ]
    )
    gone = {"active": False, "phone": None, "post_address": None}
    roster_queries.update_people([{"key": person.id, **gone} for person in plan.leavers])


def _columns(record: PersonRecord) -> dict[str, Any]:
    return {
        "staff_no": record.staff_no,
        "full_name": record.full_name,
        "email": record.email,
        "phone": record.phone,
        "post_address": record.post_address,
        "leads": record.leads,
        "active": True,
        "attributes": record.attributes,
    }


def _apply_posts(plan: RosterPlan) -> None:
    gone = [person.id for person in plan.leavers]
    gone += [change.before.id for change in (*plan.joiners, *plan.movers) if change.before is not None]
    roster_queries.delete_posts(gone)
    arrived = [change.record for change in (*plan.joiners, *plan.movers)]
    if not arrived:
        return
    units, people = roster_queries.list_unit_ids(), roster_queries.list_person_ids()
    roster_queries.add_posts(
        [
            {"person_id": people[record.staff_no], "unit_id": units[code], "main": place == 0}
            for record in arrived
            for place, code in enumerate(record.posts)
        ]
    )
