"""A release's rows as they stand in the database, named by number as when they were written."""

from typing import Any

from sqlalchemy import Table, select

from pulse.db import db
from pulse.results.models import (
    AttributeFigure,
    Block,
    BlockUnit,
    Comment,
    CoMoment,
    Figure,
    Group,
    GroupBlock,
    Moment,
    Tally,
    UnitStatus,
)

Row = dict[str, Any]


def list_stored(release_id: int) -> dict[str, list[Row]]:
    """Table -> rows, in the form that `release.digest_of` was given when the wave closed."""
    blocks = _numbers(Block, release_id)
    groups = _numbers(Group, release_id)
    members = _blocks_of_groups(blocks, groups)
    return {
        "block": _rows(Block, Block.release_id == release_id),
        **{
            name: [_named(row, "block", blocks) for row in _rows(model, model.block_id.in_(list(blocks)))]
            for name, model in (("block_unit", BlockUnit), ("tally", Tally), ("moment", Moment))
        },
        "co_moment": _rows(CoMoment, CoMoment.release_id == release_id),
        "group": [
            row | {"blocks": members[row["number"]]} for row in _rows(Group, Group.release_id == release_id)
        ],
        "figure": [_named(row, "group", groups) for row in _rows(Figure, Figure.group_id.in_(list(groups)))],
        "attribute_figure": [
            _named(row, "group", groups)
            for row in _rows(AttributeFigure, AttributeFigure.group_id.in_(list(groups)))
        ],
        # whether a comment is shown is decided later, and is no part of what was written at the close
        "comment": [
            {name: value for name, value in _named(row, "group", groups).items() if name != "status"}
            for row in _rows(Comment, Comment.release_id == release_id)
        ],
        "unit_status": [
            _named(row, "group", groups) for row in _rows(UnitStatus, UnitStatus.release_id == release_id)
        ],
    }


def _numbers(model: type[Block] | type[Group], release_id: int) -> dict[int, int]:
    """Row id -> number within the release."""
    found = db.session.execute(select(model.id, model.number).where(model.release_id == release_id))
    return {row.id: row.number for row in found}


def _blocks_of_groups(blocks: dict[int, int], groups: dict[int, int]) -> dict[int, list[int]]:
    """Group number -> its block numbers, ascending."""
    members: dict[int, list[int]] = {number: [] for number in groups.values()}
    chosen = select(GroupBlock.group_id, GroupBlock.block_id).where(GroupBlock.group_id.in_(list(groups)))
    for group_id, block_id in db.session.execute(chosen):
        members[groups[group_id]].append(blocks.get(block_id, -1))
    return {number: sorted(found) for number, found in members.items()}


def _rows(model: Any, *conditions: Any) -> list[Row]:
    """Every column but those that only the database knows."""
    table: Table = model.__table__
    wanted = [column for column in table.columns if column.name not in ("id", "release_id")]
    return [dict(row._mapping) for row in db.session.execute(select(*wanted).where(*conditions))]


def _named(row: Row, number: str, numbers: dict[int, int]) -> Row:
    column = f"{number}_id"
    kept = {name: value for name, value in row.items() if name != column}
    return kept | {number: None if row[column] is None else numbers.get(row[column], -1)}
