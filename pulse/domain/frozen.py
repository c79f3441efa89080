"""What nobody can change once a wave has opened: rules of the database itself, as the text of triggers.

The program never breaks them. They are for whoever writes to the database past it: an update, or a row in
place of another, that would lower what staff were promised or rewrite what was asked or published, is refused
with one sentence. Who may drop a trigger may still do so, or delete a row and write another: `pulse anonymity
verify` finds a rule that is missing or reads otherwise and a survey lower than its waves, and the seal of a
wave and the checksum of a release find the changed row.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

POSTGRESQL = "postgresql"


@dataclass(frozen=True)
class Rule:
    """What is done to a row of `table` is refused if `condition` holds: SQL of OLD and NEW."""

    table: str
    condition: str
    sentence: str
    done: str = "UPDATE"
    #: behind the name, where a table has several rules
    kind: str = ""

    @property
    def name(self) -> str:
        """Of the trigger and, on PostgreSQL, of its function."""
        return f"keep_{self.table}{self.kind}"


def _key(table: str, sentence: str) -> Rule:
    return Rule(table, "NEW.id <> OLD.id", sentence, kind="_number")


def _replaced(table: str, same: str, sentence: str) -> Rule:
    """`same` finds the rows that a new one would push away, by whichever key."""
    found = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - both are written below
    return Rule(table, found, sentence, "INSERT", "_whole")


#: in both databases, so in SQL that both know
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
#: SQLite's REPLACE takes the row away that has the same key, and no trigger of that row runs. PostgreSQL has
#: no such thing: its ON CONFLICT is an update. A row number is a key of its own beside one of two columns.
AGAINST_REPLACE = (
    _key("programme", "A survey keeps its number."),
    _key("wave", "A wave keeps its number."),
    _replaced(
        "programme",
        "programme.id = NEW.id OR programme.name = NEW.name OR programme.results_key = NEW.results_key",
        "A survey is never written over by another of the same number, name or link.",
    ),
    Rule(
        "programme",
        "EXISTS (SELECT 1 FROM programme WHERE programme.id <> OLD.id "
        "AND (programme.name = NEW.name OR programme.results_key = NEW.results_key))",
        "No two surveys have the same name or link.",
        kind="_unique",
    ),
    _replaced(
        "wave",
        "wave.state <> 'planned' AND (wave.id = NEW.id "
        "OR (wave.programme_id = NEW.programme_id AND wave.number = NEW.number))",
        "A wave that has opened is never written over by another.",
    ),
    _replaced("wave_plan", "wave_plan.wave_id = NEW.wave_id", "What a wave asks is never written over."),
    _replaced(
        "wave_unit",
        "wave_unit.rowid = NEW.rowid "
        "OR (wave_unit.wave_id = NEW.wave_id AND wave_unit.unit_id = NEW.unit_id)",
        "The organisation of a wave is never written over.",
    ),
    _replaced(
        "release",
        "release.id = NEW.id OR release.wave_id = NEW.wave_id",
        "A release is never written over by another.",
    ),
)


def rules_of(dialect: str) -> tuple[Rule, ...]:
    """Every rule that a database of this kind must have."""
    return RULES if dialect == POSTGRESQL else RULES + AGAINST_REPLACE


def create_statements(dialect: str, tables: Iterable[str] | None = None) -> Iterator[str]:
    """What makes the rules of these tables (None: of all), in order; a rule that stands already must be gone.

    A migration that copies one of these tables, as SQLite does for most changes, loses its rules: it runs
    `drop_statements` first, and these at its end.
    """
    for rule in rules_of(dialect):
        if tables is None or rule.table in tables:
            if dialect == POSTGRESQL:
                head = f"CREATE OR REPLACE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql"
                yield f"{head} AS $${function_body(rule)}$$"
            yield trigger_text(rule, dialect)


def drop_statements(dialect: str) -> Iterator[str]:
    """What takes every rule away."""
    for rule in rules_of(dialect):
        on_table = f" ON {rule.table}" if dialect == POSTGRESQL else ""
        yield f"DROP TRIGGER IF EXISTS {rule.name}{on_table}"
        if dialect == POSTGRESQL:
            yield f"DROP FUNCTION IF EXISTS {rule.name}()"


def trigger_text(rule: Rule, dialect: str) -> str:
    """The trigger as the database keeps its text: SQLite as it was given, PostgreSQL in this form."""
    head = f"CREATE TRIGGER {rule.name} BEFORE {rule.done} ON {rule.table} FOR EACH ROW"
    if dialect == POSTGRESQL:
        return f"{head} EXECUTE FUNCTION {rule.name}()"
    return f"{head} WHEN {rule.condition} BEGIN SELECT RAISE(ABORT, '{rule.sentence}'); END"


def function_body(rule: Rule) -> str:
    """PostgreSQL: what the trigger runs. It calls nothing and writes nothing: it refuses or lets pass."""
    refuse = f"RAISE EXCEPTION USING MESSAGE = '{rule.sentence}', ERRCODE = 'check_violation'"
    return f" BEGIN IF {rule.condition} THEN {refuse}; END IF; RETURN NEW; END "
