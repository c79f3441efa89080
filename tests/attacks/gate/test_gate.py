"""The gate under attack, short: `make attack-gate` runs every row at full size."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np

from tests.attacks.gate import ours, vendors
from tests.attacks.gate.attacker import Effort, attack
from tests.attacks.gate.bounds import exactly, proven_answers, to_the_nearest_three
from tests.attacks.gate.comparing import K, compare
from tests.attacks.gate.council import make_council, questions
from tests.attacks.gate.fuzz import playing
from tests.attacks.gate.invariance import shapes
from tests.attacks.gate.organisations import make_organisation, many
from tests.attacks.gate.planted import plant_many
from tests.attacks.gate.unfavourable import MOODS, judge


def say(_what: str) -> None:
    """Tests are silent."""


def test_ours_gives_nobody_away_and_each_vendors_rule_does() -> None:
    organisations = ((f"organisation {number}", one) for number, one in enumerate(many(3, 60, 100, 11)))
    sums = {one.rule: one for one in compare(organisations, Effort(40, 10), Effort(5), say)}
    for rule in vendors.RULES:
        theirs = sums.pop(rule)
        assert theirs.leaking == theirs.organisations
        assert theirs.singles > 0
    assert len(sums) == 2  # all people, and those who answered a question that some skipped
    assert [(one.groups, one.undecided, one.where) for one in sums.values()] == [(0, 0, [])] * 2
    assert all(one.own > 0 and one.judged > 0 for one in sums.values())


def test_for_a_whole_organisation_it_is_proven_that_no_combination_isolates_fewer_than_k() -> None:
    rng = np.random.default_rng(21)
    organisation = make_organisation(rng, 60)
    found = attack(ours.publish(organisation, K, rng), K, rng, Effort(0, None))
    assert found.judged > 100
    assert (found.smallest, found.undecided) == (set(), 0)
    theirs = vendors.publish(organisation, vendors.UNTIL_K, K)
    assert attack(theirs, K, rng, Effort(0, 20)).programmes


def test_planted_leaks_are_taken_out_by_the_gate_and_seen_by_the_attacker() -> None:
    plants = list(plant_many(9, 3, Effort(20, 0), most_units=100))
    assert [len(plant.people) for plant in plants] == list(range(1, 10))
    assert all(plant.real for plant in plants)
    assert not any(plant.through for plant in plants)
    assert sum(plant.seen for plant in plants) >= 8


def test_nobody_is_proven_unfavourable_as_they_are_under_every_vendors_rule() -> None:
    sums = judge([25, 32], 5, say, vendors.RULES, chosen=MOODS[:2])
    proven = {(one.mood, one.rule): one.proven for one in sums}
    undecided = [one.undecided for one in sums if one.rule == ours.BLOCKS]
    assert [n for (_, rule), n in proven.items() if rule == ours.BLOCKS] == [0, 0]
    assert undecided == [0, 0]
    assert all(n > 0 for (_, rule), n in proven.items() if rule != ours.BLOCKS)


def test_of_a_council_where_some_skip_questions_nobodys_answer_follows_from_all_that_is_released() -> None:
    """Whoever they are, whatever they chose."""
    found = list(questions(make_council(1)))
    rng = np.random.default_rng(0)
    for one in found:
        ours_shown = proven_answers(one.publication, one.answers, to_the_nearest_three, rng)
        assert (ours_shown.people, ours_shown.undecided) == (0, 0)
        assert one.cells
    assert proven_answers(found[0].ungated, found[0].answers, exactly, rng).people > 0
    assert len({one.answers.size for one in found}) > 1  # some skipped


def test_whatever_is_asked_by_anybody_nothing_is_shown_that_was_not_released(
    tmp_path: Path, new_database: Callable[[str], str]
) -> None:
    with playing(tmp_path, new_database("fuzzed")) as stage:
        stage.fuzz(300, Random(8), papers=False)
        stage.fuzz_exports(20, Random(9))
    assert stage.rules.cells
    assert stage.rules.silent
    assert dict(stage.found) == {}
    assert any("hidden cell" in what for what in stage.weak)
    assert any("the word" in what for what in stage.weak)
    for breach in ("undeclared number", "out of reach", "team that was not released", "people on a map"):
        assert any(breach in what for what in stage.weak), breach
    files = {kind for kind in stage.judged if not kind.startswith("text/html") and stage.judged[kind]}
    assert len(files) >= 5  # CSV, XLSX, ODS, JSON and calendars


def test_answers_dealt_out_again_give_the_same_tables() -> None:
    for seed in range(2):
        first, *others = shapes(np.random.default_rng(seed), 2)
        assert first.cells
        assert all(other == first for other in others)
    assert next(shapes(np.random.default_rng(9), 0)) != first
