"""What one results page needs, looked up from a release: nothing here computes a result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pulse.dashboards.words_hidden import reason_said, why_hidden, why_hidden_turn
from pulse.domain.sheets import asked_in_part
from pulse.results.asked import scores_asked, trends_asked
from pulse.results.metrics import ADJUSTED, LEVEL
from pulse.results.released import (
    list_released,
    read_figures,
    read_groups,
    read_measures,
    read_statuses,
)
from pulse.results.released_tables import ReleasedTable, ReleasedTrend
from pulse.results.released_trends import read_trends as read_trends_of_groups
from pulse.results.released_types import ReleasedFigure, ReleasedGroup, ReleasedWave
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave, WaveUnit
from pulse.surveys.plans import plan_of

#: the three questions that every page answers first
HEADLINES = ("PTA", "AMB", "TAA")
#: and how far units differ on each, which the whole organisation alone has
COMPARED = (*HEADLINES, *(f"UNITS:{name}" for name in HEADLINES))
FACETS = ("licence", "room", "learning", "trust")
DIMENSIONS_BANK = "weir_six"


#: headline figures by the number of a group
Tables = dict[int, ReleasedTable]


class OutOfScope(LookupError):
    """No such result for this reader: unknown and not allowed look the same."""


@dataclass(frozen=True)
class Result:
    """One group of people in one released wave; `figures` are labelled by measure."""

    wave: Wave
    group: ReleasedGroup
    figures: ReleasedTable
    plan: dict[str, Any]

    @property
    def release(self) -> ReleasedWave:
        return self.group.release

    @property
    def why_hidden(self) -> str:
        """The one sentence about whatever was asked and is not shown here."""
        return why_hidden(self.release.k)

    def why_hides(self, items: Iterable[str]) -> str:
        """The sentence about these questions or a score of them: another where people were asked by turns."""
        in_turn = not asked_in_part(self.plan).isdisjoint(items)
        return why_hidden_turn(self.release.k) if in_turn else self.why_hidden

    @property
    def why_hides_dimensions(self) -> str:
        of_bank = (one["items"] for one in self.plan["measures"] if one["bank"] == DIMENSIONS_BANK)
        return self.why_hides(chain.from_iterable(of_bank))

    @property
    def why_hides_facets(self) -> str:
        return self.why_hides_score("PTA")

    def why_hides_score(self, measure: str) -> str:
        """The sentence about a measure or its parts."""
        of_measure = (one["items"] for one in self.plan["measures"] if one["id"] == measure)
        return self.why_hides(chain.from_iterable(of_measure))

    def figure(self, measure: str) -> ReleasedFigure | None:
        """The level over the rotation, best adjusted for which questions it asked; else the figure itself."""
        return self.figures.find(self._best(measure))

    def trend_figure(self, measure: str) -> ReleasedFigure | None:
        """The figure that may be compared from wave to wave."""
        return self.figures.find(measure)

    def hides_trend(self, measure: str) -> bool:
        """Whether it was asked so that it could be compared, and is not shown here."""
        return measure not in self.figures and measure in trends_asked(self.plan)

    def dimensions(self) -> ReleasedTable:
        """Levels of the six dimensions that may be shown, labelled in words, highest first."""
        return self._highest_first(self._dimension_labels())

    def hidden_dimensions(self) -> list[str]:
        """Labels of those that were asked and are not shown here."""
        return self._hidden(self._dimension_labels())

    def facets(self) -> ReleasedTable:
        """Levels of permission to act that may be shown, labelled by facet, highest first."""
        return self._highest_first({f"PTA.{facet}": facet for facet in FACETS})

    def hidden_facets(self) -> list[str]:
        """Those that were asked and are not shown here."""
        return self._hidden({f"PTA.{facet}": facet for facet in FACETS})

    def gaps(self) -> ReleasedTable:
        """Leaders against staff, largest first; only the whole organisation has them."""
        gaps = self.figures.filtered(lambda measure, _: measure.startswith("GAP:"))
        return gaps.sorted(lambda _, gap: -abs(gap.value or 0.0))

    def _dimension_labels(self) -> dict[str, str]:
        asked = (one for one in self.plan["measures"] if one["bank"] == DIMENSIONS_BANK)
        return {one["id"]: one["label"] for one in asked}

    def _best(self, measure: str) -> str:
        names = (measure + ending for ending in (ADJUSTED, LEVEL))
        return next((name for name in names if name in self.figures), measure)

    def _highest_first(self, labels: Mapping[str, str]) -> ReleasedTable:
        names = {self._best(measure): label for measure, label in labels.items()}
        shown = self.figures.picked(names).relabelled(lambda measure, _: names[measure])
        return shown.sorted(lambda _, figure: -(figure.value or 0.0))

    def _hidden(self, labels: Mapping[str, str]) -> list[str]:
        missing = [measure for measure in labels if self.figure(measure) is None]
        asked = scores_asked(self.plan) if missing else frozenset()
        return [labels[measure] for measure in missing if measure in asked]


def read_result(wave: Wave, number: int = 0) -> Result:
    """One group of a released wave; raises NotReleased or OutOfScope."""
    group = next((group for group in read_groups(wave) if group.number == number), None)
    if group is None:
        raise OutOfScope("There is no such result.")
    return Result(wave, group, read_figures(group), plan_of(wave))


def read_trends(result: Result, measures: Sequence[str] = HEADLINES) -> dict[str, ReleasedTrend]:
    """Each measure over the released waves so far, for this very set of people."""
    found = read_trends_of_groups(result.wave, [result.group], measures)
    return {measure: found[result.group.key, measure] for measure in measures}


def read_trends_of(
    result: Result, groups: Sequence[ReleasedGroup], measure: str = "PTA"
) -> dict[str, ReleasedTrend]:
    """One measure for many sets of people at once, by group key."""
    found = read_trends_of_groups(result.wave, groups, [measure])
    return {key: trend for (key, _), trend in found.items()}


def read_line_of_units(result: Result) -> set[int | None]:
    """The group's unit and all above it, as the wave froze them; None stands for the whole organisation."""
    parents = {unit.unit_id: unit.parent_id for unit in surveys.list_wave_units(result.wave.id)}
    line: set[int | None] = {None}
    unit_id = result.group.unit_id
    while unit_id is not None and unit_id not in line:
        line.add(unit_id)
        unit_id = parents.get(unit_id)
    return line


