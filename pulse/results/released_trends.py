"""Trends of released figures: between identical sets of people, broken elsewhere, each break with its reason.

A wave is only ever shown as it was released. Where the teams that a unit counts have changed, the figures of
before and after are of different people, and the line starts anew.
"""

from collections.abc import Sequence
from itertools import dropwhile

from pulse.results import queries, released_queries
from pulse.results.asked import trends_asked
from pulse.results.models import Figure
from pulse.results.released import _figure, _group, _wave
from pulse.results.released_tables import Gap, ReleasedPoint, ReleasedTrend
from pulse.results.released_types import _SEAL, ReleasedFigure, ReleasedGroup
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of


def read_trends(
    wave: Wave, groups: Sequence[ReleasedGroup], measures: Sequence[str]
) -> dict[tuple[str, str], ReleasedTrend]:
    """(group key, measure) -> its trend over the released waves of the programme up to `wave`."""
    history = _History(wave, groups, measures)
    return {(group.key, measure): history.trend(group, measure) for group in groups for measure in measures}


class _History:
    """What the waves so far hold of some groups, looked up at once."""

    def __init__(self, wave: Wave, groups: Sequence[ReleasedGroup], measures: Sequence[str]) -> None:
        released = queries.list_releases(wave.programme_id)
        self._waves = [(one, _wave(one, release)) for one, release in released if one.number <= wave.number]
        self._asked = {one.id: trends_asked(plan_of(one)) for one, _ in self._waves}
        found = released_queries.list_appearances(
            wave.programme_id, wave.number, {one.key for one in groups}, {one.unit_id for one in groups}
        )
        releases = {one.id: release for one, release in self._waves}
        self._groups = {
            (seen.wave_id, seen.group.key): _group(releases[seen.wave_id], seen.group) for seen in found
        }
        self._units = {
            (wave_id, group.unit_id) for (wave_id, _), group in self._groups.items() if _of_unit(group)
        }
        keys = {group.key for group in groups}
        same = [group.id for (_, key), group in self._groups.items() if key in keys]
        self._rows: dict[tuple[int, str], Figure] = {
            (row.group_id, row.measure): row for row in released_queries.list_figures_of(same, measures)
        }

    def trend(self, group: ReleasedGroup, measure: str) -> ReleasedTrend:
        """From the first wave that has a figure on; later holes stay, as visible breaks."""
        points = [self._point(wave, group, measure) for wave, _ in self._waves]
        line = tuple(dropwhile(lambda point: point.figure is None, points))
        earlier = points[: len(points) - len(line)]
        return ReleasedTrend(_SEAL, group, line, _before(earlier) if line else "")

    def _point(self, wave: Wave, group: ReleasedGroup, measure: str) -> ReleasedPoint:
        figure = self._figure(wave, group, measure)
        gap: Gap = "" if figure is not None else self._gap(wave, group, measure)
        return ReleasedPoint(_SEAL, wave.label, figure, gap)

    def _figure(self, wave: Wave, group: ReleasedGroup, measure: str) -> ReleasedFigure | None:
        there = self._groups.get((wave.id, group.key))
        row = self._rows.get((there.id, measure)) if there is not None else None
        return _figure(there, row) if there is not None and row is not None else None

    def _gap(self, wave: Wave, group: ReleasedGroup, measure: str) -> Gap:
        if measure not in self._asked[wave.id]:
            return "unasked"
        if (wave.id, group.key) in self._groups:
            return "hidden"
        return "others" if _of_unit(group) and (wave.id, group.unit_id) in self._units else "none"


def _of_unit(group: ReleasedGroup) -> bool:
    return group.kind != "combined"


def _before(gaps: Sequence[ReleasedPoint]) -> Gap:
    """Why a line starts where it does: the reason of the wave before, but that these were other people."""
    found = [point.gap for point in gaps]
    return "others" if "others" in found else found[-1] if found else ""
