"""The last look at a release, at the rows that are about to be written and at nothing that made them.

Whatever went wrong before, in a step or between steps: if the rows do not keep the promise, nothing is
written. What several families of cells give away together cannot be seen from rows; the gate of steps 3 and
4 tests that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.families import CELL_LEAST, LEVELS
from pulse.domain.sheets import asked_in_part
from pulse.results.attribute_tables import RESPONSES
from pulse.results.softening import OF_ONE_MIND, is_of_one_mind, sides_of, unjudged_items

Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]
_NOTHING = "nothing is released and nothing is lost; tell who runs Pulse."
TOO_FEW = f"A number of this wave would stand for too few people: {_NOTHING}"
MISCOUNTED = f"The numbers of this wave do not add up: {_NOTHING}"
CELL_TOO_FEW = f"A table by attribute would give away too few people: {_NOTHING}"


def require_safe(tables: Tables, plan: dict[str, Any], k: int) -> None:
    """Raise DisclosureError unless every number stands for k people or more, and no block is of one mind."""
    blocks = {row["number"]: row["n"] for row in tables["block"]}
    groups = {row["number"]: row for row in tables["group"]}
    _require(all(n >= k for n in blocks.values()), TOO_FEW)
    _require(all(row["n"] == sum(blocks[b] for b in row["blocks"]) for row in groups.values()), MISCOUNTED)
    _require(all(k <= row["n"] <= blocks[row["block"]] for row in tables["moment"]), TOO_FEW)
    own = [row for row in tables["figure"] if "mean" in row["detail"]]
    _require(all(row["n"] >= k for row in own), TOO_FEW)
    _require_parts(tables["figure"], groups, plan, k)
    _require_tallies(tables["tally"], blocks, plan)
    answered = {(row["group"], row["measure"]): row["n"] for row in own}
    answered |= {(number, RESPONSES): row["n"] for number, row in groups.items()}
    _require_cells(tables["attribute_figure"], groups, answered, k)


def _require(kept: bool, otherwise: str) -> None:
    if not kept:
        raise DisclosureError(otherwise)


def _require_tallies(rows: Iterable[Row], blocks: Mapping[int, int], plan: dict[str, Any]) -> None:
    """Options add up to the block, and no question that has a score shows a block of one mind."""
    counts: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for row in rows:
        counts[row["block"], row["item"]][row["option"]] = row["n"]
    sides = _sides(plan)
    _require(asked_in_part(plan).isdisjoint(item for _, item in counts), TOO_FEW)
    for (block, item), found in counts.items():
        _require(sum(found.values()) == blocks[block], MISCOUNTED)
        _require(not is_of_one_mind(found, sides.get(item, [])), OF_ONE_MIND)


def _sides(plan: dict[str, Any]) -> dict[str, list[set[str]]]:
    unjudged = unjudged_items(plan)
    scored = (item for item in plan["items"] if item["kind"] in ("bipolar", "unipolar"))
    return {item["id"]: sides_of(item, item["id"] in unjudged) for item in scored}


def _require_parts(rows: Iterable[Row], groups: Mapping[int, Row], plan: dict[str, Any], k: int) -> None:
    """What each group, less the groups inside it, says of a question of some blocks, is of k people."""
    atoms: dict[str, dict[int, Counter[str]]] = defaultdict(dict)
    for row in (row for row in rows if row["measure"] in asked_in_part(plan)):
        counts = Counter(row["detail"].get("counts", {}))
        _require(row["n"] == _scored(counts) and row["change"] is None, MISCOUNTED)
        atoms[row["measure"]][row["group"]] = counts
    for item, known in atoms.items():
        left = {group: Counter(counts) for group, counts in known.items()}
        for group, counts in known.items():
            around = groups[group]["parent"]
            while around is not None and around not in known:
                around = groups[around]["parent"]
            if around is not None:
                left[around].subtract(counts)
        for rest in left.values():
            _require(_scored(rest) == 0 or _scored(rest) >= k, TOO_FEW)
            _require(sum(rest.values()) == 0 or sum(rest.values()) >= k, TOO_FEW)
            _require(min(rest.values(), default=0) >= 0, MISCOUNTED)
            _require(not is_of_one_mind(rest, _sides(plan)[item]), OF_ONE_MIND)


def _scored(counts: Mapping[str, int]) -> int:
    return sum(people for option, people in counts.items() if option.isdigit())


def _require_cells(
    rows: Iterable[Row], groups: Mapping[int, Row], answered: Mapping[tuple[int, str], int], k: int
) -> None:
    """Cells are of CELL_LEAST people in groups that show the measure, and what is left beside them of k."""
    tables: dict[tuple[str, str], dict[tuple[int, str], int]] = defaultdict(dict)
    for row in rows:
        tables[row["family"], row["measure"]][row["group"], row["category"]] = row["n"]
    for (family, measure), cells in tables.items():
        known = tables[family, RESPONSES]
        for (group, category), n in cells.items():
            _require(n >= max(CELL_LEAST, k) and groups[group]["depth"] < LEVELS, CELL_TOO_FEW)
            _require(n <= known.get((group, category), 0) and (group, measure) in answered, CELL_TOO_FEW)
        totals = {(group, measure): answered[group, measure] for group, _ in cells}
        for left in [*_hidden(cells, totals, measure), *_outside(cells, groups)]:
            _require(left == 0 or left >= k, CELL_TOO_FEW)


def _hidden(
    cells: Mapping[tuple[int, str], int], totals: Mapping[tuple[int, str], int], measure: str
) -> Iterable[int]:
    """For each group, how many people are in categories that it hides."""
    shown: Counter[int] = Counter()
    for (group, _), n in cells.items():
        shown[group] += n
    return [totals[group, measure] - n for group, n in shown.items()]


def _outside(cells: Mapping[tuple[int, str], int], groups: Mapping[int, Row]) -> Iterable[int]:
    """For each cell that has some inside it, how many people are in none of those."""
    inside: Counter[tuple[int, str]] = Counter()
    for (group, category), n in cells.items():
        around = groups[group]["parent"]
        while around is not None and (around, category) not in cells:
            around = groups[around]["parent"]
        if around is not None:
            inside[around, category] += n
    return [cells[cell] - n for cell, n in inside.items()]
