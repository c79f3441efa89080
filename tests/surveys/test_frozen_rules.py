"""The database itself refuses to lower what a wave promised, and to rewrite what it asked or published."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from pulse.db import Base, db, writing
from pulse.results.models import Release
from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Wave
from tests.directory.factories import make_org
from tests.support.databases import chosen_kind
from tests.surveys.factories import NOW, make_open_wave, make_planned_wave, make_programme

pytestmark = pytest.mark.usefixtures("app")

PROMISED = "Staff were promised this k and profile when a wave opened"
ON_SQLITE = pytest.mark.skipif(chosen_kind() != "sqlite", reason="PostgreSQL has no REPLACE")
STAYS = "The k and the profile of a wave stay as they were when it opened"


@pytest.fixture
def wave(keyring: Keyring) -> Wave:
    """Open, of 8 people, with k = 12 of the NHS profile."""
    make_org()
    return make_open_wave(keyring, make_programme(k=12, profile="nhs"))


def run(statement: str) -> None:
    with writing():
        db.session.execute(text(statement))
    db.session.expire_all()


def refuses(statement: str, sentence: str) -> None:
    with pytest.raises(IntegrityError) as error:
        run(statement)
    assert sentence in str(error.value.orig)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE programme SET k = 11", PROMISED),
        ("UPDATE programme SET profile = 'standard'", PROMISED),
        ("UPDATE programme SET k = 20, profile = 'standard'", PROMISED),
        ("UPDATE wave SET k = 11", STAYS),
        ("UPDATE wave SET k = 13", STAYS),
        ("UPDATE wave SET profile = 'standard'", STAYS),
        ("UPDATE wave SET state = 'planned'", "it never opens again"),
        ("UPDATE wave_plan SET plan = '{}'", "What a wave asks stays"),
        ("UPDATE wave_unit SET parent_id = 1", "The organisation of a wave stays"),
        ("UPDATE wave_unit SET headcount = headcount", "The organisation of a wave stays"),
    ],
)
@pytest.mark.parametrize("state", ["open", "closing", "held", "released", "cancelled"])
def test_what_a_wave_promised_is_kept_in_every_state_that_follows(
    wave: Wave, state: str, statement: str, sentence: str
) -> None:
    run(f"UPDATE wave SET state = '{state}'")
    refuses(statement, sentence)
    kept = queries.get_wave(wave.id)
    assert (kept.k, kept.profile, kept.state) == (12, "nhs", state)
    assert (kept.programme.k, kept.programme.profile) == (12, "nhs")


def test_a_release_is_never_changed(wave: Wave) -> None:
    released_at = datetime(2026, 10, 20, tzinfo=UTC)
    people = {"eligible": 8, "delivered": 8, "answered": 0}
    with writing():
        db.session.add(Release(wave_id=wave.id, released_at=released_at, k=12, digest="abc", **people))
    for change in ("k = 11", "answered = 8", "digest = 'abcd'", "softened = 0"):
        refuses(f"UPDATE release SET {change}", "A release is written once")
    if chosen_kind() == "sqlite":
        for values in ({"k": "11"}, {"id": "id + 50", "digest": "'abcd'"}):
            refuses(
                f"INSERT OR REPLACE INTO release {copied('release', **values)}", "A release is never written"
            )


def copied(table: str, **values: str) -> str:
    """What selects every row of a table, with other values in these columns; `_rowid` is SQLite's own."""
    columns = [column.name for column in Base.metadata.tables[table].columns]
    listed = ", ".join(f"{values[name]} AS {name}" if name in values else name for name in columns)
    return f"({', '.join(columns)}) SELECT {listed} FROM {table}"


#: (table, what is changed, the refusal): with the same key, or with another where a second one is unique
REPLACED = [
    ("programme", {"k": "11"}, "A survey is never written over"),
    ("programme", {"profile": "'standard'"}, "A survey is never written over"),
    ("programme", {"id": "id + 50", "k": "11"}, "A survey is never written over"),
    ("programme", {"id": "id + 50", "name": "'Another'", "k": "11"}, "A survey is never written over"),
    ("wave", {"k": "11"}, "A wave that has opened is never written over"),
    ("wave", {"state": "'planned'"}, "A wave that has opened is never written over"),
    ("wave", {"id": "id + 50", "k": "11"}, "A wave that has opened is never written over"),
    ("wave_plan", {"plan": "'{}'"}, "What a wave asks is never written over"),
    ("wave_unit", {"headcount": "99"}, "The organisation of a wave is never written over"),
]


