"""What a whole says of the teams inside it: only what is more than noise, and what its average hides."""

import pytest

from pulse.dashboards import words_inside
from tests.dashboards.factories import make_feelings, make_figure, make_moved


@pytest.mark.parametrize(
    ("moved", "title"),
    [
        ({}, "Permission to act changed in no team beyond noise"),
        ({"Parks": 8.0}, "Permission to act rose in Parks: more than noise"),
        ({"Parks": -8.0, "Roads": -6.0}, "Permission to act fell in Parks and Roads: more than noise"),
        ({"A": 8.0, "B": 8.0, "C": 8.0}, "Permission to act rose in 3 teams: more than noise"),
        ({"A": 8.0, "B": -8.0}, "Permission to act moved in 2 teams, up and down: more than noise"),
    ],
)
def test_teams_that_moved_are_named_or_counted(moved: dict[str, float], title: str) -> None:
    teams = [(name, make_moved(change, flagged=True)) for name, change in moved.items()]
    quiet = ("Quiet", make_moved(1.0, flagged=False))
    assert words_inside.teams_title([*teams, quiet, ("New", make_figure()), ("Hidden", None)]) == title


def test_teams_without_an_earlier_survey_are_not_said_to_be_unchanged() -> None:
    assert (
        words_inside.teams_title([("New", make_figure()), ("Hidden", None)])
        == "Permission to act, team by team"
    )


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ({}, ""),
        ({"Parks": 8.0}, "Permission to act rose in Parks: more than noise."),
        (
            {"Roads": 8.0, "Parks": 8.0, "Care": -8.0},
            "Permission to act rose in Parks and Roads; fell in Care: more than noise.",
        ),
        ({"A": 8.0, "B": 8.0, "C": 8.0}, "Permission to act rose in 3 teams: more than noise."),
    ],
)
def test_a_card_says_where_inside_a_score_moved_beyond_noise(moved: dict[str, float], said: str) -> None:
    teams = [(name, make_moved(change, flagged=True)) for name, change in moved.items()]
    quiet = ("Quiet", make_moved(1.0, flagged=False))
    assert words_inside.moved_inside("Permission to act", [*teams, quiet, ("Hidden", None)]) == said


def test_a_card_says_which_teams_are_torn_or_split_where_the_whole_is_not() -> None:
    teams = [("Roads", make_feelings("torn")), ("Care", make_feelings("split")), ("Hidden", None)]
    said = words_inside.feelings_inside(make_feelings("hopeful"), teams)
    assert said == "Inside this: Roads is torn; Care is split."
    assert words_inside.feelings_inside(make_feelings("torn"), teams) == "Inside this: Care is split."
    assert words_inside.feelings_inside(make_feelings("hopeful"), [("Calm", make_feelings("hopeful"))]) == ""
