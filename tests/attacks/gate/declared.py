"""Every number that a release declares, group by group, read from the database by the attacker's own means.

Beside the stored numbers stand those that anybody can work out from them, and that files say for convenience:
per cents, how far the missing could move a mean, and the limits of a funnel. Worked out here anew.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import floor, sqrt
from typing import Any

from tests.attacks.raw import Raw, Row

#: wave id, number of the group in its release
Place = tuple[int, int]
_MAP = "AMB:map"
#: standard errors to the limits of a funnel, as the method page prints them
_FUNNEL = (1.96, 3.0902)
#: what pages call a change too small for: nothing below it is called one
_LEAST_CHANGE = 3.0
_APART = frozenset({"na", "pns", "none"})


def written(number: float) -> str:
    """Numbers that are the same to six figures are the same; files and calls do not round so far."""
    return f"{number:.6g}"


def numbers_in(value: Any) -> Iterator[float]:
    """Of anything that JSON can hold."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from numbers_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from numbers_in(one)


@dataclass
class Declared:
    """What a release says of each group; `places` finds one by the words that a file has for it."""

    numbers: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    #: measures of which a group has a figure, and (family, category, measure) of which it has a cell
    measures: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    cells: dict[Place, set[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(set))
    names: dict[Place, str] = field(default_factory=dict)

    @classmethod
    def of(cls, raw: Raw) -> "Declared":
        found, groups = cls(), {}
        waves = {row["id"]: row for row in raw.rows("wave")}
        releases = {row["id"]: row for row in raw.rows("release")}
        for row in raw.rows("result_group"):
            release = releases[row["release_id"]]
            wave = waves[release["wave_id"]]
            place = groups[row["id"]] = (wave["id"], row["number"])
            found.places[wave["label"], row["name"]] = place
            found.names[place] = row["name"]
            found._say(place, _plain(row, "n", "headcount", "number", "parent", "depth"))
            found._say(place, _plain(wave, "id", "number", "programme_id", "k"))
            found._say(place, [100 * row["n"] / max(1, row["headcount"])])
        for row in raw.rows("figure"):
            found._add_figure(groups[row["group_id"]], row)
        for row in raw.rows("attribute_figure"):
            found._add_cell(groups[row["group_id"]], row)
        found._add_tallies(raw, groups)
        found._add_funnels(raw, groups)
        return found

    def within(self, places: Iterable[Place]) -> set[str]:
        """All numbers of these groups together."""
        return set().union(*(self.numbers.get(place, set()) for place in places))

    def _say(self, place: Place, numbers: Iterable[float]) -> None:
        self.numbers[place].update(map(written, numbers))

    def _add_figure(self, place: Place, row: Row) -> None:
        detail = _json(row["detail"])
        self.measures[place].add(row["measure"])
        known = ("n", "value", "low", "high", "change", "change_low", "change_high", "q", "detectable")
        self._say(place, _plain(row, *known))
        self._say(place, numbers_in(detail))
        self._say(place, (100 * number for number in numbers_in(detail)))
        self._say(place, [max(row["detectable"] or 0.0, _LEAST_CHANGE)])

    def _add_cell(self, place: Place, row: Row) -> None:
        self.cells[place].add((row["family"], row["category"], row["measure"]))
        self._say(place, _plain(row, "n", "value", "low", "high", "favourable", "unfavourable"))
        sides = _plain(row, "favourable", "unfavourable")
        self._say(place, (round(100 * people / row["n"]) for people in sides))

    def _add_tallies(self, raw: Raw, groups: Mapping[int, Place]) -> None:
        """Sums over blocks, and shares of those who chose an option."""
        blocks: dict[int, list[int]] = defaultdict(list)
        for row in raw.rows("group_block"):
            blocks[row["block_id"]].append(row["group_id"])
        counts: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for row in raw.rows("tally"):
            for group in blocks[row["block_id"]]:
                counts[group, row["item"]][row["option"]] += row["n"]
        for (group, item), options in counts.items():
            place = groups[group]
            if item == _MAP and "AMB" in self.measures[place]:
                self._say(place, _on_the_map(options))
            elif item in self.measures[place]:
                self._say(place, [*options.values(), 0])
                self._say(place, _shares([n for code, n in sorted(options.items()) if code not in _APART]))
                self._say(place, _of_those_who_answered(options))

    def _add_funnels(self, raw: Raw, groups: Mapping[int, Place]) -> None:
        """Limits around the organisation's mean, for the n of each team."""
        rows = [row | {"detail": _json(row["detail"])} for row in raw.rows("figure")]
        for whole in rows:
            detail, measure = whole["detail"], whole["measure"].removeprefix("UNITS:")
            if measure == whole["measure"] or not detail.get("sd"):
                continue
            for row in rows:
                if row["measure"] == measure:
                    away = [times * detail["sd"] / sqrt(row["n"]) for times in _FUNNEL]
                    ends = [detail["centre"] + sign * one for one in away for sign in (-1, 1)]
                    self._say(groups[row["group_id"]], (min(100.0, max(0.0, end)) for end in ends))


def _plain(row: Row, *names: str) -> list[float]:
    return [row[name] for name in names if row[name] is not None]


def _json(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored


def _of_those_who_answered(options: Mapping[str, int]) -> Iterator[float]:
    """How many answered in any way, and as shares the answers set apart and each option of the scale."""
    scored = sum(n for code, n in options.items() if code not in _APART)
    answered = scored + options.get("na", 0) + options.get("pns", 0)
    yield answered
    for code, n in options.items():
        whole = answered if code in _APART else scored
        if whole and code != "none":
            yield floor(100 * n / whole + 0.5) / 100


def _shares(people: list[int]) -> Iterator[float]:
    """Whole per cents of neighbouring options, rounded either way so that they make 100 together."""
    for first in range(len(people)):
        for last in range(first, len(people)):
            share = 100 * sum(people[first : last + 1]) / max(1, sum(people))
            yield from (floor(share), floor(share) + 1)


def _on_the_map(options: Mapping[str, int]) -> list[int]:
    """Each of 25 cells, the four quarters, and everybody on it."""
    pairs = {code: people for code, people in options.items() if code not in _APART}
    quarters: dict[tuple[bool, bool], int] = defaultdict(int)
    for code, people in pairs.items():
        quarters[code[0] >= "2", code[1] >= "2"] += people
    return [*pairs.values(), *quarters.values(), sum(pairs.values())]
