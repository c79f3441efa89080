"""Three rules that vendors use, as controls: each shows more units than ours, and gives people away.

All of them show nothing of fewer than k people. Then, among the parts of one whole (the teams of a unit and
the people directly in it; the categories of a unit):

- threshold: nothing more is done;
- until two: where one part is hidden, the next smallest is hidden with it;
- until k: the next smallest is hidden until the hidden ones are k people or more.

The same holds for tables of attributes and of crosses, in the units of the top three levels that are shown.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from tests.attacks.gate.organisations import CROSSES, Organisation
from tests.attacks.gate.publications import UNITS, Ints, Publication, people_by, sets_of

THRESHOLD, UNTIL_TWO, UNTIL_K = "threshold only", "next smallest, until two", "next smallest, until k"
RULES = (THRESHOLD, UNTIL_TWO, UNTIL_K)
LEVELS = 3
ATTRIBUTES = ("grade", "tenure", "site", "disability")
FAMILIES = (*ATTRIBUTES, *("*".join(cross) for cross in CROSSES))


def publish(
    organisation: Organisation, rule: str, k: int, families: tuple[str, ...] = FAMILIES
) -> Publication:
    """All that a vendor's rule shows of an organisation."""
    totals, direct = organisation.totals(), organisation.direct()
    shown = _shown_units(organisation, totals, direct, rule, k)
    inside = _people_inside(organisation, shown)
    sets = {UNITS: sets_of(inside.values(), organisation.people)}
    top = [unit for unit in inside if organisation.levels[unit] < LEVELS]
    for family in families:
        cells = [
            cell for unit in top for cell in _cells(organisation.attributes[family], inside[unit], rule, k)
        ]
        sets[family] = sets_of(cells, organisation.people)
    return Publication(rule, sets, int(shown.sum()), 0, shown[organisation.unit])


def shown_parts(sizes: Mapping[int, int], silent: int, rule: str, k: int) -> set[int]:
    """Which parts of a whole are shown; `silent` people are in a part that is never shown by itself."""
    parts = {part: n for part, n in sizes.items() if n}
    shown = {part for part, n in parts.items() if n >= k}
    hidden = [n for part, n in parts.items() if part not in shown] + ([silent] if silent else [])
    for part in sorted(shown, key=lambda part: (parts[part], part)):
        enough = not hidden or (len(hidden) >= 2 if rule == UNTIL_TWO else sum(hidden) >= k)
        if rule == THRESHOLD or enough:
            break
        shown.discard(part)
        hidden.append(parts[part])
    return shown


def _shown_units(
    organisation: Organisation, totals: Ints, direct: Ints, rule: str, k: int
) -> npt.NDArray[np.bool_]:
    shown = np.zeros(organisation.units, dtype=bool)
    shown[0] = totals[0] >= k
    for parent, children in people_by(organisation.parents).items():
        sizes = {int(child): int(totals[child]) for child in children}
        shown[list(shown_parts(sizes, int(direct[parent]), rule, k))] = True
    return shown


def _people_inside(organisation: Organisation, shown: npt.NDArray[np.bool_]) -> dict[int, Ints]:
    """Unit -> people in it and below, for the units that are shown."""
    around = [organisation.around(level)[organisation.unit] for level in range(organisation.levels.max() + 1)]
    found: dict[int, Ints] = {}
    for column in around:
        found |= {unit: people for unit, people in people_by(column).items() if shown[unit]}
    return found


def _cells(categories: Ints, people: Ints, rule: str, k: int) -> list[Ints]:
    by_category = {category: people[at] for category, at in people_by(categories[people]).items()}
    shown = shown_parts({category: one.size for category, one in by_category.items()}, 0, rule, k)
    return [by_category[category] for category in sorted(shown)]
