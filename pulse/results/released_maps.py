"""The map of mixed feelings that may be shown of a group: 25 cells, or four where these would be too small.

The promise is that of `results.released_types`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import final

from pulse.domain.disclosure.blanking import blank_cells
from pulse.domain.disclosure.moves import Moves, moves_of
from pulse.domain.measurement.griffin import BOTH_SIDES_FELT
from pulse.results.released_types import _SEAL, ReleasedGroup, _Released

#: so many people on it are needed for a map; four quadrants of k people or more have them anyway
PEOPLE_FROM = 20
#: answers from 0 to 4 on either side
OPTIONS = 5
#: 25 cells of which most stay blank show less than four do
_SHOWN_SHARE = 0.5
#: hope less worry in five bands, which stand beside the index in the release
_BANDS = ((-4, -3), (-2, -1), (0, 0), (1, 2), (3, 4))

#: (worry, hope): from 0 to 4 each, or for a map of four 1 where the feeling is there and 0 where it is not
Place = tuple[int, int]
_PLACES: tuple[Place, ...] = tuple((worry, hope) for worry in range(OPTIONS) for hope in range(OPTIONS))


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

    Cells of fewer than k people stay blank, and others with them, so that none of these few follows from what
    a release says beside the map: how often each option of either question was chosen, by the same people;
    its bands; the share of people with both feelings; and mean and spread of the index and its companion. The
    four quadrants all follow from these, so they are shown where none is of fewer than k people, or not at
    all.
    """
    counts = {(w, h): answers.get(f"{h}{w}", 0) for w, h in _PLACES}
    n, k = sum(counts.values()), group.release.k
    if n < PEOPLE_FROM:
        return None
    blank = blank_cells(counts, k, _known(), _moves())
    shown = {place: people for place, people in counts.items() if place not in blank}
    if sum(shown.values()) >= _SHOWN_SHARE * n:
        return _made(group, n, OPTIONS, shown)
    four = _quadrants(counts)
    return _made(group, n, 2, four) if min(four.values()) >= k else None


def _known() -> list[list[Place]]:
    """Sets of cells whose sum stands elsewhere in the release, or follows from what stands there."""
    lines = [[place for place in _PLACES if place[side] == at] for side in (0, 1) for at in range(OPTIONS)]
    bands = [[(w, h) for w, h in _PLACES if low <= h - w <= high] for low, high in _BANDS]
    halves = (range(BOTH_SIDES_FELT), range(BOTH_SIDES_FELT, OPTIONS))
    quadrants = [
        [(w, h) for w, h in _PLACES if w in worry and h in hope] for worry in halves for hope in halves
    ]
    return [list(_PLACES), *lines, *bands, *quadrants]


@cache
def _moves() -> Moves:
    """What keeps all that stands beside a map: those sums, and sum and sum of squares of both scores.

    Index and companion of a cell are taken in whole steps: twice G, and the weaker feeling.
    """
    twice_g = [w + h - 2 * abs(w - h) for w, h in _PLACES]
    weaker = [min(place) for place in _PLACES]
    scores = [[one**power for one in score] for score in (twice_g, weaker) for power in (1, 2)]
    return moves_of([[int(place in total) for place in _PLACES] for total in _known()] + scores)


def _quadrants(counts: Mapping[Place, int]) -> dict[Place, int]:
    four = dict.fromkeys([(worry, hope) for worry in (0, 1) for hope in (0, 1)], 0)
    for (worry, hope), people in counts.items():
        four[int(worry >= BOTH_SIDES_FELT), int(hope >= BOTH_SIDES_FELT)] += people
    return four


def _made(group: ReleasedGroup, n: int, side: int, shown: Mapping[Place, int]) -> ReleasedMap:
    cells = tuple(tuple(shown.get((worry, hope)) for hope in range(side)) for worry in range(side))
    return ReleasedMap(_SEAL, group, n, side, cells)
