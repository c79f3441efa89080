"""Figures as a release holds them, for tests of words and charts; no database is needed."""

from typing import Any

from pulse.dashboards.reading import Point
from pulse.results.models import Figure


def make_figure(value: float | None = 60.0, spread: float = 4.0, **defaults: Any) -> Figure:
    """A figure of 40 people whose interval is `spread` to either side, without a change."""
    low, high = (None, None) if value is None else (value - spread, value + spread)
    values: dict[str, Any] = {
        "group_id": 1,
        "measure": "PTA",
        "n": 40,
        "value": value,
        "low": low,
        "high": high,
        "change": None,
        "change_low": None,
        "change_high": None,
        "q": None,
        "flagged": False,
        "detectable": None,
        "detail": {"items": ["PTA-01"], "everyone": False},
    }
    return Figure(**(values | defaults))


def make_moved(change: float, *, flagged: bool, **defaults: Any) -> Figure:
    """A figure with a change since "Autumn 2026"."""
    detail = {"items": ["PTA-01"], "everyone": False, "since": "Autumn 2026"}
    values: dict[str, Any] = {"change": change, "flagged": flagged, "detectable": 7.2, "detail": detail}
    return make_figure(**(values | defaults))


def make_feelings(pattern: str | None = "mixed", **defaults: Any) -> Figure:
    """Mixed feelings of this pattern; None is a figure that carries no pattern."""
    detail = {"bands": [4, 4, 4, 4, 4]} | ({"pattern": pattern} if pattern else {})
    return make_figure(measure="AMB", detail=detail, **defaults)


def make_points(*values: float | None) -> list[Point]:
    """One wave after the other; None where these people had no figure of their own."""
    return [
        Point(f"Wave {n}", None if value is None else make_figure(value)) for n, value in enumerate(values, 1)
    ]
