"""The teams inside a group, side by side, and who answered: by name, without ranks."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulse.dashboards import figures_trend, words
from pulse.dashboards.page import Table
from pulse.dashboards.reading import HEADLINES, Inside, Result, Unshown
from pulse.dashboards.words import shown
from pulse.dashboards.words_breaks import breaks
from pulse.domain.disclosure.wording import hidden_measure
from pulse.domain.measurement.response import RATE_SHOWN_FROM, mean_bounds
from pulse.results.released_tables import ReleasedTrend
from pulse.results.released_types import ReleasedFigure

#: in a cell of a table
_UNASKED = "not asked"
#: headline measures within a sentence
_MID_SENTENCE = {
    "PTA": "permission to act",
    "AMB": "mixed feelings",
    "TAA": "being treated as an asset",
}
_TELLING_APART = {
    "organisation only": "teams can hardly be told apart from chance: read one team's score with its range, "
    "not against another's.",
    "with care": "teams can be told apart only roughly: set one beside another with care.",
}


@dataclass(frozen=True)
class Multiple:
    """One small chart of permission to act; without a figure its place is hatched and says why."""

    name: str
    number: int | None
    chart: str
    summary: str
    says: str
    reason: str
    #: the section of the method page that explains it
    method: str = "change"


def multiples(
    trends: Sequence[tuple[Inside, ReleasedTrend]], unshown: Sequence[Unshown], limits: tuple[int, int]
) -> list[Multiple]:
    """Permission to act, team by team, all on one axis."""
    drawn = [_multiple(one, points, limits) for one, points in trends]
    hidden = [
        Multiple(unit.name, None, "", "", "", unit.reason)
        for unit in unshown
        if unit.status in ("higher", "left_out")
    ]
    return drawn + hidden


def _multiple(one: Inside, points: ReleasedTrend, limits: tuple[int, int]) -> Multiple:
    figure = one.figures.find("PTA")
    if figure is None:
        return Multiple(one.group.name, one.group.number, "", "", "", hidden_measure(one.group.release.k))
    says = f"{shown(figure.value)} of 100, n = {figure.n:,}. {words.change_words(figure)[0]}."
    says = " ".join([says, *breaks(points)])
    chart = json.dumps(figures_trend.trend(points, limits))
    return Multiple(one.group.name, one.group.number, chart, says, says, "")


def units_table(inside: Sequence[Inside], unshown: Sequence[Unshown], asked: Collection[str]) -> Table:
    """Groups inside this one beside each other, by name: no ranks, and no place for the smallest.

    `asked` are the measures that this survey could show; of another nothing is hidden.
    """
    rows: list[list[Any]] = []
    for one in inside:
        why = {"hidden": hidden_measure(one.group.release.k)}
        missing = {name: why if name in asked else _UNASKED for name in HEADLINES}
        cells = [_cell(one.figures.find(name)) or missing[name] for name in HEADLINES]
        word = words.feelings_word(one.figures.find("AMB")) or missing["AMB"]
        rows.append([one.group.name, f"{one.group.n:,}", cells[0], cells[1], word, cells[2]])
    apart = [unit for unit in unshown if unit.status in ("higher", "left_out")]
    rows += [[unit.name, *[{"hidden": unit.reason}] * 5] for unit in apart]
    headers = [
        "Team",
        "Answered",
        "Permission to act",
        "Mixed feelings",
        "Hope and worry",
        "Treated as assets",
    ]
    return {"headers": headers, "rows": rows, "numeric": [1, 2, 3, 5], "method": "funnel"}


def telling_apart(advice: Mapping[str, str]) -> list[str]:
    """What to bear in mind before teams are set side by side; empty where they can be told apart.

    `advice` is the measurement's, by headline measure: "compare", "with care" or "organisation only".
    """
    said = []
    for kind, sentence in _TELLING_APART.items():
        names = [_MID_SENTENCE[name] for name in _MID_SENTENCE if advice.get(name) == kind]
        if names:
            said.append(f"On {words.join(names)}, {sentence}")
    return said


def _cell(figure: ReleasedFigure | None) -> str:
    """Empty where it is hidden."""
    if figure is None:
        return ""
    if figure.detail.get("everyone"):
        return f"{shown(figure.value)} (everyone answered)"
    return f"{shown(figure.value)} ({shown(figure.low)} to {shown(figure.high)})"


def response(result: Result) -> str:
    """Who answered, with the widest that the truth could be if everybody else thought otherwise."""
    group = result.group
    if group.headcount < RATE_SHOWN_FROM:
        return (
            f"{group.n:,} answered. What share that is, and what all the others could change, is shown from "
            f"{RATE_SHOWN_FROM} people on."
        )
    rate = shown(100 * group.n / group.headcount)
    sentence = f"{group.n:,} of {group.headcount:,} answered ({rate} %)."
    act = result.trend_figure("PTA")
    if act is None or act.value is None:
        return sentence
    low, high = mean_bounds(act.value, act.n, group.headcount)
    return (
        f"{sentence} If all the others had answered at one end or the other, permission to act would lie "
        f"between {shown(low)} and {shown(high)}: intervals cannot show what those who kept silent think."
    )
