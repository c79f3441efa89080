"""Charts as pictures drawn by the server, for the page of staff and for paper: from released values only.

The same charts as `dashboards.figures*`, on the same axes, in a form that needs no script. Text is at least
14 pixels high on a phone 390 wide.
"""

from collections.abc import Sequence

from markupsafe import Markup

from pulse.dashboards.svg_marks import (
    LEADING,
    SMALL,
    WIDTH,
    box,
    dot,
    hatched,
    line,
    paragraph,
    picture,
    words,
    wrapped,
)
from pulse.dashboards.words import shown
from pulse.dashboards.words_stages import label_of
from pulse.domain.measurement.response import mean_bounds
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure

HIDDEN = N_("hidden to protect people")
#: ends of the axis, and of the column of values
_LEFT, _RIGHT, _VALUES = 14, 306, WIDTH - 2
#: a row's axis below its label, and what follows it
_AXIS, _AFTER = 18, 22
_FOOT = 26
_TICKS = (0, 25, 50, 75, 100)


def dots(
    rows: ReleasedTable,
    hidden: Sequence[str] = (),
    *,
    title: str = "",
    weakest: int = 0,
    divide_after: int = 0,
) -> Markup:
    """Dot and interval on 0 to 100, the first row on top; hidden rows keep a hatched place below.

    The last `weakest` rows are squares of another colour; a dotted line follows row `divide_after`.
    """
    marks: list[Markup] = []
    y = 0.0
    for place, (label, figure) in enumerate(rows):
        y = _labelled(marks, y, label, shown(figure.value))
        marks += [_track(y), _interval(y, figure), _centre(y, figure, weak=place >= len(rows) - weakest)]
        y += _AFTER
        if place + 1 == divide_after < len(rows):
            marks.append(line(0, y - 6, WIDTH, y - 6, kind="muted", dotted=True))
            y += 6
    for label in hidden:
        y = _hidden_row(marks, y, label)
    said = [f"{label} {_range(figure)}" for label, figure in rows]
    return _on_axis(
        y,
        title or _("Scores of 100"),
        [*said, *(_("%(label)s hidden", label=label) for label in hidden)],
        marks,
    )


def dumbbell(gaps: ReleasedTable, *, title: str = "") -> Markup:
    """Staff (filled) and leaders (open) on the same questions, joined by a line on 0 to 100."""
    rows = [(label, gap.detail["staff"], gap.detail["leaders"]) for label, gap in gaps]
    return _dumbbells(rows, (_("Staff"), _("Leaders")), title or _("Leaders beside staff"))


def pairs(filled: ReleasedTable, opened: ReleasedTable, names: tuple[str, str], *, title: str = "") -> Markup:
    """Two figures under each label that both tables have, joined by a line: what is, and what should be."""
    rows = [
        (label, one.value or 0.0, other.value or 0.0)
        for label, one in filled
        if (other := opened.find(label)) is not None
    ]
    return _dumbbells(rows, names, title or _("Two sides"))


def stages(profile: ReleasedFigure, least: float | None = None, *, title: str = "") -> Markup:
    """The score of each stage in the order of the theory, and beside its name how far along it is.

    A dotted line stands at `least`, from which a stage may count as in place.
    """
    marks: list[Markup] = []
    y = 0.0
    for stage in profile.detail["stages"]:
        y = _labelled(marks, y, f"{label_of(stage)}: {_(stage['standing'])}", shown(stage["value"]))
        x = _x(stage["value"])
        bar = line(_x(stage["low"]), y, _x(stage["high"]), y, kind="muted", width=4)
        from_here = [line(_x(least), y - 12, _x(least), y + 12, kind="accent", dotted=True)] if least else []
        marks += [_track(y), *from_here, bar, dot(x, y, filled=stage["standing"] == "in place")]
        y += _AFTER
    said = [
        f"{label_of(one)} {shown(one['value'])}, {_(one['standing'])}" for one in profile.detail["stages"]
    ]
    return _on_axis(y, title or _("Stages of change"), said, marks)


