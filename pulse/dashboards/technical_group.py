"""Behind the numbers of one group: beside other teams, agreement, stages, gaps, bounds and trends."""

from dataclasses import replace
from typing import Any

from pulse.dashboards import page_gaps, page_stages
from pulse.dashboards import technical_words as texts
from pulse.dashboards.page_gaps import say_do_table
from pulse.dashboards.page_stages import STAGES, stages_table
from pulse.dashboards.page_units import telling_apart
from pulse.dashboards.reading import Result, read_advice
from pulse.dashboards.technical_parts import (
    Block,
    block,
    charted,
    coefficient,
    interval,
    points,
    scores,
    signed,
    whole,
)
from pulse.domain.measurement.change import LEAST_CHANGE
from pulse.domain.measurement.response import RATE_SHOWN_FROM
from pulse.domain.measurement.trend import HEADLINE_FROM
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedFigure

_PLACES = {
    "inside": N_("Within chance"),
    "outside 95": N_("Outside 95 %"),
    "outside 99.8": N_("Outside 99.8 %"),
}
_OUTSIDE = frozenset(_PLACES) - {"inside"}


def beside_others(result: Result) -> Block | None:
    """This team's own score, the one drawn towards all teams, and whether chance explains its place."""
    rows = [
        [label, points(figure.value), points(unit.get("shrunk")), _place(figure, unit)]
        for label, figure, unit in scores(result, "unit")
    ]
    here = {name for name, figure in result.figures if figure.detail.get("unit")}
    advice = {name: kind for name, kind in read_advice(result).items() if name in here}
    text = replace(texts.BESIDE, words=(*texts.BESIDE.words, *telling_apart(advice)))
    return block("beside", text, rows)


def _place(figure: ReleasedFigure, unit: dict[str, Any]) -> str:
    """Whether chance explains where the team lies, and if not, on which side of the others.

    The drawn score always lies between the team's own and the others'.
    """
    place, own, drawn = unit.get("funnel", ""), figure.value, unit.get("shrunk")
    words = _(_PLACES[place]) if place in _PLACES else ""
    if place in _OUTSIDE and own is not None and drawn is not None and own != drawn:
        said = N_("%(place)s, above the rest") if own > drawn else N_("%(place)s, below the rest")
        return _(said, place=words)
    return words


def agreement(result: Result) -> Block | None:
    """How far the people of this group agree on the questions of a score."""
    rows = [
        [label, coefficient(one.get("rwg_j")), coefficient(one.get("rwg_star")), whole(one.get("items"))]
        for label, _figure, one in scores(result, "rwg")
    ]
    return block("agreement", texts.AGREEMENT, rows)


def stages(result: Result) -> Block | None:
    """The profile of the stages of change, with a label only where the stages form a ladder."""
    profile = result.figures.find(STAGES)
    if profile is None:
        return None
    return charted("stages", texts.STAGES, stages_table(profile), page_stages.stages(result))


def say_do(result: Result) -> Block | None:
    """What staff are expected to do less what they experience, over all and by principle."""
    return charted("saydo", texts.SAY_DO, say_do_table(result), page_gaps.say_do(result))


def weighted(result: Result) -> Block | None:
    """The organisation's headlines if every team counted by its size."""
    rows = [
        [
            label,
            points(figure.value),
            points(one.get("value")),
            interval(points(one.get("low")), points(one.get("high"))),
            whole(figure.n),
            whole(one.get("n_eff")),
        ]
        for label, figure, one in scores(result, "weighted")
    ]
    return block("weighted", texts.WEIGHTED, rows)


def bounds(result: Result) -> Block | None:
    """What those who did not answer could change; not for a handful, of whom no response rate is told."""
    found = scores(result, "bounds") if result.group.headcount >= RATE_SHOWN_FROM else ()
    rows = [
        [label, points(figure.value), interval(*map(points, ends)), whole(figure.n)]
        for label, figure, ends in found
        if len(ends) == 2
    ]
    return block("bounds", texts.BOUNDS, rows)


def trends(result: Result) -> Block | None:
    """The straight line through the surveys so far, with its interval."""
    rows = [
        [
            label,
            signed(line.get("slope"), 1),
            interval(signed(line.get("low"), 1), signed(line.get("high"), 1)),
            whole(line.get("waves")),
            str(line.get("since", "")),
            _trend_words(line),
        ]
        for label, _figure, line in scores(result, "trend")
    ]
    return block("trends", texts.TRENDS, rows)


def _trend_words(line: dict[str, Any]) -> str:
    """A trend is more than noise, too small to name, lost among all those tested, or none."""
    if line.get("flagged"):
        return _("Rising: more than noise") if line.get("slope", 0) > 0 else _("Falling: more than noise")
    if line.get("waves", 0) < HEADLINE_FROM:
        return _("Too few surveys to say")
    if line.get("low", 0) <= 0 <= line.get("high", 0):
        return _("No trend beyond noise")
    if abs(line.get("rise", 0)) < LEAST_CHANGE:
        return _("Slight, under %(points)s points so far", points=f"{LEAST_CHANGE:.0f}")
    return _("Not beyond noise with all the trends tested here")
