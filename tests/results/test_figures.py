"""Every figure of a release is the one that plain arithmetic gives from what people sent."""

from collections import Counter

import pytest
from flask import Flask
from scipy.stats import t
from sqlalchemy import select

from pulse.db import db
from pulse.results.models import Block, BlockUnit, Moment, Tally
from pulse.results.queries import list_statuses
from tests.results import by_hand
from tests.results.factories import (
    Released,
    Voter,
    make_council,
    make_quarterly,
    make_released_waves,
    make_site,
)

#: group name -> the units whose people it holds
GROUPS = {
    "Unit C": ("A1", "A2", "A3", "B1", "B2", "B3"),
    "Unit A": ("A1", "A2", "A3"),
    "Unit A2": ("A2",),
    "Unit A1 + Unit A3": ("A1", "A3"),
    "Unit B": ("B1", "B2", "B3"),
    "Unit B1": ("B1",),
    "Unit B2 + Unit B3": ("B2", "B3"),
}


def most(voter: Voter) -> bool:
    return (voter.number + voter.wave) % 7 != 0


@pytest.fixture(scope="module")
def waves(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> list[Released]:
    """Three waves of one programme: one and a half rotations."""
    site = make_site(tmp_path_factory.mktemp("figures"))
    programme = make_quarterly(ask_leaders=True)
    return make_released_waves(site, make_council(), programme, 3, turnout=most)


@pytest.mark.parametrize("wave", [0, 1, 2])
def test_the_groups_are_those_units_with_those_people(wave: int, waves: list[Released]) -> None:
    found = waves[wave]
    assert {group.name for group in found.groups} == set(GROUPS)
    for name, units in GROUPS.items():
        group = found.group(name)
        assert group.n == len(found.said_in(*units))
        assert group.headcount == sum(v.unit in units for v in found.council.people.values())


@pytest.mark.parametrize("measure", by_hand.FIGURES)
def test_a_figure_is_the_mean_of_its_people(measure: str, waves: list[Released]) -> None:
    compared = 0
    for found in waves:
        for name, units in GROUPS.items():
            figure = found.figures(name).get(measure)
            numbers = by_hand.values(found.said_in(*units), by_hand.FIGURES[measure])
            if figure is not None:
                compared += 1
                assert figure.n == len(numbers) >= 5
                assert figure.value == pytest.approx(by_hand.value(measure, found.said_in(*units)))
                assert (figure.low or 0) <= (figure.value or 0) <= (figure.high or 0)
    assert compared >= 3 * 4


@pytest.mark.parametrize("measure", by_hand.FIGURES)
def test_a_change_is_the_difference_of_two_waves(measure: str, waves: list[Released]) -> None:
    before, after = (by_hand.value(measure, found.said) for found in waves[1:])
    figure = waves[2].figures("Unit C")[measure]

    assert figure.change == pytest.approx(after - before)
    assert figure.detail["since"] == waves[1].wave.label
    assert (figure.change_low or 0) <= (figure.change or 0) <= (figure.change_high or 0)
    assert figure.q is not None
    assert figure.flagged is (figure.q <= 0.05 and abs(figure.change or 0) >= 5)
    assert waves[0].figures("Unit C")[measure].change is None


def test_an_item_that_takes_turns_is_compared_with_the_last_wave_that_asked_it(
    waves: list[Released],
) -> None:
    figure = waves[2].figures("Unit C")["POW-01"]
    before, after = (by_hand.values(waves[n].said, by_hand.item("POW-01")) for n in (0, 2))

    assert figure.detail["since"] == waves[0].wave.label
    assert figure.change == pytest.approx(by_hand.mean(after) - by_hand.mean(before))
    assert "POW-01" not in waves[1].figures("Unit C")


def test_a_level_is_the_mean_over_the_rotation_no_surer_than_one_wave_and_without_population_correction(
    waves: list[Released],
) -> None:
    asked = (("POW-05", "POW-01"), ("POW-02", "POW-03"))
    first, second = (
        by_hand.values(wave.said, by_hand.mean_of(*items)) for wave, items in zip(waves, asked, strict=False)
    )
    value = by_hand.mean(
        [by_hand.mean_of_means(w.said, *items) for w, items in zip(waves, asked, strict=False)]
    )
    level = waves[1].figures("Unit C")["POW:level"]
    half = sum(t.ppf(0.975, len(one) - 1) * by_hand.standard_error(one) for one in (first, second)) / 2

    assert level.value == pytest.approx(value)
    assert (level.low, level.high) == pytest.approx((value - half, value + half))
    assert level.n == len(second)
    assert level.detail["pooled"] == [waves[0].wave.label]


def test_a_level_that_was_not_asked_now_is_still_shown_from_the_rotation(waves: list[Released]) -> None:
    level = waves[1].figures("Unit C")["LET:level"]
    assert level.value == pytest.approx(by_hand.mean(by_hand.values(waves[0].said, by_hand.item("LET-01"))))
    assert level.detail["pooled"] == [waves[0].wave.label]
    third = waves[2].figures("Unit C")["LET:level"]
    assert third.detail["pooled"] == []  # a rotation has two waves: the first is out of it


def test_no_level_has_a_change(waves: list[Released]) -> None:
    levels = [
        f for found in waves for n in GROUPS for f in found.figures(n).values() if ":level" in f.measure
    ]
    assert levels
    assert {figure.change for figure in levels} == {None}


def test_the_map_of_feelings_counts_everybody_who_answered_both_sides(waves: list[Released]) -> None:
    for name, units in GROUPS.items():
        both = [pair for pair in map(by_hand.sides, waves[0].said_in(*units)) if pair]
        figure = waves[0].figures(name).get("AMB")
        if figure is None:
            assert len(both) < 5 or name != "Unit C"
            continue
        nets = [hope - worry for hope, worry in both]
        limits = [(-4, -3), (-2, -1), (0, 0), (1, 2), (3, 4)]
        bands = [sum(low <= net <= high for net in nets) for low, high in limits]
        assert figure.detail["bands"] == bands
        assert figure.detail["verdict"] in ("split", "shared view", "unclear")


def test_leaders_are_compared_with_everybody_else_for_the_whole_organisation_only(
    waves: list[Released],
) -> None:
    said = waves[0].said
    leaders = by_hand.values([s for s in said if s.voter.leads], by_hand.item("LDR-PTA-01"))
    staff = by_hand.values([s for s in said if not s.voter.leads], by_hand.item("PTA-01"))
    gap = waves[0].figures("Unit C")["GAP:LDR-PTA-01"]

    assert gap.value == pytest.approx(by_hand.mean(leaders) - by_hand.mean(staff))
    assert (gap.n, gap.detail["leaders_n"], gap.detail["staff_n"]) == (len(leaders), len(leaders), len(staff))
    for name in GROUPS:
        if name != "Unit C":
            assert not [measure for measure in waves[0].figures(name) if measure.startswith("GAP")]


def test_the_options_of_every_stored_item_sum_to_a_block_of_k_or_more(waves: list[Released]) -> None:
    for found in waves:
        blocks = {
            b.id: b.n for b in db.session.scalars(select(Block).where(Block.release_id == found.release.id))
        }
        tallies = db.session.scalars(select(Tally).where(Tally.block_id.in_(blocks))).all()
        items = {tally.item for tally in tallies}
        sums: Counter[tuple[int, str]] = Counter()
        for tally in tallies:
            sums[tally.block_id, tally.item] += tally.n

        assert {(block, item) for block in blocks for item in items} == set(sums)
        assert all(sums[block, item] == blocks[block] >= 5 for block, item in sums)
        assert sum(blocks.values()) == found.release.answered
        assert not [item for item in items if item.startswith("LDR")]


def test_tallies_are_what_people_chose(waves: list[Released]) -> None:
    found = waves[0]
    rows = db.session.execute(
        select(BlockUnit.unit_id, Tally.option, Tally.n)
        .join(Tally, Tally.block_id == BlockUnit.block_id)
        .join(Block, Block.id == BlockUnit.block_id)
        .where(Block.release_id == found.release.id, Tally.item == "PTA-01")
        .where(BlockUnit.unit_id == found.council.units["A2"])
    )
    names = {"-": "none", "p": "pns"}
    chosen = Counter(names.get(s.answers["PTA-01"], s.answers["PTA-01"]) for s in found.said_in("A2"))
    assert {row.option: row.n for row in rows} == chosen


def test_no_moment_of_fewer_than_k_people_is_stored(waves: list[Released]) -> None:
    moments = db.session.scalars(select(Moment)).all()
    assert moments
    assert min(moment.n for moment in moments) >= 5


def test_every_unit_is_told_where_it_shows_or_why_not(waves: list[Released]) -> None:
    found = waves[0]
    by_id = {group.id: group.name for group in found.groups}
    told = {status.unit_id: status for status in list_statuses(found.release.id)}
    names = {code: by_id.get(told[unit].group_id or 0) for code, unit in found.council.units.items()}

    assert {names["A1"], names["A3"]} == {"Unit A1 + Unit A3"}
    assert told[found.council.units["A1"]].status == "combined"
    assert names["B1"] == "Unit B1"
    assert told[found.council.units["B1"]].status == "own"
    assert all(status.reason.endswith(".") for status in told.values())
