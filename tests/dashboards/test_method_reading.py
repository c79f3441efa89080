"""The method page's text: every measurement module is on it, in one form, and none of them is run for it."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from pulse.dashboards import method_reading as method
from pulse.dashboards.method_reading import CHAPTERS, PLUMBING, Malformed, parse_subject, read_subject

ON_THE_PAGE = tuple(chain.from_iterable(CHAPTERS.values()))
MODULES = sorted({path.stem for path in method.package_folder().glob("*.py")} - {"__init__"})
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
