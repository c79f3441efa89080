"""The results page of one group, ready to draw: findings in words, charts as JSON, and their table twins."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pulse.dashboards import figures, figures_people, words
from pulse.dashboards.reading import FACETS, Result
from pulse.dashboards.words import shown
from pulse.results.models import Figure

Table = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """One chart with everything a reader needs beside it."""

    id: str
    title: str
    lede: str
    chart: str
    summary: str
    note: str
    table: Table
    #: the section of the method page that explains it
    method: str


def dimensions(result: Result) -> Section | None:
    """What is strong here: six principles, highest first."""
    rows = result.dimensions()
    if not rows:
        return None
    strong, weak = words.build_on(rows), words.look_at(rows)
    together = f" To look at together: {words.join([label.lower() for label in weak])}." if weak else ""
    return Section(
        id="dimensions",
        title=words.dimensions_title(rows),
        lede=f"Score of 100 with its 95 % interval, highest first{_pooled(rows)}.{together}",
        chart=json.dumps(figures.dots(rows, len(strong) or None)),
        summary="; ".join(f"{label} {shown(figure.value)}" for label, figure in rows),
        note=_level_note([figure for _, figure in rows]),
        table=_levels_table("Principle", rows),
        method="adjusted" if _baseline([figure for _, figure in rows]) else "scales",
    )


def facets(result: Result) -> Section | None:
    """Do we have permission to act: its four parts, the weakest named."""
    rows = result.facets()
    if not rows:
        return None
    named = [
        (f"{words.FACET_LABELS[facet]}: {words.FACET_MEANINGS[facet]}", figure) for facet, figure in rows
    ]
    return Section(
        id="facets",
        title=words.facets_title(rows),
        lede=f"{_parts(len(rows))} a score of 100 with its 95 % interval{_pooled(rows)}.",
        chart=json.dumps(figures.bars(rows, len(words.look_at(rows)))),
        summary="; ".join(f"{label} {shown(figure.value)}" for label, figure in named),
        note=_level_note([figure for _, figure in rows]),
        table=_levels_table("Part", named),
        method="permission",
    )


def _parts(many: int) -> str:
    """All parts, or how many of them: a part may be hidden here, or may not have been asked lately."""
    if many == len(FACETS):
        return "Its four parts, as"
    return f"{('One', 'Two', 'Three')[many - 1]} of its four parts may be shown here:"


def _pooled(rows: Sequence[tuple[str, Figure]]) -> str:
    """Says first what explains why parts and headline may differ: they are about different surveys."""
    labels = {label for _, figure in rows for label in figure.detail.get("pooled", [])}
    waves = len(labels) + any("items" in figure.detail for _, figure in rows)
    return f", over the last {waves} surveys" if labels else ""


def _level_note(shown_figures: Sequence[Figure]) -> str:
    """n, and over which surveys the level is taken: questions rotate, so no change is read from it."""
    n = _spread([figure.n for figure in shown_figures])
    baseline = _baseline(shown_figures)
    adjusted = f", adjusted for which questions were asked, against {baseline}" if baseline else ""
    if not any(figure.detail.get("pooled") for figure in shown_figures):
        return f"n = {n}{adjusted}."
    return (
        f"n = {n} in the latest survey that asked. These questions take turns, so each figure is the mean "
        f"of the surveys that asked them{adjusted}; a change is read only from questions asked every time."
    )


def _spread(counts: Sequence[int]) -> str:
    """ "40", or "36 to 40"."""
    return f"{min(counts):,}" if min(counts) == max(counts) else f"{min(counts):,} to {max(counts):,}"


def _baseline(shown_figures: Sequence[Figure]) -> str:
    """The survey that asked whole scales and these levels are adjusted against; empty if they are not."""
    found = {figure.detail["baseline"] for figure in shown_figures if "baseline" in figure.detail}
    return words.join(sorted(found)) if found else ""


def _levels_table(first: str, rows: Sequence[tuple[str, Figure]]) -> Table:
    cells = [[label, shown(f.value), f"{shown(f.low)} to {shown(f.high)}", f"{f.n:,}"] for label, f in rows]
    return {"headers": [first, "Score", "95 % interval", "Latest n"], "rows": cells}


def feelings(result: Result) -> Section | None:
    """Torn or split: how hope and worry balance in each person."""
    figure, mixed = result.trend_figure("AMB"), result.figures.get("AMB.mixed")
    if figure is None or "agreement" not in figure.detail:
        return None
    bands = figure.detail["bands"]
    rows = [[band, f"{n:,}"] for band, n in zip(figures_people.FEELING_BANDS, bands, strict=True)]
    value, low, high = (figure.detail[name] for name in ("agreement", "agreement_low", "agreement_high"))
    return Section(
        id="feelings",
        title=words.feelings_title(figure),
        lede=words.feelings_lede(figure, mixed),
        chart=json.dumps(figures_people.feelings(bands)),
        summary="; ".join(f"{band}: {n} people" for band, n in rows),
        note=f"n = {sum(bands):,} on this chart. Each person's hope less their worry. Agreement between "
        f"people {value:.2f} ({low:.2f} to {high:.2f}; 1 is one view, 0 no pattern, -1 two camps)."
        f"{_least(result)}",
        table={"headers": ["Hope less worry", "People"], "rows": rows},
        method="agreement",
    )


def _least(result: Result) -> str:
    """The companion of mixed feelings: a high score with a low one here means little feeling either way."""
    least = result.figures.get("AMB.least")
    if least is None:
        return ""
    return f" The weaker of a person's two feelings is {shown(least.value)} of 100 on average."


def leaders(result: Result) -> Section | None:
    """Leaders beside staff on the same content; only for the whole organisation."""
    gaps = result.gaps()
    if not gaps:
        return None
    rows = [(gap.detail["text"], gap.detail["staff"], gap.detail["leaders"]) for gap in gaps]
    table = [
        [gap.detail["text"], shown(gap.detail["staff"]), shown(gap.detail["leaders"]), _signed(gap)]
        for gap in gaps
    ]
    return Section(
        id="leaders",
        title=words.gaps_title(gaps),
        lede="The same question from two sides. A gap is a reason to talk, in either direction.",
        chart=json.dumps(figures_people.dumbbell(rows)),
        summary="; ".join(
            f"{text} staff {shown(staff)}, leaders {shown(lead)}" for text, staff, lead in rows
        ),
        note=_who_compared(gaps),
        table={"headers": ["Question", "Staff", "Leaders", "Gap and interval"], "rows": table},
        method="gaps",
    )


def _who_compared(gaps: Sequence[Figure]) -> str:
    """n of both sides, which are separate people."""
    lead, staff = (_spread([gap.detail[side] for gap in gaps]) for side in ("leaders_n", "staff_n"))
    return f"n = {lead} leaders, {staff} others."


def _signed(gap: Figure) -> str:
    return f"{shown(gap.value):+d} ({shown(gap.low):+d} to {shown(gap.high):+d})"
