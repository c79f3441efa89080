"""What a page says where a trend starts late or breaks: one sentence, and never who or how many it was."""

from collections.abc import Sequence

from pulse.dashboards.words import join
from pulse.dashboards.words_hidden import why_hidden
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import Gap, ReleasedPoint, ReleasedTrend

#: why there is nothing before the line starts
_BEFORE: dict[Gap, str] = {
    "others": N_("The line starts with %(label)s: before that, other teams were counted here."),
    "none": N_("The line starts with %(label)s: before that, these people had no result of their own."),
    "unasked": N_("The line starts with %(label)s: before that, this score was not asked every time."),
    "hidden": N_("The line starts with %(label)s: before that, it was hidden to protect people."),
}
#: why there is a hole in it
_WITHIN: dict[Gap, str] = {
    "others": N_("in %(surveys)s other teams were counted here"),
    "none": N_("in %(surveys)s these people had no result of their own"),
    "unasked": N_("in %(surveys)s this score was not asked"),
    "hidden": N_("in %(surveys)s it was hidden to protect people"),
}
_IN_TABLE: dict[Gap, str] = {
    "others": N_("Other teams were counted here in this survey."),
    "none": N_("These people had no result of their own in this survey."),
    "unasked": N_("This score was not asked in this survey."),
}
_ON_CHART: dict[Gap, str] = {
    "others": N_("other teams counted"),
    "none": N_("no result of their own"),
    "unasked": N_("not asked"),
    "hidden": N_("hidden to protect people"),
}


def breaks(trend: ReleasedTrend) -> list[str]:
    """A sentence where the line starts late, and one where it breaks; none for a line without a break.

    The newest survey is not a break: beside it stands why nothing is shown there.
    """
    said = [_(_BEFORE[trend.before], label=trend[0].label)] if trend.before else []
    holes = [point for point in trend.points[:-1] if point.figure is None]
    return [*said, _("The line breaks: %(where)s.", where="; ".join(_clauses(holes)))] if holes else said


def _clauses(holes: Sequence[ReleasedPoint]) -> list[str]:
    labels: dict[Gap, list[str]] = {}
    for hole in holes:
        labels.setdefault(hole.gap, []).append(hole.label)
    return [_(_WITHIN[gap], surveys=join(found)) for gap, found in labels.items()]


def why_empty(point: ReleasedPoint, k: int) -> str:
    """The reason in a row of the table beside a chart."""
    reason = _IN_TABLE.get(point.gap)
    return _(reason) if reason else why_hidden(k)


def on_chart(point: ReleasedPoint) -> str:
    """A word or two for the place of the missing point."""
    return _(_ON_CHART.get(point.gap, ""))