@ON_SQLITE
@pytest.mark.parametrize(("table", "values", "sentence"), REPLACED)
@pytest.mark.parametrize("state", ["open", "released", "cancelled"])
def test_sqlite_lets_nobody_replace_what_cannot_be_changed(
    wave: Wave, state: str, table: str, values: dict[str, str], sentence: str
) -> None:
    """A row that REPLACE takes away fires no trigger of an update or a deletion."""
    run(f"UPDATE wave SET state = '{state}'")
    rows = copied(table, **values)
    refuses(f"INSERT OR REPLACE INTO {table} {rows}", sentence)
    refuses(f"REPLACE INTO {table} {rows}", sentence)
    kept = queries.get_wave(wave.id)
    assert (kept.k, kept.profile, kept.state, kept.programme.k) == (12, "nhs", state, 12)


@ON_SQLITE
def test_sqlite_lets_nobody_replace_a_row_by_its_row_number(wave: Wave) -> None:
    team = "SELECT rowid, wave_id, unit_id + 50, parent_id, name, 99 FROM wave_unit"
    into = "wave_unit (rowid, wave_id, unit_id, parent_id, name, headcount)"
    refuses(f"INSERT OR REPLACE INTO {into} {team}", "The organisation of a wave is never written over")


@ON_SQLITE
@pytest.mark.parametrize("number", ["id", "rowid"])
def test_sqlite_lets_no_other_row_take_the_place_of_one(wave: Wave, number: str) -> None:
    other = make_planned_wave(make_programme(k=15))
    lower = f"UPDATE OR REPLACE programme SET {number} = {wave.programme_id}, k = 5"
    refuses(f"{lower} WHERE id = {other.programme_id}", "A survey keeps its number")
    refuses(
        f"UPDATE OR REPLACE wave SET {number} = {wave.id} WHERE id = {other.id}", "A wave keeps its number"
    )
    assert (queries.get_wave(wave.id).k, queries.get_programme(wave.programme_id).k) == (12, 12)


@ON_SQLITE
@pytest.mark.parametrize("unique", ["name", "results_key"])
def test_sqlite_lets_no_other_survey_take_what_only_one_may_have(wave: Wave, unique: str) -> None:
    other = make_planned_wave(make_programme(k=15))
    taken = f"(SELECT {unique} FROM programme WHERE id = {wave.programme_id})"
    refuses(
        f"UPDATE OR REPLACE programme SET {unique} = {taken}, k = 5 WHERE id = {other.programme_id}",
        "No two surveys have the same name or link",
    )
    assert queries.get_programme(wave.programme_id).k == 12


def test_a_new_row_beside_those_that_are_kept_is_written(wave: Wave) -> None:
    """Only an existing key is refused; a wave that is planned can still be written anew."""
    programme = make_programme(k=15)
    other = make_planned_wave(programme)
    if chosen_kind() == "sqlite":
        run(f"INSERT OR REPLACE INTO wave {copied('wave', k='16')} WHERE id = {other.id}")
        assert queries.get_wave(other.id).k == 16
    run(f"INSERT INTO wave_unit {copied('wave_unit', wave_id=str(other.id))}")
    assert queries.get_wave(wave.id).k == 12


def test_k_and_profile_can_be_raised_and_all_else_goes_on(wave: Wave) -> None:
    run("UPDATE programme SET k = 13")
    run("UPDATE programme SET name = 'Renamed', open_days = 20")
    run("UPDATE wave SET problem = 'Letters wait.', state = 'closing'")
    assert (queries.get_wave(wave.id).k, queries.get_programme(wave.programme_id).k) == (12, 13)


def test_before_a_wave_has_opened_k_and_profile_go_both_ways() -> None:
    make_org()
    wave = make_planned_wave(make_programme(k=12, profile="nhs"), now=NOW)
    run("UPDATE programme SET k = 10, profile = 'standard'")
    run("UPDATE wave SET k = 10, profile = 'standard'")
    run("UPDATE wave SET state = 'cancelled'")  # it never opened, so nobody was promised anything
    run("UPDATE programme SET k = 9")
    assert queries.get_wave(wave.id).k == 10


def test_one_survey_says_nothing_of_another(wave: Wave) -> None:
    other = make_programme(k=15)
    run(f"UPDATE programme SET k = 10 WHERE id = {other.id}")
    refuses("UPDATE programme SET k = 10", PROMISED)


@pytest.mark.parametrize(
    "values", ["k = 10, profile = 'nhs'", "profile = 'lenient'", "k = 4", "profile = 'NHS'"]
)
def test_a_profile_that_is_none_or_a_k_below_it_is_refused(values: str) -> None:
    make_programme(k=12)
    with pytest.raises(IntegrityError):
        run(f"UPDATE programme SET {values}")
