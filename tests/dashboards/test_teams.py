"""The tree of teams: what stands where, what is found in it, and what is told of units without a result."""

import pytest

from pulse.dashboards.scope import in_tree_order
from pulse.dashboards.teams import Team, count, find, line_to, near, read_unshown, tree_of
from pulse.results.released import read_groups
from pulse.results.released_types import ReleasedGroup
from pulse.surveys import queries
from tests.results.factories import make_council, make_quarterly, make_released_wave, make_site
from tests.results.stored import nowhere, store_group, store_wave


def make_groups(*rows: tuple[str, int | None], joined: str = "+") -> list[ReleasedGroup]:
    """Groups numbered from 0 with these parents, in tree order; a name with a + is a joined one's."""
    with nowhere():
        wave = store_wave()
        for number, (name, parent) in enumerate(rows):
            kind = "organisation" if not number else "combined" if joined in name else "unit"
            store_group(wave, number=number, parent=parent, name=name, kind=kind, key=name)
        return in_tree_order(read_groups(wave))


COUNCIL = [("Council", None), ("Places", 0), ("People", 0), ("Parks", 1), ("Care", 2), ("Day care", 2)]


def outline(teams: list[Team]) -> list[object]:
    """Names, each followed by what is inside if it is open."""
    found: list[object] = []
    for team in teams:
        found.append(team.name)
        if team.open and team.below:
            found.append(outline(team.below))
    return found


def test_the_tree_is_open_along_the_line_to_the_team_that_one_reads() -> None:
    tree = tree_of(make_groups(*COUNCIL), 3)
    assert outline(tree) == ["Council", ["Places", ["Parks"], "People"]]
    assert [team.name for team in line_to(tree, 3)] == ["Council", "Places", "Parks"]
    assert [team.name for team in line_to(tree, 3) if team.current] == ["Parks"]
    assert line_to(tree, 99) == []


def test_joined_teams_stand_last_below_their_parent() -> None:
    groups = make_groups(("Council", None), ("A + B", 0), ("Zoo", 0))
    assert outline(tree_of(groups, 0)) == ["Council", ["Zoo", "A + B"]]


def test_a_team_whose_parent_the_reader_may_not_open_stands_below_the_whole() -> None:
    groups = [group for group in make_groups(*COUNCIL) if group.name != "People"]
    assert outline(tree_of(groups, 4)) == ["Council", ["Places", "Care", "Day care"]]
    assert [team.name for team in line_to(tree_of(groups, 4), 4)] == ["Council", "Care"]


def test_without_the_whole_a_part_stands_first() -> None:
    groups = [group for group in make_groups(*COUNCIL) if group.name != "Council"]
    assert [team.name for team in tree_of(groups, 2)] == ["Places", "People"]


def test_of_a_large_tree_the_line_stays_and_a_few_beside_it() -> None:
    rows = [("Council", None), *((f"Part {n:02}", 0) for n in range(1, 41))]
    rows += [(f"Team {n:03}", 1 + n // 8) for n in range(260)]
    groups = make_groups(*rows)
    number = next(group.number for group in groups if group.name == "Team 259")
    kept = near(tree_of(groups, number), number)

    assert [team.name for team in line_to(kept, number)] == ["Council", "Part 33", "Team 259"]
    assert len(kept[0].below) == 12
    assert [len(part.below) for part in kept[0].below if part.name != "Part 33"] == [0] * 11
    assert (count(tree_of(groups, number)), count(kept)) == (301, 1 + 12 + 4)


@pytest.mark.parametrize(
    ("words", "total", "shown"),
    [
        ("parks", 1, ["Council", ["Places", ["Parks"]]]),
        ("CARE", 2, ["Council", ["People", ["Care", "Day care"]]]),
        ("care day", 1, ["Council", ["People", ["Day care"]]]),
        ("da", 1, ["Council", ["People", ["Day care"]]]),
        ("ay", 0, []),
        ("arks", 1, ["Council", ["Places", ["Parks"]]]),
        ("<script>", 0, []),
    ],
)
def test_branches_that_hold_what_is_looked_for_are_open(words: str, total: int, shown: list[object]) -> None:
    found, hits = find(tree_of(make_groups(*COUNCIL), 0), words)
    assert (outline(found), hits) == (shown, total)


def test_a_team_that_is_found_keeps_what_is_inside_it_to_be_opened() -> None:
    found, hits = find(tree_of(make_groups(*COUNCIL), 0), "people")
    (people,) = found[0].below
    assert (hits, people.open, [team.name for team in people.below]) == (1, False, ["Care", "Day care"])


@pytest.fixture(scope="module")
def groups(shared_app: object, tmp_path_factory: pytest.TempPathFactory) -> list[ReleasedGroup]:
    """A1 and A3 are shown together, B2 with all that is in it and B3 as well."""
    tree = {"C": (None, 0), "A": ("C", 0), "B": ("C", 0), "A1": ("A", 8), "A2": ("A", 8), "A3": ("A", 3)}
    tree |= {"B1": ("B", 8), "B2": ("B", 0), "B21": ("B2", 2), "B22": ("B2", 2), "B3": ("B", 4)}
    site = make_site(tmp_path_factory.mktemp("teams"))
    found = make_released_wave(site, make_council(tree), make_quarterly())
    return read_groups(found.wave)


def unshown(groups: list[ReleasedGroup], *names: str) -> dict[str, list[Team]]:
    """What a reader of these groups (of all, if none is named) is told of, by the name of the group."""
    wave = queries.get_wave(groups[0].release.wave_id)
    open_to = [group for group in groups if not names or group.name in names]
    told = read_unshown(wave, open_to)
    return {group.name: told[group.number] for group in open_to if told.get(group.number)}


def test_units_without_a_result_are_named_with_why_and_what_is_inside_them(
    groups: list[ReleasedGroup],
) -> None:
    told = unshown(groups)
    assert [team.name for team in told["Unit A"]] == ["Unit A1", "Unit A3"]
    assert all(team.number is None and "fewer than 5" in team.why for team in told["Unit A"])
    assert [team.name for team in told["Unit B"]] == ["Unit B2", "Unit B3"]
    assert [team.name for team in told["Unit B"][0].below] == ["Unit B21", "Unit B22"]
    assert "Unit C" not in told


def test_nothing_is_told_below_a_group_of_which_something_is_closed(groups: list[ReleasedGroup]) -> None:
    assert set(unshown(groups, "Unit C", "Unit A", "Unit A2", "Unit A1 + Unit A3")) == {"Unit A"}
    assert unshown(groups, "Unit C", "Unit A", "Unit A2") == {}
