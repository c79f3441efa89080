"""Figures behind the numbers, as a baseline with the stages of change would release them."""

from dataclasses import replace
from typing import Any

from pulse.dashboards import technical_page
from pulse.dashboards.reading import Result
from pulse.dashboards.technical_parts import Block
from pulse.results.models import Figure
from tests.dashboards.factories import make_figure

#: measures of a survey that asked these figures
PLAN = {
    "measures": [
        {"id": "PTA", "label": "Permission", "facets": [{"id": "room", "label": "Room to try"}], "pairs": []},
        {"id": "PEO", "label": "People", "facets": [], "pairs": []},
        {
            "id": "SAYDO",
            "label": "Gap",
            "facets": [],
            "pairs": [{"id": "TAA-5", "label": "Power"}, {"id": "TAA-1", "label": "People"}],
        },
    ]
}
STAGES = ("reframing", "recognising", "mobilising", "sustaining")


def make_stages(**defaults: Any) -> Figure:
    """Four stages, the first reached and the second being worked on."""
    standings = ("in place", "emerging", "not yet", "not yet")
    stages = [
        {"id": name, "label": name.capitalize(), "value": value, "low": value - 3, "high": value + 3, "z": z}
        | {"standing": standing}
        for name, value, z, standing in zip(
            STAGES, (74, 62, 50, 41), (3.8, -0.1, -4.2, -7), standings, strict=True
        )
    ]
    detail = {"stages": stages, "reached": "reframing", "now": "recognising", "uneven": False}
    detail |= {"reproducibility": 0.95, "labelled": True}
    return make_figure(None, measure="TOC", detail=detail | defaults)


def every_figure() -> list[Figure]:
    """One of each kind that the page shows, as a baseline with stages would release them."""
    beside = {
        "trend": {
            "rise": -6.3,
            "slope": -1.26,
            "low": -2.0,
            "high": -0.5,
            "waves": 6,
            "since": "Spring 2025",
            "flagged": True,
        },
        "rwg": {"rwg_j": 0.923, "rwg_star": 0.8, "items": 3},
        "bounds": [26.0, 66.4],
        "weighted": {"value": 58.0, "low": 50.2, "high": 65.8, "n_eff": 63.8, "deff": 1.2},
        "unit": {"shrunk": 57.1, "funnel": "outside 95"},
    }
    share = {"id": "PEO", "label": "People", "share": 0.0571, "low": 0.01, "high": 0.123, "johnson": 0.06}
    spread = {"icc1": 0.08, "icc2": 0.62, "units": 12, "centre": 55.0, "sd": 21.0, "tau": 4.26}
    return [
        make_figure(60.0, detail={"items": ["PTA-01"], "everyone": False} | beside),
        make_figure(
            0.8431, 0.03, measure="ALPHA:PEO", detail={"omega": 0.84054, "items": ["A", "B"]}, n=1204
        ),
        make_figure(0.45, 0.1, measure="VALID:AMB"),
        make_figure(
            0.71, measure="GOES:PTA", detail={"label": "Permission to act", "shares": [share]}, n=640
        ),
        make_figure(0.62, measure="UNITS:PTA", detail=spread | {"advice": "with care"}),
        make_stages(),
        make_figure(31.25, measure="SAYDO"),
        make_figure(-4.0, measure="SAYDO.TAA-1"),
        make_figure(25.0, measure="SAYDO.TAA-5"),
    ]


def blocks_of(result: Result, *figures: Figure) -> dict[str, Block]:
    page = technical_page.build(replace(result, figures={one.measure: one for one in figures}), [])
    return {one.id: one for one in page.blocks}


def row_of(result: Result, name: str, *figures: Figure) -> list[str]:
    """The first row of a table."""
    row: list[str] = blocks_of(result, *figures)[name].table["rows"][0]
    return [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row]