def bounds(act: ReleasedFigure, *, title: str = "") -> Markup:
    """Dark: the score of those who answered and its interval; light: where it could lie with everybody."""
    low, high = mean_bounds(act.value or 0.0, act.n, act.stands_for)
    marks: list[Markup] = []
    y = _labelled(marks, 0.0, _("Permission to act"), shown(act.value))
    marks += [_track(y), box(_x(low), y - 8, _x(high) - _x(low), 16, pale=True)]
    marks += [_interval(y, act), dot(_x(act.value or 0.0), y)]
    widest = _("with everybody between %(low)s and %(high)s", low=shown(low), high=shown(high))
    title = title or _("Permission to act, whatever the others think")
    return _on_axis(y + _AFTER, title, [f"{_range(act)}; {widest}"], marks)


def _dumbbells(rows: Sequence[tuple[str, float, float]], names: tuple[str, str], title: str) -> Markup:
    marks = _key(names)
    y = 28.0
    for label, filled, opened in rows:
        y = _labelled(marks, y, label)
        marks += [_track(y), line(_x(filled), y, _x(opened), y, kind="muted", width=3)]
        # the open one is drawn first: where both are alike the filled one stands inside it
        marks += [dot(_x(opened), y, radius=8, filled=False), dot(_x(filled), y, radius=6)]
        y += LEADING + 4
        marks.append(words(0, y, _sides(names, filled, opened), size=SMALL, kind="muted"))
        y += 14
    said = [f"{label} {_sides(names, filled, opened)}" for label, filled, opened in rows]
    return _on_axis(y, title, said, marks)


def _key(names: tuple[str, str]) -> list[Markup]:
    place = 34 + 9 * len(names[0])
    return [
        dot(10, 12, radius=6),
        words(24, 17, names[0], size=SMALL),
        dot(place + 10, 12, radius=8, filled=False),
        words(place + 26, 17, names[1], size=SMALL),
    ]


def _sides(names: tuple[str, str], filled: float, opened: float) -> str:
    return f"{names[0]} {shown(filled)}, {names[1].lower()} {shown(opened)}"


def _labelled(marks: list[Markup], y: float, label: str, value: int | None = None) -> float:
    """Adds a row's label and value; where the row's axis lies."""
    lines = wrapped(label)
    marks += paragraph(0, y + 16, lines)
    axis = y + 16 + LEADING * (len(lines) - 1) + _AXIS
    if value is not None:
        marks.append(words(_VALUES, axis + 6, value, anchor="end", bold=True))
    return axis


def _hidden_row(marks: list[Markup], y: float, label: str) -> float:
    axis = _labelled(marks, y, label)
    marks += hatched(_LEFT, axis - 10, _RIGHT - _LEFT, 22, _(HIDDEN))
    return axis + _AFTER + 4


def _on_axis(y: float, title: str, said: Sequence[str], marks: Sequence[Markup]) -> Markup:
    """The rows above the numbers of their common axis, 0 to 100."""
    numbers = [words(_x(at), y + 18, at, anchor="middle", size=SMALL, kind="muted") for at in _TICKS]
    return picture(y + _FOOT, title, "; ".join(said), [*numbers, *marks])


def _track(y: float) -> Markup:
    """A row's own axis; its marks stay off the words above it."""
    ticks = [line(_x(at), y - 6, _x(at), y + 6) for at in _TICKS]
    return Markup("").join([line(_LEFT, y, _RIGHT, y), *ticks])


def _interval(y: float, figure: ReleasedFigure) -> Markup:
    return line(_x(figure.low or 0.0), y, _x(figure.high or 0.0), y, kind="muted", width=4)


def _centre(y: float, figure: ReleasedFigure, *, weak: bool) -> Markup:
    x = _x(figure.value or 0.0)
    return box(x - 6, y - 6, 12, 12, kind="accent") if weak else dot(x, y)


def _range(figure: ReleasedFigure) -> str:
    among = _("between %(low)s and %(high)s", low=shown(figure.low), high=shown(figure.high))
    return f"{shown(figure.value)}, {among}"


def _x(value: float) -> float:
    """Where a score of 0 to 100 lies."""
    return _LEFT + (_RIGHT - _LEFT) * value / 100
