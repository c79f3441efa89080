"""Before a wave opens: how each unit would probably be shown, from its headcount and an expected response.

Many waves are invented and `form_blocks` itself decides each, so that the forecast promises what a release
keeps. In an invented wave every unit has a response rate of its own around the expected one, and its people
answer by that rate: a beta-binomial (Skellam 1948), because people of one team respond more alike than people
of different ones (a keen manager, a night shift without computers). A plain binomial would be too sure.

How far units differ is an assumption, BETWEEN_UNITS: 0.05 lets the rates of units spread by 11 points around
55 %, beside what chance does to a few people. Reads headcounts only, never an answer or who gave one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.blocks import form_blocks
from pulse.domain.disclosure.groups import Blocks, Standing
from pulse.domain.disclosure.tree import Tree, Unit

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

STANDINGS: tuple[Standing, ...] = ("own", "combined", "higher", "left_out")
#: intraclass correlation of answering at all, within a unit
BETWEEN_UNITS = 0.05
#: units decided in all invented waves together: about a second, more for the largest trees
_UNITS_IN_ALL = 30_000
_FEWEST_DRAWS, _MOST_DRAWS = 8, 200
#: totals settle after fewer waves, one in so many; at any k they are those of the same waves, so that they
#: can be compared and do not depend on which k was asked for first
_WAVES_A_TOTAL = 4

_Shares = tuple[float, float, float, float]
#: a standing, and the group in which the unit's people are shown
_Shown = tuple[Standing, str]


@dataclass(frozen=True)
class UnitForecast:
    """One unit. `people` work in it and below it, `direct` in it alone; `depth` 0 is the top.

    shares: of the invented waves, in the order of STANDINGS. group: where the unit is shown most often in
    waves in which it stands as is likeliest (itself, if that is its own result; "" in no result), and
    group_share how often, of those.
    """

    unit: Unit
    depth: int
    people: int
    direct: int
    shares: _Shares
    group: str
    group_share: float

    @property
    def standing(self) -> Standing:
        """The likeliest; of two as likely, the one that shows more."""
        return STANDINGS[self.shares.index(max(self.shares))]

    @property
    def chance(self) -> float:
        return max(self.shares)


@dataclass(frozen=True)
class Totals:
    """How many units stand how, and which share (0 to 1) of people work directly in them, on average."""

    units: _Shares
    people: _Shares

    def rounded(self) -> dict[Standing, int]:
        """Whole units that add up to all of them: the largest remainders are rounded up."""
        whole = [int(n) for n in self.units]
        order = sorted(range(len(whole)), key=lambda i: whole[i] - self.units[i])
        for i in order[: round(sum(self.units)) - sum(whole)]:
            whole[i] += 1
        return dict(zip(STANDINGS, whole, strict=True))


@dataclass(frozen=True)
class Forecast:
    """Every unit with somebody in it or below it, each before those below; `response` is a share, 0 to 1."""

    response: float
    k: int
    draws: int
    units: tuple[UnitForecast, ...]
    totals: Totals
    #: of other thresholds
    others: Mapping[int, Totals]


def draws_for(units: int) -> int:
    """How many waves to invent for a tree of this size, so that it takes a few seconds at most."""
    return max(_FEWEST_DRAWS, min(_MOST_DRAWS, _UNITS_IN_ALL // max(units, 1)))


def forecast(
    units: Iterable[Unit],
    headcounts: Mapping[int, int],
    response: float,
    k: int,
    *,
    draws: int,
    rng: "np.random.Generator",
    previous: Iterable[Collection[int]] = (),
    others: Iterable[int] = (),
) -> Forecast:
    """How each unit would probably stand if a share `response` of everybody answered; `others`: more k.

    headcounts: people directly in each unit. previous: last wave's combined groups, as for `form_blocks`. The
    same rng gives the same forecast, and every k sees the same invented waves. Raises DisclosureError for a k
    under the hard floor, a broken tree, nobody to ask, or a response outside 0 to 1.
    """
    tree = Tree.of(units)
    heads = tree.direct_counts(headcounts)
    if not sum(heads):
        raise DisclosureError("There is nobody to ask, so there is nothing to forecast.")
    if not 0 < response <= 1:
        raise DisclosureError("The expected response must be above 0 and at most 1.")
    waves = _Waves(tree, heads, _invent(heads, response, draws, rng), list(previous))
    fewer = -(-draws // _WAVES_A_TOTAL)
    return Forecast(
        response=response,
        k=k,
        draws=draws,
        units=tuple(waves.decide(k, draws)),
        totals=totals_of(waves.decide(k, fewer)),
        others={other: totals_of(waves.decide(other, fewer)) for other in others},
    )


def totals_of(found: Sequence[UnitForecast]) -> Totals:
    """Totals of these units: all, or a branch."""
    people = sum(one.direct for one in found) or 1
    return Totals(
        units=_summed([(one.shares, 1.0) for one in found]),
        people=_summed([(one.shares, one.direct / people) for one in found]),
    )


def _summed(weighed: Sequence[tuple[_Shares, float]]) -> _Shares:
    own, combined, higher, left_out = (
        sum(shares[i] * weight for shares, weight in weighed) for i in range(len(STANDINGS))
    )
    return own, combined, higher, left_out


def _invent(
    heads: Sequence[int], response: float, draws: int, rng: "np.random.Generator"
) -> "npt.NDArray[np.int64]":
    """Answers by invented wave and unit."""
    size = (draws, len(heads))
    if response == 1:
        return rng.binomial(list(heads), 1.0, size)
    spread = (1 - BETWEEN_UNITS) / BETWEEN_UNITS
    return rng.binomial(list(heads), rng.beta(response * spread, (1 - response) * spread, size))


class _Waves:
    """The invented waves of one organisation, to be decided at any k."""

    def __init__(
        self,
        tree: Tree,
        heads: list[int],
        answered: "npt.NDArray[np.int64]",
        previous: list[Collection[int]],
    ) -> None:
        self.tree, self.heads, self.previous = tree, heads, previous
        self.ids = [unit.id for unit in tree.units]
        self.asked = dict(zip(self.ids, heads, strict=True))
        self.answered = [dict(zip(self.ids, wave.tolist(), strict=True)) for wave in answered]
        self._decided: dict[tuple[int, int], list[_Shown]] = {}
        self.people, self.depths = list(heads), [0] * len(heads)
        for u in range(len(heads) - 1, 0, -1):
            self.people[tree.parents[u]] += self.people[u]
        for u in range(1, len(heads)):
            self.depths[u] = self.depths[tree.parents[u]] + 1

    def decide(self, k: int, draws: int) -> list[UnitForecast]:
        """Every unit with people, in display order, after the first `draws` waves."""
        seen: list[Counter[_Shown]] = [Counter() for _ in self.ids]
        for wave in range(draws):
            for at, shown in enumerate(self._decide(k, wave)):
                seen[at][shown] += 1
        return [self._unit(at, seen[at], draws) for at in range(len(self.ids)) if self.people[at]]

    def _decide(self, k: int, wave: int) -> list[_Shown]:
        """How every unit stands in one wave; kept, because totals count some of the same waves again."""
        if (k, wave) not in self._decided:
            blocks = form_blocks(
                self.tree.units, self.answered[wave], k, asked=self.asked, previous=self.previous
            )
            self._decided[k, wave] = [_shown(blocks, unit_id) for unit_id in self.ids]
        return self._decided[k, wave]

    def _unit(self, at: int, seen: Counter[_Shown], draws: int) -> UnitForecast:
        times = dict.fromkeys(STANDINGS, 0)
        for (standing, _), n in seen.items():
            times[standing] += n
        likeliest = max(STANDINGS, key=times.__getitem__)
        named = {group: n for (standing, group), n in seen.items() if standing == likeliest}
        group = min(named, key=lambda name: (-named[name], name))
        own, combined, higher, left_out = (times[standing] / draws for standing in STANDINGS)
        return UnitForecast(
            unit=self.tree.units[at],
            depth=self.depths[at],
            people=self.people[at],
            direct=self.heads[at],
            shares=(own, combined, higher, left_out),
            group=group,
            group_share=named[group] / times[likeliest],
        )


def _shown(blocks: Blocks, unit_id: int) -> _Shown:
    status = blocks.statuses[unit_id]
    return status.standing, "" if status.group_id is None else blocks.groups[status.group_id].name
