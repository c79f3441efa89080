"""The map of mixed feelings that may be shown of a group: 25 cells, or four where these would be too small.

The promise is that of `results.released_types`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import final

from pulse.domain.disclosure.blanking import blank_cells
from pulse.domain.measurement.griffin import BOTH_SIDES_FELT
from pulse.results.released_types import _SEAL, ReleasedGroup, _Released

#: so many people on it are needed for the map of 25 cells, and for that of four
CELLS_FROM, QUADRANTS_FROM = 20, 10
#: answers from 0 to 4 on either side
OPTIONS = 5
#: 25 cells of which most stay blank show less than four do
_SHOWN_SHARE = 0.5
#: hope less worry in five bands, which stand beside the index in the release
_BANDS = ((-4, -3), (-2, -1), (0, 0), (1, 2), (3, 4))

#: (worry, hope): from 0 to 4 each, or for a map of four 1 where the feeling is there and 0 where it is not
Place = tuple[int, int]


@final
@dataclass(frozen=True, slots=True)
class ReleasedMap(_Released):
    """How many people of a group feel how hopeful and how worried at once.

    `cells[worry][hope]` is a number of people, or None for a blank cell. `side` is 5 for answers from 0 to 4,
    or 2 for four quadrants: 0 is "little of it", 1 is 2 or more on the scale. `n` people are on the map,
    those in blank cells among them.
    """

    group: ReleasedGroup
    n: int
    side: int
    cells: tuple[tuple[int | None, ...], ...]

    @property
    def shown(self) -> int:
        """People in cells that are not blank."""
        return sum(people or 0 for row in self.cells for people in row)

    @property
    def blanks(self) -> int:
        """How many cells are blank."""
        return sum(people is None for row in self.cells for people in row)


def map_of(group: ReleasedGroup, answers: Mapping[str, int]) -> ReleasedMap | None:
    """The map of a group of people by "PN" (hope 3, worry 2 is "32"); None if it may show nothing.

    Cells of fewer than k people stay blank, and others with them, so that what a release says beside the map
    (its bands, the share of people with both feelings, and what was answered to either question) does not
    give these away. What was answered to one question alone counts as known unless k people or more are
    missing from the map ("none"): these blur it.
    """
    counts = {(w, h): answers.get(f"{h}{w}", 0) for w in range(OPTIONS) for h in range(OPTIONS)}
    n, k = sum(counts.values()), group.release.k
    if n >= CELLS_FROM:
        lines = _lines(list(counts)) if answers.get("none", 0) < k else []
        shown = _shown(counts, k, [*_known(list(counts)), *lines])
        if sum(shown.values()) >= _SHOWN_SHARE * n:
            return _made(group, n, OPTIONS, shown)
    if n < QUADRANTS_FROM:
        return None
    four = _quadrants(counts)
    shown = _shown(four, k, [list(four), [place for place in four if place != (1, 1)]])
    return _made(group, n, 2, shown) if shown else None


def _shown(counts: Mapping[Place, int], k: int, known: Sequence[Sequence[Place]]) -> dict[Place, int]:
    blank = blank_cells(counts, k, known)
    return {place: people for place, people in counts.items() if place not in blank}


def _known(places: Sequence[Place]) -> list[list[Place]]:
    """Sets of cells whose sum stands elsewhere in the release."""
    both = [place for place in places if min(place) >= BOTH_SIDES_FELT]
    bands = [[place for place in places if low <= place[1] - place[0] <= high] for low, high in _BANDS]
    return [list(places), both, [place for place in places if place not in both], *bands]


def _lines(places: Sequence[Place]) -> list[list[Place]]:
    """Rows and columns: what was answered to one of the two questions."""
    return [[place for place in places if place[side] == at] for side in (0, 1) for at in range(OPTIONS)]


def _quadrants(counts: Mapping[Place, int]) -> dict[Place, int]:
    four = dict.fromkeys([(worry, hope) for worry in (0, 1) for hope in (0, 1)], 0)
    for (worry, hope), people in counts.items():
        four[int(worry >= BOTH_SIDES_FELT), int(hope >= BOTH_SIDES_FELT)] += people
    return four


def _made(group: ReleasedGroup, n: int, side: int, shown: Mapping[Place, int]) -> ReleasedMap:
    cells = tuple(tuple(shown.get((worry, hope)) for hope in range(side)) for worry in range(side))
    return ReleasedMap(_SEAL, group, n, side, cells)
