"""What people answered: every question that may be shown for a group, most favourable first, and its place
for every other one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pulse.dashboards import figures_people
from pulse.dashboards.frame import Frame, Groups, frame_of
from pulse.dashboards.page import Table
from pulse.dashboards.reading import Result
from pulse.dashboards.words import change_words, shown
from pulse.dashboards.words_seen import interval, seen_of
from pulse.domain.measurement.items import largest_remainder
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.asked import items_asked
from pulse.results.released import read_tallies
from pulse.results.released_tables import ReleasedTallies
from pulse.results.released_types import ReleasedCounts, ReleasedFigure

#: options that are counted and never scored
APART = {"na": N_("does not apply"), "pns": N_("prefer not to say"), "none": N_("no answer")}
Item = dict[str, Any]


@dataclass(frozen=True)
class Answers:
    """The answers page of one group."""

    frame: Frame
    title: str
    chart: str
    summary: str
    note: str
    table: Table
    other: Table
    other_title: str
    #: the section of the method page that explains these numbers
    method: str = "items"


def build(result: Result, groups: Groups) -> Answers:
    """Agreement as a chart and a table; feelings, which are neither good nor bad marks, as a table."""
    tallies, feelings = read_tallies(result.group), _about_feelings(result)
    items = items_asked(result.plan)
    agree = [item for item in items if item["kind"] == "bipolar" and item["id"] not in feelings]
    others = [item for item in items if item not in agree]
    agree.sort(key=lambda item: _place(result, item))
    bars, missing = _bars(tallies, agree), [item for item in agree if item["id"] not in result.figures]
    hidden = [_text(item, favourable=True) for item in missing]
    most = _("Too few answered to show any question")
    if bars:
        most = _("“%(question)s” is answered most favourably", question=bars[0][0])
    return Answers(
        frame=frame_of(result, groups),
        title=most,
        chart=json.dumps(figures_people.answers(bars, hidden)),
        summary=_(
            "%(many)s questions from the most to the least favourable, %(hidden)s more hidden; every number "
            "is in the table.",
            many=len(bars),
            hidden=len(hidden),
        ),
        note=_note(result, agree, missing),
        table=_table(result, agree, tallies, favourable=True),
        other=_table(result, others, tallies, favourable=False),
        other_title=_other_title(result, {item["id"] for item in others}),
    )


def _place(result: Result, item: Item) -> tuple[bool, float]:
    """Most favourable first, and hidden ones last in the order in which they were asked."""
    figure = result.figures.find(item["id"])
    return (figure is None, -(figure.value or 0.0) if figure is not None else 0.0)


def _note(result: Result, items: Sequence[Item], missing: Sequence[Item]) -> str:
    figures = result.figures.picked([item["id"] for item in items]).cells
    said = [_("Every n is in the table.")]
    said += [seen_of(figures)] if figures else []
    reasons = dict.fromkeys(result.why_hides([item["id"]]) for item in missing)
    if len(reasons) > 1:
        said.append(_("Why each hatched question is hidden is said in the table."))
    if len(reasons) == 1:
        why = next(iter(reasons))
        said.append(_("Hatched questions: %(why)s", why=f"{why[0].lower()}{why[1:]}"))
    return " ".join(said)


def _bars(tallies: ReleasedTallies, items: Sequence[Item]) -> ReleasedTallies:
    """Counts from the least to the most favourable option, under the words of the question."""
    known = {item["id"]: item for item in items}
    return (
        tallies.picked(known)
        .ordered(lambda name, _counts: _options(known[name]))
        .relabelled(lambda name, _counts: _text(known[name], favourable=True))
    )


def _options(item: Item) -> list[str]:
    """Least to most favourable: a reversed item is turned round."""
    codes = [str(code) for code, _words in item["options"]]
    return codes[::-1] if item["reverse"] else codes


def _about_feelings(result: Result) -> set[str]:
    """Items of mixed feelings and of worry: information, never favourable or unfavourable."""
    apart: set[str] = set()
    others: set[str] = set()
    for measure in result.plan["measures"]:
        (others if measure["direction"] == "higher_is_better" else apart).update(measure["items"])
    return apart - others


def _other_title(result: Result, others: set[str]) -> str:
    """Names what is asked beside feelings: what staff are expected to do is no mark either."""
    gaps = (measure for measure in result.plan["measures"] if measure["method"] == "gap")
    expected = any(others.intersection(measure["items"]) for measure in gaps)
    return _("Feelings, and what is expected of people") if expected else _("Questions about feelings")


def _table(result: Result, items: Sequence[Item], tallies: ReleasedTallies, favourable: bool) -> Table:
    heads = [_("Favourable"), _("Neutral"), _("Unfavourable")] if favourable else []
    headers = [_("Question"), _("Score"), _("95 % interval"), *heads, "n", _("Not scored"), _("Change")]
    rows: list[list[Any]] = []
    for item in items:
        figure, counts = result.figures.find(item["id"]), tallies.find(item["id"])
        hidden = [{"hidden": result.why_hides([item["id"]])}] * (len(headers) - 1)
        cells = _cells(item, figure, counts, favourable) if figure and counts else hidden
        rows.append([_text(item, favourable), *cells])
    return {"headers": headers, "rows": rows, "numeric": list(range(1, len(headers) - 2))}


def _text(item: Item, favourable: bool) -> str:
    if not item["reverse"]:
        return str(item["text"])
    turned = _("(disagreeing is favourable)") if favourable else _("(agreeing gives the lower score)")
    return f"{item['text']} {turned}"


def _cells(item: Item, figure: ReleasedFigure, counts: ReleasedCounts, favourable: bool) -> list[Any]:
    shares = largest_remainder(counts.along(_options(item)).counts)
    thirds = [f"{sum(shares[3:])} %", f"{shares[2]} %", f"{sum(shares[:2])} %"] if favourable else []
    apart = [f"{counts.people(code)} {_(words)}" for code, words in APART.items() if counts.people(code)]
    return [
        str(shown(figure.value)),
        interval(figure),
        *thirds,
        f"{figure.n:,}",
        ", ".join(apart),
        _change(figure),
    ]


def _change(figure: ReleasedFigure) -> str:
    """Short where nothing can be compared, which the note of the chart says once for all rows."""
    said, way = change_words(figure)
    return _("nothing to compare with") if way == "first" else said
