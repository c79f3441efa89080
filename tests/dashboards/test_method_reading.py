"""The method page's text: every measurement module is on it, in one form, and none of them is run for it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from pulse.dashboards import method_reading as method
from pulse.dashboards.method_reading import (
    CHAPTERS,
    PLUMBING,
    Malformed,
    Subject,
    parse_subject,
    read_subject,
)

ON_THE_PAGE = tuple(chain.from_iterable(CHAPTERS.values()))
MODULES = sorted({path.stem for path in method.package_folder().glob("*.py")} - {"__init__"})
FIELD_WORDS = re.compile(r"\b(waves?|units?|items?|people-sets?)\b", re.IGNORECASE)
OWN = "Worked out by Pulse's own code, checked against known answers"
GOOD = '''"""Rain: how wet a day was, in plain words.

Rain falls on
all alike.

It is `measured` twice.

Formula: rain = drops * size
    drops > 0
Range: millimetres, 0 or
    more
Least: one day (ValueError on none)
Cannot say: whether it will
    rain tomorrow.
Source: r_wg of the weather.
"""
'''


@pytest.mark.parametrize("module", MODULES)
def test_every_measurement_module_is_on_the_page_or_named_as_plumbing(module: str) -> None:
    assert (module in ON_THE_PAGE) is not (module in PLUMBING)


@pytest.mark.parametrize("module", ON_THE_PAGE)
def test_the_docstring_of_every_module_on_the_page_has_the_whole_form(module: str) -> None:
    subject = read_subject(module)
    assert subject.name == module
    for text in (*subject.paragraphs, *subject.formula, subject.range, subject.least, subject.cannot_say):
        assert text == text.strip() != ""
    for word in ("ValueError", "NaN", "None", "`"):
        assert word not in str(subject).replace("'", " ").split()


@pytest.mark.parametrize("module", ON_THE_PAGE)
def test_no_section_uses_the_fields_words_or_a_programmers(module: str) -> None:
    subject = read_subject(module)
    for text in (subject.title, subject.opening, *subject.paragraphs, *subject.formula):
        assert not FIELD_WORDS.search(text), text
    for text in (subject.range, subject.least, subject.cannot_say):
        assert not FIELD_WORDS.search(text), text
    for words in ("Written here", "no kept library", "omputed by", "Refused"):
        assert words not in str(subject)


@pytest.mark.parametrize("module", ON_THE_PAGE)
def test_every_section_says_who_works_it_out_and_starts_with_a_capital(module: str) -> None:
    subject = read_subject(module)
    assert re.search(r"Worked out (with \w+ \(|by Pulse's own code, checked)", subject.source)
    assert not re.search(r"\b(scipy|statsmodels)\b(?! \(|'s)", subject.source)
    assert subject.title[0].isupper()
    assert subject.opening[0].isupper()


def rain(old: str, new: str) -> Subject:
    """The section of GOOD with some of its words replaced."""
    assert old in GOOD
    return parse_subject("rain", GOOD.replace(old, new))


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("an item of each wave", "A question of each survey"),
        ("a unit, and an item's mean", "A team, and a question's mean"),
        ("items and Units of waves", "Questions and Teams of surveys"),
        ("two people-sets, the same people-set", "Two groups of people, the same group of people"),
        ("an open wave in the unit", "An open survey in the team"),
        ("as united as y_item", "As united as y_item"),
    ],
)
def test_the_fields_words_become_those_of_the_product(words: str, plain: str) -> None:
    assert rain("one day (ValueError on none)", words).least == plain
    assert rain("how wet a day was", words).opening == f"{plain}, in plain words."


def test_a_formula_keeps_its_symbols_and_a_source_its_own_words() -> None:
    subject = rain("rain = drops * size", "s_item = sum over the items of a unit")
    assert subject.formula[0] == "s_item = sum over the questions of a team"
    assert rain("of the weather", "of an item").source == "r_wg of an item."


def test_a_line_of_a_formula_may_be_continued_by_one_that_is_indented_further() -> None:
    subject = rain("    drops > 0", "    drops > 0, over all\n        the roofs")
    assert subject.formula == ("rain = drops * size", "drops > 0, over all the roofs")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("Written here: no kept library has it.", f"{OWN}."),
        ("Written here: drops, because scipy.stats has none. More.", f"{OWN}: drops. More."),
        ("Written here: drops.", f"{OWN}: drops."),
        ("Computed by scipy.stats.gamma.", "Worked out with scipy (stats.gamma)."),
        (
            "Computed by scipy.special for t and statsmodels.stats.x for q. Written here: no kept library.",
            f"Worked out with scipy (special) for t and statsmodels (stats.x) for q. {OWN}.",
        ),
    ],
)
def test_a_source_says_in_plain_words_who_works_it_out(source: str, says: str) -> None:
    assert rain("r_wg of the weather.", f"Author (1915). {source}").source == f"Author (1915). {says}"


@pytest.mark.parametrize(
    ("least", "says"),
    [
        ("one day (ValueError below); ValueError where dry", "One day; nothing is shown where dry"),
        ("one day.\n    ValueError where dry", "One day. Nothing is shown where dry"),
    ],
)
def test_an_error_that_stands_alone_becomes_nothing_is_shown(least: str, says: str) -> None:
    assert rain("one day (ValueError on none)", least).least == says


@pytest.mark.parametrize(("least", "says"), [("n above 1", "n above 1"), ("a day", "A day"), ("day", "Day")])
def test_a_symbol_keeps_its_small_letter_and_the_word_a_gets_a_capital(least: str, says: str) -> None:
    assert rain("one day (ValueError on none)", least).least == says


def test_plumbing_that_is_gone_is_not_named() -> None:
    assert set(MODULES) >= PLUMBING


def test_a_docstring_is_taken_apart_and_a_programmers_asides_are_left_out() -> None:
    subject = parse_subject("rain", GOOD)
    assert (subject.title, subject.opening) == ("Rain", "How wet a day was, in plain words.")
    assert subject.paragraphs == ("Rain falls on all alike.", "It is measured twice.")
    assert subject.formula == ("rain = drops * size", "drops > 0")
    assert (subject.range, subject.least) == ("Millimetres, 0 or more", "One day")
    assert subject.cannot_say == "Whether it will rain tomorrow."
    assert subject.source == "r_wg of the weather."


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("Rain: how", "Rain, how", "first line"),
        ("Rain falls on\nall alike.\n\nIt is `measured` twice.\n\n", "", "no paragraph"),
        ("Range: millimetres, 0 or\n    more\n", "", "out of order"),
        ("Source: r_wg of the weather.\n", "", "nothing is said under Source"),
        ("Formula: rain = drops * size\n    drops > 0\n", "Formula:\n", "nothing is said under Formula"),
        ("    drops > 0", "drops > 0", "not indented"),
        ("Least: one", "Least: one\nLeast: one", "twice or out of order"),
        ("Source: r_wg", "Source: r_wg\nSource: r_wg", "twice or out of order"),
        (GOOD, "rain = 1\n", "nothing is said under Formula, Range, Least, Cannot say, Source"),
    ],
)
def test_a_docstring_of_another_form_is_refused_with_what_is_wrong(right: str, wrong: str, says: str) -> None:
    assert right in GOOD
    with pytest.raises(Malformed, match=says):
        parse_subject("rain", GOOD.replace(right, wrong))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package folder of the test's own; what was read from the real one is forgotten, before and after."""
    monkeypatch.setattr(method, "package_folder", lambda: tmp_path)
    method.list_chapters.cache_clear()
    yield tmp_path
    method.list_chapters.cache_clear()


def test_a_module_that_cannot_be_read_is_left_out_and_logged(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "items.py").write_text(GOOD, encoding="utf-8")
    (folder / "scales.py").write_text("def broken(:\n", encoding="utf-8")
    (folder / "trend.py").write_text('"""Trend."""\n', encoding="utf-8")
    (folder / "gaps.py").write_bytes(b'"""\xff"""')

    (chapter,) = method.list_chapters()
    assert [subject.name for subject in chapter.subjects] == ["items"]
    assert len(caplog.records) == len(ON_THE_PAGE) - 1


def test_the_page_is_read_without_loading_any_analysis_even_where_docstrings_are_stripped() -> None:
    program = (
        "import sys; from pulse.dashboards.method_reading import list_chapters;"
        "print(sum(len(chapter.subjects) for chapter in list_chapters()),"
        "sorted({'scipy', 'statsmodels', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-OO", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{len(ON_THE_PAGE)} []"
