"""Posters: what everybody may know, and no link that is anybody's own."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from pulse.db import writing
from pulse.surveys import queries
from pulse.surveys.models import Wave
from pulse.web.access import Role
from tests.results.factories import Site, make_council, make_sent_wave, make_site
from tests.support.printed import is_tagged, squares_on, words_on
from tests.surveys.browsing import as_role


@pytest.fixture
def site(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("poster"))


@pytest.fixture
def wave(site: Site) -> Wave:
    make_council()
    return queries.get_wave(make_sent_wave(site))


def test_a_poster_says_what_until_when_and_how_with_two_open_squares(
    site: Site, wave: Wave, client: FlaskClient
) -> None:
    as_role(client, Role.UNION_OBSERVER)
    answer = client.get(f"/programmes/waves/{wave.id}/poster.pdf")
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="poster-wave-{wave.id}-a4.pdf"'

    key = wave.programme.results_key
    assert squares_on(answer.data) == ["http://localhost/code", f"http://localhost/r/{key}"]
    said = words_on(answer.data)
    for words in (
        wave.programme.name,
        wave.programme.purpose,
        "Open until 19 October 2026",
        "About 1 minute",
    ):
        assert words in said
    assert "Results are hidden unless 5 or more people answered." in said
    assert is_tagged(answer.data)
    assert "/a/" not in said
    assert all(site.token(wave.id, person) not in said for person in range(1, 40))


def test_a3_is_the_same_on_larger_paper_and_one_page(wave: Wave, client: FlaskClient) -> None:
    with writing():
        programme = queries.get_programme(wave.programme_id)
        programme.name, programme.purpose = "A long name of a survey " * 5, "Because it matters to us. " * 40
    as_role(client, Role.OD_EDITOR)
    answer = client.get(f"/programmes/waves/{wave.id}/poster.pdf?size=a3")
    (page,) = PdfReader(BytesIO(answer.data)).pages
    assert (round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4)) == (297, 420)
    assert len(squares_on(answer.data)) == 2


@pytest.mark.parametrize(("state", "size"), [("closing", "a4"), ("open", "a0")])
def test_there_is_no_poster_of_a_wave_that_is_over_or_in_another_size(
    wave: Wave, client: FlaskClient, state: str, size: str
) -> None:
    with writing():
        queries.get_wave(wave.id).state = state
    as_role(client, Role.OD_EDITOR)
    answer = client.get(f"/programmes/waves/{wave.id}/poster.pdf?size={size}")
    assert answer.status_code == 404
    assert "There is a poster, in A4 and in A3, of a wave that is open or planned." in answer.text


def test_leaders_make_no_posters_and_an_unknown_wave_has_none(wave: Wave, client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    assert client.get("/programmes/waves/999/poster.pdf").status_code == 404
    as_role(client, Role.LEADER)
    assert client.get(f"/programmes/waves/{wave.id}/poster.pdf").status_code == 403
