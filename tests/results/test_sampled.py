"""Waves that ask people different blocks: from the link to the release, and what may be shown of them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flask import Flask
from nacl.public import PrivateKey

from pulse.domain.disclosure import DisclosureError
from pulse.domain.sheets import NOT_ASKED, asked_in_part, asked_of, closed_items, is_closed, unasked_pattern
from pulse.responses.sealing import EnvelopeDamaged, Sheet, seal
from pulse.responses.submission import Ballot, find_ballot, submit
from pulse.results import queries
from pulse.results.assembly import Assembled, assemble
from pulse.results.closing import close_wave
from pulse.results.counting import Sheets, open_sheets
from pulse.results.last_checks import require_safe
from pulse.results.release import Counted, _tables
from pulse.results.released import read_groups, read_tallies
from pulse.surveys import plans
from pulse.surveys import queries as surveys
from tests.results.factories import ROTATION, make_council, make_sent_wave, make_site
from tools.validate.by_person import ITEMS, PEOPLE, context_of, plan_of_blocks, sheets_of

TURNS = {item for wave in ROTATION for item in wave} - set(ROTATION[0]).intersection(*ROTATION)


def counted_wave(*, units: int = 2, seed: int = 1) -> tuple[Assembled, Sheets, dict[str, Any]]:
    """Made-up answers of units of 100 people in three blocks; the last unit has 4 people of block 2."""
    rng, plan = np.random.default_rng(seed), plan_of_blocks()
    places, blocks = np.repeat(np.arange(units), PEOPLE), rng.integers(0, 3, units * PEOPLE)
    last = np.flatnonzero(places == units - 1)
    blocks[last] = 0
    blocks[last[:4]], blocks[last[4:40]] = 2, 1
    sheets = sheets_of(rng.integers(0, 5, (places.size, len(ITEMS))), places + 2, blocks, plan)
    context = context_of(plan, [PEOPLE] * units, [PEOPLE] * units)
    return assemble(sheets, context), sheets, plan


def test_a_link_opens_its_own_block_and_the_release_counts_only_who_was_asked(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "MIN_BY_PERSON", 10)
    site, council = make_site(tmp_path), make_council({"C": (None, 0), "A": ("C", 20), "B": ("C", 20)})
    wave_id = make_sent_wave(site, rotate_by="person")
    asked: dict[str, int] = {}
    for person_id in council.people:
        token = site.token(wave_id, person_id)
        ballot = find_ballot(token)
        assert isinstance(ballot, Ballot)
        own = {item["id"] for item in asked_of(ballot.plan, ballot.leads, ballot.block) if is_closed(item)}
        assert own & TURNS < TURNS
        marks = zip(closed_items(ballot.plan), unasked_pattern(ballot.plan, ballot.block), strict=True)
        pattern = "".join("3" if item in own else mark for item, mark in marks)
        with pytest.raises(ValueError, match="not asked of this person"):
            submit(token, pattern.replace(NOT_ASKED, "3"), {})
        submit(token, pattern, {})
        for item in own:
            asked[item] = asked.get(item, 0) + 1
    wave = surveys.get_wave(wave_id)
    assert close_wave(wave_id, wave.closes_at, site.keyring), surveys.get_wave(wave_id).problem
    top = read_groups(surveys.get_wave(wave_id))[0]
    tallies = read_tallies(top)
    for item in TURNS - {"LET-01"}:
        counts = tallies.find(item)
        assert counts is not None
        assert counts.options == (("3", asked[item]),)
    stored = {row[0] for row in queries.list_tallies(top.id)}
    assert stored
    assert not stored & TURNS


def test_a_question_shows_nothing_of_a_group_of_which_four_were_asked() -> None:
    counted, _, plan = counted_wave(units=3)
    names = {group.name: {d.measure for d in counted.figures[group.id]} for group in counted.blocks.groups}

    assert "PEO-05" in names["Whole"]
    assert "PTA-01" in names["U4"]
    assert not names["U4"] & asked_in_part(plan)
    assert not [key for key in counted.moments if key[1] in asked_in_part(plan)]
    assert not [key for key in counted.tallies if key[1] in asked_in_part(plan)]


@pytest.mark.parametrize("seed", range(6))
def test_no_difference_of_published_counts_leaves_fewer_than_k(seed: int) -> None:
    """Also not of those asked one question less those asked another, in a group less the groups inside."""
    counted, _, plan = counted_wave(units=4, seed=seed)
    k, whole = 10, counted.blocks.groups[0]
    n = {(group, d.measure): d.n for group, drafts in counted.figures.items() for d in drafts}
    for item in asked_in_part(plan):
        inside = [n[g.id, item] for g in counted.blocks.groups if g.parent_id == 0 and (g.id, item) in n]
        rest = n[whole.id, item] - sum(inside)
        assert rest == 0 or rest >= k
    for group in counted.blocks.groups:
        each = [n[group.id, item] for item in asked_in_part(plan) if (group.id, item) in n]
        assert all(group.n - one >= k for one in each)


def test_a_question_of_one_block_has_no_change_and_its_counts_add_up() -> None:
    counted, _, plan = counted_wave()
    for draft in counted.figures[0]:
        if draft.measure in asked_in_part(plan):
            assert draft.change is None
            assert sum(n for one, n in draft.detail["counts"].items() if one.isdigit()) == draft.n


def test_the_last_look_finds_a_group_put_back_that_leaves_too_few() -> None:
    counted, _, plan = counted_wave(units=3)
    tables = _tables(Counted(counted, 300, 300, []))
    require_safe(tables, plan, 10)
    whole = next(row for row in tables["figure"] if (row["group"], row["measure"]) == (0, "PEO-05"))
    for group in (group for group in counted.blocks.groups if group.parent_id == 0):
        counts = {option: max(0, n - 4) for option, n in whole["detail"]["counts"].items()}
        tables["figure"].append(
            whole
            | {"group": group.id, "n": sum(counts.values()), "detail": whole["detail"] | {"counts": counts}}
        )
    with pytest.raises(DisclosureError):
        require_safe(tables, plan, 10)


def test_an_envelope_with_answers_of_two_blocks_is_no_sheet() -> None:
    plan, key = plan_of_blocks(), PrivateKey(bytes(range(32)))
    right = unasked_pattern(plan, 0).replace("-", "3")
    wrong = right.replace(NOT_ASKED, "3", 1)

    def opened(answers: str) -> int:
        return open_sheets([seal(Sheet(2, answers), 256, bytes(key.public_key))], key, plan).n

    assert opened(right) == 1
    with pytest.raises(EnvelopeDamaged):
        opened(wrong)


def test_under_cohorts_a_figure_stands_for_those_who_were_not_asked_too() -> None:
    rng, plan = np.random.default_rng(1), plan_of_blocks(blocks=False)
    sheets = sheets_of(rng.integers(0, 5, (90, len(ITEMS))), np.full(90, 2), None, plan)
    wide, narrow = (
        next(d for d in assemble(sheets, context_of(plan, [90], [n])).figures[0] if d.measure == "PTA-01")
        for n in (400, 90)
    )
    assert narrow.detail["everyone"]
    assert not wide.detail["everyone"]
    assert wide.detail["stands_for"] == 400
    assert "stands_for" not in narrow.detail
