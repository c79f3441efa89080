"""Tables and whatever acts on them: what they could hold, and who would be told of it."""

import pytest

from pulse.config import Settings
from pulse.domain.anonymity import Verdict
from pulse.domain.frozen import RULES, Rule, function_body, rules_of, trigger_text
from tests.results.tampering import ON_POSTGRESQL, ON_SQLITE, assert_only_fails, changed, found


def test_a_new_table_of_a_person_a_survey_and_answers_is_found(settings: Settings, released: int) -> None:
    columns = (
        "person_id INTEGER REFERENCES person (id), release_id INTEGER REFERENCES release (id), said TEXT"
    )
    with changed(f"CREATE TABLE note ({columns})", "DROP TABLE note"):
        one = found(settings, "shape")
        assert one.verdict is Verdict.FAIL
        assert one.found == "The table note says something of a person and of a survey."
        assert found(settings, "strangers").found == "Pulse does not know the table note."


def test_a_copy_of_a_table_is_found(settings: Settings, released: int) -> None:
    """A copy refers to nothing, so that only its being there tells."""
    with changed("CREATE TABLE before AS SELECT * FROM invitation", "DROP TABLE before"):
        assert_only_fails(settings, "strangers", "Pulse does not know the table before.")


@pytest.mark.parametrize("table", ["invitation", "envelope", "comment", "wave_member"])
def test_a_time_beside_an_answer_is_found(settings: Settings, released: int, table: str) -> None:
    with changed(f"ALTER TABLE {table} ADD COLUMN at TIMESTAMP", f"ALTER TABLE {table} DROP COLUMN at"):
        assert f"The table {table} keeps a time (at)." in found(settings, "shape").found


def test_a_number_that_could_be_a_time_is_found(settings: Settings, released: int) -> None:
    with changed("ALTER TABLE tally ADD COLUMN at BIGINT", "ALTER TABLE tally DROP COLUMN at"):
        assert_only_fails(settings, "strangers", "Pulse does not know the column at of tally.")


@ON_SQLITE
def test_a_trigger_is_found(settings: Settings, released: int) -> None:
    does = "AFTER INSERT ON envelope BEGIN SELECT 1; END"
    with changed(f"CREATE TRIGGER listen {does}", "DROP TRIGGER listen"):
        assert_only_fails(settings, "copying", "listen is told of rows as they are written.")


@ON_SQLITE
@pytest.mark.parametrize("rule", rules_of("sqlite"), ids=lambda rule: rule.name)
def test_a_rule_that_is_gone_or_refuses_nothing_is_found_in_a_file(
    settings: Settings, released: int, rule: Rule
) -> None:
    written, drop = trigger_text(rule, "sqlite"), f"DROP TRIGGER {rule.name}"
    with changed(drop, written):
        assert_only_fails(settings, "frozen", f"The rule {rule.name} is not there.")
    blunt = written.replace(" WHEN ", " WHEN 1 = 0 AND ")
    with changed(drop, written), changed(blunt, drop):
        assert_only_fails(settings, "frozen", f"The rule {rule.name} does not read as Pulse made it.")


@ON_POSTGRESQL
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_that_is_gone_off_or_refuses_nothing_is_found_on_a_server(
    settings: Settings, released: int, rule: Rule
) -> None:
    name, table = rule.name, rule.table
    written = trigger_text(rule, "postgresql")
    with changed(f"DROP TRIGGER {name} ON {table}", written):
        assert_only_fails(settings, "frozen", f"The rule {name} is not there.")
    off = f"ALTER TABLE {table} {{}} TRIGGER {name}"
    for state in ("DISABLE", "ENABLE REPLICA"):
        with changed(off.format(state), off.format("ENABLE")):
            assert_only_fails(settings, "frozen", f"The rule {name} does not read as Pulse made it.")
    blunt = written.replace("FOR EACH ROW", "FOR EACH ROW WHEN (false)")
    with changed(
        blunt.replace("CREATE", "CREATE OR REPLACE"), written.replace("CREATE", "CREATE OR REPLACE")
    ):
        assert_only_fails(settings, "frozen", f"The rule {name} does not read as Pulse made it.")
    function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${{}}$$"
    with changed(function.format(" BEGIN RETURN NEW; END "), function.format(function_body(rule))):
        assert_only_fails(settings, "frozen", f"The function {name} does not read as Pulse made it.")


