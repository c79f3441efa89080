"""Every SQL statement about releases: written once at close, only read afterwards."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import aliased

from pulse.db import db
from pulse.results.figures import Earlier
from pulse.results.models import (
    AttributeFigure,
    Block,
    BlockUnit,
    CoMoment,
    Figure,
    Group,
    GroupBlock,
    Moment,
    Release,
    Tally,
    UnitStatus,
)
from pulse.surveys.models import Wave

Row = dict[str, Any]
#: stored figures and groups as plain rows, with a value under each column's name: read by the hundred for
#: every page, where objects of a session, which could be changed, would cost ten times as much
FIGURES = select(*Figure.__table__.columns)
GROUPS = select(*Group.__table__.columns)
_BLOCK_TABLES: dict[str, Any] = {"block_unit": BlockUnit, "tally": Tally, "moment": Moment}


class NotReleased(LookupError):
    """There is no release for this wave."""


def add_release(release: Release) -> int:
    db.session.add(release)
    db.session.flush()
    return release.id


def add_blocks(release_id: int, rows: Sequence[Row]) -> dict[int, int]:
    """Store blocks; returns their ids by number."""
    _insert(Block, [row | {"release_id": release_id} for row in rows])
    found = db.session.execute(select(Block.number, Block.id).where(Block.release_id == release_id))
    return {row.number: row.id for row in found}


def add_block_rows(ids: dict[int, int], tables: dict[str, list[Row]]) -> None:
    """Store what is kept of blocks; rows name a block by number under "block"."""
    for name, rows in tables.items():
        _insert(_BLOCK_TABLES[name], [_named(row, "block", "block_id", ids) for row in rows])


def add_co_moments(release_id: int, rows: Sequence[Row]) -> None:
    _insert(CoMoment, [row | {"release_id": release_id} for row in rows])


def add_groups(release_id: int, rows: Sequence[Row], blocks: dict[int, int]) -> dict[int, int]:
    """Store published groups with the blocks they are made of; returns their ids by number."""
    plain = [{name: value for name, value in row.items() if name != "blocks"} for row in rows]
    _insert(Group, [row | {"release_id": release_id} for row in plain])
    found = db.session.execute(select(Group.number, Group.id).where(Group.release_id == release_id))
    ids = {row.number: row.id for row in found}
    _insert(
        GroupBlock,
        [
            {"group_id": ids[row["number"]], "block_id": blocks[block]}
            for row in rows
            for block in row["blocks"]
        ],
    )
    return ids


def add_group_rows(release_id: int, ids: dict[int, int], figures: list[Row], statuses: list[Row]) -> None:
    """Store figures and what readers are told of each unit; rows name a group by number under "group"."""
    _insert(Figure, [_named(row, "group", "group_id", ids) for row in figures])
    named = [_named(row, "group", "group_id", ids) for row in statuses]
    _insert(UnitStatus, [row | {"release_id": release_id} for row in named])


def add_attribute_figures(ids: dict[int, int], rows: Sequence[Row]) -> None:
    _insert(AttributeFigure, [_named(row, "group", "group_id", ids) for row in rows])


def _named(row: Row, number: str, column: str, ids: dict[int, int]) -> Row:
    kept = {name: value for name, value in row.items() if name != number}
    return kept | {column: None if row[number] is None else ids[row[number]]}


def _insert(model: Any, rows: Sequence[Row]) -> None:
    if rows:
        db.session.execute(insert(model), list(rows))


def plain_rows(statement: Select[*tuple[Any, ...]]) -> list[Any]:
    """What FIGURES or GROUPS give, or another selection of whole columns."""
    return list(db.session.execute(statement))


def get_release(wave_id: int) -> Release:
    release = db.session.scalar(select(Release).where(Release.wave_id == wave_id))
    if release is None:
        raise NotReleased("This wave has no result yet.")
    return release


def list_releases(programme_id: int) -> list[tuple[Wave, Release]]:
    """Released waves of a programme, oldest first."""
    statement = (
        select(Wave, Release)
        .join(Release, Release.wave_id == Wave.id)
        .where(Wave.programme_id == programme_id)
        .order_by(Wave.number)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def find_release_before(programme_id: int, number: int) -> Release | None:
    """The latest release of a wave with a lower number."""
    statement = (
        select(Release)
        .join(Wave, Wave.id == Release.wave_id)
        .where(Wave.programme_id == programme_id, Wave.number < number)
        .order_by(Wave.number.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def list_releases_before(wave: Wave) -> list[tuple[Wave, Release]]:
    """Releases of any programme of waves that asked the same audience and closed before, newest first."""
    audience = Wave.audience_unit_id.is_not_distinct_from(wave.audience_unit_id)
    statement = (
        select(Wave, Release)
        .join(Release, Release.wave_id == Wave.id)
        .where(audience, Wave.closes_at < wave.closes_at)
        .order_by(Wave.closes_at.desc())
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def find_organisation_figures(release_id: int) -> dict[str, Figure]:
    """Figures of the whole organisation by measure; none where nothing could be shown."""
    top = db.session.scalar(select(Group).where(Group.release_id == release_id, Group.parent.is_(None)))
    return {figure.measure: figure for figure in list_group_figures(top.id)} if top else {}


def list_groups(release_id: int) -> list[Group]:
    """In display order."""
    return plain_rows(GROUPS.where(Group.release_id == release_id).order_by(Group.number))


def list_figures(release_id: int, measures: Sequence[str] = ()) -> list[Figure]:
    """Figures of every group of a release, all or only some measures."""
    statement = FIGURES.join(Group, Group.id == Figure.group_id).where(Group.release_id == release_id)
    return plain_rows(statement.where(Figure.measure.in_(measures)) if measures else statement)


def list_group_figures(group_id: int, measures: Sequence[str] = ()) -> list[Figure]:
    """Figures of one group, all or only some measures."""
    statement = FIGURES.where(Figure.group_id == group_id)
    return plain_rows(statement.where(Figure.measure.in_(measures)) if measures else statement)


def list_tallies(group_id: int, items: Sequence[str] = ()) -> list[tuple[str, str, int]]:
    """(item, option, people) rows of a group's blocks, of all items or some; add those of the same option."""
    statement = (
        select(Tally.item, Tally.option, Tally.n)
        .join(GroupBlock, GroupBlock.block_id == Tally.block_id)
        .where(GroupBlock.group_id == group_id)
    )
    if items:
        statement = statement.where(Tally.item.in_(items))
    return [(row.item, row.option, row.n) for row in db.session.execute(statement)]


