import random

import numpy as np
import pytest

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.blocks import Blocks, Group, Unit, form_blocks
from tests.domain.disclosure.organisations import make_organisation, make_unit

COUNCIL = [
    make_unit(1, None, "Council"),
    make_unit(2, 1, "Adults"),
    make_unit(3, 2, "Reablement"),
    make_unit(4, 2, "Sensory team"),
    make_unit(5, 2, "Carers team"),
    make_unit(6, 1, "Children"),
    make_unit(7, 6, "Fostering"),
    make_unit(8, 6, "Youth work"),
    make_unit(9, 1, "Registrars"),
]


def make_blocks(
    counts: dict[int, int], units: list[Unit] | None = None, k: int = 10, **more: object
) -> Blocks:
    return form_blocks(units or COUNCIL, counts, k, **more)  # type: ignore[arg-type]


def group_named(blocks: Blocks, name: str) -> Group:
    (found,) = [group for group in blocks.groups if group.name == name]
    return found


def standings(blocks: Blocks) -> dict[int, str]:
    return {unit_id: status.standing for unit_id, status in blocks.statuses.items()}


def test_units_that_all_reach_k_each_have_their_own_result() -> None:
    blocks = make_blocks({3: 10, 4: 11, 5: 12, 7: 13, 8: 14, 9: 15})
    assert set(standings(blocks).values()) == {"own"}
    assert [group.n for group in blocks.groups] == [75, 33, 10, 11, 12, 27, 13, 14, 15]
    assert blocks.statuses[3].sentence == "Has its own result."


def test_small_teams_that_reach_k_together_are_one_named_group() -> None:
    blocks = make_blocks({3: 20, 4: 6, 5: 5, 7: 13, 8: 14, 9: 15})
    group = group_named(blocks, "Sensory team + Carers team")
    assert (group.kind, group.n, group.under) == ("combined", 11, 2)
    assert blocks.units_of(group.id) == {4, 5}
    assert standings(blocks)[4] == standings(blocks)[5] == "combined"
    assert standings(blocks)[3] == standings(blocks)[2] == "own"


def test_one_small_team_joins_its_smallest_sibling_and_both_get_the_same_sentence() -> None:
    blocks = make_blocks({3: 20, 4: 6, 5: 12, 7: 13, 8: 14, 9: 15})
    group = group_named(blocks, "Carers team + Sensory team")
    assert group.n == 18
    host, guest = blocks.statuses[5], blocks.statuses[4]
    assert host.sentence == guest.sentence
    assert "Carers team + Sensory team" in host.sentence
    assert not set("0123456789") & set(host.sentence.replace("fewer than 10 people", ""))


def test_people_directly_in_a_unit_with_teams_are_a_piece_of_their_own() -> None:
    blocks = make_blocks({2: 11, 3: 20, 4: 16, 5: 12, 7: 13, 8: 14, 9: 15})
    group = group_named(blocks, "Adults: people not in a team")
    assert group.n == 11
    assert blocks.units_of(group.id) == {2}
    assert standings(blocks)[2] == "own"


def test_small_teams_that_only_together_make_up_their_service_are_counted_in_it() -> None:
    blocks = make_blocks({3: 4, 4: 4, 5: 4, 7: 13, 8: 14, 9: 15})
    assert standings(blocks)[2] == "own"
    assert [standings(blocks)[unit] for unit in (3, 4, 5)] == ["higher"] * 3
    assert blocks.statuses[3].group_id == blocks.group_of_unit()[2].id
    assert "Adults" in blocks.statuses[3].sentence


