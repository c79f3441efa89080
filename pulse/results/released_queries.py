"""Every SQL statement for showing what was released over several waves, and the cells of attribute tables."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import or_, select

from pulse.db import db
from pulse.results.models import AttributeFigure, Figure, Group, Release
from pulse.surveys.models import Wave


class Appearance(NamedTuple):
    """A group of an earlier or the same release."""

    wave_id: int
    group: Group


def list_appearances(
    programme_id: int, until: int, keys: Collection[str], unit_ids: Collection[int | None]
) -> list[Appearance]:
    """Groups with these keys, or that are the result of these units, up to wave number `until`."""
    known = [unit_id for unit_id in unit_ids if unit_id is not None]
    of_unit = or_(Group.unit_id.in_(known), Group.unit_id.is_(None)) & (Group.kind != "combined")
    statement = (
        select(Release.wave_id, Group)
        .join(Release, Release.id == Group.release_id)
        .join(Wave, Wave.id == Release.wave_id)
        .where(Wave.programme_id == programme_id, Wave.number <= until)
        .where(or_(Group.key.in_(list(keys)), of_unit))
        .order_by(Wave.number, Group.number)
    )
    return [Appearance(row[0], row[1]) for row in db.session.execute(statement)]


def list_figures_of(group_ids: Collection[int], measures: Sequence[str]) -> list[Figure]:
    """Some measures of some groups."""
    chosen = select(Figure).where(Figure.group_id.in_(list(group_ids)), Figure.measure.in_(measures))
    return list(db.session.scalars(chosen))


def list_cells(group_id: int) -> list[AttributeFigure]:
    """By family and measure, then by category."""
    order = (AttributeFigure.family, AttributeFigure.measure, AttributeFigure.category)
    chosen = select(AttributeFigure).where(AttributeFigure.group_id == group_id).order_by(*order)
    return list(db.session.scalars(chosen))