def list_statuses(release_id: int) -> list[UnitStatus]:
    return list(db.session.scalars(select(UnitStatus).where(UnitStatus.release_id == release_id)))


def list_combined_sets(release_id: int) -> list[frozenset[int]]:
    """The unit ids of each combined group of a release, so that the next wave can keep them together."""
    statement = (
        select(Group.id, BlockUnit.unit_id)
        .join(GroupBlock, GroupBlock.group_id == Group.id)
        .join(BlockUnit, BlockUnit.block_id == GroupBlock.block_id)
        .where(Group.release_id == release_id, Group.kind == "combined")
    )
    sets: dict[int, set[int]] = {}
    for group_id, unit_id in db.session.execute(statement):
        sets.setdefault(group_id, set()).add(unit_id)
    return [frozenset(units) for _, units in sorted(sets.items())]


def list_history(
    programme_id: int, number: int, most: int, measures: Sequence[str] = ()
) -> dict[tuple[str, str], list[Earlier]]:
    """(group key, measure) -> its own-wave figures in the `most` releases before `number`, latest first.

    All measures, or only those named.
    """
    earlier = aliased(Wave)
    recent = (
        select(Release.id)
        .join(earlier, earlier.id == Release.wave_id)
        .where(earlier.programme_id == programme_id, earlier.number < number)
        .order_by(earlier.number.desc())
        .limit(most)
    )
    statement = (
        select(Wave.number, Wave.label, Group.key, Figure.measure, Figure.n, Figure.detail)
        .join(Release, Release.wave_id == Wave.id)
        .join(Group, Group.release_id == Release.id)
        .join(Figure, Figure.group_id == Group.id)
        .where(Release.id.in_(recent))
        .order_by(Wave.number.desc())
    )
    if measures:
        statement = statement.where(Figure.measure.in_(measures))
    history: dict[tuple[str, str], list[Earlier]] = {}
    for row in db.session.execute(statement):
        own = row.detail
        if "mean" in own:  # asked in that very wave, not only pooled from others
            found = (own["mean"], own["sd"], own["items"], own.get("baseline"))
            one = Earlier(row.number, row.label, row.n, *found)
            history.setdefault((row.key, row.measure), []).append(one)
    return history
