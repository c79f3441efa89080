"""Every SQL statement for showing what was released over several waves, and the cells of attribute tables."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select

from pulse.db import db
from pulse.results.models import AttributeFigure, CoMoment, Figure, Group, GroupBlock, Release, Tally
from pulse.results.queries import FIGURES, GROUPS, plain_rows
from pulse.surveys.models import Wave

_APPEARANCES = GROUPS.add_columns(Release.wave_id).join(Release, Release.id == Group.release_id)
_CELLS = select(*AttributeFigure.__table__.columns).order_by(
    AttributeFigure.family, AttributeFigure.measure, AttributeFigure.category
)


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
        _APPEARANCES.join(Wave, Wave.id == Release.wave_id)
        .where(Wave.programme_id == programme_id, Wave.number <= until)
        .where(or_(Group.key.in_(list(keys)), of_unit))
        .order_by(Wave.number, Group.number)
    )
    return [Appearance(row.wave_id, row) for row in plain_rows(statement)]


def list_figures_of(group_ids: Collection[int], measures: Sequence[str]) -> list[Figure]:
    """Some measures of some groups."""
    return plain_rows(FIGURES.where(Figure.group_id.in_(list(group_ids)), Figure.measure.in_(measures)))


def list_options(group_id: int, item: str) -> list[tuple[str, int]]:
    """(option, people) of one question of a group, over all its blocks."""
    statement = (
        select(Tally.option, func.sum(Tally.n))
        .join(GroupBlock, GroupBlock.block_id == Tally.block_id)
        .where(GroupBlock.group_id == group_id, Tally.item == item)
        .group_by(Tally.option)
    )
    return [(option, int(people)) for option, people in db.session.execute(statement)]


def list_cells(group_id: int) -> list[AttributeFigure]:
    """By family and measure, then by category."""
    return plain_rows(_CELLS.where(AttributeFigure.group_id == group_id))


def list_co_moments(wave_id: int) -> list[tuple[str, dict[str, Any]]]:
    """(name, matrix) of what a wave's release keeps of the whole organisation."""
    statement = (
        select(CoMoment.name, CoMoment.matrix)
        .join(Release, Release.id == CoMoment.release_id)
        .where(Release.wave_id == wave_id)
        .order_by(CoMoment.name)
    )
    return [(name, matrix) for name, matrix in db.session.execute(statement)]
