"""Headline cards say what their number is made of, and what it would be if every team counted by its size."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from pulse.dashboards import page, page_cards, words
from pulse.dashboards.reading import Result, read_result, read_trends
from tests.dashboards.factories import fields_of, with_figures
from tests.results.factories import make_council, make_quarterly, make_released_wave, make_site
from tests.results.stored import Fields

SHORT = "asked every time"
ALONE = "A short score, to be compared only with itself."


@pytest.fixture(scope="module")
def result(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Result:
    site = make_site(tmp_path_factory.mktemp("cards"))
    return read_result(make_released_wave(site, make_council(), make_quarterly(ask_leaders=True)).wave)


def about(result: Result, measure: dict[str, Any], figure: Fields) -> str:
    """The words below the first card and beside its table, of a survey with this measure."""
    plan = result.plan | {"measures": [measure | {"method": "count"}]}
    one = replace(with_figures(result, figure), plan=plan)
    limits = page_cards.axis_limits([], [])
    card = page_cards.cards(one, read_trends(result), limits, {})[0]
    return " ".join([card.about, card.more]).strip()


@pytest.mark.parametrize(
    ("name", "items", "scale", "said"),
    [
        ("PTA", 10, 10, "from all 10 questions of the scale"),
        ("TAA", 2, 2, "from both questions of the scale"),
        ("TAA", 1, 1, "from the one question of the scale"),
        ("PTA", 2, 10, f"from 2 of its questions, {SHORT}"),
        ("TAA", 1, 8, f"from one of its questions, {SHORT}"),
        ("TAA", 1, 0, f"from one of its questions, {SHORT}"),
        ("AMB", 4, 4, "from both pairs of questions of the scale"),
        ("AMB", 2, 2, "from the one pair of questions of the scale"),
        ("AMB", 6, 6, "from all 3 pairs of questions of the scale"),
        ("AMB", 2, 4, f"from one of its pairs of questions, {SHORT}"),
        ("AMB", 4, 6, f"from 2 of its pairs of questions, {SHORT}"),
        ("PTA", 0, 10, ""),
    ],
)
def test_a_headline_is_of_the_whole_scale_or_of_a_few_questions(
    name: str, items: int, scale: int, said: str
) -> None:
    assert words.made_of(name, [f"{n}" for n in range(items)], [f"{n}" for n in range(scale)]) == said


def test_a_card_counts_a_scale_as_whole_only_if_the_survey_asked_it_whole(result: Result) -> None:
    figure = fields_of(detail={"items": ["PTA-01", "PTA-02"], "everyone": False})
    measure = {"id": "PTA", "whole": True, "items": ["PTA-01", "PTA-02"]}

    assert about(result, measure, figure) == "n = 40, from both questions of the scale."
    assert about(result, measure | {"whole": False}, figure).endswith(f"of its questions, {SHORT}. {ALONE}")
    assert about(result, measure | {"items": ["PTA-01"]}, figure).endswith(f"{SHORT}. {ALONE}")


@pytest.mark.parametrize(("by_size", "said"), [(62.4, True), (60.4, False), (59.6, False), (None, False)])
def test_a_card_names_the_score_by_size_only_where_it_is_another(
    by_size: float | None, said: bool, result: Result
) -> None:
    weighted = {} if by_size is None else {"weighted": {"value": by_size}}
    figure = fields_of(60.0, detail={"items": ["PTA-01"], "everyone": False} | weighted)
    text = about(result, {"id": "PTA", "whole": False, "items": []}, figure)
    assert text.endswith(" If every team counted by its size: 62.") is said
    assert ("by its size" in text) is said


def test_leaders_stand_beside_the_number_of_others_who_answered_the_same(result: Result) -> None:
    section = page.leaders(result)
    assert section is not None
    counts = [gap.detail["staff_n"] for gap in result.gaps().cells]
    low, high = min(counts), max(counts)
    others = f"{low}" if low == high else f"{low} to {high}"
    assert f" leaders, {others} others. A gap of less than about " in section.note


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (4, "Its four parts, as a score of 100"),
        (2, "Two of its four parts may be shown here: a score of 100"),
        (1, "One of its four parts may be shown here: a score of 100"),
    ],
)
def test_the_parts_are_counted_as_shown(shown: int, said: str, result: Result) -> None:
    names = ("licence", "room", "learning", "trust")[:shown]
    section = page.facets(with_figures(result, *(fields_of(measure=f"PTA.{name}") for name in names)))
    assert section is not None
    assert section.lede.startswith(said)
