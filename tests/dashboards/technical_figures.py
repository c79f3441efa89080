"""Figures behind the numbers, as a baseline with the stages of change would release them."""

from typing import Any

from pulse.dashboards import technical_page
from pulse.dashboards.reading import Result
from pulse.dashboards.technical_parts import Block
from tests.dashboards.factories import fields_of, with_figures
from tests.results.stored import Fields

#: measures of a survey that asked these figures
PLAN = {
    "items": [],
    "leader_items": [],
    "anchors": [],
    "measures": [
        {
            "id": "PTA",
            "method": "count",
            "label": "Permission",
            "facets": [{"id": "room", "label": "Room to try"}],
            "pairs": [],
        },
        {"id": "PEO", "method": "count", "label": "People", "facets": [], "pairs": []},
        {
            "id": "SAYDO",
            "method": "count",
            "label": "Gap",
            "facets": [],
            "pairs": [{"id": "TAA-5", "label": "Power"}, {"id": "TAA-1", "label": "People"}],
        },
    ],
}
STAGES = ("reframing", "recognising", "mobilising", "sustaining")


def make_stages(**defaults: Any) -> Fields:
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
    return fields_of(None, measure="TOC", detail=detail | defaults)


def every_figure() -> list[Fields]:
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
    share = {
        "id": "PEO",
        "method": "count",
        "label": "People",
        "share": 0.0571,
        "low": 0.01,
        "high": 0.123,
        "johnson": 0.06,
    }
    spread = {"icc1": 0.08, "icc2": 0.62, "units": 12, "centre": 55.0, "sd": 21.0, "tau": 4.26}
    bridge = {"old": "PEO-03", "new": "PEO-06", "n_old": 352, "n_new": 341, "same": True}
    return [
        fields_of(60.0, detail={"items": ["PTA-01"], "everyone": False} | beside),
        fields_of(0.8431, 0.03, measure="ALPHA:PEO", detail={"omega": 0.84054, "items": ["A", "B"]}, n=1204),
        fields_of(0.45, 0.1, measure="VALID:AMB"),
        fields_of(0.71, measure="GOES:PTA", detail={"label": "Permission to act", "shares": [share]}, n=640),
        fields_of(0.62, measure="UNITS:PTA", detail=spread | {"advice": "with care"}),
        fields_of(1.24, 2.0, measure="BRIDGE:PEO-06", detail=bridge),
        make_stages(),
        fields_of(31.25, measure="SAYDO"),
        fields_of(-4.0, measure="SAYDO.TAA-1"),
        fields_of(25.0, measure="SAYDO.TAA-5"),
    ]


def blocks_of(result: Result, *figures: Fields) -> dict[str, Block]:
    page = technical_page.build(with_figures(result, *figures), [])
    return {one.id: one for one in page.blocks}


def row_of(result: Result, name: str, *figures: Fields) -> list[str]:
    """The first row of a table; of a hidden cell its reason."""
    row: list[Any] = blocks_of(result, *figures)[name].table["rows"][0]
    said = [cell["hidden"] if isinstance(cell, dict) else cell for cell in row]
    return [words.replace("\N{NO-BREAK SPACE}", " ") for words in said]
