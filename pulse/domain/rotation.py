"""Whose turn it is: which questions a wave asks, and which people, these by a keyed hash.

A person's cohort and block follow from the survey's own random key and the person's id alone. Nothing is
drawn when a wave opens and nothing is kept of it, so years later, and with other people around them, the
same person is still in the same cohort; and who does not hold the key cannot work out who was asked.
Source: measurement design, section 3 (cohorts by keyed hash; matrix sampling by random blocks per person).
"""

import hashlib
import hmac
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

#: questions rotate by person only where a wave asks so many: a small team split into blocks shows nothing
MIN_BY_PERSON = 300
#: a unit of fewer people is asked as a whole, so that one wave can show it
WHOLE_UNDER = 30


class Turns(NamedTuple):
    """Questions that take turns, in this order: `a_wave` of them in a wave, the next ones in the next."""

    questions: tuple[str, ...]
    a_wave: int


class Placed(NamedTuple):
    """A person and the unit of the main post."""

    person_id: int
    unit_id: int


def cohort_of(draw_key: str, person_id: int, unit_id: int, unit_size: int, cohorts: int) -> int:
    """The cohort of a person, from 0; `unit_size` counts the people directly in the unit.

    Units of fewer than WHOLE_UNDER people are in one cohort as a whole. A joiner or a leaver changes
    nobody else's cohort, unless their unit grows or shrinks past WHOLE_UNDER. Who moves to or from a small
    unit may change cohorts.
    """
    if cohorts == 1:
        return 0
    if unit_size < WHOLE_UNDER:
        return _draw(draw_key, f"cohort of unit {unit_id}", cohorts)
    return _draw(draw_key, f"cohort of person {person_id}", cohorts)


def block_of(draw_key: str, person_id: int, blocks: int) -> int:
    """The block of a person, from 0; drawn apart from the cohort, so that every cohort has every block."""
    return _draw(draw_key, f"block of person {person_id}", blocks) if blocks > 1 else 0


def cohort_of_wave(number: int, cohorts: int) -> int | None:
    """Which cohort the n-th wave (from 1) asks; None is everybody."""
    return (number - 1) % cohorts if cohorts > 1 else None


def cohorts_of(draw_key: str, people: Sequence[Placed], cohorts: int) -> list[int]:
    """The cohort of each of these people, in order; `people` is everybody in their units."""
    sizes = Counter(person.unit_id for person in people)
    return [
        cohort_of(draw_key, person.person_id, person.unit_id, sizes[person.unit_id], cohorts)
        for person in people
    ]


def cohort_spread(unit_sizes: Mapping[int, int] | Iterable[int], cohorts: int) -> float:
    """The standard deviation of a cohort's number of people over all keys, given the sizes of the units.

    People of large units fall one by one, small units whole: each piece of size s adds s² (1/c)(1 - 1/c).
    """
    sizes = unit_sizes.values() if isinstance(unit_sizes, Mapping) else unit_sizes
    pieces = sum(size * size if size < WHOLE_UNDER else size for size in sizes)
    return math.sqrt(pieces * (cohorts - 1)) / cohorts


def take_turns(groups: Sequence[Turns], waves: int, pairs: Mapping[str, str]) -> list[list[str]]:
    """What each of so many waves asks, group by group; each goes round its questions again and again.

    `pairs` tells of a question which pair it is of: neighbours of one pair are asked together, so such a wave
    may ask one more than `a_wave`.
    """
    rounds = [list(_go_round(bundles_of(group.questions, pairs), group.a_wave, waves)) for group in groups]
    return [[item for each in rounds for item in each[wave]] for wave in range(waves)]


def bundles_of(questions: Sequence[str], pairs: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The questions in order, both sides of a pair that stand beside each other as one."""
    bundles: list[tuple[str, ...]] = []
    for item in questions:
        pair = pairs.get(item)
        if pair is not None and bundles and pairs.get(bundles[-1][0]) == pair:
            bundles[-1] += (item,)
        else:
            bundles.append((item,))
    return bundles


def _go_round(bundles: Sequence[tuple[str, ...]], a_wave: int, waves: int) -> Iterator[list[str]]:
    """Of each wave its questions: bundles in turn until there are `a_wave`, none twice."""
    at = 0
    for _ in range(waves):
        asked: list[str] = []
        taken = 0
        while len(asked) < a_wave and taken < len(bundles):
            asked += bundles[(at + taken) % len(bundles)]
            taken += 1
        at += taken
        yield asked


def asked_by_block(rotation: Sequence[Sequence[str]], turn: int) -> list[list[str]]:
    """What each block is asked at the n-th turn (from 0): together they cover the whole rotation.

    Block b asks `rotation[(turn + b) % len(rotation)]`, so each person goes through the rotation in order.
    """
    return [list(rotation[(turn + block) % len(rotation)]) for block in range(len(rotation))]


def _draw(draw_key: str, what: str, count: int) -> int:
    """One of 0 to count - 1; of 64 bits, so no value is likelier by more than count / 2**64."""
    digest = hmac.new(draw_key.encode(), what.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") % count
