"""The results page of one group, ready to draw: findings in words, charts as JSON, and their table twins."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from pulse.dashboards import figures, figures_people, words
from pulse.dashboards.reading import FACETS, Result
from pulse.dashboards.words import shown
from pulse.dashboards.words_seen import interval, seen_of
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure

Table = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """One chart with everything a reader needs beside it; or, hatched, its place and why it is hidden."""

    id: str
    title: str
    lede: str
    chart: str
    summary: str
    note: str
    table: Table
    #: the section of the method page that explains it
    method: str
    hidden: str = ""


def hidden_section(name: str, title: str, why: str, lede: str = "", note: str = "") -> Section:
    """The place of a chart of which nothing may be shown; lede and note say what may still be said."""
    return Section(name, title, lede, "", "", note, {}, "", hidden=why)


def _why(labels: Sequence[str], why: str) -> str:
    """Names what has a hatched place in a chart, and the one reason for all of them."""
    return f" {words.join(labels)}: {why[0].lower()}{why[1:]}" if labels else ""


def dimensions(result: Result) -> Section | None:
    """What is strong here: six principles, highest first; None if the survey asked none."""
    rows, hidden = result.dimensions(), result.hidden_dimensions()
    if not rows:
        return (
            hidden_section("dimensions", "The six principles", result.why_hides_dimensions)
            if hidden
            else None
        )
    strong, weak = words.build_on(rows), words.look_at(rows)
    together = f" To look at together: {words.join([label.lower() for label in weak])}." if weak else ""
    return Section(
        id="dimensions",
        title=words.dimensions_title(rows),
        lede=f"Score of 100 with its 95 % interval, highest first{_pooled(rows)}.{together}",
        chart=json.dumps(figures.dots(rows, len(strong) or None, hidden)),
        summary=_summary(rows, hidden),
        note=_level_note(rows) + _namesake(result, rows) + _why(hidden, result.why_hides_dimensions),
        table=_levels_table("Principle", rows, hidden, result.why_hides_dimensions),
        method="adjusted" if _baseline(rows) else "scales",
    )


def _namesake(result: Result, rows: ReleasedTable) -> str:
    """Keeps the principle Assets apart from the headline of nearly the same name."""
    if "Assets" not in rows.labels or result.trend_figure("TAA") is None:
        return ""
    return " Assets, a principle, is asked with other questions than “Treated as assets” above."


def facets(result: Result) -> Section | None:
    """Do we have permission to act: its four parts, the weakest named; None if the survey asked none."""
    rows, hidden = result.facets(), result.hidden_facets()
    if not rows:
        return hidden_section("facets", "Permission to act", result.why_hides_facets) if hidden else None
    named = rows.relabelled(lambda facet, _: _facet(facet))
    missing = [words.FACET_LABELS[facet] for facet in hidden]
    return Section(
        id="facets",
        title=words.facets_title(rows),
        lede=f"{_parts(len(rows))} a score of 100 with its 95 % interval{_pooled(rows)}.",
        chart=json.dumps(figures.bars(rows, len(words.look_at(rows)), hidden)),
        summary=_summary(named, missing),
        note=_level_note(rows) + _why(missing, result.why_hides_facets),
        table=_levels_table("Part", named, [_facet(facet) for facet in hidden], result.why_hides_facets),
        method="permission",
    )


def _summary(rows: ReleasedTable, hidden: Sequence[str]) -> str:
    """The chart for who cannot see it."""
    said = [f"{label} {shown(figure.value)}" for label, figure in rows]
    return "; ".join([*said, *(f"{label} hidden" for label in hidden)])


def _facet(facet: str) -> str:
    return f"{words.FACET_LABELS[facet]}: {words.FACET_MEANINGS[facet]}"


def _parts(many: int) -> str:
    """All parts, or how many of them: a part may be hidden here, or may not have been asked lately."""
    if many == len(FACETS):
        return "Its four parts, as"
    return f"{('One', 'Two', 'Three')[many - 1]} of its four parts may be shown here:"


def _pooled(rows: ReleasedTable) -> str:
    """Says first what explains why parts and headline may differ: they are about different surveys."""
    labels = {label for _, figure in rows for label in figure.detail.get("pooled", [])}
    waves = len(labels) + any("items" in figure.detail for _, figure in rows)
    return f", over the last {waves} surveys" if labels else ""


def _level_note(rows: ReleasedTable) -> str:
    """n, and over which surveys the level is taken: questions rotate, so no change is read from it."""
    n = _spread([figure.n for figure in rows.cells])
    baseline = _baseline(rows)
    adjusted = f", adjusted for which questions were asked, against {baseline}" if baseline else ""
    if not any(figure.detail.get("pooled") for figure in rows.cells):
        return f"n = {n}{adjusted}. {seen_of(rows.cells)}"
    return (
        f"n = {n} in the latest survey that asked. These questions take turns, so each figure is the mean "
        f"of the surveys that asked them{adjusted}; a change is read only from questions asked every time."
    )


def _spread(counts: Sequence[int]) -> str:
    """ "40", or "36 to 40"."""
    return f"{min(counts):,}" if min(counts) == max(counts) else f"{min(counts):,} to {max(counts):,}"


def _baseline(rows: ReleasedTable) -> str:
    """The survey that asked whole scales and these levels are adjusted against; empty if they are not."""
    found = {figure.detail["baseline"] for figure in rows.cells if "baseline" in figure.detail}
    return words.join(sorted(found)) if found else ""


def _levels_table(first: str, rows: ReleasedTable, hidden: Sequence[str], why: str) -> Table:
    cells: list[list[Any]] = [[label, shown(f.value), interval(f), f"{f.n:,}"] for label, f in rows]
    cells += [[label, *[{"hidden": why}] * 3] for label in hidden]
    return {"headers": [first, "Score", "95 % interval", "Latest n"], "rows": cells}


def leaders(result: Result) -> Section | None:
    """Leaders beside staff on the same content; only for the whole organisation."""
    gaps = result.gaps().relabelled(lambda _, gap: str(gap.detail["text"]))
    if not gaps:
        return _hidden_leaders(result)
    sides = [(text, shown(gap.detail["staff"]), shown(gap.detail["leaders"]), gap) for text, gap in gaps]
    return Section(
        id="leaders",
        title=words.gaps_title(gaps),
        lede="The same question from two sides. A gap is a reason to talk, in either direction.",
        chart=json.dumps(figures_people.dumbbell(gaps)),
        summary="; ".join(f"{text} staff {staff}, leaders {led}" for text, staff, led, _ in sides),
        note=_who_compared(gaps),
        table={
            "headers": ["Question", "Staff", "Leaders", "Gap and interval"],
            "rows": [[text, staff, led, _signed(gap)] for text, staff, led, gap in sides],
        },
        method="gaps",
    )


def _hidden_leaders(result: Result) -> Section | None:
    """Asked of leaders too, and not one question may be shown from both sides."""
    asked = any(measure["method"] == "leader_gap" for measure in result.plan["measures"])
    if not asked or result.group.kind != "organisation":
        return None
    return hidden_section("leaders", "Leaders beside staff", result.why_hidden)


def _who_compared(gaps: ReleasedTable) -> str:
    """n of both sides, which are separate people."""
    lead, staff = (_spread([gap.detail[side] for gap in gaps.cells]) for side in ("leaders_n", "staff_n"))
    half = max(((gap.high or 0.0) - (gap.low or 0.0)) / 2 for gap in gaps.cells)
    return (
        f"n = {lead} leaders, {staff} others. A gap of less than about {ceil(half)} points could be chance."
    )


def _signed(gap: ReleasedFigure) -> str:
    return f"{shown(gap.value):+d} ({shown(gap.low):+d} to {shown(gap.high):+d})"
