"""Small-group protection at its largest: 10,000 units, some 58,000 answers, four attributes on three levels.

Measured in a process of its own, so that its memory is its own.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from pulse.domain.disclosure.blocks import Blocks, Unit, form_blocks
from pulse.domain.disclosure.cells import gate_cells
from pulse.domain.disclosure.suppress import shown_groups
from tests.attacks.gate.organisations import CATEGORIES, Organisation, make_organisation
from tools.bench_figures import Line

UNITS, ANSWERS = 10_000, 58_000
MOST_SECONDS, MOST_MEBIBYTES = 60.0, 2048.0
#: of a question that some people skip
_SKIPPED = 0.03
_SEED = 1


def measure_gate() -> list[Line]:
    """What the child process found, beside its limits."""
    run = subprocess.run(
        [sys.executable, "-m", "tools.bench_gate"], capture_output=True, text=True, check=True
    )
    found = json.loads(run.stdout)
    size = f"{UNITS:,} units, {found['answers']:,} answers"
    return [
        Line(f"blocks, {size}", found["blocks"], None, "s"),
        Line("cells of four attributes on three levels", found["people"], None, "s"),
        Line("blocks and gates in all", found["blocks"] + found["people"], None, "s", MOST_SECONDS),
        Line("the same cells for a question that 3 % skip", found["question"], None, "s"),
        Line("memory at most", found["mebibytes"], None, "MiB", MOST_MEBIBYTES),
    ]


def main() -> None:
    """Measure once and print JSON."""
    rng = np.random.default_rng(_SEED)
    organisation = _of_size(make_organisation(rng, UNITS), rng)
    blocks, to_blocks = _timed(lambda: _blocks_of(organisation))
    attributes = {name: organisation.attributes[name] for name in CATEGORIES}
    where = _where(organisation, blocks)
    shown, to_gate = _timed(lambda: gate_cells(blocks, where, attributes, rng=rng))
    answered = rng.random(where.size) >= _SKIPPED
    some = {name: values[answered] for name, values in attributes.items()}
    inside = where[answered & (where >= 0)]
    groups = shown_groups(blocks, np.bincount(inside, minlength=len(blocks.blocks)).tolist())
    _, again = _timed(lambda: gate_cells(blocks, where[answered], some, groups, allowed=shown, rng=rng))
    figures = {
        "answers": organisation.people,
        "blocks": to_blocks,
        "people": to_gate,
        "question": again,
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


def _of_size(organisation: Organisation, rng: np.random.Generator) -> Organisation:
    """Some answers fewer, so that there are ANSWERS of them (or all, if there are fewer)."""
    kept = np.zeros(organisation.people, dtype=bool)
    kept[rng.permutation(organisation.people)[:ANSWERS]] = True
    return organisation.of(kept)


def _blocks_of(organisation: Organisation) -> Blocks:
    parents = [None, *organisation.parents[1:].tolist()]
    units = [Unit(unit, parent, f"Unit {unit}", unit) for unit, parent in enumerate(parents)]
    return form_blocks(units, dict(enumerate(organisation.direct().tolist())))


def _where(organisation: Organisation, blocks: Blocks) -> np.ndarray[Any, np.dtype[np.int64]]:
    homes = blocks.block_of_unit()
    of_unit = np.array([homes.get(unit, -1) for unit in range(organisation.units)], dtype=np.int64)
    return of_unit[organisation.unit]


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    found = work()
    return found, time.perf_counter() - began


if __name__ == "__main__":
    main()
