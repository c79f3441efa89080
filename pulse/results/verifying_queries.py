"""What `pulse anonymity verify` asks of the database: settings, traces, and counts of what describes few."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select, text

from pulse.db import Base, db
from pulse.domain.disclosure import HARD_FLOOR
from pulse.domain.disclosure.families import CELL_LEAST
from pulse.results.models import (
    AttributeFigure,
    Block,
    Comment,
    CoMoment,
    Figure,
    Group,
    GroupBlock,
    Moment,
    Release,
    Tally,
)

_OF_ROLES = """
    SELECT DISTINCT unnest(setconfig) FROM pg_db_role_setting WHERE setdatabase IN (
        0, (SELECT oid FROM pg_database WHERE datname = current_database())
    )
"""
_EMPTY_WITH_SPACE = "SELECT pg_relation_size('{0}') > 0 AND NOT EXISTS (SELECT 1 FROM {0})"
_OUT_OF_ORDER = """
    SELECT count(*) FROM (
        SELECT person_id, lag(person_id) OVER (PARTITION BY wave_id ORDER BY {0}) AS stored_before
        FROM invitation WHERE wave_id IN :waves
    ) AS stored WHERE person_id < stored_before
"""
_WITH_ROWS = """
    SELECT wave_id FROM invitation UNION SELECT wave_id FROM envelope UNION SELECT wave_id FROM wave_member
"""
#: `delivery` has five states (invitations.models), and a person is reminded three times at most
_ODD_MARKS = """
    SELECT count(*) FROM invitation WHERE delivery NOT IN (0, 1, 2, 3, 4) OR reminders NOT IN (0, 1, 2, 3)
"""


def begin_snapshot() -> None:
    """Let all that is read until `end_snapshot` be of one moment, though people go on answering."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def end_snapshot() -> None:
    db.session.rollback()


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def list_waves_with_rows() -> set[int]:
    """Waves, also such as do not exist (any more), of which register, box or frozen population hold a row."""
    return set(db.session.scalars(text(_WITH_ROWS)))


def count_odd_marks() -> int:
    """Entries of any register with a number that no part of Pulse writes: it could stand for something."""
    return int(db.session.scalar(text(_ODD_MARKS)) or 0)


def count_out_of_order(wave_ids: Iterable[int]) -> int:
    """Entries of these waves' registers that are stored before somebody who comes before them."""
    statement = text(_OUT_OF_ORDER.format("rowid" if is_sqlite() else "ctid"))
    chosen = statement.bindparams(bindparam("waves", list(wave_ids), expanding=True))
    return db.session.scalar(chosen) or 0


def read_settings(names: Sequence[str]) -> dict[str, str]:
    """PostgreSQL's settings by name; those that this server does not have are left out."""
    rows = db.session.execute(
        text("SELECT name, setting FROM pg_settings WHERE name = ANY(:names)"), {"names": list(names)}
    )
    return {row.name: row.setting for row in rows}


def list_settings_of_roles() -> list[str]:
    """PostgreSQL's settings that hold for some role or database alone, such as "log_statement=all"."""
    return sorted(db.session.scalars(text(_OF_ROLES)))


def count_followers() -> int:
    """PostgreSQL's replication slots, and standbys that are connected now."""
    slots = db.session.scalar(text("SELECT count(*) FROM pg_replication_slots")) or 0
    standbys = db.session.scalar(text("SELECT count(*) FROM pg_stat_replication")) or 0
    return int(slots) + int(standbys)


def list_emptied_with_space() -> list[str]:
    """PostgreSQL: tables of open surveys that hold no row and still take pages."""
    return [
        name
        for name in ("envelope", "wave_member")
        if db.session.scalar(text(_EMPTY_WITH_SPACE.format(name)))
    ]


def overwrites_deleted() -> bool:
    """SQLite: whether this program's connections overwrite what they delete."""
    return bool(db.session.scalar(text("PRAGMA secure_delete")) == 1)


