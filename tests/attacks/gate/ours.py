"""The product's release of an invented organisation: the only file here that calls the gate under attack."""

from collections.abc import Collection, Mapping

import numpy as np

from pulse.domain.disclosure.blocks import Blocks, Unit, form_blocks
from pulse.domain.disclosure.cells import Cell, gate_cells
from pulse.domain.disclosure.softening import soften
from pulse.domain.disclosure.suppress import shown_groups
from pulse.results.attribute_families import Declared
from pulse.results.counting import Sheets
from tests.attacks.gate.bounds import NEUTRAL
from tests.attacks.gate.organisations import CATEGORIES, CROSSES, OPTIONS, Organisation
from tests.attacks.gate.publications import UNITS, Ints, Publication, sets_of
from tests.attacks.gate.vendors import ATTRIBUTES, FAMILIES

BLOCKS = "blocks (ours)"


def blocks_of(organisation: Organisation, k: int) -> Blocks:
    units = [
        Unit(unit, int(parent) if parent >= 0 else None, f"Unit {unit}", unit)
        for unit, parent in enumerate(organisation.parents)
    ]
    return form_blocks(units, dict(enumerate(organisation.direct().tolist())), k)


def where_of(organisation: Organisation, blocks: Blocks) -> Ints:
    """The block of each person, -1 for those left out."""
    home = np.full(organisation.units, -1, dtype=np.int64)
    for unit, block in blocks.block_of_unit().items():
        home[unit] = block
    return np.asarray(home[organisation.unit])


def publish(
    organisation: Organisation, k: int, rng: np.random.Generator, families: tuple[str, ...] = FAMILIES
) -> Publication:
    """Everything about people as a whole that a release shows of an organisation."""
    blocks = blocks_of(organisation, k)
    where = where_of(organisation, blocks)
    categories = {family: organisation.attributes[family] for family in families}
    cells = gate_cells(blocks, where, categories, rng=rng)
    return published(organisation, blocks, where, cells, range(len(blocks.groups)))


def publish_measure(
    organisation: Organisation, k: int, rng: np.random.Generator, families: tuple[str, ...] = FAMILIES
) -> tuple[Organisation, Publication]:
    """What a release shows of the measure that some skipped, and the people who answered it."""
    blocks = blocks_of(organisation, k)
    where = where_of(organisation, blocks)
    everybody = {family: organisation.attributes[family] for family in families}
    allowed = gate_cells(blocks, where, everybody, rng=rng)
    gave = organisation.answers >= 0
    counts = np.bincount(where[gave & (where >= 0)], minlength=len(blocks.blocks))
    shown = shown_groups(blocks, counts.tolist())
    those = {family: column[gave] for family, column in everybody.items()}
    cells = gate_cells(blocks, where[gave], those, shown, allowed=allowed, rng=rng)
    some = organisation.of(gave)
    return some, published(some, blocks, where[gave], cells, shown)


def published(
    organisation: Organisation,
    blocks: Blocks,
    where: Ints,
    cells: Mapping[str, Collection[Cell]],
    shown: Collection[int],
) -> Publication:
    """Groups and cells as sets of people."""
    inside = {
        group.id: np.flatnonzero((where >= group.block_ids.start) & (where < group.block_ids.stop))
        for group in blocks.groups
    }
    sets = {UNITS: sets_of([inside[group] for group in sorted(shown)], organisation.people)}
    for family, chosen in cells.items():
        column = organisation.attributes[family]
        members = [inside[g][column[inside[g]] == category] for g, category in sorted(chosen)]
        sets[family] = sets_of(members, organisation.people)
    status = blocks.statuses
    covered = [status[unit].standing in ("own", "combined") for unit in range(organisation.units)]
    has = [status[unit].group_id in set(shown) for unit in range(organisation.units)]
    kinds = [group.kind for group in blocks.groups if group.id in shown]
    return Publication(
        BLOCKS,
        sets,
        kinds.count("unit"),
        kinds.count("combined"),
        (np.array(covered) & np.array(has))[organisation.unit],
    )


def publish_softened(organisation: Organisation, k: int, chance: int) -> tuple[Publication, Ints]:
    """A release of a question that everybody answered, and its answers as they are counted (step 5)."""
    blocks = blocks_of(organisation, k)
    where = where_of(organisation, blocks)
    plan = {
        "attributes": [
            {"code": code, "categories": [str(category) for category in range(CATEGORIES[code])]}
            for code in ATTRIBUTES
        ],
        "crosses": [list(cross) for cross in CROSSES],
    }
    nothing = np.zeros((organisation.people, 0), dtype=np.uint8)
    sheets = Sheets([], nothing, organisation.unit, attributes=organisation.attributes, chance=chance)
    declared = Declared(plan, sheets, blocks, where)
    scores = organisation.answers * 100 / (OPTIONS - 1)
    found = soften(scores, [where, *declared.sets()], np.random.default_rng(chance))
    counted = np.where(found.moved, NEUTRAL, organisation.answers)
    return published(organisation, blocks, where, declared.people, range(len(blocks.groups))), counted
