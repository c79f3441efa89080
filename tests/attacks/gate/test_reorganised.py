"""A wave shows the organisation that it asked, old or open, although 30 % of units are moved."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from pulse.db import db, writing
from pulse.directory.models import Unit
from pulse.domain.disclosure.blocks import Unit as TreeUnit
from pulse.domain.disclosure.blocks import form_blocks
from pulse.results.release import digest_of
from pulse.results.stored_queries import list_stored
from pulse.surveys import queries as surveys
from tests.results.closes import close
from tests.results.councils import Council, make_council
from tests.results.factories import (
    NOW,
    Site,
    answer_all,
    make_quarterly,
    make_released_wave,
    make_sent_wave,
    make_site,
)
from tests.support.rows import all_rows

K = 5


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Site:
    return make_site(tmp_path)


def make_wide_council() -> Council:
    """Four branches of five teams, some of them too small to be shown."""
    rng = Random(4)
    tree: dict[str, tuple[str | None, int]] = {"C": (None, 0)}
    for branch in "ABDE":
        tree[branch] = ("C", 1)
        tree |= {f"{branch}{team}": (branch, rng.randrange(2, 9)) for team in range(5)}
    return make_council(tree)


def move_units(council: Council, share: float) -> int:
    """Put so many units, chosen by chance, under another branch and give them another name."""
    rng = Random(5)
    teams = [code for code in council.units if len(code) == 2]
    moving = rng.sample(teams, round(share * len(council.units)))
    with writing():
        for code in moving:
            unit = db.session.get_one(Unit, council.units[code])
            unit.parent_id = council.units[rng.choice([b for b in "ABDE" if b != code[0]])]
            unit.name = f"{unit.name}, moved"
    return len(moving)


def shown(wave_id: int) -> tuple[set[frozenset[int]], set[tuple[str, str, int]]]:
    """Blocks as sets of units, and the published groups."""
    rows = all_rows()
    (release,) = (row["id"] for row in rows["release"] if row["wave_id"] == wave_id)
    blocks = {row["id"] for row in rows["block"] if row["release_id"] == release}
    units = {
        frozenset(row["unit_id"] for row in rows["block_unit"] if row["block_id"] == block)
        for block in blocks
    }
    groups = {(r["key"], r["name"], r["n"]) for r in rows["result_group"] if r["release_id"] == release}
    return units, groups


def blocks_now(council: Council) -> set[frozenset[int]]:
    """What the product would form from the organisation as it is now, everybody answering."""
    people = Counter(council.units[voter.unit] for voter in council.people.values())
    tree = [TreeUnit(unit.id, unit.parent_id, unit.name) for unit in db.session.scalars(select(Unit))]
    return {frozenset(unit for unit in block.unit_ids) for block in form_blocks(tree, people, K).blocks}


def test_an_old_wave_and_an_open_one_keep_the_units_that_they_asked(site: Site) -> None:
    council, programme = make_wide_council(), make_quarterly()
    first = make_released_wave(site, council, programme)
    before, digest = shown(first.wave.id), first.release.digest
    second = make_sent_wave(site, programme, now=first.wave.closes_at + timedelta(days=80))
    answer_all(site, second, council)

    moved = move_units(council, 0.3)

    assert close(second, site), surveys.get_wave(second).problem
    assert moved == round(0.3 * len(council.units))
    assert blocks_now(council) != before[0]  # or the units that moved would have changed nothing
    assert shown(first.wave.id) == before
    assert digest_of(list_stored(first.release.id)) == digest
    assert shown(second) == before


def test_the_wave_after_the_reorganisation_shows_the_new_units(site: Site) -> None:
    """The control: what is frozen is a wave, not the product."""
    council = make_wide_council()
    move_units(council, 0.3)
    later = make_released_wave(site, council, make_quarterly(), now=NOW)
    assert shown(later.wave.id)[0] == blocks_now(council)
