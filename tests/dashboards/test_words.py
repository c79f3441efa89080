"""What pages say: a finding only where there is one, and never more than the numbers bear."""

from typing import get_args

import pytest

from pulse.dashboards import words, words_feelings
from pulse.domain.measurement import griffin
from pulse.results.released_tables import ReleasedTable
from tests.dashboards.factories import make_feelings, make_figure, make_moved, make_rows


def rows(*values: float) -> ReleasedTable:
    """Named figures, highest first as pages have them."""
    return make_rows(*((f"Principle {n}", value) for n, value in enumerate(values, 1)))


def facets(**values: float) -> ReleasedTable:
    return make_rows(*values.items()).sorted(lambda _, figure: -(figure.value or 0))


@pytest.mark.parametrize(("value", "shown"), [(62.5, 63), (62.49, 62), (0.0, 0), (None, 0), (99.5, 100)])
def test_a_score_is_shown_in_whole_points_half_up(value: float | None, shown: int) -> None:
    assert words.shown(value) == shown


@pytest.mark.parametrize(
    ("values", "strong", "weak"),
    [
        ((80, 60, 60, 60), ["Principle 1"], []),
        ((80, 78, 60, 60, 60, 60), ["Principle 1", "Principle 2"], []),
        ((60, 60, 60, 40), [], ["Principle 4"]),
        ((60, 60, 60, 60, 41, 40), [], ["Principle 5", "Principle 6"]),
        ((64, 60, 56, 52), [], []),
        ((80,), [], []),
        ((), [], []),
    ],
)
def test_only_what_clearly_stands_out_is_named(
    values: tuple[float, ...], strong: list[str], weak: list[str]
) -> None:
    assert words.build_on(rows(*values)) == strong
    assert words.look_at(rows(*values)) == weak


def test_dimensions_have_a_finding_for_a_title_or_say_that_there_is_none() -> None:
    assert words.dimensions_title(rows(60, 60)) == "No principle clearly stands out as the strongest"
    assert words.dimensions_title(rows(80, 60)) == "Build on principle 1"
    assert words.dimensions_title(rows(80, 79, 60)) == "Build on principle 1 and principle 2"


@pytest.mark.parametrize(
    ("values", "title", "headline"),
    [
        (
            {"licence": 80, "room": 40, "trust": 60},
            "Told yes, given no time",
            "People know they may act. They do not have the time to.",
        ),
        (
            {"learning": 80, "room": 45},
            "Room to try things is the weakest part of permission to act",
            "Mistakes are used to learn. There is too little time and space to try things.",
        ),
        (
            {"learning": 80, "room": 55},
            "Room to try things is the weakest part of permission to act",
            "Mistakes are used to learn. Room to try things is the weakest part of permission to act.",
        ),
        (
            {"trust": 80, "room": 41, "licence": 40},
            "Room to try things and Licence to act are the weakest parts of permission to act",
            "People feel trusted. Room to try things and Licence to act are the weakest parts of "
            "permission to act.",
        ),
        (
            {"trust": 80, "licence": 40},
            "Licence to act is the weakest part of permission to act",
            "People feel trusted. People are not sure that they may act.",
        ),
        (
            {"learning": 62, "room": 60},
            "No part of permission to act is clearly weaker than the others",
            "No principle and no part of permission to act stands out.",
        ),
    ],
)
def test_the_weakest_part_of_permission_to_act_is_named_if_it_is_clear(
    values: dict[str, float], title: str, headline: str
) -> None:
    assert words.facets_title(facets(**values)) == title
    assert words.headline(facets(**values), rows()) == headline


def test_with_no_part_apart_the_strongest_principle_is_the_headline() -> None:
    assert words.headline(rows(), rows(80, 60)) == "Build on principle 1."
    assert words.headline(rows(), rows(60, 60)) == "No principle and no part of permission to act stands out."
    assert words.headline(rows(), rows()) == "Too little may be shown here to say what stands out."


def test_a_change_is_up_down_or_noise_with_what_could_have_been_seen() -> None:
    up, down = make_moved(9.4, flagged=True), make_moved(-6.0, flagged=True)
    noise = make_moved(6.0, flagged=False)

    assert words.change_words(up) == ("Up 9 since Autumn 2026: more than noise", "up")
    assert words.change_words(down) == ("Down 6 since Autumn 2026: more than noise", "down")
    assert words.change_words(noise) == (
        "No change beyond noise since Autumn 2026 (we could have seen 8)",
        "none",
    )
    assert words.change_words(make_figure())[0].startswith("No recent survey with the same people")


