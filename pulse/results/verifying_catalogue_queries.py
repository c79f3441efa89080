"""What `pulse anonymity verify` asks of the database's catalogue: everything that anybody made in it.

Whatever PostgreSQL itself brings along has a number below 16384, in whichever schema it is. Names alone do
not tell: a superuser can put a table into any schema.
"""

from typing import Any

from sqlalchemy import CheckConstraint, Date, DateTime, Interval, Table, Time, inspect, text
from sqlalchemy.engine import Inspector

from pulse.db import Base, db
from pulse.domain.frozen import POSTGRESQL, function_body, rules_of, trigger_text
from pulse.domain.table_rules import Shape, Written
from pulse.results.verifying_queries import is_sqlite, list_settings_of_roles, read_settings

_TIMES = (Date, DateTime, Interval, Time)
_PLAIN_TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 0"
_RELATIONS = """
    SELECT nspname AS schema, relname AS name, relkind::text AS kind FROM pg_class
    JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE pg_class.oid >= 16384 AND relkind NOT IN ('i', 'I', 't', 'S')
"""
#: kinds of what holds or shows rows beside plain tables
_KINDS = {"v": "view", "m": "stored view", "f": "foreign table", "c": "type"}
#: a column may be sampled unless its target is 0, and an older sample outlives that
_SAMPLED = """
    SELECT kept.relname || '.' || one.attname
    FROM pg_attribute AS one JOIN pg_class AS kept ON kept.oid = one.attrelid
    LEFT JOIN pg_stats AS sample ON sample.attname = one.attname
        AND sample.tablename = kept.relname AND sample.schemaname = current_schema()
    WHERE kept.relnamespace = current_schema()::regnamespace
        AND kept.relname = ANY(:tables) AND one.attnum > 0 AND NOT one.attisdropped
        AND (coalesce(one.attstattarget, -1) <> 0 OR sample.attname IS NOT NULL)
    UNION SELECT stxname FROM pg_statistic_ext
"""
#: what sees a row as it is written, beside triggers
_LISTENERS = """
    SELECT evtname FROM pg_event_trigger
    UNION SELECT rulename FROM pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN'
    UNION SELECT pubname FROM pg_publication
    UNION SELECT polname FROM pg_policy
"""
#: a trigger that is switched off, or made for another purpose, reads otherwise than one that works
_TRIGGERS = """
    SELECT tgname AS name,
        concat(pg_get_triggerdef(oid, true), CASE WHEN tgenabled <> 'O' THEN ' (off)' END) AS written
    FROM pg_trigger WHERE NOT tgisinternal
"""
_TRIGGERS_IN_FILE = "SELECT name, sql AS written FROM sqlite_master WHERE type = 'trigger'"
_PASSES_OVER = "session_replication_role"
_FUNCTIONS = """
    SELECT pg_proc.oid::regproc::text AS name,
        concat(lanname, ' ', prorettype::regtype, ' ', prokind, pronargs,
            CASE WHEN prosecdef THEN ' as its owner' END, proconfig::text, ' ', prosrc) AS written
    FROM pg_proc JOIN pg_language ON pg_language.oid = prolang WHERE pg_proc.oid >= 16384
"""
#: everything that is computed when a row is written: (what it is called, as PostgreSQL writes it)
_EXPRESSIONS = """
    SELECT concat(nullif(conrelid, 0)::regclass, '.', conname) AS name, pg_get_constraintdef(oid) AS written
    FROM pg_constraint WHERE oid >= 16384 AND contype NOT IN ('p', 'u', 'f', 'n')
    UNION ALL
    SELECT concat(indrelid::regclass, '.', relname),
        concat(pg_get_expr(indexprs, indrelid), ' ', pg_get_expr(indpred, indrelid))
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indexrelid >= 16384 AND (indexprs IS NOT NULL OR indpred IS NOT NULL)
    UNION ALL
    SELECT concat(adrelid::regclass, '.', attname), pg_get_expr(adbin, adrelid)
    FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
    WHERE pg_attrdef.oid >= 16384
"""
#: keeps which version the tables have; alembic's own
_VERSIONS = {"alembic_version": frozenset({"version_num"})}


def list_tables() -> list[Shape]:
    """Every table of the installed database, in whichever schema."""
    inspector = inspect(db.session.connection())
    if is_sqlite():
        return [_shape(inspector, name, None) for name in inspector.get_table_names()]
    return [_shape(inspector, row.name, row.schema) for row in _relations() if row.kind in ("r", "p")]


