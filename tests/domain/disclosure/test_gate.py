"""Each promise of step 1, broken by hand, must stop the release."""

from dataclasses import replace

import pytest

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.blocks import Blocks, form_blocks
from pulse.domain.disclosure.gate import require_sound
from tests.domain.disclosure.organisations import make_unit

COUNTS = {2: 12, 3: 15, 4: 6, 5: 5}


def make_sound() -> Blocks:
    units = [make_unit(1), make_unit(2, 1), make_unit(3, 1), make_unit(4, 1), make_unit(5, 1)]
    return form_blocks(units, COUNTS)


def with_block(blocks: Blocks, index: int, **changes: object) -> Blocks:
    changed = list(blocks.blocks)
    changed[index] = replace(changed[index], **changes)  # type: ignore[arg-type]
    return replace(blocks, blocks=tuple(changed))


def with_group(blocks: Blocks, index: int, **changes: object) -> Blocks:
    changed = list(blocks.groups)
    changed[index] = replace(changed[index], **changes)  # type: ignore[arg-type]
    return replace(blocks, groups=tuple(changed))


def test_sound_blocks_pass() -> None:
    require_sound(make_sound(), COUNTS)


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (with_block(make_sound(), 0, unit_ids=(2, 3)), "counted twice"),
        (with_block(make_sound(), 0, unit_ids=()), "counted nowhere"),
        (with_block(make_sound(), 0, n=13), "too small or miscounted"),
        (replace(make_sound(), k=13), "too small or miscounted"),
        (replace(make_sound(), left_out_n=3), "left out was miscounted"),
        (with_group(make_sound(), 0, n=40), "is miscounted"),
        (with_group(make_sound(), 1, block_ids=range(0, 2)), "does not nest"),
        (with_group(make_sound(), 1, parent_id=None), "does not nest"),
    ],
)
def test_a_broken_promise_stops_the_release(broken: Blocks, sentence: str) -> None:
    with pytest.raises(DisclosureError, match=sentence):
        require_sound(broken, COUNTS)
