"""Lines, dots, words and hatching of a chart that is drawn by the server: an SVG picture without any script.

A picture is 360 units wide, as wide as a phone's page, so that a unit is about a pixel there and text keeps
its size. Every mark carries its light colour itself, for paper, and a class, by which a page's stylesheet
gives it the dark one.
"""

import textwrap
from collections.abc import Iterable, Sequence

from markupsafe import Markup

WIDTH = 360
TEXT, SMALL = 17, 16
#: between two lines of text
LEADING = 21
#: characters of TEXT that surely fit beside each other
_LINE = 38
#: the colours of marks, by kind; `fill` and `line` of a kind are the same colour
INKS = {
    "ink": "#0B1F33",
    "muted": "#3C4D5D",
    "grid": "#C6D0DA",
    "brand": "#12436D",
    "accent": "#B35806",
    "page": "#FFFFFF",
    "panel": "#F4F7FA",
    "d1": "#B35806",
    "d2": "#F1A340",
    "d3": "#D8D8D8",
    "d4": "#7FA7D6",
    "d5": "#12436D",
    # from few to many, and words upon each
    "s1": "#E3ECF5",
    "s2": "#B5CCE6",
    "s3": "#7FA7D6",
    "s4": "#4A78AA",
    "s5": "#12436D",
    "on-s1": "#0B1F33",
    "on-s2": "#0B1F33",
    "on-s3": "#0B1F33",
    "on-s4": "#FFFFFF",
    "on-s5": "#FFFFFF",
    # words upon the strongest two colours of the palette
    "on-d1": "#FFFFFF",
    "on-d5": "#FFFFFF",
}
_HATCH_STEP = 9
_PICTURE = Markup(
    '<svg class="svg" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
    'font-family="Arial, Liberation Sans, DejaVu Sans, sans-serif" font-size="{size}">'
    "<title>{title}</title><desc>{desc}</desc>{marks}</svg>"
)


def picture(height: float, title: str, desc: str, marks: Iterable[Markup]) -> Markup:
    """The whole chart; `title` and `desc` are what is read out to those who do not see it."""
    inside = Markup("").join(marks)
    return _PICTURE.format(width=WIDTH, height=round(height), size=TEXT, title=title, desc=desc, marks=inside)


def words(
    x: float,
    y: float,
    said: object,
    *,
    anchor: str = "start",
    kind: str = "ink",
    size: int = TEXT,
    bold: bool = False,
) -> Markup:
    """One line of text that stands on `y`."""
    weight = Markup(' font-weight="700"') if bold else Markup("")
    return Markup(
        '<text class="svg-{kind}" x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" fill="{fill}"'
        "{weight}>{said}</text>"
    ).format(
        kind=kind, x=_at(x), y=_at(y), anchor=anchor, size=size, fill=INKS[kind], weight=weight, said=said
    )


def wrapped(said: str) -> list[str]:
    """The text in lines that fit the picture."""
    return textwrap.wrap(said, _LINE) or [""]


def shortened(said: str, width: int) -> str:
    """The text cut to `width` characters, with a sign that it was."""
    return said if len(said) <= width else f"{said[: width - 1].rstrip()}…"


def paragraph(x: float, y: float, lines: Sequence[str]) -> list[Markup]:
    """Lines of text below each other, the first standing on `y`."""
    return [words(x, y + LEADING * place, one) for place, one in enumerate(lines)]


def line(
    x1: float, y1: float, x2: float, y2: float, *, kind: str = "grid", width: float = 1, dotted: bool = False
) -> Markup:
    dash = Markup(' stroke-dasharray="2 4"') if dotted else Markup("")
    return Markup(
        '<line class="svg-{kind}-line" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{stroke}" '
        'stroke-width="{width}"{dash}/>'
    ).format(
        kind=kind, x1=_at(x1), y1=_at(y1), x2=_at(x2), y2=_at(y2), stroke=INKS[kind], width=width, dash=dash
    )


def path(points: Sequence[tuple[float, float]], *, kind: str = "brand", width: float = 2) -> Markup:
    """A line through points."""
    return Markup(
        '<polyline class="svg-{kind}-line" points="{points}" fill="none" stroke="{stroke}" '
        'stroke-width="{width}"/>'
    ).format(kind=kind, points=_points(points), stroke=INKS[kind], width=width)


def area(points: Sequence[tuple[float, float]], *, kind: str = "brand") -> Markup:
    """A pale band between two lines, its corners in order."""
    return Markup('<polygon class="svg-{kind}" points="{points}" fill="{fill}" fill-opacity="0.16"/>').format(
        kind=kind, points=_points(points), fill=INKS[kind]
    )


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    kind: str = "brand",
    edge: str = "",
    pale: bool = False,
) -> Markup:
    stroke = Markup(' stroke="{ink}" stroke-width="1"').format(ink=INKS[edge]) if edge else Markup("")
    faint = Markup(' fill-opacity="0.16"') if pale else Markup("")
    return Markup(
        '<rect class="svg-{kind}{edged}" x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"'
        "{stroke}{faint}/>"
    ).format(
        kind=kind, edged=f" svg-{edge}-line" if edge else "", x=_at(x), y=_at(y), width=_at(width),
        height=_at(height), fill=INKS[kind], stroke=stroke, faint=faint,
    )  # fmt: skip


def frame(x: float, y: float, width: float, height: float) -> Markup:
    """An outline around what belongs together."""
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    return path(corners, kind="accent", width=3)


def dot(x: float, y: float, *, kind: str = "brand", radius: float = 6, filled: bool = True) -> Markup:
    """A filled dot, or one that is open: two sides are told apart by shape, never by colour alone."""
    return Markup(
        '<circle class="svg-{fill} svg-{kind}-line" cx="{x}" cy="{y}" r="{r}" fill="{colour}" '
        'stroke="{stroke}" stroke-width="{width}"/>'
    ).format(
        fill=kind if filled else "page", kind=kind, x=_at(x), y=_at(y), r=radius,
        colour=INKS[kind if filled else "page"], stroke=INKS[kind], width=1 if filled else 3,
    )  # fmt: skip


def hatched(x: float, y: float, width: float, height: float, said: str = "") -> list[Markup]:
    """The place of something hidden, and in it why; its strokes end at its edges."""
    marks = [box(x, y, width, height, kind="panel", edge="grid")]
    starts = range(0, int(width + height), _HATCH_STEP)
    marks += [_stroke(x, y, width, height, start) for start in starts if start]
    if said:
        wide = 8.5 * len(said) + 12
        marks.append(box(x + (width - wide) / 2, y + 1, wide, height - 2, kind="panel"))
        marks.append(words(x + width / 2, y + height / 2 + 5, said, anchor="middle", size=SMALL))
    return marks


def _stroke(x: float, y: float, width: float, height: float, start: float) -> Markup:
    """One slanting stroke of the hatching, from the upper or right edge to the left or lower one."""
    upper = (min(start, width), max(0.0, start - width))
    lower = (max(0.0, start - height), min(start, height))
    return line(x + upper[0], y + upper[1], x + lower[0], y + lower[1])


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_at(x)},{_at(y)}" for x, y in points)


def _at(place: float) -> str:
    """A place to a tenth of a unit, and no longer than it must be: a page on a phone holds many."""
    return f"{place:.1f}".rstrip("0").rstrip(".")
