"""The results page of one group, ready to draw: findings in words, charts as JSON, and their table twins."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from pulse.dashboards import figures, figures_people, words
from pulse.dashboards.reading import Result
from pulse.dashboards.words import shown
from pulse.dashboards.words_seen import interval, seen_of
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure

Table = dict[str, Any]
#: the four parts of permission to act, or as many of them as may be shown here or were asked lately
_PARTS = (
    N_("One of its four parts may be shown here: a score of 100 with its 95 %% interval%(surveys)s."),
    N_("Two of its four parts may be shown here: a score of 100 with its 95 %% interval%(surveys)s."),
    N_("Three of its four parts may be shown here: a score of 100 with its 95 %% interval%(surveys)s."),
    N_("Its four parts, as a score of 100 with its 95 %% interval%(surveys)s."),
)


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
            hidden_section("dimensions", _("The six principles"), result.why_hides_dimensions)
            if hidden
            else None
        )
    strong, weak = words.build_on(rows), words.look_at(rows)
    named, lack = _named(rows), [_(label) for label in hidden]
    weakest = words.join([_(label).lower() for label in weak]) if weak else ""
    together = " " + _("To look at together: %(names)s.", names=weakest) if weak else ""
    lede = _("Score of 100 with its 95 %% interval, highest first%(surveys)s.", surveys=_pooled(rows))
    return Section(
        id="dimensions",
        title=words.dimensions_title(rows),
        lede=lede + together,
        chart=json.dumps(figures.dots(named, len(strong) or None, lack)),
        summary=_summary(named, lack),
        note=_level_note(rows) + _namesake(result, rows) + _why(lack, result.why_hides_dimensions),
        table=_levels_table(_("Principle"), named, lack, result.why_hides_dimensions),
        method="adjusted" if _baseline(rows) else "scales",
    )


def _named(rows: ReleasedTable) -> ReleasedTable:
    """The rows under their labels in the language of the page."""
    return rows.relabelled(lambda label, _figure: _(label))


def _namesake(result: Result, rows: ReleasedTable) -> str:
    """Keeps the principle Assets apart from the headline of nearly the same name."""
    if "Assets" not in rows.labels or result.trend_figure("TAA") is None:
        return ""
    return " " + _("Assets, a principle, is asked with other questions than “Treated as assets” above.")


def facets(result: Result) -> Section | None:
    """Do we have permission to act: its four parts, the weakest named; None if the survey asked none."""
    rows, hidden = result.facets(), result.hidden_facets()
    if not rows:
        return hidden_section("facets", _("Permission to act"), result.why_hides_facets) if hidden else None
    named = rows.relabelled(lambda facet, _: _facet(facet))
    missing = [_(words.FACET_LABELS[facet]) for facet in hidden]
    return Section(
        id="facets",
        title=words.facets_title(rows),
        lede=_(_PARTS[len(rows) - 1], surveys=_pooled(rows)),
        chart=json.dumps(figures.bars(rows, len(words.look_at(rows)), hidden)),
        summary=_summary(named, missing),
        note=_level_note(rows) + _why(missing, result.why_hides_facets),
        table=_levels_table(_("Part"), named, [_facet(facet) for facet in hidden], result.why_hides_facets),
        method="permission",
    )


def _summary(rows: ReleasedTable, hidden: Sequence[str]) -> str:
    """The chart for who cannot see it."""
    said = [f"{label} {shown(figure.value)}" for label, figure in rows]
    return "; ".join([*said, *(_("%(label)s hidden", label=label) for label in hidden)])


def _facet(facet: str) -> str:
    return f"{_(words.FACET_LABELS[facet])}: {_(words.FACET_MEANINGS[facet])}"


def _pooled(rows: ReleasedTable) -> str:
    """Says first what explains why parts and headline may differ: they are about different surveys."""
    labels = {label for figure in rows.cells for label in figure.detail.get("pooled", [])}
    waves = len(labels) + any("items" in figure.detail for figure in rows.cells)
    return _(", over the last %(waves)s surveys", waves=waves) if labels else ""


def _level_note(rows: ReleasedTable) -> str:
    """n, and over which surveys the level is taken: questions rotate, so no change is read from it."""
    n = _spread([figure.n for figure in rows.cells])
    baseline = _baseline(rows)
    adjusted = (
        _(", adjusted for which questions were asked, against %(baseline)s", baseline=baseline)
        if baseline
        else ""
    )
    if not any(figure.detail.get("pooled") for figure in rows.cells):
        return f"n = {n}{adjusted}. {seen_of(rows.cells)}"
    return _(
        "n = %(n)s in the latest survey that asked. These questions take turns, so each figure is the mean "
        "of the surveys that asked them%(adjusted)s; a change is read only from questions asked every time.",
        n=n,
        adjusted=adjusted,
    )


def _spread(counts: Sequence[int]) -> str:
    """ "40", or "36 to 40"."""
    low, high = f"{min(counts):,}", f"{max(counts):,}"
    return low if low == high else _("%(low)s to %(high)s", low=low, high=high)


def _baseline(rows: ReleasedTable) -> str:
    """The survey that asked whole scales and these levels are adjusted against; empty if they are not."""
    found = {figure.detail["baseline"] for figure in rows.cells if "baseline" in figure.detail}
    return words.join(sorted(found)) if found else ""


def _levels_table(first: str, rows: ReleasedTable, hidden: Sequence[str], why: str) -> Table:
    cells: list[list[Any]] = [[label, shown(f.value), interval(f), f"{f.n:,}"] for label, f in rows]
    cells += [[label, *[{"hidden": why}] * 3] for label in hidden]
    return {"headers": [first, _("Score"), _("95 % interval"), _("Latest n")], "rows": cells}


def leaders(result: Result) -> Section | None:
    """Leaders beside staff on the same content; only for the whole organisation."""
    gaps = result.gaps().relabelled(lambda _, gap: str(gap.detail["text"]))
    if not gaps:
        return _hidden_leaders(result)
    sides = [(text, shown(gap.detail["staff"]), shown(gap.detail["leaders"]), gap) for text, gap in gaps]
    return Section(
        id="leaders",
        title=words.gaps_title(gaps),
        lede=_("The same question from two sides. A gap is a reason to talk, in either direction."),
        chart=json.dumps(figures_people.dumbbell(gaps)),
        summary="; ".join(
            _("%(question)s staff %(staff)s, leaders %(leaders)s", question=text, staff=staff, leaders=led)
            for text, staff, led, _gap in sides
        ),
        note=_who_compared(gaps),
        table={
            "headers": [_("Question"), _("Staff"), _("Leaders"), _("Gap and interval")],
            "rows": [[text, staff, led, _signed(gap)] for text, staff, led, gap in sides],
        },
        method="gaps",
    )


def _hidden_leaders(result: Result) -> Section | None:
    """Asked of leaders too, and not one question may be shown from both sides."""
    asked = any(measure["method"] == "leader_gap" for measure in result.plan["measures"])
    if not asked or result.group.kind != "organisation":
        return None
    return hidden_section("leaders", _("Leaders beside staff"), result.why_hidden)


def _who_compared(gaps: ReleasedTable) -> str:
    """n of both sides, which are separate people."""
    lead, staff = (_spread([gap.detail[side] for gap in gaps.cells]) for side in ("leaders_n", "staff_n"))
    half = max(((gap.high or 0.0) - (gap.low or 0.0)) / 2 for gap in gaps.cells)
    return _(
        "n = %(leaders)s leaders, %(others)s others. A gap of less than about %(points)s points could be "
        "chance.",
        leaders=lead,
        others=staff,
        points=ceil(half),
    )


def _signed(gap: ReleasedFigure) -> str:
    among = _("%(low)s to %(high)s", low=f"{shown(gap.low):+d}", high=f"{shown(gap.high):+d}")
    return f"{shown(gap.value):+d} ({among})"
