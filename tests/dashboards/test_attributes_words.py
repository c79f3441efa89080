"""Who is said to differ from whom: only where it is clear, however many are compared."""

import pytest

from pulse.dashboards import attributes_words as words
from pulse.dashboards.attributes_reading import Family, Row
from tests.dashboards.attribute_cells import cell, make_cells
from tests.results.stored import Fields

SERVICE = Family("service", ("Length of service",), (("Long", "Short", "New"),))
BOTH = Family("service*grade", ("Length of service", "NHS band"), (("Long", "Short"), ("Band 5", "Band 6")))


def rows_of(**fields: Fields | None) -> list[Row]:
    """A row a category; None is hidden."""
    cells = make_cells(*(cell("service", name) | more for name, more in fields.items() if more is not None))
    return [((name,), cells.find(name)) for name in fields]


def at(value: float, half: float = 4.0) -> Fields:
    return {"value": value, "low": max(0.0, value - half), "high": min(100.0, value + half)}


@pytest.mark.parametrize(
    ("higher", "lower", "compared", "apart"),
    [
        (at(70), at(60), 1, True),
        (at(67), at(60), 1, False),  # the intervals overlap
        (at(64.9, 1), at(60, 1), 1, False),  # less than 5 points
        (at(65, 1), at(60, 1), 1, True),
        (at(69), at(60), 1, True),
        (at(69), at(60), 100, False),  # clear for one pair, and not for the furthest of a hundred
        (at(75), at(60), 100, True),
        (at(98, 20), at(60, 17), 20, False),  # cut at 100, and no surer for that
    ],
)
def test_two_categories_differ_only_where_it_is_clear(
    higher: Fields, lower: Fields, compared: int, apart: bool
) -> None:
    for rows in (rows_of(Long=higher, Short=lower), rows_of(Short=lower, Long=higher)):
        found = words.furthest_apart(words.pairs_of(rows), compared)
        assert (found is not None) is apart
        if found is not None:
            assert [words.quoted(category) for category, _cell in found] == ["“Long”", "“Short”"]


def test_the_pair_that_lies_furthest_apart_is_named() -> None:
    pairs = words.pairs_of(rows_of(Long=at(80), Short=at(70), New=at(50)))
    found = words.furthest_apart(pairs, len(pairs))
    assert found is not None
    assert [words.quoted(category) for category, _cell in found] == ["“Long”", "“New”"]


def test_a_hidden_category_and_one_without_an_interval_are_not_compared() -> None:
    rows = rows_of(Long=at(90), Short=None, New={"value": 20.0, "low": None, "high": None})
    assert words.pairs_of(rows) == []


def test_two_together_are_compared_where_one_of_the_two_is_the_same() -> None:
    known = make_cells(*(cell(BOTH.name, " | ".join(category)) for category in BOTH.categories))
    rows: list[Row] = [(category, known.find(" | ".join(category))) for category in BOTH.categories]
    pairs = words.pairs_of(rows)
    assert len(pairs) == 4
    assert all(one[0] == other[0] or one[1] == other[1] for (one, _), (other, _) in pairs)


def test_the_title_says_what_stands_out_or_that_nothing_does() -> None:
    pair = words.furthest_apart(words.pairs_of(rows_of(Long=at(80), Short=at(60))), 1)
    title = words.family_title
    assert (
        title(SERVICE, {"PTA": None}, 0) == "Too little may be shown to compare people by length of service"
    )
    assert title(SERVICE, {"PTA": None, "AMB": None}, 3) == "No clear difference by length of service"
    assert title(SERVICE, {"PTA": None, "AMB": pair}, 3) == (
        "Mixed feelings are higher for “Long” than for “Short”"
    )
    assert title(BOTH, {"PTA": pair, "TAA": pair}, 3) == (
        "Permission to act and being treated as an asset differ by length of service and NHS band together"
    )


def test_questions_are_counted_in_words() -> None:
    assert words.questions_title(9, 0, 0).startswith("Too little may be shown")
    assert words.questions_title(9, 0, 5).startswith("No question is clearly")
    assert words.questions_title(9, 1, 5).startswith("1 of 9 questions is clearly")
    assert words.questions_title(9, 2, 5).startswith("2 of 9 questions are clearly")


def test_the_caution_counts_what_is_compared_and_is_silent_where_nothing_is() -> None:
    assert "the 1,200 pairs compared here" in words.caution(1200)
    assert words.caution(0) == ""


def test_a_share_is_said_to_be_about_so_many() -> None:
    assert [words.about(21, 50), words.about(0, 20), words.about(None, 20)] == ["about 42 %", "about 0 %", ""]
