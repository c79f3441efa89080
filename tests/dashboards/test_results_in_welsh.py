"""Results in Welsh: pages, charts and reasons are said in it; findings that are kept stay in English."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from pulse.dashboards.words_hidden import reason_said
from pulse.domain.disclosure import wording
from pulse.languages.choosing import speaking
from tests.dashboards.two_waves import Place, make_place

HEADINGS = {
    "": "Dywedoch chi, gwnaethom ni",
    "/answers": "Beth atebodd pobl",
    "/teams": "Timau",
}


@pytest.fixture(scope="module")
def place(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return make_place(shared_app, tmp_path_factory.mktemp("welsh"))


@pytest.mark.parametrize("page", HEADINGS)
@pytest.mark.parametrize("who", ["od_editor", "leader of A", "union_observer"])
def test_a_page_of_results_is_said_in_welsh(who: str, page: str, place: Place) -> None:
    text = place.browser(who).get(f"{place.address('Unit C')}{page}?lang=cy").text

    assert 'lang="cy"' in text
    assert HEADINGS[page] in text
    assert "Permission to act" not in text


def test_the_texts_of_charts_are_said_too(place: Place) -> None:
    text = unescape(place.browser("hr_analyst").get(f"{place.address('Unit C')}?lang=cy").text)
    figures = " ".join(re.findall(r'data-figure="(\{.*?\})"', text))

    assert '"Atebodd"' in figures
    assert "Trwydded" in figures
    assert not re.search(r"between \d|Answered|Licence|hidden to protect", figures)


def test_how_a_number_is_worked_out_is_read_on_in_welsh(place: Place) -> None:
    browser = place.browser("hr_analyst")
    text = browser.get(f"{place.address('Unit C')}/technical?lang=cy").text
    assert 'href="/method?lang=cy#' in text
    assert 'href="/method#' not in text

    browser.get(f"{place.address('Unit C')}?lang=en")
    assert 'href="/method#' in browser.get(f"{place.address('Unit C')}/technical").text


def test_a_finding_that_is_answered_is_kept_in_english(place: Place) -> None:
    browser = place.browser("od_editor")
    english, welsh = (
        _findings(browser.get(f"{place.address('Unit C')}{asked}").text) for asked in ("", "?lang=cy")
    )

    assert english
    assert welsh == english


@pytest.mark.parametrize("name", ["all", "teams", "feelings", "facets", "answers", "response"])
def test_a_file_is_in_english_whatever_its_readers_pages_speak(name: str, place: Place) -> None:
    browser, group = place.browser("hr_analyst"), place.result("Unit C").group
    file = f"/results/{place.waves[1].wave.id}/{group.number}/tables/{name}.csv"
    english = browser.get(file).data
    browser.get(f"{place.address('Unit C')}?lang=cy")

    assert browser.get(file).data == english


def test_why_a_unit_is_not_shown_is_said_though_a_release_keeps_it_in_english(place: Place) -> None:
    text = place.browser("od_editor").get(f"{place.address('Unit A')}?lang=cy").text

    assert "dangosir gydag eraill yn unig, yn “Unit A1 + Unit A3”" in text
    assert "Agor Unit A1 + Unit A3" in text
    assert "Shown only together" not in text


@pytest.mark.parametrize(
    "told",
    [
        wording.own_result(10, without_some=True, with_others=False),
        wording.own_result(10, without_some=False, with_others=True),
        wording.own_result(10, without_some=False, with_others=False),
        wording.only_in("A “quoted” team (B)", 10),
        wording.counted_in("100% B", 10),
        wording.left_out(10),
        "Something that no release says.",
    ],
)
def test_every_reason_is_known_and_another_stays_as_it_is(told: str, app: Flask) -> None:
    assert reason_said(told) == told
    with speaking("cy"):
        assert (reason_said(told) == told) is told.startswith("Something")


def _findings(text: str) -> list[str]:
    links = re.findall(r'href="(/actions/[^"]*finding=[^"]+)"', unescape(text))
    return [parse_qs(urlsplit(link).query)["finding"][0] for link in links]
