"""Marks of what was done: on the lines it should move, and only where it was done."""

from dataclasses import replace
from datetime import date

import pytest

from pulse.actions.summaries import Flag
from pulse.dashboards.flags import Done, marks_of, said_of
from pulse.surveys.rewordings import Replacement, Rewording
from tests.dashboards.factories import make_points
from tests.results.stored import make_group

CLOSED = {f"Wave {n}": date(2026, n, 28) for n in range(1, 5)}
POINTS = make_points(50, 52, 53, 55)


def done(*flags: Flag, line: frozenset[int | None] = frozenset({None, 7}), whole: bool = False) -> Done:
    return Done(list(flags), CLOSED, line, whole)


def flag(
    month: int = 2, measure: str | None = "AMB", unit_id: int | None = None, label: str = "Did it"
) -> Flag:
    return Flag(date(2026, month, 10), label, measure, unit_id)


def test_a_mark_stands_before_the_first_wave_that_closed_afterwards() -> None:
    marks = done(flag(3)).here(POINTS, {"AMB"})
    assert marks_of(marks) == {2: "1"}
    assert said_of(marks) == ["Mark 1: Did it (March 2026)."]


def test_only_what_names_the_measure_is_marked() -> None:
    some = done(flag(2, "PTA"), flag(2, None), flag(3, "AMB"))
    assert marks_of(some.here(POINTS, {"AMB"})) == {2: "1"}
    assert marks_of(some.here(POINTS, {"TAA"})) == {}


@pytest.mark.parametrize(("unit_id", "seen"), [(None, True), (7, True), (8, False)])
def test_a_part_shows_what_was_done_in_its_own_line(unit_id: int | None, seen: bool) -> None:
    assert bool(done(flag(unit_id=unit_id)).here(POINTS, {"AMB"})) is seen
    assert done(flag(unit_id=unit_id), whole=True).here(POINTS, {"AMB"})


def test_a_team_shows_its_own_and_what_was_done_for_all_around_it() -> None:
    team, joined = make_group(kind="unit", unit_id=None), make_group(kind="combined", unit_id=None)
    some = done(flag(2, unit_id=7), flag(3, unit_id=9), whole=True)
    assert marks_of(some.of_team(team, POINTS, {"AMB"})) == {1: "1"}
    assert marks_of(some.of_team(joined, POINTS, {"AMB"})) == {1: "1"}


def test_a_mark_says_the_whole_sentence_and_for_whom() -> None:
    long = "Crews and officers in Places and Environment settle what can be settled on the spot."
    some = done(flag(3, label=long)._replace(unit_id=7, unit="Places and Environment"))
    told = said_of(some.here(POINTS, {"AMB"}))
    assert told == [f"Mark 1: {long} (March 2026, Places and Environment only)."]


def test_two_things_before_one_wave_share_a_mark() -> None:
    marks = done(flag(2, label="One."), flag(2, label="Two"), flag(4)).here(POINTS, {"AMB"})
    assert marks_of(marks) == {1: "1", 3: "2"}
    assert said_of(marks)[0] == "Mark 1: One. (February 2026); Two (February 2026)."


def test_what_was_done_before_the_line_starts_or_after_it_ends_has_no_mark() -> None:
    assert done(flag(1), flag(12)).here(POINTS, {"AMB"}) == {}


def test_a_question_in_other_words_is_marked_at_the_first_wave_that_asks_it_so() -> None:
    reworded = [
        Rewording("Wave 1", "PTA-01", frozenset({"PTA"})),
        Rewording("Wave 3", "PTA-06", frozenset({"PTA"})),
    ]
    some = replace(done(flag(3, "PTA")), reworded=reworded)

    told = said_of(some.here(POINTS, {"PTA"}))

    assert len(told) == 1
    assert told[0].startswith("Mark 1: Did it (March 2026); PTA-06 is asked in other words")
    assert marks_of(some.here(POINTS, {"TAA"})) == {}


@pytest.mark.parametrize(
    ("bridged", "said"),
    [
        (frozenset({"PTA-07"}), "bridged: the two wordings agree within 5 points."),
        (frozenset[str](), "it asks something else, so no change is worked out across this mark."),
    ],
)
def test_another_question_is_marked_as_a_break_unless_a_bridge_carries_the_line(
    bridged: frozenset[str], said: str
) -> None:
    replaced = [Replacement("Wave 3", "PTA-06", "PTA-07", frozenset({"PTA"}), by_halves=True)]
    some = replace(done(), replaced=replaced, bridged=bridged)

    marks = some.here(POINTS, {"PTA"})

    assert marks_of(marks) == {2: "1"}
    assert said_of(marks) == [f"Mark 1: PTA-07 stands in place of PTA-06 from Wave 3 on; {said}"]
    assert some.here(POINTS, {"TAA"}) == {}
