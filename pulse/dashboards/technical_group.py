"""Behind the numbers of one group: beside other teams, agreement, stages, gaps, bounds and trends."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pulse.dashboards import technical_words as texts
from pulse.dashboards.page_units import telling_apart
from pulse.dashboards.reading import Result, read_advice
from pulse.dashboards.technical_parts import (
    SAY_DO,
    Block,
    block,
    coefficient,
    interval,
    points,
    scores,
    signed,
    whole,
)
from pulse.dashboards.words import join
from pulse.domain.measurement.change import LEAST_CHANGE
from pulse.domain.measurement.response import RATE_SHOWN_FROM
from pulse.domain.measurement.trend import HEADLINE_FROM
from pulse.results.released_types import ReleasedFigure

_PLACES = {
    "inside": "Within chance",
    "outside 95": "Outside 95 %",
    "outside 99.8": "Outside 99.8 %",
}
_OUTSIDE = frozenset(_PLACES) - {"inside"}
#: standings of stages in the order in which a title tells them; with and without a stage in place before
_STANDINGS = {
    "in place": ("in place", "in place"),
    "emerging": ("emerging", "emerging"),
    "not yet": ("not yet in place", "not yet"),
}


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
    words = _PLACES.get(place, "")
    if place in _OUTSIDE and own is not None and drawn is not None and own != drawn:
        words += ", above the rest" if own > drawn else ", below the rest"
    return words


def agreement(result: Result) -> Block | None:
    """How far the people of this group agree on the questions of a score."""
    rows = [
        [label, coefficient(one.get("rwg_j")), coefficient(one.get("rwg_star")), whole(one.get("items"))]
        for label, _, one in scores(result, "rwg")
    ]
    return block("agreement", texts.AGREEMENT, rows)


def stages(result: Result) -> Block | None:
    """The profile of the stages of change, with a label only where the stages form a ladder."""
    figure = result.figures.find("TOC")
    found: Sequence[Mapping[str, Any]] = figure.detail.get("stages", ()) if figure is not None else []
    if figure is None or not found:
        return None
    rows = [
        [
            stage.get("label") or stage.get("id", ""),
            points(stage.get("value")),
            interval(points(stage.get("low")), points(stage.get("high"))),
            signed(stage.get("z"), 1),
            str(stage.get("standing", "")).capitalize(),
        ]
        for stage in found
    ]
    text = replace(
        texts.STAGES,
        title=_stages_title(figure.detail),
        words=(*_stages_words(figure.detail), *texts.STAGES.words),
        caption=f"Each stage has its own score of 100 (n = {whole(figure.n)}); {texts.STAGES.caption}",
    )
    return block("stages", text, rows)


def _stages_title(detail: Mapping[str, Any]) -> str:
    """How each stage stands, in one sentence; nothing is said where the stages form no ladder."""
    found: dict[str, list[str]] = {}
    for stage in detail["stages"]:
        found.setdefault(stage.get("standing", ""), []).append(stage.get("label") or stage.get("id", ""))
    if not detail.get("labelled") or not found.keys() <= _STANDINGS.keys():
        return texts.STAGES.title
    if found.keys() == {"not yet"}:
        return "No stage of change is in place yet"
    told = [standing for standing in _STANDINGS if standing in found]
    shortly = told[:-1] == ["in place"]
    clauses = (
        f"{join(found[one])} {'is' if len(found[one]) == 1 else 'are'} {_STANDINGS[one][shortly]}"
        for one in told
    )
    return "; ".join(clauses)


def _stages_words(detail: Mapping[str, Any]) -> list[str]:
    """What a reader must know of the label: unevenness, and whether the stages form a ladder here."""
    said = []
    if detail.get("uneven"):
        said.append("Uneven: a later stage is in place before an earlier one. That is a finding, no error.")
    ladder = detail.get("reproducibility")
    if not detail.get("labelled"):
        how = f" (reproducibility {coefficient(ladder)})" if ladder is not None else ""
        said.append(f"No stage is named, because the teams' stages do not fit one order{how}.")
    elif ladder is None:
        said.append("There are too few teams to check whether the stages come in this order.")
    else:
        said.append(
            f"The teams' stages fit one order (reproducibility {coefficient(ladder)}). One survey cannot "
            "show that anybody moved along it."
        )
    return said


def say_do(result: Result) -> Block | None:
    """What staff are expected to do less what they experience, over all and by principle."""
    overall = result.figures.find(SAY_DO)
    gaps = [("All together", overall, ["", ""])] if overall is not None else []
    gaps += [(label, one, _sides(result, one)) for label, one in _say_do_pairs(result)]
    rows = [
        [label, *sides, signed(one.value), interval(signed(one.low), signed(one.high)), whole(one.n)]
        for label, one, sides in gaps
    ]
    return block("saydo", texts.SAY_DO, rows)


def _sides(result: Result, gap: ReleasedFigure) -> list[Any]:
    """The scores of what is expected and of what is experienced; hatched where one may not be shown."""
    items = gap.detail.get("items", [])
    if len(items) != 2:
        return ["", ""]
    sides = [result.figures.find(item) for item in items]
    return [{"hidden": result.why_hidden} if side is None else points(side.value) for side in sides]


def _say_do_pairs(result: Result) -> list[tuple[str, ReleasedFigure]]:
    """The parts by principle, in the order of the questions."""
    labels = {
        f"{SAY_DO}.{pair['id']}": pair.get("label") or pair["id"]
        for measure in result.plan["measures"]
        if measure["id"] == SAY_DO
        for pair in measure.get("pairs", [])
    }
    parts = result.figures.filtered(lambda name, _: name.startswith(f"{SAY_DO}."))
    found = parts.picked([*labels, *sorted(set(parts.labels) - set(labels))])
    return [(str(figure.detail.get("label") or labels.get(name, name)), figure) for name, figure in found]


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
        for label, _, line in scores(result, "trend")
    ]
    return block("trends", texts.TRENDS, rows)


def _trend_words(line: dict[str, Any]) -> str:
    """A trend is more than noise, too small to name, lost among all those tested, or none."""
    if line.get("flagged"):
        return f"{'Rising' if line.get('slope', 0) > 0 else 'Falling'}: more than noise"
    if line.get("waves", 0) < HEADLINE_FROM:
        return "Too few surveys to say"
    if line.get("low", 0) <= 0 <= line.get("high", 0):
        return "No trend beyond noise"
    if abs(line.get("rise", 0)) < LEAST_CHANGE:
        return f"Slight, under {LEAST_CHANGE:.0f} points so far"
    return "Not beyond noise with all the trends tested here"