@ON_POSTGRESQL
def test_a_function_that_runs_as_another_user_is_found(settings: Settings, released: int) -> None:
    with changed("ALTER FUNCTION keep_wave SECURITY DEFINER", "ALTER FUNCTION keep_wave SECURITY INVOKER"):
        assert_only_fails(settings, "frozen", "The function keep_wave does not read as Pulse made it.")


@ON_POSTGRESQL
def test_a_trigger_that_borrows_a_rules_name_is_found(settings: Settings, released: int) -> None:
    listen = "CREATE TRIGGER keep_wave BEFORE INSERT ON envelope FOR EACH ROW EXECUTE FUNCTION keep_wave()"
    with changed(listen, "DROP TRIGGER keep_wave ON envelope"):
        assert_only_fails(settings, "copying", "keep_wave is told of rows as they are written.")


@ON_POSTGRESQL
def test_a_server_that_passes_over_rules_is_found(settings: Settings, released: int) -> None:
    setting = "format('ALTER DATABASE %I {} session_replication_role {}', current_database())"
    make, undo = (
        f"DO $$ BEGIN EXECUTE {setting.format(*words)}; END $$"
        for words in (("SET", "= replica"), ("RESET", ""))
    )
    with changed(make, undo):
        assert_only_fails(settings, "frozen", "set to run no rules")


#: a function that tells a row to whoever reads the server's log
SPY = (
    "CREATE FUNCTION spy(p int, s bool) RETURNS bool IMMUTABLE LANGUAGE plpgsql "
    "AS $$ BEGIN IF s THEN RAISE LOG 'person % answered', p; END IF; RETURN true; END $$"
)
#: one that PostgreSQL brings along and that writes, wherever it is called
WRITES = "(lo_from_bytea(0, convert_to(person_id::text, 'UTF8')) > 0)"


@ON_POSTGRESQL
@pytest.mark.parametrize(
    ("make", "undo"),
    [
        ("CREATE RULE listen AS ON INSERT TO envelope DO ALSO SELECT 1", "DROP RULE listen ON envelope"),
        (
            "CREATE TRIGGER listen BEFORE UPDATE ON envelope FOR EACH ROW "
            "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "DROP TRIGGER listen ON envelope",
        ),
        ("CREATE PUBLICATION listen FOR TABLE envelope", "DROP PUBLICATION listen"),
        ("CREATE POLICY listen ON invitation USING (true)", "DROP POLICY listen ON invitation"),
    ],
)
def test_whatever_listens_is_found(settings: Settings, released: int, make: str, undo: str) -> None:
    with changed(make, undo):
        assert_only_fails(settings, "copying", "listen is told of rows as they are written.")


@ON_POSTGRESQL
@pytest.mark.parametrize("schema", ["public", "pg_catalog"])
def test_a_function_is_found_in_whichever_schema_it_hides(
    settings: Settings, released: int, schema: str
) -> None:
    with changed(SPY.replace("spy(", f"{schema}.spy("), f"DROP FUNCTION {schema}.spy"):
        assert_only_fails(settings, "copying", "a function that Pulse did not make: spy.")


@ON_POSTGRESQL
@pytest.mark.parametrize(
    ("rule", "make", "undo"),
    [
        (
            "invitation.ck_spy",
            f"ALTER TABLE invitation ADD CONSTRAINT ck_spy CHECK {WRITES} NOT VALID",
            "ALTER TABLE invitation DROP CONSTRAINT ck_spy",
        ),
        (
            "wave.ck_wave_k_floor",
            "ALTER TABLE wave DROP CONSTRAINT ck_wave_k_floor; "
            "ALTER TABLE wave ADD CONSTRAINT ck_wave_k_floor CHECK (pg_notify('x', '') IS NULL) NOT VALID",
            "ALTER TABLE wave DROP CONSTRAINT ck_wave_k_floor; "
            "ALTER TABLE wave ADD CONSTRAINT ck_wave_k_floor CHECK (k >= 5)",
        ),
        (
            "invitation.ix_spy",
            "CREATE INDEX ix_spy ON invitation (abs(person_id)) WHERE spent",
            "DROP INDEX ix_spy",
        ),
        (
            "invitation.delivery",
            "ALTER TABLE invitation ALTER delivery SET DEFAULT extract(epoch FROM now())::int",
            "ALTER TABLE invitation ALTER delivery DROP DEFAULT",
        ),
    ],
)
def test_a_rule_that_runs_when_a_row_is_written_is_found(
    settings: Settings, released: int, rule: str, make: str, undo: str
) -> None:
    with changed(make, undo):
        assert_only_fails(settings, "copying", f"Pulse does not know the rule {rule}, ")