def _relations() -> list[Any]:
    return list(db.session.execute(text(_RELATIONS)))


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
    tables = Base.metadata.tables.items()
    return {name: frozenset(table.columns.keys()) for name, table in tables} | _VERSIONS


def list_beside_tables() -> list[str]:
    """What shows or keeps rows and is no table, each with its kind; Pulse makes none of these."""
    if is_sqlite():
        return [f"view {name}" for name in _names("SELECT name FROM sqlite_master WHERE type = 'view'")]
    found = [f"{_KINDS[row.kind]} {row.name}" for row in _relations() if row.kind in _KINDS]
    servers = _names("SELECT srvname FROM pg_foreign_server")
    return sorted(found) + [f"link to another server {name}" for name in servers]


def count_large_objects() -> int:
    """PostgreSQL keeps them beside all tables."""
    count = "SELECT count(*) FROM pg_largeobject_metadata"
    return 0 if is_sqlite() else int(db.session.scalar(text(count)) or 0)


def list_sampled() -> list[str]:
    """Columns of unsampled tables whose values the planner keeps, or may; samples over several columns."""
    marked = sorted(table.name for table in Base.metadata.tables.values() if table.info.get("unsampled"))
    if not is_sqlite():
        return sorted(db.session.scalars(text(_SAMPLED), {"tables": marked}))
    if not db.session.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat4'")):
        return []
    return sorted(set(db.session.scalars(text("SELECT tbl FROM sqlite_stat4"))) & set(marked))


def list_listeners() -> list[str]:
    """Rules, publications, row policies, by name: whatever beside triggers sees a row as it is written."""
    return [] if is_sqlite() else _names(_LISTENERS)


def list_triggers() -> list[Written]:
    """All triggers, as the database writes them."""
    return _written(_TRIGGERS_IN_FILE if is_sqlite() else _TRIGGERS)


def known_triggers() -> list[Written]:
    """Those that keep what a wave promised, written the same way."""
    dialect = db.engine.dialect.name
    return [(rule.name, trigger_text(rule, dialect)) for rule in rules_of(dialect)]


def list_functions() -> list[Written]:
    """PostgreSQL's that did not come with it; SQLite keeps none in its file."""
    return [] if is_sqlite() else _written(_FUNCTIONS)


def known_functions() -> list[Written]:
    """What the triggers run: plpgsql, without arguments or settings of its own."""
    if is_sqlite():
        return []
    return [(rule.name, f"plpgsql trigger f0 {function_body(rule)}") for rule in rules_of(POSTGRESQL)]


def _written(statement: str) -> list[Written]:
    return sorted((row.name, row.written) for row in db.session.execute(text(statement)))


def triggers_run() -> bool:
    """PostgreSQL can be set to pass over triggers, for one connection, one user or one database."""
    if is_sqlite():
        return True
    own = [one for one in list_settings_of_roles() if one.startswith(f"{_PASSES_OVER}=")]
    return set(read_settings([_PASSES_OVER]).values()) <= {"origin"} and set(own) <= {
        f"{_PASSES_OVER}=origin"
    }


def list_expressions() -> dict[str, str]:
    """PostgreSQL: "table.name" -> what is computed when a row is written. SQLite's can have no effect."""
    return {} if is_sqlite() else {row.name: row.written for row in db.session.execute(text(_EXPRESSIONS))}


def known_expressions() -> frozenset[str]:
    """Constraints, partial indexes and defaults, as this version of the program has them."""
    return frozenset(
        f"{table.name}.{name}" for table in Base.metadata.tables.values() for name in _named(table)
    )


def _named(table: Table) -> list[str]:
    checks = [str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)]
    partial = [
        str(one.name) for one in table.indexes if one.dialect_options["postgresql"]["where"] is not None
    ]
    defaults = [column.name for column in table.columns if column.server_default is not None]
    number = table.autoincrement_column
    return checks + partial + defaults + ([number.name] if number is not None else [])


def list_tables_with_row_numbers() -> list[str]:
    """SQLite only: tables whose rows are numbered in the order of their arrival."""
    return _names(_PLAIN_TABLES)


def _names(statement: str) -> list[str]:
    return sorted(db.session.scalars(text(statement)))
