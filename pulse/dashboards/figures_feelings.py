"""The map of mixed feelings: a tile for each pair of answers, darker for more people, hatched where blank."""

from collections.abc import Sequence

from pulse.dashboards.figures import ACCENT, HATCH, INK, MUTED, Chart
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_maps import ReleasedMap

#: lightest to darkest; the script has a dark twin of each
SEQUENTIAL = ("#E3ECF5", "#B5CCE6", "#7FA7D6", "#4A78AA", "#12436D")
#: the share of all people, in 100, from which on a tile is darker: a map has 25 tiles or 4
_STEPS = {5: (2, 4, 8, 12), 2: (15, 25, 35, 50)}
ANSWERS = (
    *(N_("not at all"), N_("a little"), N_("somewhat")),
    *(N_("quite a lot"), N_("a great deal")),
)
HALVES = (N_("little or none"), N_("some or more"))
_BLANK, _ON_DARK = "#F4F7FA", "#FFFFFF"
_TILE, _HEIGHTS = 0.94, {5: 430, 2: 280}


def feelings_map(found: ReleasedMap) -> Chart:
    """Hope from left to right, worry upwards; the tiles of people with both feelings are outlined."""
    places = [(worry, hope) for worry in range(found.side) for hope in range(found.side)]
    people = [found.cells[worry][hope] for worry, hope in places]
    shades = [shade(found, one) for one in people]
    tiles = {
        "type": "bar",
        "x": [hope for _, hope in places],
        "y": [_TILE] * len(places),
        "base": [worry - _TILE / 2 for worry, _ in places],
        "width": _TILE,
        "marker": {
            "color": [_BLANK if at is None else SEQUENTIAL[at] for at in shades],
            "line": {"color": HATCH, "width": 1},
            "pattern": {
                "shape": ["/" if at is None else "" for at in shades],
                "size": 9,
                "solidity": 0.3,
                "fgcolor": HATCH,
            },
        },
        "text": ["" if one is None else f"{one:,}" for one in people],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": [_ON_DARK if at and at > 2 else INK for at in shades], "weight": 700},
        "hovertext": [_hover(found, place, one) for place, one in zip(places, people, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return {"data": [tiles], "layout": _layout(found.side)}


def shade(found: ReleasedMap, people: int | None) -> int | None:
    """Which of the five shades a tile has, by its share of everybody on the map; None for a blank one."""
    if people is None:
        return None
    return sum(100 * people >= step * found.n for step in _STEPS[found.side])


def labels(side: int) -> Sequence[str]:
    """What the answers of either feeling are called on a map of this size, lowest first."""
    return [_(words) for words in (ANSWERS if side == len(ANSWERS) else HALVES)]


def _hover(found: ReleasedMap, place: tuple[int, int], people: int | None) -> str:
    worry, hope = (labels(found.side)[at] for at in place)
    many = _("hidden to protect people")
    if people is not None:
        many = _("%(n)s of %(all)s people", n=f"{people:,}", all=f"{found.n:,}")
    return _("hopeful: %(hope)s, worried: %(worry)s", hope=hope, worry=worry) + f"<br>{many}"


def _broken(name: str) -> str:
    """In lines that fit below a narrow tile."""
    if name == _("somewhat"):
        name = _("some- what")
    return name if name in [_(half) for half in HALVES] else name.replace(" ", "<br>", 1)


def _layout(side: int) -> Chart:
    axis = {"range": [-0.55, side - 0.45], "showgrid": False}
    names, title = labels(side), {"text": _("How hopeful?"), "standoff": 10}
    first = 2 if side == len(ANSWERS) else 1
    return {
        "barmode": "overlay",
        "height": _HEIGHTS[side],
        "xaxis": {
            **axis,
            "tickvals": list(range(side)),
            "ticktext": [_broken(name) for name in names],
            "tickangle": 0,
            "title": title,
        },
        "yaxis": {
            **axis,
            "tickvals": list(range(side)),
            "ticktext": list(names),
            "title": {"text": _("How worried?"), "standoff": 6},
        },
        "shapes": [
            {
                "type": "rect",
                **{"x0": first - 0.5, "y0": first - 0.5, "x1": side - 0.5, "y1": side - 0.5},
                "line": {"color": ACCENT, "width": 3},
            }
        ],
        "margin": {"t": 8},
        "font": {"color": MUTED},
    }
