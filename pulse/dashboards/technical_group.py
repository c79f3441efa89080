"""Behind the numbers of one group: beside other teams, agreement, stages, gaps, bounds and trends."""

from dataclasses import replace
from typing import Any

from pulse.dashboards import technical_words as texts
from pulse.dashboards.page_units import RATE_FROM
from pulse.dashboards.reading import Result
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
from pulse.domain.measurement.trend import HEADLINE_FROM
from pulse.results.models import Figure

_PLACES = {
    "inside": "Within chance",
    "outside 95": "Outside 95 %",
    "outside 99.8": "Outside 99.8 %",
}


def beside_others(result: Result) -> Block | None:
    """This team's own score, the one drawn towards all teams, and whether chance explains its place."""
    rows = [
        [label, points(figure.value), points(unit.get("shrunk")), _PLACES.get(unit.get("funnel", ""), "")]
        for label, figure, unit in scores(result, "unit")
    ]
    return block("beside", texts.BESIDE, rows)


def agreement(result: Result) -> Block | None:
    """How far the people of this group agree on the questions of a score."""
    rows = [
        [label, coefficient(one.get("rwg_j")), coefficient(one.get("rwg_star")), whole(one.get("items"))]
        for label, _, one in scores(result, "rwg")
    ]
    return block("agreement", texts.AGREEMENT, rows)


def stages(result: Result) -> Block | None:
    """The profile of the stages of change, with a label only where the stages form a ladder."""
    figure = result.figures.get("TOC")
    found: list[dict[str, Any]] = figure.detail.get("stages", []) if figure is not None else []
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


def _stages_title(detail: dict[str, Any]) -> str:
    """The stage reached and the one being worked on; neither where stages form no ladder."""
    if not detail.get("labelled"):
        return texts.STAGES.title
    labels = {stage.get("id"): stage.get("label") or stage.get("id") for stage in detail["stages"]}
    reached, now = labels.get(detail.get("reached")), labels.get(detail.get("now"))
    first = f"{reached} is reached" if reached else "No stage of change is reached yet"
    return first + (f"; {now} is being worked on" if now else "")


def _stages_words(detail: dict[str, Any]) -> list[str]:
    """What a reader must know of the label: unevenness, and whether the stages form a ladder here."""
    said = []
    if detail.get("uneven"):
        said.append("Uneven: a later stage is in place before an earlier one. That is a finding, no error.")
    ladder = detail.get("reproducibility")
    if not detail.get("labelled"):
        how = f" (reproducibility {coefficient(ladder)})" if ladder is not None else ""
        said.append(f"No stage is named, because teams do not go through these stages in one order{how}.")
    elif ladder is None:
        said.append("There are too few teams to check whether the stages come in this order.")
    else:
        said.append(f"Teams go through the stages in this order (reproducibility {coefficient(ladder)}).")
    return said


def say_do(result: Result) -> Block | None:
    """What staff are expected to do less what they experience, over all and by principle."""
    overall = result.figures.get(SAY_DO)
    found = [("All together", overall)] if overall is not None else []
    rows = [
        [label, signed(one.value), interval(signed(one.low), signed(one.high)), whole(one.n)]
        for label, one in found + _say_do_pairs(result)
    ]
    return block("saydo", texts.SAY_DO, rows)


def _say_do_pairs(result: Result) -> list[tuple[str, Figure]]:
    """The parts by principle, in the order of the questions."""
    labels = {
        f"{SAY_DO}.{pair['id']}": pair.get("label") or pair["id"]
        for measure in result.plan["measures"]
        if measure["id"] == SAY_DO
        for pair in measure.get("pairs", [])
    }
    names = [*labels, *sorted(n for n in result.figures if n.startswith(f"{SAY_DO}.") and n not in labels)]
    found = [(name, result.figures[name]) for name in names if name in result.figures]
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
    found = scores(result, "bounds") if result.group.headcount >= RATE_FROM else ()
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
    if line.get("flagged"):
        return f"{'Rising' if line.get('slope', 0) > 0 else 'Falling'}: more than noise"
    return "No trend beyond noise" if line.get("waves", 0) >= HEADLINE_FROM else "Too few surveys to say"