def test_a_steady_trend_is_told_where_no_single_step_shows() -> None:
    line = {"flagged": True, "slope": 1.26, "rise": 11.3, "since": "Winter 2024/25"}
    steady = make_moved(2.0, flagged=False, detail={"since": "Autumn 2026", "trend": line})
    step = make_moved(9.0, flagged=True, detail={"since": "Autumn 2026", "trend": line})

    said = "Rising steadily, by 1.3 a survey, 11 since Winter 2024/25: more than noise"
    assert words.change_words(steady) == (said, "up")
    assert words.change_words(step)[0] == "Up 9 since Autumn 2026: more than noise"


def test_more_mixed_feelings_from_indifference_are_not_called_torn() -> None:
    up = make_moved(9.0, flagged=True)
    torn, faint = make_moved(3.0, flagged=False), make_moved(-2.0, flagged=False)

    assert "feel strongly" not in words.change_words(up, torn)[0]
    assert words.change_words(up, faint)[0].endswith("but because fewer people feel strongly either way")
    assert "feel strongly" not in words.change_words(up, make_figure(20.0))[0]


@pytest.mark.parametrize(
    ("pattern", "title", "word"),
    [
        ("split", "People are split: some hopeful, some worried", "split"),
        ("torn", "Many are torn: hopeful and worried at once", "torn"),
        ("indifferent", "Few people feel strongly either way", "faint"),
        ("hopeful", "Of those who lean one way, more are hopeful", "hopeful"),
        ("worried", "Of those who lean one way, more are worried", "worried"),
        ("mixed", "Feelings are mixed, with no clear pattern", "no pattern"),
        (None, "Feelings are mixed, with no clear pattern", "no pattern"),
        ("of a later version", "Feelings are mixed, with no clear pattern", "no pattern"),
    ],
)
def test_each_pattern_of_feelings_has_its_words_and_an_unknown_one_claims_nothing(
    pattern: str | None, title: str, word: str
) -> None:
    assert words_feelings.feelings_title(make_feelings(pattern)) == title
    assert words_feelings.feelings_word(make_feelings(pattern)) == word


def test_every_pattern_that_the_measurement_knows_has_words_of_its_own() -> None:
    titles = {
        words_feelings.feelings_title(make_feelings(pattern)) for pattern in get_args(griffin.FeelingPattern)
    }
    assert len(titles) == len(get_args(griffin.FeelingPattern)) == 6


def test_feelings_are_information_and_say_what_they_are_made_of() -> None:
    torn = words_feelings.feelings_lede(make_feelings("torn"), make_figure(70.0))
    split = words_feelings.feelings_lede(make_feelings("split"), make_figure(5.0))
    plain = words_feelings.feelings_lede(make_feelings(), None)

    assert torn.startswith("70 in 100 are both hopeful and worried. That is mixed feelings inside people")
    assert "a difference between people, not inside them" in split
    assert plain == "Mixed feelings are information, not a bad mark."
    assert words_feelings.feelings_word(None) == ""


@pytest.mark.parametrize(
    ("gaps", "title"),
    [
        ([], "No gap between leaders and staff beyond what these answers can show"),
        ([3.0, -2.0], "No gap between leaders and staff beyond what these answers can show"),
        ([12.0, 3.0], "Leaders see it rosier than staff"),
        ([-12.0], "Staff see it rosier than leaders"),
        ([12.0, -12.0], "Leaders and staff see things differently"),
    ],
)
def test_gaps_name_who_is_rosier_only_where_the_interval_leaves_out_nothing(
    gaps: list[float], title: str
) -> None:
    assert words.gaps_title(rows(*gaps)) == title


def test_the_lede_says_what_is_strong_and_whether_permission_moved() -> None:
    said = words.lede(rows(80, 60), make_moved(9.0, flagged=True))
    assert said == "What is strong: principle 1. Permission to act: up 9 since Autumn 2026: more than noise."
    assert words.lede(rows(), None) == ""