def read_whole_file() -> bytes:
    """SQLite: the database as the bytes of its file, of one moment."""
    raw: Any = db.session.connection().connection.driver_connection
    return bytes(raw.serialize())


def count_pages() -> tuple[int, int]:
    """SQLite: (pages, bytes a page)."""
    pages = db.session.scalar(text("PRAGMA page_count")) or 0
    return int(pages), int(db.session.scalar(text("PRAGMA page_size")) or 0)


def list_releases_of(wave_ids: Iterable[int]) -> list[Release]:
    return list(db.session.scalars(select(Release).where(Release.wave_id.in_(list(wave_ids)))))


def count_small(
    release_id: int, k: int, least_together: int, least_comments: tuple[int, int]
) -> Counter[str]:
    """What describes too few, by kind; `least_comments` is (answers, comments) of a group."""
    blocks = select(Block.id).where(Block.release_id == release_id).scalar_subquery()
    groups = select(Group.id).where(Group.release_id == release_id).scalar_subquery()
    counts = {
        "number of answers": _count(Release, Release.id == release_id, Release.answered.between(1, k - 1)),
        "block": _count(Block, Block.release_id == release_id, Block.n < k),
        "sum": _count(Moment, Moment.block_id.in_(blocks), Moment.n < k),
        "published group": _count(Group, Group.release_id == release_id, Group.n < k),
        "figure": _count_small_figures(groups, k),
        "figure of a category": _count(
            AttributeFigure, AttributeFigure.group_id.in_(groups), AttributeFigure.n < max(k, CELL_LEAST)
        ),
        "table of how scores vary together": _count(
            CoMoment, CoMoment.release_id == release_id, CoMoment.n < least_together
        ),
        "count of answers": len(list_odd_tallies(release_id)),
        "group that is not the sum of its blocks": len(list_odd_groups(release_id)),
        "group with comments": len(list_groups_with_few_comments(release_id, *least_comments)),
    }
    return Counter({kind: number for kind, number in counts.items() if number})


def _count(model: type[Base], *conditions: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def _count_small_figures(groups: Any, k: int) -> int:
    """A level that was asked only in earlier waves is marked so, and keeps to the floor that held there."""
    chosen = select(Figure.n, Figure.detail).where(Figure.group_id.in_(groups), Figure.n < k)
    return sum(
        n < HARD_FLOOR or "pooled" not in detail or "mean" in detail
        for n, detail in db.session.execute(chosen)
    )


def list_odd_tallies(release_id: int) -> list[tuple[int, str]]:
    """(block, item) whose options do not add up to the block: they would be of other, or fewer, people."""
    statement = (
        select(Tally.block_id, Tally.item)
        .join(Block, Block.id == Tally.block_id)
        .where(Block.release_id == release_id)
        .group_by(Tally.block_id, Tally.item, Block.n)
        .having(func.sum(Tally.n) != Block.n)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def list_odd_groups(release_id: int) -> list[int]:
    """Groups whose number of answers is not that of their blocks together."""
    statement = (
        select(Group.id)
        .join(GroupBlock, GroupBlock.group_id == Group.id, isouter=True)
        .join(Block, Block.id == GroupBlock.block_id, isouter=True)
        .where(Group.release_id == release_id)
        .group_by(Group.id, Group.n)
        .having(func.coalesce(func.sum(Block.n), 0) != Group.n)
    )
    return list(db.session.scalars(statement))


def list_groups_with_few_comments(release_id: int, answers: int, comments: int) -> list[tuple[int, str]]:
    """(group, item) with comments though too few people answered, or too few wrote something."""
    statement = (
        select(Group.id, Comment.item)
        .join(Comment, Comment.group_id == Group.id)
        .where(Comment.release_id == release_id)
        .group_by(Group.id, Group.n, Comment.item)
        .having((Group.n < answers) | (func.count() < comments))
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]
