"""Where comments are shown: never with too few people or too few comments, and as near as that allows."""

from collections import Counter
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.disclosure.blocks import Blocks, Unit, form_blocks
from pulse.domain.disclosure.comments import LEAST_ANSWERS, LEAST_COMMENTS, homes_of_comments

#: a top unit, two directorates, teams below each
TREE = [Unit(1, None, "Whole"), Unit(2, 1, "A"), Unit(3, 1, "B")]
TREE += [Unit(number, 2, f"A{number}") for number in (4, 5, 6)]
TREE += [Unit(number, 3, f"B{number}") for number in (7, 8)]
ANSWERED = {4: 40, 5: 30, 6: 12, 7: 26, 8: 26}


def shown(wrote: Mapping[int, int], answered: Mapping[int, int] = ANSWERED, k: int = 10) -> dict[int, str]:
    """Unit -> the name of the group that shows its people's comments."""
    blocks = form_blocks(TREE, answered, k)
    homes = homes_of_comments(blocks, wrote)
    return {unit: blocks.groups[home].name for unit, home in homes.items()}


def test_a_team_with_25_answers_and_5_comments_shows_its_own() -> None:
    assert shown({4: 5, 5: 6, 7: 9, 8: 9}) == {4: "A4", 5: "A5", 7: "B7", 8: "B8"}


def test_fewer_comments_join_those_of_the_group_around() -> None:
    assert shown({4: 4, 5: 4, 7: 3, 8: 2}) == {4: "A", 5: "A", 7: "B", 8: "B"}


def test_a_team_with_fewer_than_25_answers_shows_none_of_its_own() -> None:
    assert shown({6: 8, 4: 3}) == {6: "A", 4: "A"}


def test_the_rest_of_a_group_without_the_groups_inside_must_be_large_as_well() -> None:
    """A6 alone is left of A beside A4 and A5: twelve people would not hide an author, so theirs go up."""
    assert shown({4: 5, 5: 5, 6: 8, 7: 1, 8: 1}) == {4: "A4", 5: "A5", 6: "Whole", 7: "Whole", 8: "Whole"}


def test_a_few_that_are_left_at_the_top_are_joined_by_the_smallest_set() -> None:
    assert shown({4: 9, 5: 7, 7: 6, 8: 2}) == {4: "A4", 5: "A5", 7: "Whole", 8: "Whole"}


def test_when_even_the_whole_has_too_few_nothing_is_shown() -> None:
    assert shown({4: 2, 7: 2}) == {}
    assert shown({4: 5}, {4: 24}) == {}
    assert shown({}) == {}
    assert homes_of_comments(form_blocks(TREE, {4: 3}, 10), {4: 3}) == {}


def test_a_joined_group_shows_its_peoples_comments_together() -> None:
    assert shown({4: 5, 5: 4, 6: 4, 7: 5}, k=35) == {4: "A4", 5: "A5 + A6", 6: "A5 + A6", 7: "B"}


@st.composite
def waves(draw: st.DrawFn) -> tuple[Blocks, dict[int, int]]:
    """Any tree of up to 14 units, answers, and how many of those who answered wrote something."""
    count = draw(st.integers(1, 14))
    units = [Unit(1, None, "1")]
    units += [Unit(number, draw(st.integers(1, number - 1)), f"{number}") for number in range(2, count + 1)]
    answered = {unit.id: draw(st.sampled_from([0, 3, 8, 15, 26, 40])) for unit in units}
    wrote = {unit: draw(st.integers(0, min(n, 8))) for unit, n in answered.items()}
    return form_blocks(units, answered, 10), wrote


@settings(max_examples=300, deadline=None)
@given(waves())
def test_what_a_group_shows_alone_is_nothing_or_enough(wave: tuple[Blocks, dict[int, int]]) -> None:
    blocks, wrote = wave
    homes = homes_of_comments(blocks, wrote)
    comments = Counter[int]()
    for unit, home in homes.items():
        comments[home] += wrote[unit]
        assert unit in blocks.units_of(home)
    for home, count in comments.items():
        inside = blocks.units_of(home)
        apart = [g for g in comments if g != home and blocks.units_of(g) < inside]
        covered = set().union(*(blocks.units_of(group) for group in apart))
        rest = [b.n for b in blocks.blocks if set(b.unit_ids) & inside and not set(b.unit_ids) <= covered]
        assert count >= LEAST_COMMENTS
        assert sum(rest) >= LEAST_ANSWERS


@settings(max_examples=300, deadline=None)
@given(waves())
def test_no_comment_is_lost_if_the_whole_may_show_it(wave: tuple[Blocks, dict[int, int]]) -> None:
    blocks, wrote = wave
    counted = {unit: n for group in blocks.groups for unit in group.counted_here if (n := wrote.get(unit, 0))}
    enough = (
        bool(blocks.groups)
        and blocks.groups[0].n >= LEAST_ANSWERS
        and sum(counted.values()) >= LEAST_COMMENTS
    )
    assert set(homes_of_comments(blocks, wrote)) == (set(counted) if enough else set())
