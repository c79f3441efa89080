"""From released values to what is sent. Every function here takes released types and makes up nothing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pulse.actions.summaries import ActionRow
from pulse.api import schemas
from pulse.api.reading import HiddenUnits, ReadableWave
from pulse.dashboards.answers_page import APART
from pulse.dashboards.attributes_page import RESPONSES
from pulse.dashboards.attributes_reading import Tables
from pulse.dashboards.reading import HEADLINES, Result
from pulse.dashboards.scope import in_tree_order
from pulse.dashboards.words_breaks import why_empty
from pulse.domain.disclosure.wording import hidden_measure
from pulse.domain.measurement.response import RATE_SHOWN_FROM
from pulse.results.asked import items_asked, scores_asked, trends_asked
from pulse.results.naming import name_of, names_of
from pulse.results.released_maps import ReleasedMap
from pulse.results.released_tables import ReleasedTable, ReleasedTallies, ReleasedTrend
from pulse.results.released_types import (
    SET_APART,
    ReleasedCell,
    ReleasedCounts,
    ReleasedFigure,
    ReleasedGroup,
    ReleasedWave,
    thawed,
)
from pulse.surveys.models import Programme, Wave

Names = dict[str, str]


def waves(found: Iterable[ReadableWave]) -> schemas.Waves:
    return schemas.Waves(waves=[_wave(*one) for one in found])


def _wave(wave: Wave, release: ReleasedWave, groups: Sequence[ReleasedGroup]) -> schemas.Wave:
    whole = next((group for group in groups if group.kind == "organisation"), None)
    return schemas.Wave(
        id=release.wave_id,
        programme_id=release.programme_id,
        programme=wave.programme.name,
        number=release.number,
        label=release.label,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        released_at=release.released_at,
        k=release.k,
        answered=whole.n if whole else None,
        headcount=_headcount(whole) if whole else None,
    )


def groups(found: ReadableWave, hidden: Iterable[HiddenUnits]) -> schemas.Groups:
    known = {group.number for group in found.groups}
    return schemas.Groups(
        wave_id=found.release.wave_id,
        groups=[_group(group, known) for group in in_tree_order(found.groups)],
        hidden=[
            schemas.HiddenUnit(name=u.name, inside=one.inside.number, status=u.status, reason=u.reason)  # type: ignore[arg-type]
            for one in hidden
            for u in one.units
        ],
    )


def _group(group: ReleasedGroup, known: set[int]) -> schemas.Group:
    return schemas.Group(
        number=group.number,
        parent=group.parent if group.parent in known else None,
        kind=group.kind,  # type: ignore[arg-type]
        name=group.name,
        answered=group.n,
        headcount=_headcount(group),
    )


def _headcount(group: ReleasedGroup) -> int | None:
    """Of a handful of people a response rate would describe who they are.

    A courtesy and no protection: how many were asked comes from the staff list, not from answers, and the
    group around it less the others inside gives it back. So does `detail.everyone`, where all answered.
    """
    return group.headcount if group.headcount >= RATE_SHOWN_FROM else None


def figures(result: Result) -> schemas.Figures:
    names = names_of(result.plan)
    return schemas.Figures(
        wave_id=result.release.wave_id,
        group=result.group.number,
        figures=_figures(result.figures, names),
        hidden=_hidden(result, sorted(scores_asked(result.plan)), names) + _hidden_items(result, names),
    )


def _figures(table: ReleasedTable, names: Names) -> list[schemas.Figure]:
    return [_figure(figure, names) for figure in table.cells]


def _figure(figure: ReleasedFigure, names: Names) -> schemas.Figure:
    return schemas.Figure(
        measure=figure.measure,
        about=name_of(figure.measure, names),
        n=figure.n,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        change=figure.change,
        change_low=figure.change_low,
        change_high=figure.change_high,
        q=figure.q,
        flagged=figure.flagged,
        detectable=figure.detectable,
        detail=thawed(figure.detail),
    )


def _hidden(result: Result, asked: Iterable[str], names: Names) -> list[schemas.HiddenMeasure]:
    return [
        schemas.HiddenMeasure(measure=one, about=name_of(one, names), reason=result.why_hidden)
        for one in asked
        if result.figure(one) is None
    ]


def _hidden_items(result: Result, names: Names) -> list[schemas.HiddenMeasure]:
    return _hidden(result, [item["id"] for item in items_asked(result.plan)], names)


def tallies(result: Result, table: ReleasedTallies) -> schemas.Tallies:
    items = {item["id"]: item for item in result.plan["items"] + result.plan["leader_items"]}
    names = names_of(result.plan)
    return schemas.Tallies(
        wave_id=result.release.wave_id,
        group=result.group.number,
        tallies=[_tally(item, counts, items[item]) for item, counts in table if item in items],
        hidden=_hidden_items(result, names),
    )


def _tally(item: str, counts: ReleasedCounts, asked: dict[str, Any]) -> schemas.Tally:
    scale = [
        schemas.Option(option=str(code), label=str(label), people=counts.people(str(code)))
        for code, label in asked["options"]
        if str(code) not in SET_APART
    ]
    apart = [
        schemas.Option(option=code, label=words, people=counts.people(code))
        for code, words in APART.items()
        if code in dict(counts.options)
    ]
    return schemas.Tally(item=item, text=str(asked["text"]), options=scale, apart=apart)


def attributes(result: Result, tables: Tables) -> schemas.Attributes:
    """Every place that the pages have for a cell: what may be shown, and what is hidden."""
    places = _places(result, tables)
    return schemas.Attributes(
        wave_id=result.release.wave_id,
        group=result.group.number,
        families=[schemas.Family(family=one.name, labels=list(one.labels)) for one in tables.families],
        cells=[_cell(cell) for _, _, _, cell in places if cell is not None],
        hidden=[
            schemas.HiddenCell(family=family, category=label, measure=measure, reason=tables.why_hidden)
            for family, label, measure, cell in places
            if cell is None
        ],
    )


def _places(result: Result, tables: Tables) -> list[tuple[str, str, str, ReleasedCell | None]]:
    """(family, category, measure, its cell); single questions are shown by one attribute at a time."""
    asked = trends_asked(result.plan)
    headlines = [name for name in HEADLINES if name in asked]
    single = [RESPONSES, *headlines, *(item["id"] for item in items_asked(result.plan))]
    return [
        (family.name, " | ".join(category), measure, cell)
        for family in tables.families
        for measure in (single if len(family.sides) == 1 else headlines)
        for category, cell in tables.rows(family, measure)
    ]


def _cell(cell: ReleasedCell) -> schemas.Cell:
    return schemas.Cell(
        family=cell.family,
        category=cell.category,
        measure=cell.measure,
        n=cell.n,
        value=cell.value,
        low=cell.low,
        high=cell.high,
        favourable=cell.favourable,
        unfavourable=cell.unfavourable,
    )


def trend(result: Result, measure: str, line: ReleasedTrend, before: str | None) -> schemas.Trend:
    names, k = names_of(result.plan), result.release.k
    return schemas.Trend(
        wave_id=result.release.wave_id,
        group=line.group.number,
        measure=measure,
        about=name_of(measure, names),
        points=[
            schemas.Point(
                wave=point.label,
                figure=_figure(point.figure, names) if point.figure else None,
                reason=None if point.figure else why_empty(point, k),
            )
            for point in line
        ],
        before=before,
    )


def actions(found: Iterable[tuple[Programme, ActionRow]], today: date) -> schemas.Actions:
    rows = [
        schemas.Action(
            programme_id=programme.id,
            programme=programme.name,
            wave=row.summary.wave_label,
            said=row.summary.said,
            did=row.summary.did,
            state=row.summary.state_label,
            owner=row.owner,
            unit=row.unit,
            measure=row.measure,
            late=row.late,
        )
        for programme, row in found
    ]
    return schemas.Actions(as_of=today, actions=rows)


def feelings_map(group: ReleasedGroup, found: ReleasedMap | None) -> schemas.FeelingsMap:
    """Without a map every part of it is empty, and the reason stands there."""
    blank = found is None or found.blanks > 0
    return schemas.FeelingsMap(
        wave_id=group.release.wave_id,
        group=group.number,
        n=found.n if found else 0,
        side=found.side if found else 0,
        cells=[list(row) for row in found.cells] if found else [],
        hidden=hidden_measure(group.release.k) if blank else None,
    )
