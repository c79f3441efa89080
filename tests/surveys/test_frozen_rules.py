"""The database itself refuses to lower what a wave promised, and to rewrite what it asked or published."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from pulse.db import db, writing
from pulse.results.models import Release
from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Wave
from tests.directory.factories import make_org
from tests.surveys.factories import NOW, make_open_wave, make_planned_wave, make_programme

pytestmark = pytest.mark.usefixtures("app")

PROMISED = "Staff were promised this k and profile when a wave opened"
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
