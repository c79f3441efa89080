"""Are staff treated as assets? What they are expected to do for others, against what they experience."""

import json
from typing import Any

from pulse.dashboards import figures_gaps
from pulse.dashboards import technical_words as texts
from pulse.dashboards.figures_gaps import Sides, sides_of
from pulse.dashboards.page import Section, Table, hidden_section
from pulse.dashboards.page_shared import changes
from pulse.dashboards.reading import Result
from pulse.dashboards.technical_parts import SAY_DO, interval, points, signed, spread_of, table_of, whole
from pulse.dashboards.words import clear_gap, join
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.asked import trends_asked
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure

_TITLE = N_("What is expected of staff, and what they experience")
_LEDE = N_(
    "Are staff treated as assets? What they are expected to do for local people, against what they "
    "experience themselves, each of 100, widest gap first. No gap can also mean that both sides are low."
)
#: one word stands for a principle's score and for a row here
_OTHER_QUESTIONS = N_(
    "These are pairs of questions of their own. They are not the scores of the six principles, nor of being "
    "treated as an asset, so the numbers differ."
)


def say_do(result: Result) -> Section | None:
    """Both sides of every principle, widest gap first; None if the survey did not ask both."""
    gaps, figures = pairs(result), result.figures
    drawn = gaps.filtered(lambda _, gap: sides_of(gap, figures) is not None)
    hidden = [*gaps.filtered(lambda _, gap: sides_of(gap, figures) is None).labels, *_hidden(result)]
    if not drawn:
        return hidden_section("saydo", _(_TITLE), result.why_hidden) if hidden else None
    return Section(
        id="saydo",
        title=say_do_title(drawn),
        lede=_(_LEDE),
        chart=json.dumps(figures_gaps.say_do(drawn.relabelled(_pair_of), figures, [*map(_pair_of, hidden)])),
        summary="; ".join(
            [*_said(drawn, figures), *(_("%(label)s hidden", label=label) for label in hidden)]
        ),
        note=_note(result, drawn, hidden),
        table=say_do_table(result),
        method="assets",
    )


def _pair_of(label: str, _gap: ReleasedFigure | None = None) -> str:
    """A row that nobody takes for the score of the principle."""
    return _("%(label)s (this pair of questions)", label=label)


def pairs(result: Result) -> ReleasedTable:
    """The gaps by principle that may be shown, labelled in words: widest first, whichever way."""
    labels = _labels(result)
    parts = result.figures.filtered(lambda name, _: name.startswith(f"{SAY_DO}."))
    named = parts.relabelled(lambda name, gap: _(str(gap.detail.get("label") or labels.get(name, name))))
    return named.sorted(lambda _, gap: -abs(gap.value or 0.0))


def say_do_title(gaps: ReleasedTable) -> str:
    """Which way the gaps run, and on which principle widest, as far as these answers can show."""
    above = [gap for gap in gaps.cells if (gap.low or 0.0) > 0]
    below = [gap for gap in gaps.cells if (gap.high or 0.0) < 0]
    if not above and not below:
        return _("No gap between what is expected of staff and what they experience, beyond what shows here")
    if above and below:
        return _("More is expected of staff than they experience in some principles, and less in others")
    if below:
        more = _("Staff experience more than they are expected to do for local people")
        return more + _most(gaps, -1)
    return _("Staff are expected to treat local people better than they are treated") + _most(gaps, 1)


def _most(gaps: ReleasedTable, sign: int) -> str:
    """The principle that clearly leads; none if the next is not clearly behind it."""
    if len(gaps) < 2:
        return ""
    (label, first), (_next, second) = gaps[0], gaps[1]
    clear = clear_gap(first, second) if sign > 0 else clear_gap(second, first)
    return _(", most of all on %(principle)s", principle=label.lower()) if clear else ""


def say_do_table(result: Result) -> Table:
    """Both sides and the gap, over all principles and for each; a side that is hidden is hatched."""
    overall = result.figures.find(SAY_DO)
    rows = [[_("All together"), "", "", *_gap(overall)]] if overall is not None else []
    rows += [[label, *_cells(result, gap), *_gap(gap)] for label, gap in pairs(result)]
    hidden: dict[str, str] = {"hidden": result.why_hidden}
    rows += [[label, *[hidden] * (len(texts.SAY_DO.headers) - 1)] for label in _hidden(result)]
    return table_of(texts.SAY_DO, rows)


def _gap(gap: ReleasedFigure) -> list[Any]:
    return [signed(gap.value), interval(signed(gap.low), signed(gap.high)), whole(gap.n)]


def _cells(result: Result, gap: ReleasedFigure) -> list[Any]:
    """The two sides as they are printed; empty for a gap that does not say what it is made of."""
    items = gap.detail.get("items", [])
    found = [result.figures.find(item) for item in items] if len(items) == 2 else []
    cells: list[Any] = [{"hidden": result.why_hidden} if one is None else points(one.value) for one in found]
    return cells or ["", ""]


def _labels(result: Result) -> dict[str, str]:
    """Measure -> label of every pair that was asked, in the order of the questions."""
    return {
        f"{SAY_DO}.{pair['id']}": _(pair.get("label") or pair["id"])
        for measure in result.plan["measures"]
        if measure["id"] == SAY_DO
        for pair in measure.get("pairs", [])
    }


def _hidden(result: Result) -> list[str]:
    """Principles that were asked from both sides and are not shown here."""
    missing = {name: label for name, label in _labels(result).items() if name not in result.figures}
    asked = trends_asked(result.plan) if missing else frozenset()
    return [label for name, label in missing.items() if name in asked]


def _said(gaps: ReleasedTable, figures: ReleasedTable) -> list[str]:
    sides: list[tuple[str, Sides]] = [
        (label, both) for label, gap in gaps if (both := sides_of(gap, figures)) is not None
    ]
    return [
        _(
            "%(label)s: expected %(expected)s, experienced %(experienced)s",
            label=label,
            expected=points(both.expected.value),
            experienced=points(both.experienced.value),
        )
        for label, both in sides
    ]


def _note(result: Result, gaps: ReleasedTable, hidden: list[str]) -> str:
    """n, the gap over all with its interval, what changed, and what has a hatched place."""
    overall = result.figures.find(SAY_DO)
    said = [_("n = %(n)s who answered both sides.", n=spread_of([gap.n for gap in gaps.cells]))]
    if overall is not None:
        among = interval(signed(overall.low), signed(overall.high))
        gap_words = _("All together, the gap is %(gap)s (%(range)s).", gap=signed(overall.value), range=among)
        said.append(gap_words)
    said += [changes(gaps), _(_OTHER_QUESTIONS)]
    if hidden:
        said.append(f"{join(hidden)}: {result.why_hidden[0].lower()}{result.why_hidden[1:]}")
    return " ".join(said)
