"""What nobody can change once a wave has opened: rules of the database itself, as the text of triggers.

The program never breaks them. They are for whoever writes to the database past it: an update that would lower
what staff were promised, or rewrite what was asked or published, is refused with one sentence. Who may drop a
trigger may still do so, or delete a row and write another: `pulse anonymity verify` finds a rule that is
missing or reads otherwise, and the seal of a wave and the checksum of a release find the changed row.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

POSTGRESQL = "postgresql"


@dataclass(frozen=True)
class Rule:
    """An update of `table` is refused if `condition` holds: SQL of OLD and NEW that both databases know."""

    table: str
    condition: str
    sentence: str

    @property
    def name(self) -> str:
        """Of the trigger and, on PostgreSQL, of its function."""
        return f"keep_{self.table}"


RULES = (
    Rule(
        "programme",
        "(NEW.k < OLD.k OR (OLD.profile = 'nhs' AND NEW.profile <> 'nhs')) AND EXISTS ("
        "SELECT 1 FROM wave WHERE wave.programme_id = OLD.id "
        "AND (wave.plan_sha256 IS NOT NULL OR wave.state NOT IN ('planned', 'cancelled')))",
        "Staff were promised this k and profile when a wave opened, so they can only be raised.",
    ),
    Rule(
        "wave",
        "OLD.state <> 'planned' AND (NEW.state = 'planned' OR NEW.k <> OLD.k OR NEW.profile <> OLD.profile)",
        "The k and the profile of a wave stay as they were when it opened, and it never opens again.",
    ),
    Rule("wave_plan", "1 = 1", "What a wave asks stays as it was when it opened."),
    Rule("wave_unit", "1 = 1", "The organisation of a wave stays as it was when it opened."),
    Rule("release", "1 = 1", "A release is written once and stays as it was written."),
)


def create_statements(dialect: str, tables: Iterable[str] | None = None) -> Iterator[str]:
    """What makes the rules of these tables (None: of all), in order; a rule that stands already must be gone.

    A migration that copies one of these tables, as SQLite does for most changes, loses its rules: it runs
    `drop_statements` first, and these at its end.
    """
    for rule in RULES:
        if tables is None or rule.table in tables:
            if dialect == POSTGRESQL:
                head = f"CREATE OR REPLACE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql"
                yield f"{head} AS $${function_body(rule)}$$"
            yield trigger_text(rule, dialect)


def drop_statements(dialect: str) -> Iterator[str]:
    """What takes every rule away."""
    for rule in RULES:
        on_table = f" ON {rule.table}" if dialect == POSTGRESQL else ""
        yield f"DROP TRIGGER IF EXISTS {rule.name}{on_table}"
        if dialect == POSTGRESQL:
            yield f"DROP FUNCTION IF EXISTS {rule.name}()"


def trigger_text(rule: Rule, dialect: str) -> str:
    """The trigger as the database keeps its text: SQLite as it was given, PostgreSQL in this form."""
    head = f"CREATE TRIGGER {rule.name} BEFORE UPDATE ON {rule.table} FOR EACH ROW"
    if dialect == POSTGRESQL:
        return f"{head} EXECUTE FUNCTION {rule.name}()"
    return f"{head} WHEN {rule.condition} BEGIN SELECT RAISE(ABORT, '{rule.sentence}'); END"


def function_body(rule: Rule) -> str:
    """PostgreSQL: what the trigger runs. It calls nothing and writes nothing: it refuses or lets pass."""
    refuse = f"RAISE EXCEPTION USING MESSAGE = '{rule.sentence}', ERRCODE = 'check_violation'"
    return f" BEGIN IF {rule.condition} THEN {refuse}; END IF; RETURN NEW; END "