@ON_POSTGRESQL
def test_a_column_that_is_made_of_others_is_found(settings: Settings, released: int) -> None:
    made = "ALTER TABLE block ADD COLUMN made int GENERATED ALWAYS AS (n + 1) STORED"
    with changed(made, "ALTER TABLE block DROP COLUMN made"):
        assert "Pulse does not know the rule block.made" in found(settings, "copying").found
        assert found(settings, "strangers").verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("make", "undo", "words"),
    [
        ("CREATE VIEW who AS SELECT * FROM invitation", "DROP VIEW who", "the view who."),
        pytest.param(
            "CREATE MATERIALIZED VIEW kept AS SELECT * FROM invitation",
            "DROP MATERIALIZED VIEW kept",
            "the stored view kept.",
            marks=ON_POSTGRESQL,
        ),
        pytest.param(
            "CREATE FOREIGN DATA WRAPPER far; CREATE SERVER away FOREIGN DATA WRAPPER far; "
            "CREATE FOREIGN TABLE copies (said text) SERVER away",
            "DROP FOREIGN DATA WRAPPER far CASCADE",
            "the foreign table copies. Pulse does not know the link to another server away.",
            marks=ON_POSTGRESQL,
        ),
    ],
)
def test_what_is_no_table_and_shows_or_keeps_rows_is_found(
    settings: Settings, released: int, make: str, undo: str, words: str
) -> None:
    with changed(make, undo):
        assert_only_fails(settings, "strangers", f"Pulse does not know {words}")


@ON_POSTGRESQL
def test_large_objects_are_found(settings: Settings, released: int) -> None:
    with changed(
        "SELECT lo_from_bytea(0, 'person 7 answered')", "SELECT lo_unlink(oid) FROM pg_largeobject_metadata"
    ):
        assert_only_fails(settings, "strangers", "1 large objects are stored beside the tables")


@ON_POSTGRESQL
@pytest.mark.parametrize("schema", ["information_schema_x", "pgs"])
def test_a_table_is_found_in_a_schema_that_is_called_much_like_the_servers_own(
    settings: Settings, released: int, schema: str
) -> None:
    make = f"CREATE SCHEMA {schema}; CREATE TABLE {schema}.alembic_version (version_num text)"
    with changed(make, f"DROP SCHEMA {schema} CASCADE"):
        assert_only_fails(settings, "strangers", f"Pulse does not know the table {schema}.alembic_version.")


def test_the_table_of_the_version_may_hold_the_version_alone(settings: Settings, released: int) -> None:
    make = "CREATE TABLE alembic_version (version_num VARCHAR(32){})"
    with changed(make.format(""), "DROP TABLE alembic_version"):
        assert found(settings, "strangers").verdict is Verdict.PASS
    with changed(make.format(", who TEXT"), "DROP TABLE alembic_version"):
        assert_only_fails(settings, "strangers", "Pulse does not know the column who of alembic_version.")


@ON_SQLITE
def test_answers_with_row_numbers_are_found(settings: Settings, released: int) -> None:
    numbered = "CREATE TABLE envelope (wave_id INTEGER, id BLOB, sealed BLOB)"
    with (
        changed("ALTER TABLE envelope RENAME TO aside", "ALTER TABLE aside RENAME TO envelope"),
        changed(numbered, "DROP TABLE envelope"),
    ):
        one = found(settings, "row_numbers")
    assert one.verdict is Verdict.FAIL
    assert one.found == "The table envelope numbers its rows as they come."
