"""Released figures for tests of words and charts: stored and read, each in a release of its own."""

from dataclasses import replace
from typing import Any

from pulse.dashboards.reading import Result
from pulse.results.released_tables import ReleasedTable, ReleasedTrend
from pulse.results.released_types import ReleasedFigure
from tests.results.stored import Fields, make_figures, make_released, make_table, make_trend

DETAIL = {"items": ["PTA-01"], "everyone": False}


def fields_of(value: float | None = 60.0, spread: float = 4.0, **defaults: Any) -> Fields:
    """A figure of 40 people whose interval is `spread` to either side, without a change."""
    low, high = (None, None) if value is None else (value - spread, value + spread)
    return {"measure": "PTA", "n": 40, "value": value, "low": low, "high": high, "detail": DETAIL} | defaults


def make_figure(value: float | None = 60.0, spread: float = 4.0, **defaults: Any) -> ReleasedFigure:
    return make_released(**fields_of(value, spread, **defaults))


def moved(change: float, *, flagged: bool, **defaults: Any) -> Fields:
    """A figure with a change since "Autumn 2026"."""
    detail = {"items": ["PTA-01"], "everyone": False, "since": "Autumn 2026"}
    values: Fields = {"change": change, "flagged": flagged, "detectable": 7.2, "detail": detail}
    return fields_of(**(values | defaults))


def make_moved(change: float, *, flagged: bool, **defaults: Any) -> ReleasedFigure:
    return make_released(**moved(change, flagged=flagged, **defaults))


def make_feelings(pattern: str | None = "mixed", **defaults: Any) -> ReleasedFigure:
    """Mixed feelings of this pattern; None is a figure that carries no pattern."""
    detail = {"bands": [4, 4, 4, 4, 4]} | ({"pattern": pattern} if pattern else {})
    return make_figure(measure="AMB", detail=detail, **defaults)


def make_rows(*rows: tuple[str, float], spread: float = 4.0) -> ReleasedTable:
    """Figures under these labels."""
    return make_table(*((label, fields_of(value, spread)) for label, value in rows))


def make_points(*values: float | None) -> ReleasedTrend:
    """One wave after the other; None where these people had no figure of their own."""
    return make_trend([None if value is None else fields_of(value) for value in values])


def with_figures(result: Result, *rows: Fields) -> Result:
    """The same page with these figures of the group and no others."""
    return replace(result, figures=make_figures(*rows))
