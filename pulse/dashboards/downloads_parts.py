"""What several downloads are made of."""

from collections.abc import Mapping, Sequence

from pulse.dashboards.reading import Result, read_trends
from pulse.dashboards.words_breaks import why_empty
from pulse.results.exporting_sheets import Place, TrendSheet
from pulse.results.released_tables import ReleasedTrend
from pulse.results.released_types import ReleasedGroup

Groups = list[ReleasedGroup]
Reasons = dict[tuple[str, str, str], str]


def hidden_here(result: Result, labels: Sequence[str], why: str = "") -> list[Place]:
    """A row for each of these that was asked and is not shown in this group."""
    reason = why or result.why_hidden
    return [Place(label, reason, result.group.name, result.wave.label) for label in labels]


def trend_sheet(name: str, title: str, result: Result, labels: Mapping[str, str]) -> TrendSheet | None:
    """Measures of this group over the surveys so far; None where there is neither a line nor its place."""
    found = read_trends(result, list(labels)) if labels else {}
    trends = [(label, found[measure]) for measure, label in labels.items() if len(found[measure])]
    empty = [m for m in labels if not len(found[m]) and result.hides_trend(m)]
    hidden = hidden_here(result, [labels[measure] for measure in empty])
    return TrendSheet(name, title, trends, reasons_of(trends), hidden) if trends or hidden else None


def reasons_of(trends: Sequence[tuple[str, ReleasedTrend]]) -> Reasons:
    """Why a line has no point, by team, label and survey, in the words of the page."""
    return {
        (trend.group.name, label, point.label): why_empty(point, trend.group.release.k)
        for label, trend in trends
        for point in trend
        if point.figure is None
    }
