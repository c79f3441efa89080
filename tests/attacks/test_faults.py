"""The fault runs, short: `make faults` runs them at full size and prints their figures."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from tests.attacks import faults_weak as weak
from tests.attacks.faults import FORMS, Absence, Outcome, Place, at_once, away, killed, measure
from tests.attacks.faults_away import FailingPostgres, locked
from tests.attacks.faults_people import hidden_fields
from tests.attacks.faults_run import control, table
from tests.support.databases import chosen_kind

SECONDS_AWAY = 3.0
#: by this seed everything is killed once, every worker once, and one of them once
KILLS, KILLS_SEED = 3, 135
#: links used at once; answers while processes are killed
LINKS, ANSWERS = 16, 72

NewDatabase = Callable[[str], str]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    """Every trouble in turn, on a database of its own, because it is taken away."""
    folder = tmp_path_factory.mktemp("faults")
    troubles = [at_once(LINKS), killed(ANSWERS, KILLS, KILLS_SEED)]
    with ExitStack() as stack:
        if chosen_kind() == "sqlite":
            place = Place(folder, "SQLite", f"sqlite:///{folder / 'pulse.db'}")
            absences: dict[str, Absence] = {"locked": partial(locked, folder / "pulse.db")}
        else:
            server = FailingPostgres()
            stack.callback(server.stop)
            place = Place(folder, "PostgreSQL", server.create("faults"))
            absences = {"stopped": server.stopped, "frozen": server.frozen}
        troubles += [away(FORMS * 4, absence, what, SECONDS_AWAY) for what, absence in absences.items()]
        return measure(place, troubles)


@pytest.fixture
def outcomes(measured: list[Outcome], new_database: NewDatabase) -> list[Outcome]:
    """`new_database` is asked for so that these tests run on PostgreSQL too."""
    return measured


def test_twenty_posts_at_once_from_each_link_store_one_answer_each(outcomes: list[Outcome]) -> None:
    crowded = outcomes[0]
    assert crowded.is_whole, table(outcomes)
    assert (crowded.envelopes, crowded.spent, crowded.diary.posts) == (LINKS, LINKS, LINKS * 11)
    assert crowded.faults == LINKS * 9  # the other posts broke off in the middle


def test_no_answer_is_lost_or_doubled_when_the_web_process_is_killed(outcomes: list[Outcome]) -> None:
    killed_one = outcomes[1]
    assert killed_one.is_whole, table(outcomes)
    assert killed_one.faults == KILLS
    assert killed_one.diary.broken > 0  # people did notice
    assert killed_one.envelopes == ANSWERS


def test_while_the_database_is_away_a_page_hands_the_answers_back_and_none_is_lost(
    outcomes: list[Outcome],
) -> None:
    """The pages came while it was still away: the run brings it back only after the first of them."""
    absences = outcomes[2:]
    assert absences
    for absence in absences:
        assert absence.is_whole, table(outcomes)
        assert len(absence.diary.first_waits) == FORMS
        assert absence.diary.forgetful_pages == 0


def test_a_page_that_forgets_an_answer_would_be_noticed() -> None:
    page = '<form><input type="hidden" name="PTA-01" value="4&amp;5"><input name="x" value="1"></form>'
    assert hidden_fields(page) == {"PTA-01": "4&5"}


def test_an_answer_acknowledged_before_it_is_stored_is_found_lost(tmp_path: Path) -> None:
    assert control(tmp_path, weak.THANKS_FIRST).lost > 0


def test_a_link_claimed_without_looking_is_found_doubled(tmp_path: Path) -> None:
    assert control(tmp_path, weak.LOOKS_FIRST).doubled > 0


def test_half_an_answer_stored_as_a_whole_one_is_found(tmp_path: Path) -> None:
    """Seen once: a phone that lost its connection in the middle left half of a form behind."""
    cut_short = control(tmp_path, weak.HALF_BODIES)
    assert cut_short.strange > 0
    assert cut_short.lost == cut_short.strange
