"""What is told before a wave opens, in Welsh: the forecast, the burden, bridges, previews and paper."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from pulse.languages import catalogue
from pulse.languages.choosing import current_language
from pulse.surveys import preview_views, queries
from pulse.surveys.models import Programme
from pulse.web.access import Role
from pulse.web.pdf import NoPdf
from tests.directory.factories import make_org
from tests.surveys.browsing import as_role, page
from tests.surveys.changed_questions import become_another
from tests.surveys.crowds import make_crowd
from tests.surveys.factories import make_programme


@pytest.fixture(autouse=True)
def _without_form_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.fixture
def programme(app: Flask) -> Programme:
    return make_programme(name="Staff pulse", ask_leaders=True)


def paper_of(client: FlaskClient, programme: Programme, query: str) -> str:
    answer = client.get(f"/programmes/{programme.id}/preview/paper.pdf?{query}")
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def test_the_forecast_is_told_and_refused_in_welsh(programme: Programme, client: FlaskClient) -> None:
    make_org(people_each=14)
    as_role(client, Role.OD_EDITOR)
    told = page(client, f"/programmes/{programme.id}/forecast?lang=cy")
    assert '<html lang="cy"' in told
    assert "Rhagolwg: Staff pulse" in told
    assert "Own result" not in told

    refused = client.get(f"/programmes/{programme.id}/forecast?response=x")

    assert refused.status_code == 422
    assert "whole number" not in refused.text


def test_the_burden_is_told_and_agreed_in_welsh(programme: Programme, client: FlaskClient) -> None:
    make_org()
    as_role(client, Role.ADMINISTRATOR)
    assert "Faint o amser mae arolygon yn ei gymryd" in page(client, "/programmes/burden/?lang=cy")

    refused = client.post("/programmes/burden/", data={"warn": "10", "most": "2"})

    assert refused.status_code == 422
    assert "not below the warning" not in refused.text


def test_bridges_are_told_and_planned_in_welsh(programme: Programme, client: FlaskClient) -> None:
    make_crowd({"North": 700})
    new, place = become_another("PTA-06"), f"/programmes/{programme.id}/bridges"
    as_role(client, Role.OD_EDITOR)
    assert "Pontydd dros gwestiynau sydd wedi newid" in page(client, f"{place}?lang=cy")

    told = client.post(f"{place}/plan", data={"new": new}, follow_redirects=True).text

    assert f"Cynlluniwyd y bont o PTA-06 i {new}." in told
    assert queries.get_programme(programme.id).bridges == [["PTA-06", new]]


def test_a_preview_speaks_its_language_and_its_bar_that_of_who_looks(
    programme: Programme, client: FlaskClient
) -> None:
    as_role(client, Role.OD_EDITOR)

    welsh_reader = page(client, f"/programmes/{programme.id}/preview?language=en&lang=cy")
    assert "Ar bapur (PDF)" in welsh_reader
    assert "Only people who lead see what follows" in welsh_reader

    english_reader = page(client, f"/programmes/{programme.id}/preview?language=cy&lang=en")
    assert "On paper (PDF)" in english_reader
    assert "Only people who lead see what follows" not in english_reader


@pytest.mark.both_databases
def test_on_paper_everything_is_welsh_that_is_asked_for_in_welsh(
    programme: Programme, client: FlaskClient
) -> None:
    as_role(client, Role.OD_EDITOR)

    welsh = paper_of(client, programme, "language=cy")
    assert "ni chaiff yr hyn a diciwyd yma ei gyfrif" in welsh
    assert "n arwain" in welsh
    assert "ganiatâd i weithredu" in welsh
    assert "permission to act" not in welsh

    assert "is not counted" in paper_of(client, programme, "language=en&lang=cy")


def test_no_wave_is_offered_in_a_language_before_its_paper_is_reviewed(app: Flask) -> None:
    words = {text.source for text in catalogue.staff_texts("cy")}
    assert "Only people who lead" in words


def test_that_there_is_no_pdf_is_said_to_who_asked_in_their_own_language(
    programme: Programme, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> bytes:
        raise NoPdf(current_language())

    monkeypatch.setattr(preview_views, "make_pdf", fail)
    as_role(client, Role.OD_EDITOR)
    told = client.get(f"/programmes/{programme.id}/preview/paper.pdf?language=en&lang=cy")
    assert told.status_code == 503
    assert "Nid oes PDF ar hyn o bryd" in told.text
    assert ">cy<" in told.text.replace("\n", "")
