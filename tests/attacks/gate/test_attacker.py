"""The attacker itself: what it finds is there, and where everything can be tried it misses nothing."""

import ast
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from tests.attacks.gate.attacker import Effort, attack, innermost
from tests.attacks.gate.bounds import exactly, proven_unfavourable, to_the_nearest_three
from tests.attacks.gate.flows import small_cuts
from tests.attacks.gate.planted import isolates
from tests.attacks.gate.publications import UNITS, Ints, Publication, people_by, sets_of
from tests.attacks.gate.search import Types
from tests.attacks.gate.sparsest import Sparsest
from tests.attacks.gate.vendors import RULES, THRESHOLD, UNTIL_K, UNTIL_TWO, shown_parts

HERE = Path(__file__).parent
ATTACKERS = (
    "attacker",
    "bounds",
    "flows",
    "organisations",
    "publications",
    "rank",
    "search",
    "sparsest",
    "vendors",
)


def make_publication(*columns: list[int]) -> Publication:
    """Families in which each person has a number (-1: in no total), units first; every number is a total."""
    sets = {
        (UNITS if at == 0 else f"family {at}"): sets_of(people_by(np.array(column)).values(), len(column))
        for at, column in enumerate(columns)
    }
    return Publication("made up", sets, 0, 0, np.ones(len(columns[0]), dtype=bool))


def columns(seed: int, people: int, *widths: int) -> list[list[int]]:
    rng = np.random.default_rng(seed)
    return [rng.integers(-1, width, people).tolist() for width in widths]


def smallest_of_all(publication: Publication, most: int) -> set[frozenset[int]]:
    """By trying every group of up to so many people."""
    found: set[frozenset[int]] = set()
    for size in range(1, most + 1):
        for group in map(frozenset, combinations(range(publication.people), size)):
            if not any(other <= group for other in found) and isolates(publication, group):
                found.add(group)
        if found:
            break
    return found


@pytest.mark.parametrize("attacker", ATTACKERS)
def test_an_attacker_shares_no_code_with_the_product(attacker: str) -> None:
    tree = ast.parse((HERE / f"{attacker}.py").read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    ours = {module for module in modules if module.split(".")[0] in ("pulse", "tests")}
    assert ours <= {f"tests.attacks.gate.{name}" for name in ATTACKERS}


@pytest.mark.parametrize("seed", range(12))
def test_the_smallest_group_that_two_families_isolate_is_found(seed: int) -> None:
    publication = make_publication(*columns(seed, 9, 3, 3))
    truth = smallest_of_all(publication, 4)
    found = small_cuts(publication.kinds(UNITS), publication.kinds("family 1"), 5)
    assert min(map(len, found), default=None) == min(map(len, truth), default=None)
    assert all(isolates(publication, group) for group in found)


@pytest.mark.parametrize("seed", range(12))
def test_the_smallest_group_that_four_families_isolate_is_found(seed: int) -> None:
    publication = make_publication(*columns(seed, 11, 2, 2, 2, 3))
    truth = smallest_of_all(publication, 4)
    found = attack(publication, 5, np.random.default_rng(seed), Effort(60, None)).smallest
    assert min(map(len, found), default=None) == min(map(len, truth), default=None)
    assert all(isolates(publication, group) for group in found)


@pytest.mark.parametrize("seed", range(6))
def test_programmes_alone_prove_what_trying_everything_shows(seed: int) -> None:
    publication = make_publication(*columns(seed, 10, 2, 2, 2))
    truth = smallest_of_all(publication, 3)
    types = Types.of_publication(publication)
    verdicts = [Sparsest(types, 4).judge(int(target)) for target in Sparsest(types, 4).candidates()]
    assert any(verdict.group for verdict in verdicts) == bool(truth)
    assert not any(verdict.undecided for verdict in verdicts)


def test_of_groups_inside_one_another_the_smallest_count() -> None:
    groups = [frozenset({1, 2}), frozenset({1, 2, 3}), frozenset({2, 3}), frozenset({4})]
    assert innermost(groups) == {frozenset({1, 2}), frozenset({2, 3}), frozenset({4})}


@pytest.mark.parametrize(
    ("rule", "sizes", "silent", "shown"),
    [
        (THRESHOLD, (4, 12, 15, 30), 0, (12, 15, 30)),
        (UNTIL_TWO, (4, 12, 15, 30), 0, (15, 30)),
        (UNTIL_TWO, (4, 12, 15, 30), 3, (12, 15, 30)),
        (UNTIL_K, (4, 3, 15, 30), 0, (30,)),
        (UNTIL_K, (4, 3, 15, 30), 3, (15, 30)),
        (UNTIL_K, (12, 15), 0, (12, 15)),
    ],
)
def test_vendors_hide_the_next_smallest(
    rule: str, sizes: tuple[int, ...], silent: int, shown: tuple[int, ...]
) -> None:
    assert rule in RULES
    found = shown_parts(dict(enumerate(sizes)), silent, rule, 10)
    assert tuple(sizes[part] for part in sorted(found)) == shown


def proven(publication: Publication, answers: Ints, exact: bool) -> set[frozenset[int]]:
    rule = exactly if exact else to_the_nearest_three
    return set(proven_unfavourable(publication, answers, rule, np.random.default_rng(0)).groups)


def test_somebody_is_proven_unfavourable_where_subtraction_leaves_only_such_answers() -> None:
    """Unit 0 (people 0 to 9) and the first category (people 0 to 21): 10 to 21 are what is left."""
    publication = make_publication([0] * 10 + [1] * 20, [0] * 22 + [1] * 8)
    answers = np.array([4] * 10 + [0] * 12 + [3] * 8)
    assert proven(publication, answers, exact=False) == {frozenset(range(10, 22))}
    answers[10] = 2  # and with one neutral answer among them it might be anybody's
    assert proven(publication, answers, exact=True) == set()
