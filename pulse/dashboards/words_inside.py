"""What lies inside a group and its average hides, for the headline cards: by name, never by rank. Pure."""

from collections.abc import Sequence

from pulse.dashboards.words import change_words, feelings_word, join
from pulse.results.released_types import ReleasedFigure

#: a part of the organisation and its figure of one measure, None where that is hidden
Parts = Sequence[tuple[str, ReleasedFigure | None]]
#: patterns of hope and worry that an average over several teams can cover up
_TELLING = ("torn", "split")
#: so many are named; of more only how many they are
_NAMED = 2


def moved_inside(label: str, parts: Parts) -> str:
    """Where a score moved by more than noise: "Permission to act rose in Parks."; empty where nowhere."""
    ways = [(name, change_words(figure)[1]) for name, figure in parts if figure is not None]
    said = [
        f"{verb} in {_named(names)}"
        for way, verb in (("up", "rose"), ("down", "fell"))
        if (names := [name for name, moving in ways if moving == way])
    ]
    return f"{label} {'; '.join(said)}: more than noise." if said else ""


def feelings_inside(whole: ReleasedFigure | None, parts: Parts) -> str:
    """Which parts are torn or split where the whole is not; empty where none is."""
    here = feelings_word(whole)
    found = [(name, feelings_word(figure)) for name, figure in parts]
    said = [
        f"{_named(names)} {'is' if len(names) == 1 else 'are'} {word}"
        for word in _TELLING
        if word != here and (names := [name for name, pattern in found if pattern == word])
    ]
    return f"Inside this: {'; '.join(said)}." if said else ""


def _named(names: Sequence[str]) -> str:
    return join(sorted(names)) if len(names) <= _NAMED else f"{len(names)} teams"


def teams_title(teams: Parts) -> str:
    """Where permission to act moved, or that it moved nowhere beyond noise."""
    ways = [(name, change_words(figure)[1]) for name, figure in teams if figure is not None]
    moved = [(name, way) for name, way in ways if way in ("up", "down")]
    for way, verb in (("up", "rose"), ("down", "fell")):
        names = [name for name, moving in moved if moving == way]
        if names and len(names) == len(moved):
            named = join(names) if len(names) <= 2 else f"{len(names)} teams"
            return f"Permission to act {verb} in {named}: more than noise"
    if moved:
        return f"Permission to act moved in {len(moved)} teams, up and down: more than noise"
    compared = any(way == "none" for _, way in ways)
    return f"Permission to act{' changed in no team beyond noise' if compared else ', team by team'}"
