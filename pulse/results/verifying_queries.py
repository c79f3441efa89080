"""What `pulse anonymity verify` asks of the database: tables, settings, and counts of what describes few."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Date, DateTime, Interval, Time, bindparam, func, inspect, select, text
from sqlalchemy.engine import Inspector

from pulse.db import Base, db
from pulse.domain.disclosure import HARD_FLOOR
from pulse.domain.table_rules import Shape
from pulse.results.models import Block, Comment, CoMoment, Figure, Group, GroupBlock, Moment, Release, Tally

_TIMES = (Date, DateTime, Interval, Time)
_PLAIN_TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 0"
_EMPTY_WITH_SPACE = "SELECT pg_relation_size('{0}') > 0 AND NOT EXISTS (SELECT 1 FROM {0})"
_OUT_OF_ORDER = """
    SELECT count(*) FROM (
        SELECT person_id, lag(person_id) OVER (PARTITION BY wave_id ORDER BY {0}) AS stored_before
        FROM invitation WHERE wave_id IN :waves
    ) AS stored WHERE person_id < stored_before
"""
#: a column may be sampled unless its target is 0, and an older sample outlives that
_SAMPLED = """
    SELECT kept.relname, one.attname FROM pg_attribute AS one JOIN pg_class AS kept ON kept.oid = one.attrelid
    LEFT JOIN pg_stats AS sample ON sample.attname = one.attname
        AND sample.tablename = kept.relname AND sample.schemaname = current_schema()
    WHERE kept.relnamespace = current_schema()::regnamespace
        AND (coalesce(one.attstattarget, -1) <> 0 OR sample.attname IS NOT NULL)
"""
#: keeps which version the tables have; alembic's own
_VERSIONS = "alembic_version"


def begin_snapshot() -> None:
    """Let all that is read until `end_snapshot` be of one moment, though people go on answering."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def end_snapshot() -> None:
    db.session.rollback()


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def list_tables() -> list[Shape]:
    """Every table of the installed database, in every schema that is not the server's own."""
    inspector = inspect(db.session.connection())
    schemas = [None] if is_sqlite() else inspector.get_schema_names()
    return [
        _shape(inspector, name, schema)
        for schema in schemas
        if schema is None or not schema.startswith(("pg_", "information_schema"))
        for name in inspector.get_table_names(schema)
        if name != _VERSIONS
    ]


def _shape(inspector: Inspector, name: str, schema: str | None) -> Shape:
    columns = inspector.get_columns(name, schema)
    keys = inspector.get_foreign_keys(name, schema)
    at_home = schema in (None, inspector.default_schema_name)
    return Shape(
        name if at_home else f"{schema}.{name}",
        frozenset(column["name"] for column in columns),
        frozenset(column["name"] for column in columns if isinstance(column["type"], _TIMES)),
        frozenset(key["referred_table"] for key in keys),
    )


def known_columns() -> dict[str, frozenset[str]]:
    """Table -> columns, as this version of the program has them."""
    return {name: frozenset(table.columns.keys()) for name, table in Base.metadata.tables.items()}


def count_out_of_order(wave_ids: Iterable[int]) -> int:
    """Entries of these waves' registers that are stored before somebody who comes before them."""
    statement = text(_OUT_OF_ORDER.format("rowid" if is_sqlite() else "ctid"))
    chosen = statement.bindparams(bindparam("waves", list(wave_ids), expanding=True))
    return db.session.scalar(chosen) or 0


def list_sampled() -> list[str]:
    """Columns marked as not to be sampled of which the database's planner keeps values, or may do so."""
    tables = Base.metadata.tables.values()
    marked = {
        (one.name, column.name) for one in tables for column in one.columns if column.info.get("unsampled")
    }
    if not is_sqlite():
        rows = db.session.execute(text(_SAMPLED)).all()
        return sorted(f"{row[0]}.{row[1]}" for row in rows if (row[0], row[1]) in marked)
    if not db.session.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat4'")):
        return []
    sampled = set(db.session.scalars(text("SELECT tbl FROM sqlite_stat4")))
    return sorted(sampled & {table for table, _ in marked})


def list_copiers() -> list[str]:
    """Triggers, rules, publications and the like, by name: whatever sees a row as it is written."""
    if is_sqlite():
        return _names("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return (
        _names("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        + _names("SELECT evtname FROM pg_event_trigger")
        + _names("SELECT rulename FROM pg_rules WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
        + _names("SELECT pubname FROM pg_publication")
    )


def list_views() -> list[str]:
    """Materialized views: they keep a copy of rows that are deleted later."""
    return [] if is_sqlite() else _names("SELECT matviewname FROM pg_matviews")


def _names(statement: str) -> list[str]:
    return sorted(db.session.scalars(text(statement)))


def list_tables_with_row_numbers() -> list[str]:
    """SQLite only: tables whose rows are numbered in the order of their arrival."""
    return _names(_PLAIN_TABLES)


def read_settings(names: Sequence[str]) -> dict[str, str]:
    """PostgreSQL's settings by name; those that this server does not have are left out."""
    rows = db.session.execute(
        text("SELECT name, setting FROM pg_settings WHERE name = ANY(:names)"), {"names": list(names)}
    )
    return {row.name: row.setting for row in rows}


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
        "block": _count(Block, Block.release_id == release_id, Block.n < k),
        "sum": _count(Moment, Moment.block_id.in_(blocks), Moment.n < k),
        "published group": _count(Group, Group.release_id == release_id, Group.n < k),
        "figure": _count_small_figures(groups, k),
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