def test_pieces_with_no_sibling_of_one_block_are_counted_one_level_higher() -> None:
    units = [
        make_unit(1, None, "Council"),
        make_unit(2, 1, "Place"),
        make_unit(3, 2, "Roads"),
        make_unit(4, 3, "Lights"),
        make_unit(5, 3, "Signs"),
        make_unit(6, 2, "Archive"),
        make_unit(7, 1, "Finance"),
    ]
    blocks = make_blocks({4: 30, 5: 30, 6: 7, 7: 12}, units)
    group = group_named(blocks, "Finance + Archive (Place)")
    assert group.under == 1
    place = blocks.group_of_unit()[2]
    assert place.n == 60
    assert "counted at a higher level" in blocks.statuses[2].sentence
    assert standings(blocks)[6] == "combined"


def make_top_leftover(rest: int, n: int = 30) -> Blocks:
    units = [make_unit(1, None, "Council"), make_unit(2, 1, "Place"), make_unit(3, 1, "People")]
    units += [make_unit(i, 2 + i % 2) for i in range(4, 12)]
    return make_blocks({1: rest} | dict.fromkeys(range(4, 12), n) | {11: n - 1}, units)


def test_at_most_two_in_a_hundred_are_left_out_at_the_top() -> None:
    blocks = make_top_leftover(4)
    assert (blocks.left_out, blocks.left_out_n) == ((1,), 4)
    assert blocks.group_of_unit()[1].n == 8 * 30 - 1


def test_more_than_that_are_folded_into_the_smallest_block() -> None:
    blocks = make_top_leftover(5)
    assert blocks.left_out == ()
    group = group_named(blocks, "Unit 11 + Council: people not in a team")
    assert (group.n, group.under) == (34, 3)
    assert standings(blocks)[11] == "combined"
    assert "from elsewhere" in blocks.statuses[3].sentence
    assert blocks.statuses[2].sentence == "Has its own result."
    assert blocks.group_of_unit()[1].n == 8 * 30 - 1 + 5


def test_an_organisation_under_k_shows_nothing() -> None:
    blocks = make_blocks({3: 4, 8: 5})
    assert blocks.groups == ()
    assert blocks.left_out_n == 9
    assert set(standings(blocks).values()) == {"left_out"}


def test_people_of_a_silent_team_stay_in_the_denominator_of_their_service() -> None:
    blocks = make_blocks({3: 20, 4: 0, 5: 12, 7: 13, 8: 14, 9: 15})
    heads = blocks.totals({2: 1, 3: 30, 4: 9, 5: 20})
    assert heads[blocks.group_of_unit()[2].id] == 60
    assert heads[blocks.group_of_unit()[3].id] == 30
    assert heads[blocks.group_of_unit()[1].id] == 60
    assert standings(blocks)[4] == "higher"


HEADS = {2: 3, 3: 30, 4: 9, 5: 20, 7: 20, 8: 20, 9: 20}


def test_a_team_that_was_asked_and_stayed_silent_is_joined_as_if_a_few_had_answered() -> None:
    """Otherwise all that its service shows beside the other teams would be that nobody there answered."""
    silent = make_blocks({3: 20, 4: 0, 5: 12, 7: 13, 8: 14, 9: 15}, asked=HEADS | {2: 0})
    a_few = make_blocks({3: 20, 4: 2, 5: 12, 7: 13, 8: 14, 9: 15}, asked=HEADS | {2: 0})
    assert [group.name for group in silent.groups] == [group.name for group in a_few.groups]
    assert standings(silent) == standings(a_few)
    assert group_named(silent, "Carers team + Sensory team").n == 12


def test_an_office_that_stayed_silent_is_joined_too() -> None:
    blocks = make_blocks({3: 20, 4: 16, 5: 12, 7: 13, 8: 14, 9: 15}, asked=HEADS)
    assert group_named(blocks, "Carers team + Adults: people not in a team").n == 12
    assert blocks.totals(HEADS)[blocks.group_of_unit()[2].id] == 62


def test_where_all_who_answered_are_in_one_team_only_the_whole_is_shown() -> None:
    """Twenty-six of 122 answered: beside a team in which 26 did, that says who did not."""
    blocks = make_blocks({3: 26}, asked=HEADS)
    assert [(group.name, group.n) for group in blocks.groups] == [("Council", 26)]
    assert set(standings(blocks).values()) == {"own", "higher"}