def read_advice(result: Result) -> dict[str, str]:
    """For each headline measure, whether this release lets teams be compared on it, where it could tell."""
    whole = _whole(result)
    found = {name: whole.find(f"UNITS:{name}") for name in HEADLINES}
    return {name: str(one.detail["advice"]) for name, one in found.items() if one and "advice" in one.detail}


def _whole(result: Result) -> ReleasedTable:
    """What is said of how the organisation's teams differ, in the whole organisation's figures."""
    if result.group.parent is None:
        return result.figures
    top = next(group for group in read_groups(result.wave) if group.parent is None)
    return read_measures([top], [f"UNITS:{name}" for name in HEADLINES])[top.number]


def list_all_released() -> list[Wave]:
    """Released waves of every programme, newest first."""
    waves = [wave for programme in surveys.list_programmes() for wave in list_released(programme.id)]
    return sorted(waves, key=lambda wave: wave.closes_at, reverse=True)


@dataclass(frozen=True)
class Inside:
    """A published group directly inside another, with its headline figures."""

    group: ReleasedGroup
    figures: ReleasedTable


@dataclass(frozen=True)
class Unshown:
    """A unit of this part of the tree without a result of its own, and why."""

    name: str
    status: str
    #: as the release keeps it
    reason: str

    @property
    def said(self) -> str:
        """The reason in the language of the page."""
        return reason_said(self.reason)


@dataclass(frozen=True)
class Around:
    """Every group's headline figures, which share an axis, and what lies directly inside this group."""

    #: by the group's number; the organisation's says beside them how far units differ
    tables: Tables
    inside: list[Inside]
    unshown: list[Unshown]


def read_around(result: Result) -> Around:
    """Groups directly inside this one by name, joined ones last; and units here without their own."""
    every = read_groups(result.wave)
    tables = read_measures(every, COMPARED)
    groups = [group for group in every if group.parent == result.group.number]
    groups.sort(key=lambda group: (group.kind == "combined", group.name))
    inside = [Inside(group, tables[group.number]) for group in groups]
    return Around(tables, inside, _unshown(result))


def _unshown(result: Result) -> list[Unshown]:
    """Units directly below this one that are shown together with others, higher up, or not at all."""
    units: dict[int, WaveUnit] = {unit.unit_id: unit for unit in surveys.list_wave_units(result.wave.id)}
    here = [
        Unshown(units[status.unit_id].name, status.status, status.reason)
        for status in read_statuses(result.wave)
        if status.status != "own"
        and status.unit_id in units
        and units[status.unit_id].parent_id == result.group.unit_id
        and result.group.kind != "combined"
    ]
    return sorted(here, key=lambda unit: unit.name)
