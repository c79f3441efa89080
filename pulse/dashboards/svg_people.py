"""Pictures of how people are spread: the map of hope and worry, and answers."""

from collections.abc import Sequence

from markupsafe import Markup

from pulse.dashboards.figures_feelings import labels, shade
from pulse.dashboards.svg import HIDDEN
from pulse.dashboards.svg_marks import (
    LEADING,
    SMALL,
    WIDTH,
    box,
    frame,
    hatched,
    line,
    paragraph,
    picture,
    words,
    wrapped,
)
from pulse.domain.measurement.items import largest_remainder
from pulse.languages.saying import gettext as _
from pulse.results.released_maps import ReleasedMap
from pulse.results.released_tables import ReleasedTallies

#: the least favourable option first
_KINDS = ("d1", "d2", "d3", "d4", "d5")
#: words upon each of them
_ON = ("on-d1", "ink", "ink", "ink", "on-d5")
#: left and right of the map
_EDGE = 8
#: the least share that has room for its number: in the bar, and in the narrower place of the middle
_ROOM, _ROOM_APART = 15, 25
#: how high a bar is, and how far the next question is below its top
_BAR, _ROW = 24, 42


def feelings_map(found: ReleasedMap, *, title: str = "") -> Markup:
    """Hope from left to right, worry upwards, a number of people in each tile; blank tiles are hatched."""
    side = (WIDTH - _EDGE) / found.side
    high = side * 0.72
    marks = [words(0, 17, _("More worried ↑"), size=SMALL, kind="muted")]
    for worry, row in enumerate(found.cells):
        for hope, people in enumerate(row):
            place = (_EDGE / 2 + side * hope, 28 + high * (found.side - 1 - worry))
            marks += _tile(found, people, place, (side - 4, high - 4))
    first = 2 if found.side > 2 else 1
    width, height = side * (found.side - first), high * (found.side - first)
    marks.append(frame(_EDGE / 2 + side * first - 2, 26, width, height))
    foot = 28 + high * found.side + 16
    marks.append(words(WIDTH, foot, _("More hopeful →"), anchor="end", size=SMALL, kind="muted"))
    shown_people = [
        _("hopeful: %(hope)s, worried: %(worry)s", hope=hope, worry=worry)
        + f": {_('hidden') if people is None else people}"
        for worry, row in zip(labels(found.side), found.cells, strict=True)
        for hope, people in zip(labels(found.side), row, strict=True)
    ]
    return picture(
        foot + 8, title or _("How hopeful and how worried people are"), "; ".join(shown_people), marks
    )


def _tile(
    found: ReleasedMap, people: int | None, place: tuple[float, float], size: tuple[float, float]
) -> list[Markup]:
    at = shade(found, people)
    if people is None or at is None:
        return hatched(*place, *size)
    kind = f"s{at + 1}"
    middle = (place[0] + size[0] / 2, place[1] + size[1] / 2 + 6)
    number = words(*middle, f"{people:,}", anchor="middle", size=SMALL, kind=f"on-{kind}")
    return [box(*place, *size, kind=kind), number]


def stacked(rows: ReleasedTallies, hidden: Sequence[str] = (), *, title: str = "") -> Markup:
    """Answers of each question from the least to the most favourable; the neutral middle stands apart.

    The counts of a row must be along its five options (`ReleasedTallies.ordered`).
    """
    marks: list[Markup] = []
    y = 0.0
    for label, given in rows:
        y = _question(marks, y, label)
        marks += _bar(y, largest_remainder(given.counts))
        y += _ROW
    for label in hidden:
        y = _question(marks, y, label)
        marks += hatched(0, y, WIDTH - 1, _BAR, _(HIDDEN))
        y += _ROW
    said = [_said(label, largest_remainder(given.counts)) for label, given in rows]
    return picture(
        y,
        title or _("Answers in 100"),
        "; ".join([*said, *(_("%(label)s hidden", label=label) for label in hidden)]),
        marks,
    )


def _question(marks: list[Markup], y: float, label: str) -> float:
    """Adds the words of a question; where its bar begins."""
    lines = wrapped(label)
    marks += paragraph(0, y + 16, lines)
    return y + 24 + LEADING * (len(lines) - 1)


def _said(label: str, shares: Sequence[int]) -> str:
    good, neutral = sum(shares[3:]), shares[2]
    return _(
        "%(label)s %(good)s %% favourable, %(neutral)s %% neutral", label=label, good=good, neutral=neutral
    )


def _bar(y: float, shares: Sequence[int]) -> list[Markup]:
    """Unfavourable left of the middle, favourable right of it, neutral in a place of its own."""
    middle, unit, apart = 134.0, 1.33, 278.0
    marks: list[Markup] = []
    x = middle - unit * (shares[0] + shares[1])
    for option in (0, 1, 3, 4):
        marks += _part(x, y, unit * shares[option], option, shares[option])
        x += unit * shares[option]
    marks += [
        line(middle, y - 3, middle, y + 27, kind="muted"),
        line(apart, y - 3, apart, y + 27, kind="muted"),
        *_part(apart, y, 0.8 * shares[2], 2, shares[2]),
    ]
    return marks


def _part(x: float, y: float, width: float, option: int, share: int) -> list[Markup]:
    if not share:
        return []
    mark = box(x, y, width, _BAR, kind=_KINDS[option], edge="ink")
    if share < (_ROOM_APART if option == 2 else _ROOM):
        return [mark]
    return [mark, words(x + width / 2, y + 17, share, anchor="middle", size=SMALL, kind=_ON[option])]
