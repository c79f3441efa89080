"""Makes a rotation out of a choice of questions: so many a wave, and all of them asked within one cycle.

Source: measurement design, section 3. Anchors come first in every wave. The others take turns by group (a
dimension, a facet, a scale), so that every wave asks something of every group; pairs stay together; groups
start at different places, so that reversed questions do not bunch; open questions take turns, one a wave.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import NamedTuple

from pulse.domain.rotation import Turns, bundles_of, take_turns
from pulse.domain.sentences import Sentence
from pulse.domain.words import N_


class Question(NamedTuple):
    """What the design needs to know of a question."""

    id: str
    #: questions of one group measure one thing; `facet` is a part of it
    group: str
    facet: str = ""
    #: both sides of a pair are asked in the same wave
    pair: str = ""
    reverse: bool = False
    is_open: bool = False
    #: to read and answer it
    seconds: float = 10.0


class RotationError(ValueError):
    """No such rotation can be made; one sentence says what to change."""

    def __init__(self, words: str, **values: object) -> None:
        self.sentence = Sentence(words, **values)
        super().__init__(self.sentence)


def design(
    questions: Sequence[Question],
    anchors: Sequence[str] = (),
    *,
    a_wave: int | None = None,
    minutes: float | None = None,
) -> list[list[str]]:
    """Question ids of each wave of the shortest cycle that asks them all; raises RotationError.

    a_wave: closed questions a wave, anchors among them; one more where a pair would be split. minutes: as
    many as any wave may take. With neither, or with room for everything at once, there is one wave.
    """
    chosen = _choose(questions, anchors)
    room = len(chosen.others)
    if a_wave is not None:
        room = min(room, a_wave - len(chosen.anchors))
    if chosen.others and room < 1:
        fixed = len(chosen.anchors)
        raise RotationError(
            N_(
                "%(fixed)s questions are asked in every wave: ask %(least)s or more a wave, or fewer every "
                "time."
            ),
            fixed=fixed,
            least=fixed + 1,
        )
    limit = float("inf") if minutes is None else 60 * minutes
    at_once = [[question.id for question in (*chosen.anchors, *chosen.others, *chosen.opens)]]
    if room == len(chosen.others) and chosen.longest(at_once) <= limit:
        return at_once
    most = len(chosen.anchors) + room + (2 if chosen.opens else 1)
    for slots in range(room, 0, -1):
        waves = _rotate(chosen, slots)
        if chosen.longest(waves) <= limit and (slots == 1 or max(map(len, waves)) <= most):
            return waves
    raise RotationError(
        N_(
            "The questions of every wave and one more take over %(minutes)s minutes: allow more time, or ask "
            "fewer in every wave."
        ),
        minutes=f"{minutes:g}",
    )


@dataclass(frozen=True)
class _Chosen:
    """The choice by its parts, each in the order in which it was made."""

    anchors: list[Question]
    others: list[Question]
    opens: list[Question]

    def longest(self, waves: Iterable[Iterable[str]]) -> float:
        """Seconds of the wave that takes longest."""
        seconds = {each.id: each.seconds for each in (*self.anchors, *self.others, *self.opens)}
        return max(sum(seconds[item] for item in wave) for wave in waves)


def _choose(questions: Sequence[Question], anchors: Sequence[str]) -> _Chosen:
    known = {question.id: question for question in questions}
    missing = next((anchor for anchor in anchors if anchor not in known), None)
    if missing is not None:
        words = N_("%(missing)s is to be asked in every wave but is not chosen: choose it too.")
        raise RotationError(words, missing=missing)
    turning = [question for question in questions if question.id not in anchors]
    return _Chosen(
        [known[anchor] for anchor in anchors],
        [question for question in turning if not question.is_open],
        [question for question in turning if question.is_open],
    )


def _rotate(chosen: _Chosen, slots: int) -> list[list[str]]:
    """Every wave: the anchors, about `slots` others, and the open question whose turn it is."""
    known = {question.id: question for question in chosen.others}
    # sides of a pair in different sections must stand beside each other to be asked together
    pairs = {question.id: question.pair for question in chosen.others if question.pair}
    turns = _share(_groups_of(chosen, slots), slots)
    cycle = max(chain((_cycle(turn, pairs) for turn in turns), [len(chosen.opens)]))
    turns = _spread(turns, cycle, pairs, {item for item in known if known[item].reverse})
    opens = [Turns(tuple(question.id for question in chosen.opens), 1)] if chosen.opens else []
    anchors = [question.id for question in chosen.anchors]
    return [[*anchors, *wave] for wave in take_turns([*turns, *opens], cycle, pairs)]


def _groups_of(chosen: _Chosen, most: int) -> list[list[str]]:
    """Question ids by group, facets in turn; `most` groups at most.

    The smallest take turns as one, as long as none of their questions thereby waits longer than the average.
    """
    opened = {(question.group, question.facet) for question in chosen.anchors}
    facets: dict[str, dict[str, list[list[str]]]] = {}
    for bundle in _beside(chosen.others):
        group = facets.setdefault(bundle[0].group, {})
        group.setdefault(bundle[0].facet, []).append([question.id for question in bundle])
    groups = []
    for name, its in facets.items():
        # a facet that has an anchor is asked in every wave already, so the others begin
        order = sorted(its, key=lambda facet: (name, facet) in opened)
        groups.append(_in_turn(its[facet] for facet in order))
    wait = sum(map(len, groups)) / most
    while len(groups) > 1:
        first, second = sorted(sorted(range(len(groups)), key=lambda at: len(groups[at]))[:2])
        if len(groups) <= most and len(groups[first]) + len(groups[second]) > wait:
            break
        groups[first] = _in_turn([groups[first], groups.pop(second)])
    return [list(chain.from_iterable(group)) for group in groups]


def _beside(questions: Sequence[Question]) -> list[list[Question]]:
    """The questions in order, with the other side of each pair beside the first."""
    bundles: dict[tuple[str, str], list[Question]] = {}
    for question in questions:
        bundles.setdefault(("pair", question.pair) if question.pair else ("", question.id), []).append(
            question
        )
    return list(bundles.values())


def _in_turn(lists: Iterable[list[list[str]]]) -> list[list[str]]:
    """One of each, then the next of each, until all are through."""
    return [each for row in zip_longest(*lists) for each in row if each is not None]


def _share(groups: list[list[str]], slots: int) -> list[Turns]:
    """How many questions of each group a wave asks: one, and one more where the wait is longest."""
    shares = [1] * len(groups)
    for _ in range(slots - len(groups)):
        waits = [len(group) / share for group, share in zip(groups, shares, strict=True)]
        shares[waits.index(max(waits))] += 1
    return [Turns(tuple(group), share) for group, share in zip(groups, shares, strict=True)]


def _cycle(turn: Turns, pairs: dict[str, str]) -> int:
    """Waves until each question of the group has had its turn."""
    asked: set[str] = set()
    for number, wave in enumerate(take_turns([turn], len(turn.questions), pairs), start=1):
        asked.update(wave)
        if len(asked) == len(turn.questions):
            return number
    return len(turn.questions)


def _spread(turns: list[Turns], cycle: int, pairs: dict[str, str], reverse: set[str]) -> list[Turns]:
    """Each group started where the reversed questions of the cycle are most even.

    One group after the other, and once more, now that the others have their places.
    """

    def reversed_of(turn: Turns) -> list[int]:
        return [len(reverse.intersection(wave)) for wave in take_turns([turn], cycle, pairs)]

    choices = [[(each, reversed_of(each)) for each in _starts(turn, cycle, pairs)] for turn in turns]
    chosen = [its[0] for its in choices]
    counts = [0] * cycle
    for rounds in range(2):
        for at, its in enumerate(choices):
            others = [count - own * rounds for count, own in zip(counts, chosen[at][1], strict=True)]
            totals = [[one + other for one, other in zip(others, own, strict=True)] for _, own in its]
            uneven = [sum(count * count for count in total) for total in totals]
            best = uneven.index(min(uneven))
            chosen[at], counts = its[best], totals[best]
    return [turn for turn, _ in chosen]


def _starts(turn: Turns, cycle: int, pairs: dict[str, str]) -> Iterable[Turns]:
    """The group from each of its places, so that all of it is still asked within the cycle."""
    bundles = bundles_of(turn.questions, pairs)
    for start in range(len(bundles)):
        later = Turns(tuple(chain(*bundles[start:], *bundles[:start])), turn.a_wave)
        if _cycle(later, pairs) <= cycle:
            yield later
