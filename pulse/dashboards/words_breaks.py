"""What a page says where a trend starts late or breaks: one sentence, and never who or how many it was."""

from collections.abc import Sequence

from pulse.dashboards.words import join
from pulse.domain.disclosure.wording import hidden_measure
from pulse.results.released_tables import Gap, ReleasedPoint, ReleasedTrend

#: why there is nothing before the line starts
_BEFORE: dict[Gap, str] = {
    "others": "The line starts with {label}: before that, other teams were counted here.",
    "none": "The line starts with {label}: before that, these people had no result of their own.",
    "unasked": "The line starts with {label}: before that, this score was not asked every time.",
    "hidden": "The line starts with {label}: before that, it was hidden to protect people.",
}
#: why there is a hole in it
_WITHIN: dict[Gap, str] = {
    "others": "other teams were counted here",
    "none": "these people had no result of their own",
    "unasked": "this score was not asked",
    "hidden": "it was hidden to protect people",
}
_IN_TABLE: dict[Gap, str] = {
    "others": "Other teams were counted here in this survey.",
    "none": "These people had no result of their own in this survey.",
    "unasked": "This score was not asked in this survey.",
}
_ON_CHART: dict[Gap, str] = {
    "others": "other teams counted",
    "none": "no result of their own",
    "unasked": "not asked",
    "hidden": "hidden to protect people",
}


def breaks(trend: ReleasedTrend) -> list[str]:
    """A sentence where the line starts late, and one where it breaks; none for a line without a break.

    The newest survey is not a break: beside it stands why nothing is shown there.
    """
    said = [_BEFORE[trend.before].format(label=trend[0].label)] if trend.before else []
    holes = [point for point in trend.points[:-1] if point.figure is None]
    return [*said, f"The line breaks: {'; '.join(_clauses(holes))}."] if holes else said


def _clauses(holes: Sequence[ReleasedPoint]) -> list[str]:
    labels: dict[Gap, list[str]] = {}
    for hole in holes:
        labels.setdefault(hole.gap, []).append(hole.label)
    return [f"in {join(found)} {_WITHIN[gap]}" for gap, found in labels.items()]


def why_empty(point: ReleasedPoint, k: int) -> str:
    """The reason in a row of the table beside a chart."""
    return _IN_TABLE.get(point.gap) or hidden_measure(k)


def on_chart(point: ReleasedPoint) -> str:
    """A word or two for the place of the missing point."""
    return _ON_CHART.get(point.gap, "")
