"""Packs on paper: tagged, in the reader's scope, and no number or name that the page does not show."""

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, render_template
from markupsafe import escape
from pypdf import PdfReader

from pulse.dashboards import home, pack_public, staff_words
from pulse.dashboards.pack_pictures import pictures
from pulse.dashboards.pack_views import STYLE
from pulse.dashboards.words import shown
from pulse.results.released import read_groups
from pulse.results.released_types import ReleasedGroup
from pulse.web import pdf, turns
from tests.dashboards.stored_survey import SAID, TEAMS, Survey, store_survey
from tests.web.test_service import plain_text


@pytest.fixture(scope="module")
def place(shared_app: Flask) -> Survey:
    return store_survey(shared_app)


@pytest.fixture(scope="module")
def packs(place: Survey) -> dict[str, PdfReader]:
    """Both packs of wave 2, each made once: a PDF takes a second."""
    wave, analyst = place.waves[2], place.browser("hr_analyst")
    addresses = {
        "board": f"/results/{wave}/0/board-pack.pdf",
        "publication": f"/results/{wave}/publication-pack.pdf",
    }
    found = {}
    for name, address in addresses.items():
        answer = analyst.get(address)
        assert (answer.status_code, answer.content_type) == (200, "application/pdf"), answer.text
        assert answer.headers["Content-Disposition"].endswith('-pack.pdf"')
        found[name] = PdfReader(BytesIO(answer.data))
    return found


def text_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d,]*(?:\.\d+)?", text))


@pytest.mark.parametrize("name", ["board", "publication"])
def test_a_pack_is_tagged_and_has_a_language_a_title_and_bookmarks(
    name: str, packs: dict[str, PdfReader]
) -> None:
    root: Any = packs[name].trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    about = packs[name].metadata
    assert about is not None
    assert "How we work, Wave 2" in str(about.title)
    assert len(packs[name].outline) > 0
    assert b"pdfuaid" in root["/Metadata"].get_data()


def alternatives(element: Any) -> list[str]:
    """What is read out in place of pictures, in the order of the document."""
    found = element.get_object()
    if isinstance(found, list):
        return [one for child in found for one in alternatives(child)]
    if not isinstance(found, dict):
        return []
    own = [str(found["/Alt"])] if "/Alt" in found else []
    return own + (alternatives(found["/K"]) if "/K" in found else [])


def test_every_picture_on_paper_is_read_out(place: Survey, packs: dict[str, PdfReader]) -> None:
    drawn = pictures(place.result())
    assert drawn.keys() == {"pta", "amb", "taa", "dimensions", "facets", "feelings", "response"}
    root: Any = packs["board"].trailer["/Root"]
    said = alternatives(root["/StructTreeRoot"]["/K"])
    assert len(said) == len(drawn)
    assert "Permission to act over the surveys" in said


def html_of(place: Survey, number: int, groups: list[ReleasedGroup]) -> str:
    """A board pack before it is set, for a reader of these groups."""
    result = place.result(2, number)
    return render_template(
        "dashboards/packs/board.html", page=home.build(result, groups), drawn=pictures(result)
    )


@pytest.mark.parametrize("number", [0, 1])
def test_the_board_pack_has_the_pages_numbers_and_no_others(number: int, place: Survey) -> None:
    page = unescape(place.browser("hr_analyst").get(f"/results/{place.waves[2]}/{number}").text)
    html = html_of(place, number, read_groups(place.result().wave))
    said = " ".join(plain_text(html[html.index("<h1") :]).split())
    figure = place.result(2, number).trend_figure("PTA")
    assert figure is not None
    assert f"{shown(figure.value)} of 100, between {shown(figure.low)} and {shown(figure.high)}" in said
    assert numbers(said) - numbers(page) - {"0", "25", "50", "75", "100", "95", "5"} == set()


def test_a_board_pack_as_pdf_has_what_stands_in_it_before_it_is_set(
    place: Survey, packs: dict[str, PdfReader]
) -> None:
    html = html_of(place, 0, read_groups(place.result().wave))
    said = text_of(packs["board"])
    for cell in re.findall(r"<(?:td|th|h\d)[^>]*>([^<]{4,})</", html):
        assert " ".join(unescape(cell).split()) in said


