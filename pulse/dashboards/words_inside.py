"""What lies inside a group and its average hides, for the headline cards: by name, never by rank. Pure."""

from collections.abc import Sequence

from pulse.dashboards.words import change_words, join
from pulse.dashboards.words_feelings import feelings_pattern
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedFigure
from pulse.web.formatting import plural

#: a part of the organisation and its figure of one measure, None where that is hidden
Parts = Sequence[tuple[str, ReleasedFigure | None]]
#: patterns of hope and worry that an average over several teams can cover up
_TELLING = ("torn", "split")
#: so many are named; of more only how many they are
_NAMED = 2


def moved_inside(label: str, parts: Parts) -> str:
    """Where a score moved by more than noise: "Permission to act rose in Parks."; empty where nowhere."""
    ways = [(name, change_words(figure)[1]) for name, figure in parts if figure is not None]
    rose, fell = (_named([name for name, moving in ways if moving == way]) for way in ("up", "down"))
    if rose and fell:
        return _(
            "%(label)s rose in %(rose)s; fell in %(fell)s: more than noise.",
            label=label,
            rose=rose,
            fell=fell,
        )
    if rose:
        return _("%(label)s rose in %(rose)s: more than noise.", label=label, rose=rose)
    return _("%(label)s fell in %(fell)s: more than noise.", label=label, fell=fell) if fell else ""


def feelings_inside(whole: ReleasedFigure | None, parts: Parts) -> str:
    """Which parts are torn or split where the whole is not; empty where none is."""
    here = feelings_pattern(whole)
    found = [(name, feelings_pattern(figure)) for name, figure in parts]
    said = [
        _pattern_words(pattern, names)
        for pattern in _TELLING
        if pattern != here and (names := [name for name, of_part in found if of_part == pattern])
    ]
    return _("Inside this: %(patterns)s.", patterns="; ".join(said)) if said else ""


def _pattern_words(pattern: str, names: Sequence[str]) -> str:
    named = _named(names)
    if pattern == "torn":
        return _("%(name)s is torn", name=named) if len(names) == 1 else _("%(names)s are torn", names=named)
    return _("%(name)s is split", name=named) if len(names) == 1 else _("%(names)s are split", names=named)


def _named(names: Sequence[str]) -> str:
    """Empty for none."""
    if not names:
        return ""
    return join(sorted(names)) if len(names) <= _NAMED else plural(len(names), "team")


def teams_title(teams: Parts) -> str:
    """Where permission to act moved, or that it moved nowhere beyond noise."""
    ways = [(name, change_words(figure)[1]) for name, figure in teams if figure is not None]
    moved = [(name, way) for name, way in ways if way in ("up", "down")]
    if moved and len({way for _name, way in moved}) == 1:
        names = [name for name, _way in moved]
        named = join(names) if len(names) <= _NAMED else plural(len(names), "team")
        if moved[0][1] == "up":
            return _("Permission to act rose in %(names)s: more than noise", names=named)
        return _("Permission to act fell in %(names)s: more than noise", names=named)
    if moved:
        many = plural(len(moved), "team")
        return _("Permission to act moved in %(teams)s, up and down: more than noise", teams=many)
    if any(way == "none" for _name, way in ways):
        return _("Permission to act changed in no team beyond noise")
    return _("Permission to act, team by team")
