"""Chart of what is expected of staff beside what they experience, principle by principle."""

from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from pulse.dashboards.figures import INK, Chart, hatched, rows_layout
from pulse.dashboards.figures_people import joined
from pulse.dashboards.words import shown
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure
from pulse.web.formatting import format_change


class Sides(NamedTuple):
    """The two questions of one principle."""

    expected: ReleasedFigure
    experienced: ReleasedFigure


def sides_of(gap: ReleasedFigure, figures: ReleasedTable) -> Sides | None:
    """Both sides of a gap, from the same group's figures; None where one has no figure to show."""
    found = [figures.find(item) for item in gap.detail.get("items", ())]
    known = [side for side in found if side is not None and side.value is not None]
    return Sides(*known) if len(known) == len(found) == 2 else None


def say_do(gaps: ReleasedTable, figures: ReleasedTable, hidden: Sequence[str] = ()) -> Chart:
    """Both sides joined by a line on 0 to 100, in the order of `gaps`: filled is experienced, open expected.

    `figures` are the group's, where the sides are found; every gap must have both. `hidden` are principles
    that keep a hatched place below the others.
    """
    sides = [side for gap in gaps.cells if (side := sides_of(gap, figures)) is not None]
    if len(sides) < len(gaps):
        raise ValueError("A gap is drawn only where both of its sides may be shown.")
    ends = [(_at(side.experienced), _at(side.expected)) for side in sides]
    return {
        "data": [
            *joined(ends, _("Experienced"), _("Expected")),
            _numbers(ends, gaps),
            *hatched(len(gaps), len(hidden)),
        ],
        "layout": rows_layout([*gaps.labels, *hidden]),
    }


def _at(side: ReleasedFigure) -> float:
    return round(side.value or 0.0, 1)


def _numbers(ends: Sequence[tuple[float, float]], gaps: ReleasedTable) -> Chart:
    """Each gap with its sign, above the middle of its line, where it always fits."""
    return {
        "x": [round(fmean(pair), 1) for pair in ends],
        "y": list(range(len(ends))),
        "mode": "markers+text",
        "marker": {"opacity": 0, "size": 13},
        "text": [format_change(shown(gap.value)) for gap in gaps.cells],
        "textposition": "top center",
        "textfont": {"color": INK, "weight": 700},
        "hoverinfo": "skip",
    }
