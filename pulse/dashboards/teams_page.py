"""The page on which a team is looked for: every one that the reader may open, as a tree."""

from dataclasses import dataclass

from pulse.dashboards.frame import Frame, Groups, frame_of
from pulse.dashboards.reading import Result
from pulse.dashboards.teams import Team, count, find, read_unshown, tree_of

#: a search is a few words of a name
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class TeamsPage:
    """The tree, or what was found in it; `here` is the kind of page that its links lead to."""

    frame: Frame
    here: str
    words: str
    tree: list[Team]
    #: teams found, or all
    total: int


def build(result: Result, groups: Groups, *, words: str = "", here: str = "") -> TeamsPage:
    """All teams if no words are given; raises as `results.released` does."""
    frame, words = frame_of(result, groups), " ".join(words[:LONGEST_SEARCH].split())
    tree = tree_of(frame.groups, result.group.number, read_unshown(result.wave, groups))
    found, total = find(tree, words) if words else (tree, count(tree))
    return TeamsPage(frame, here, words, found, total)