def test_a_boards_pack_has_the_teams_inside_hidden_ones_hatched_and_what_was_promised(
    packs: dict[str, PdfReader],
) -> None:
    said = text_of(packs["board"])
    for words in (*TEAMS, "hidden to protect people", SAID, "What is hidden, and why", "123 of 164 answered"):
        assert words in said


def test_the_publication_pack_has_no_team_no_answer_and_the_numbers_that_staff_are_told(
    place: Survey, packs: dict[str, PdfReader]
) -> None:
    said = text_of(packs["publication"])
    assert [team for team in (*TEAMS, "Everything") if team in said] == []
    assert "123 of 164 people answered (75 %)." in said.replace("\N{NO-BREAK SPACE}", " ")
    assert staff_words.answered(place.result().group) in unescape(place.visit("/2"))
    assert "hatched" not in said
    for what, _ in pack_public.LEFT_OUT:
        assert what in said
    for measure in ("PTA", "AMB", "TAA"):
        figure = place.result().trend_figure(measure)
        assert figure is not None
        assert (
            f"{shown(figure.value)} of 100 (95 % interval: {shown(figure.low)} to {shown(figure.high)})"
            in said
        )


def test_a_team_is_never_published(place: Survey) -> None:
    with pytest.raises(ValueError, match="everybody who was asked"):
        pack_public.build(place.result(2, 1))


def test_another_units_pack_looks_like_one_that_is_not_there(place: Survey) -> None:
    leader, wave = place.browser("leader of Parks"), place.waves[2]
    for address in (
        f"{wave}/2/board-pack.pdf",
        f"{wave}/99/board-pack.pdf",
        f"{place.waves[3]}/0/board-pack.pdf",
        f"{place.waves[3]}/publication-pack.pdf",
        "999/0/board-pack.pdf",
        "999/publication-pack.pdf",
    ):
        assert leader.get(f"/results/{address}").status_code == 404, address


def test_a_leaders_pack_of_the_whole_keeps_the_others_teams_out(place: Survey) -> None:
    every = read_groups(place.result().wave)
    assert "Highways" in html_of(place, 0, every)
    html = html_of(place, 0, [group for group in every if group.name != "Highways"])
    assert "Parks" in html
    assert "Highways" not in html
    assert "Archive" not in html


def test_without_the_program_there_is_a_sentence_and_no_fault(
    place: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf.make_pdf.cache_clear()
    monkeypatch.setattr(pdf, "__file__", "/nowhere/at/all.py")
    answer = place.browser("hr_analyst").get(f"/results/{place.waves[2]}/publication-pack.pdf")
    assert answer.status_code == 503
    assert "The PDF could not be made: tell whoever runs Pulse. The tables can be downloaded." in answer.text


def test_in_haste_a_pack_or_book_is_put_off_with_a_sentence_and_a_table_is_not(place: Survey) -> None:
    browser, whole = place.browser("hr_analyst"), f"/results/{place.waves[2]}/0"
    pdf.make_pdf.cache_clear()
    with turns._turn, pytest.MonkeyPatch.context() as hasty:
        hasty.setattr(turns, "PATIENCE", 0.01)
        for name in ("board-pack.pdf", "tables/all.ods", "tables/pta.xlsx"):
            answer = browser.get(f"{whole}/{name}")
            assert (answer.status_code, answer.headers["Retry-After"]) == (429, "10"), name
            assert turns.SENTENCE in answer.text
        assert browser.get(f"{whole}/tables/pta.csv").status_code == 200
    assert browser.get(f"{whole}/tables/all.ods").status_code == 200


def test_a_name_with_signs_in_it_stands_at_the_foot_as_it_is_written(place: Survey) -> None:
    html = html_of(place, 0, read_groups(place.result().wave))
    name = 'Parks & "Rec" O\'Neill </style><b>'
    html = html.replace('Example Council, Wave 2"', f'{escape(name)}, Wave 2"')
    assert f"{name}, Wave 2" in text_of(PdfReader(BytesIO(pdf.make_pdf(html, STYLE))))
