"""Levels over a rotation: the adjusted one is taken where there is one, and the page says against what."""

import pytest
from flask import Flask

from pulse.dashboards import page
from pulse.dashboards.reading import Result, read_result
from tests.dashboards.factories import fields_of, with_figures
from tests.results.factories import make_council, make_quarterly, make_released_wave, make_site


@pytest.fixture(scope="module")
def result(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Result:
    site = make_site(tmp_path_factory.mktemp("levels"))
    return read_result(make_released_wave(site, make_council(), make_quarterly()).wave)


@pytest.mark.parametrize("measure", ["POW", "PTA.room"])
def test_the_adjusted_level_comes_before_the_plain_level_and_that_before_the_figure(
    measure: str, result: Result
) -> None:
    kinds = [measure + ending for ending in ("", ":level", ":adjusted")]
    for last in range(1, 4):
        found = with_figures(result, *(fields_of(measure=kind) for kind in kinds[:last])).figure(measure)
        assert found is not None
        assert found.measure == kinds[last - 1]
    assert with_figures(result).figure(measure) is None


def test_an_adjusted_level_is_said_to_be_one_with_its_baseline(result: Result) -> None:
    detail = {"items": ["POW-01"], "pooled": ["Summer 2026"], "baseline": "Spring 2026"}
    section = page.dimensions(with_figures(result, fields_of(measure="POW:adjusted", detail=detail)))
    assert section is not None
    assert ", adjusted for which questions were asked, against Spring 2026; a change is" in section.note
    assert section.method == "adjusted"


def test_an_adjusted_level_of_one_survey_says_so_too(result: Result) -> None:
    detail = {"items": ["PTA-02"], "baseline": "Spring 2026"}
    section = page.facets(with_figures(result, fields_of(measure="PTA.room:adjusted", detail=detail)))
    assert section is not None
    assert section.note.startswith("n = 40, adjusted for which questions were asked, against Spring 2026.")
    assert section.method == "permission"


def test_a_plain_level_claims_no_adjustment(result: Result) -> None:
    detail = {"items": ["POW-01"], "pooled": ["Summer 2026"]}
    section = page.dimensions(with_figures(result, fields_of(measure="POW:level", detail=detail)))
    assert section is not None
    assert "adjusted" not in section.note
    assert section.method == "scales"
