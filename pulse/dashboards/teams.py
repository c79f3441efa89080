"""The teams of one wave as a tree: those with a result, and below them those without one and why.

A reader finds in it only groups that they may open. Why a unit has no result of its own is told to whoever
may open every group beside it, as on the results page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pulse.dashboards.words_hidden import reason_said
from pulse.results.released import read_groups, read_statuses
from pulse.results.released_types import ReleasedGroup
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave

#: so many teams of one level stand on the page of another team
BESIDE = 12
#: letters from which a word is looked for anywhere in a name, as frontend/js/teams.js does
SHORT = 3


@dataclass(frozen=True)
class Team:
    """One line; `number` is None for a unit without a result of its own, and `why` then says why."""

    name: str
    number: int | None
    why: str = ""
    #: whether what is inside is shown without pressing anything
    open: bool = False
    current: bool = False
    below: "list[Team]" = field(default_factory=list)
    #: the joined group that shows it together with others, where the reader may open that
    joined: ReleasedGroup | None = None


#: group number -> what has no result of its own directly below it
Unshown = Mapping[int, list[Team]]


def tree_of(groups: Sequence[ReleasedGroup], current: int, unshown: Unshown | None = None) -> list[Team]:
    """Groups in tree order as a tree, opened along the line to the current one.

    A group whose parent is not among them stands directly below the whole organisation, or first if that
    is not there either. Inside each, units with a result come first, joined groups next, the others last.
    """
    below = _below(groups)
    line = _line(groups, current)

    def grow(group: ReleasedGroup) -> Team:
        inside = [grow(one) for one in below.get(group.number, [])]
        more = (unshown or {}).get(group.number, [])
        own = group.number == current
        return Team(group.name, group.number, "", group.number in line, own, inside + more)

    return [grow(group) for group in below.get(None, [])]


def _below(groups: Sequence[ReleasedGroup]) -> dict[int | None, list[ReleasedGroup]]:
    """What stands below each, under None what stands at the top."""
    known = {group.number for group in groups}
    whole = next((group.number for group in groups if group.kind == "organisation"), None)
    found: dict[int | None, list[ReleasedGroup]] = {}
    for group in groups:
        above = group.parent if group.parent in known else None if group.number == whole else whole
        found.setdefault(above, []).append(group)
    return found


def _line(groups: Sequence[ReleasedGroup], current: int) -> set[int]:
    """The current group and all around it."""
    parents = {group.number: group.parent for group in groups}
    line = {group.number for group in groups if group.kind == "organisation"}
    number: int | None = current
    while number is not None and number in parents:
        line.add(number)
        number = parents[number]
    return line


def read_unshown(wave: Wave, groups: Sequence[ReleasedGroup]) -> Unshown:
    """Units without a result of their own below each group whose every inside group is among these.

    What lies inside such a unit went the same way and stands below it. Raises as `results.released` does.
    """
    hidden = {one.unit_id: one.reason for one in read_statuses(wave) if one.status != "own"}
    names, children = {}, dict[int | None, list[int]]()
    for unit in surveys.list_wave_units(wave.id):
        names[unit.unit_id] = unit.name
        if unit.unit_id in hidden:
            children.setdefault(unit.parent_id, []).append(unit.unit_id)

    def grow(parent: int | None) -> list[Team]:
        units = sorted(children.get(parent, []), key=lambda unit_id: names[unit_id])
        return [_without(names[unit], hidden[unit], grow(unit), groups) for unit in units]

    open_to = {group.number for group in groups}
    closed = {group.parent for group in read_groups(wave) if group.number not in open_to}
    told = [group for group in groups if group.kind != "combined" and group.number not in closed]
    return {group.number: grow(group.unit_id) for group in told}


def _without(name: str, why: str, below: list[Team], groups: Sequence[ReleasedGroup]) -> Team:
    """A unit without a result of its own; why is kept in English, and said in the language of the page."""
    return Team(name, None, reason_said(why), below=below, joined=joined_group(groups, why))


def joined_group(groups: Iterable[ReleasedGroup], why: str) -> ReleasedGroup | None:
    """The one joined group among these whose quoted name a unit's reason holds."""
    found = [group for group in groups if group.kind == "combined" and f"\u201c{group.name}\u201d" in why]
    return found[0] if len(found) == 1 else None


def line_to(tree: Iterable[Team], number: int) -> list[Team]:
    """From the top of the tree to this group; empty where it is not in it."""
    for team in tree:
        if team.number == number:
            return [team]
        line = line_to(team.below, number)
        if line:
            return [team, *line]
    return []


def near(tree: Sequence[Team], number: int) -> list[Team]:
    """Of a large tree what is above, beside and inside one group, a few of each."""
    line = {team.number for team in line_to(tree, number)}

    def prune(teams: Sequence[Team]) -> list[Team]:
        here = [team for team in teams if team.number in line]
        others = [team for team in teams if team.number not in line][: BESIDE - len(here)]
        kept = {team.number for team in (*here, *others)}
        return [
            replace(team, below=prune(team.below) if team.number in line else [])
            for team in teams
            if team.number in kept
        ]

    return prune(tree)


def find(tree: Iterable[Team], words: str) -> tuple[list[Team], int]:
    """The branches that hold a team whose name has all these words, opened up to it; and how many there are.

    A word of the name must begin with one of one or two letters. A team that is found keeps what is inside
    it, unless something there is found too.
    """
    wanted = [word if len(word) >= SHORT else f" {word}" for word in words.casefold().split()]
    kept: list[Team] = []
    total = 0
    for team in tree:
        hit = all(word in f" {team.name.casefold()}" for word in wanted)
        below, inside = find(team.below, words)
        total += hit + inside
        if inside:
            kept.append(replace(team, below=below, open=True))
        elif hit:
            kept.append(replace(team, open=False))
    return kept, total


def count(tree: Iterable[Team]) -> int:
    """How many teams a tree holds, with and without a result."""
    return sum(1 + count(team.below) for team in tree)