def test_a_unit_without_people_is_joined_to_nothing() -> None:
    blocks = make_blocks({3: 20, 4: 16, 7: 13, 8: 14, 9: 15}, asked=HEADS | {2: 0, 5: 0})
    assert standings(blocks)[4] == "own"


def test_a_long_name_is_cut_but_its_parts_are_kept() -> None:
    units = [
        make_unit(1, None, "Council"),
        *(make_unit(i, 1, f"Neighbourhood team {i}") for i in range(2, 12)),
    ]
    blocks = make_blocks({1: 40} | dict.fromkeys(range(2, 12), 1), units)
    group = group_named(blocks, "Neighbourhood team 2 + 9 small teams")
    assert len(group.parts) == 10


def test_last_waves_groups_stay_while_they_still_reach_k() -> None:
    units = [make_unit(1, None, "Council"), *(make_unit(i, 1) for i in range(2, 8))]
    first = make_blocks({1: 40, 2: 9, 3: 1, 4: 8, 5: 2, 6: 7, 7: 3}, units)
    later = {1: 40, 2: 6, 3: 5, 4: 7, 5: 6, 6: 5, 7: 5}
    kept = make_blocks(later, units, previous=first.combined_sets())
    assert sorted(map(sorted, kept.combined_sets())) == sorted(map(sorted, first.combined_sets()))
    assert kept.combined_sets() != make_blocks(later, units).combined_sets()


def test_last_waves_groups_that_fall_short_are_formed_anew() -> None:
    units = [make_unit(1, None, "Council"), *(make_unit(i, 1) for i in range(2, 6))]
    first = make_blocks({1: 40, 2: 9, 3: 1, 4: 8, 5: 2}, units)
    later = make_blocks({1: 40, 2: 2, 3: 1, 4: 8, 5: 9}, units, previous=first.combined_sets())
    assert all(block.n >= 10 for block in later.blocks)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_input_changes_nothing(seed: int) -> None:
    units, counts = make_organisation(np.random.default_rng(seed), 80)
    mixed = random.Random(seed)
    shuffled = mixed.sample(units, len(units))
    assert make_blocks(dict(mixed.sample(list(counts.items()), len(counts))), shuffled) == make_blocks(
        counts, units
    )


def test_a_tree_of_two_thousand_levels_is_no_trouble() -> None:
    units = [make_unit(0), *(make_unit(i, i - 1) for i in range(1, 2000))]
    blocks = make_blocks(dict.fromkeys(range(2000), 6), units)
    assert all(block.n >= 10 for block in blocks.blocks)
    assert blocks.group_of_unit()[0].n == 12000


@pytest.mark.parametrize(
    ("units", "sentence"),
    [
        ([make_unit(1), make_unit(1, 1)], "Two units have the id 1"),
        ([make_unit(1), make_unit(2, 9, "Roads")], 'Unit 2 "Roads" sits under unknown unit 9'),
        ([make_unit(1), make_unit(2)], "2 top units; put everything under exactly one"),
        ([], "no top unit"),
        ([make_unit(1), make_unit(2, 3), make_unit(3, 2)], "Unit 2 .* is its own ancestor"),
    ],
)
def test_a_broken_tree_is_refused_in_one_sentence(units: list[Unit], sentence: str) -> None:
    with pytest.raises(DisclosureError, match=sentence):
        form_blocks(units, {})


def test_impossible_counts_and_thresholds_are_refused() -> None:
    with pytest.raises(DisclosureError, match="unit 77, which is not in the organisation"):
        make_blocks({77: 3})
    with pytest.raises(DisclosureError, match="cannot have -1 answers"):
        make_blocks({3: -1})
    with pytest.raises(DisclosureError, match="set it to 5 or more"):
        make_blocks({3: 20}, k=4)
