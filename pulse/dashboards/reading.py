"""What one results page needs, looked up from a release: nothing here computes a result."""

from dataclasses import dataclass
from typing import Any

from pulse.results import queries
from pulse.results.metrics import ADJUSTED, LEVEL
from pulse.results.models import Figure, Group, Release, UnitStatus
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave, WaveUnit
from pulse.surveys.plans import plan_of

#: the three questions that every page answers first
HEADLINES = ("PTA", "AMB", "TAA")
FACETS = ("licence", "room", "learning", "trust")
DIMENSIONS_BANK = "weir_six"


class OutOfScope(LookupError):
    """No such result for this reader: unknown and not allowed look the same."""


@dataclass(frozen=True)
class Point:
    """One wave of a trend; no figure where these very people had none of their own."""

    label: str
    figure: Figure | None


@dataclass(frozen=True)
class Result:
    """One group of people in one released wave."""

    wave: Wave
    release: Release
    group: Group
    figures: dict[str, Figure]
    plan: dict[str, Any]

    def figure(self, measure: str) -> Figure | None:
        """The level over the rotation, best adjusted for which questions it asked; else the figure itself."""
        found = (self.figures.get(measure + ending) for ending in (ADJUSTED, LEVEL, ""))
        return next((figure for figure in found if figure is not None), None)

    def trend_figure(self, measure: str) -> Figure | None:
        """The figure that may be compared from wave to wave."""
        return self.figures.get(measure)

    def dimensions(self) -> list[tuple[str, Figure]]:
        """(label, level) of the six dimensions that may be shown, highest first."""
        found = [
            (measure["label"], self.figure(measure["id"]))
            for measure in self.plan["measures"]
            if measure["bank"] == DIMENSIONS_BANK
        ]
        shown = [(label, figure) for label, figure in found if figure is not None]
        return sorted(shown, key=lambda pair: -(pair[1].value or 0.0))

    def facets(self) -> list[tuple[str, Figure]]:
        """(facet, level) of permission to act that may be shown, highest first."""
        found = [(facet, self.figure(f"PTA.{facet}")) for facet in FACETS]
        shown = [(facet, figure) for facet, figure in found if figure is not None]
        return sorted(shown, key=lambda pair: -(pair[1].value or 0.0))

    def gaps(self) -> list[Figure]:
        """Leaders against staff, largest first; only the whole organisation has them."""
        found = [figure for name, figure in self.figures.items() if name.startswith("GAP:")]
        return sorted(found, key=lambda figure: -abs(figure.value or 0.0))


def read_result(wave: Wave, number: int = 0) -> Result:
    """One group of a released wave; raises NotReleased or OutOfScope."""
    release = queries.get_release(wave.id)
    group = next((group for group in queries.list_groups(release.id) if group.number == number), None)
    if group is None:
        raise OutOfScope("There is no such result.")
    figures = {figure.measure: figure for figure in queries.list_group_figures(group.id)}
    return Result(wave, release, group, figures, plan_of(wave))


def read_trends(result: Result, measures: tuple[str, ...] = HEADLINES) -> dict[str, list[Point]]:
    """Each measure over the released waves so far, for this very set of people."""
    found = _past(result, [result.group.key], measures)
    waves = _waves_until(result)
    return {
        measure: _from_first([Point(w.label, found.get((result.group.key, w.id, measure))) for w in waves])
        for measure in measures
    }


def read_trends_of(result: Result, keys: list[str], measure: str = "PTA") -> dict[str, list[Point]]:
    """One measure for many sets of people at once, by group key."""
    found, waves = _past(result, keys, (measure,)), _waves_until(result)
    return {
        key: _from_first([Point(w.label, found.get((key, w.id, measure))) for w in waves]) for key in keys
    }


def read_line_of_units(result: Result) -> set[int | None]:
    """The group's unit and all above it, as the wave froze them; None stands for the whole organisation."""
    parents = {unit.unit_id: unit.parent_id for unit in surveys.list_wave_units(result.wave.id)}
    line: set[int | None] = {None}
    unit_id = result.group.unit_id
    while unit_id is not None and unit_id not in line:
        line.add(unit_id)
        unit_id = parents.get(unit_id)
    return line


def read_spread(result: Result) -> dict[str, list[float]]:
    """Every group's value of each headline measure in this release: what one axis has to hold."""
    spread: dict[str, list[float]] = {measure: [] for measure in HEADLINES}
    for figure in queries.list_figures(result.release.id, HEADLINES):
        if figure.value is not None:
            spread[figure.measure].append(figure.value)
    return spread


def read_advice(result: Result) -> dict[str, str]:
    """For each headline measure, whether this release lets teams be compared on it, where it could tell."""
    whole = queries.find_organisation_figures(result.release.id)
    found = {name: whole.get(f"UNITS:{name}") for name in HEADLINES}
    return {name: str(one.detail["advice"]) for name, one in found.items() if one and "advice" in one.detail}


def _past(result: Result, keys: list[str], measures: tuple[str, ...]) -> dict[tuple[str, int, str], Figure]:
    past = queries.list_trend(result.wave.programme_id, keys, measures, result.wave.number)
    return {(one.key, one.wave_id, one.figure.measure): one.figure for one in past}


def _waves_until(result: Result) -> list[Wave]:
    released = queries.list_releases(result.wave.programme_id)
    return [wave for wave, _ in released if wave.number <= result.wave.number]


def _from_first(points: list[Point]) -> list[Point]:
    """A trend starts where these people first had a figure; later holes stay, as visible breaks."""
    start = next((i for i, point in enumerate(points) if point.figure is not None), len(points))
    return points[start:]


@dataclass(frozen=True)
class Inside:
    """A published group directly inside another, with its headline figures."""

    group: Group
    figures: dict[str, Figure]


@dataclass(frozen=True)
class Unshown:
    """A unit of this part of the tree without a result of its own, and why."""

    name: str
    status: str
    reason: str


def read_inside(result: Result) -> tuple[list[Inside], list[Unshown]]:
    """Groups directly inside this one by name, joined ones last; and units here without their own."""
    by_group: dict[int, dict[str, Figure]] = {}
    for figure in queries.list_figures(result.release.id, HEADLINES):
        by_group.setdefault(figure.group_id, {})[figure.measure] = figure
    groups = [g for g in queries.list_groups(result.release.id) if g.parent == result.group.number]
    inside = [Inside(group, by_group.get(group.id, {})) for group in groups]
    return sorted(inside, key=lambda one: (one.group.kind == "combined", one.group.name)), _unshown(result)


def _unshown(result: Result) -> list[Unshown]:
    """Units directly below this one that are shown together with others, higher up, or not at all."""
    units: dict[int, WaveUnit] = {unit.unit_id: unit for unit in surveys.list_wave_units(result.wave.id)}
    statuses: list[UnitStatus] = queries.list_statuses(result.release.id)
    here = [
        Unshown(units[status.unit_id].name, status.status, status.reason)
        for status in statuses
        if status.status != "own"
        and status.unit_id in units
        and units[status.unit_id].parent_id == result.group.unit_id
        and result.group.kind != "combined"
    ]
    return sorted(here, key=lambda unit: unit.name)
