"""The results page of one group, ready to draw: findings in words, charts as JSON, and their table twins."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pulse.dashboards import figures, figures_people, words
from pulse.dashboards.reading import HEADLINES, Point, Result
from pulse.dashboards.words import shown
from pulse.results.models import Figure

CARD_LABELS = {"PTA": "Permission to act", "AMB": "Mixed feelings", "TAA": "Treated as assets"}
#: the section of the method page that explains a headline
CARD_METHODS = {"PTA": "permission", "AMB": "griffin", "TAA": "assets"}
Table = dict[str, Any]
#: position on a trend -> (mark, what was done and when)
Flags = dict[int, tuple[str, str]]


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


@dataclass(frozen=True)
class Card:
    """One headline number; `figure` None means that it is hidden for this group."""

    id: str
    label: str
    figure: Figure | None
    change: str
    direction: str
    chart: str
    summary: str
    about: str
    table: Table
    method: str


def axis_limits(
    spread: dict[str, list[float]], drawn: Iterable[tuple[str, list[Point]]]
) -> dict[str, tuple[int, int]]:
    """The axis of each measure, the same for every unit of the wave.

    Permission to act and being treated as an asset share one, so that they can be compared; mixed feelings,
    which are no level of the same kind, have their own.
    """
    values = {measure: list(found) for measure, found in spread.items()}
    for measure, points in drawn:
        values[measure] += [p.figure.value for p in points if p.figure and p.figure.value is not None]
    level = figures.trend_range([*values["PTA"], *values["TAA"]])
    return {"PTA": level, "TAA": level, "AMB": figures.trend_range(values["AMB"])}


def cards(
    result: Result, trends: dict[str, list[Point]], limits: dict[str, tuple[int, int]], flags: Flags
) -> list[Card]:
    """Permission to act, mixed feelings, treated as assets: now, change, and the trend so far."""
    marks: dict[str, Flags] = {"PTA": flags}
    return [_card(result, name, trends[name], limits[name], marks.get(name, {})) for name in HEADLINES]


def _card(result: Result, name: str, points: list[Point], limits: tuple[int, int], flags: Flags) -> Card:
    figure = result.trend_figure(name)
    least = result.figures.get("AMB.least") if name == "AMB" else None
    change, direction = words.change_words(figure, least) if figure is not None else ("", "none")
    marks = {at: mark for at, (mark, _) in flags.items()}
    first = next((point for point in points if point.figure is not None), None)
    started = f"from {shown(first.figure.value)} in {first.label}" if first and first.figure else ""
    return Card(
        id=name.lower(),
        label=CARD_LABELS[name],
        figure=figure,
        change=change,
        direction=direction,
        chart=json.dumps(figures.trend(points, limits, marks)) if len(points) > 1 else "",
        summary=f"{CARD_LABELS[name]} over {len(points)} surveys, {started} to {_shown(figure)}.",
        about=_made_of(figure) + "".join(f" Mark {mark}: {label}." for mark, label in flags.values()),
        table=trend_table(points),
        method=CARD_METHODS[name],
    )


def _shown(figure: Figure | None) -> str:
    return "hidden" if figure is None else str(shown(figure.value))


def _made_of(figure: Figure | None) -> str:
    """Says what a trend number is made of, since only questions asked every time can carry one."""
    if figure is None:
        return ""
    count = len(figure.detail["items"])
    asked = "one question that is" if count == 1 else f"{count} questions that are"
    return f"n = {figure.n:,}, from {asked} asked every time."


def trend_table(points: Sequence[Point]) -> Table:
    """The numbers of a trend chart, newest first."""
    rows = [
        [
            p.label,
            shown(p.figure.value),
            f"{shown(p.figure.low)} to {shown(p.figure.high)}",
            f"{p.figure.n:,}",
        ]
        if p.figure is not None
        else [p.label, {"hidden": "These people had no result of their own in this survey."}, "", ""]
        for p in reversed(points)
    ]
    return {"headers": ["Survey", "Score", "95 % interval", "n"], "rows": rows}


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
        lede=f"Its four parts, as a score of 100 with its 95 % interval{_pooled(rows)}.",
        chart=json.dumps(figures.bars(rows, len(words.look_at(rows)))),
        summary="; ".join(f"{label} {shown(figure.value)}" for label, figure in named),
        note=_level_note([figure for _, figure in rows]),
        table=_levels_table("Part", named),
        method="permission",
    )


def _pooled(rows: Sequence[tuple[str, Figure]]) -> str:
    """Says first what explains why parts and headline may differ: they are about different surveys."""
    labels = {label for _, figure in rows for label in figure.detail.get("pooled", [])}
    waves = len(labels) + any("items" in figure.detail for _, figure in rows)
    return f", over the last {waves} surveys" if labels else ""


def _level_note(shown_figures: Sequence[Figure]) -> str:
    """n, and over which surveys the level is taken: questions rotate, so no change is read from it."""
    counts = [figure.n for figure in shown_figures]
    n = f"{min(counts):,}" if min(counts) == max(counts) else f"{min(counts):,} to {max(counts):,}"
    baseline = _baseline(shown_figures)
    adjusted = f", adjusted for which questions were asked, against {baseline}" if baseline else ""
    if not any(figure.detail.get("pooled") for figure in shown_figures):
        return f"n = {n}{adjusted}."
    return (
        f"n = {n} in the latest survey that asked. These questions take turns, so each figure is the mean "
        f"of the surveys that asked them{adjusted}; a change is read only from questions asked every time."
    )


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
        note=f"n = {sum(bands):,}. Each person's hope less their worry. Agreement between people {value:.2f} "
        f"({low:.2f} to {high:.2f}; 1 is one view, 0 no pattern, -1 two camps).",
        table={"headers": ["Hope less worry", "People"], "rows": rows},
        method="agreement",
    )


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
    counted = f"n = {gaps[0].detail['leaders_n']:,} leaders, {result.group.n:,} people in all."
    return Section(
        id="leaders",
        title=words.gaps_title(gaps),
        lede="The same question from two sides. A gap is a reason to talk, in either direction.",
        chart=json.dumps(figures_people.dumbbell(rows)),
        summary="; ".join(
            f"{text} staff {shown(staff)}, leaders {shown(lead)}" for text, staff, lead in rows
        ),
        note=counted,
        table={"headers": ["Question", "Staff", "Leaders", "Gap and interval"], "rows": table},
        method="gaps",
    )


def _signed(gap: Figure) -> str:
    return f"{shown(gap.value):+d} ({shown(gap.low):+d} to {shown(gap.high):+d})"
