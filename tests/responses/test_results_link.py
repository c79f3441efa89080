"""Where staff are told of their results: the first page, the thank-you page and every letter link to them."""

from flask.testing import FlaskClient

from pulse.db import db, writing
from pulse.invitations import letters
from pulse.invitations.sending import occasion_of
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from pulse.surveys.staff_link import staff_link
from pulse.web.formatting import format_date
from tests.responses.answering import FILLED, make_open, send, start, way_of
from tests.results.factories import Site


def test_whoever_answered_is_told_where_and_when_the_results_come(site: Site, client: FlaskClient) -> None:
    opened = make_open(site)
    wave = surveys.get_wave(opened.wave_id)
    key, closes_on = wave.programme.results_key, format_date(wave.closes_at)
    first = client.get(f"/a/{opened.token}").text
    assert f'href="/r/{key}"' in first
    sent = send(client, start(client, opened.token), FILLED)
    assert sent.location == f"/survey/thanks?survey={key}"
    thanks = client.get(sent.location).text
    assert f"Results come out on about {closes_on}" in thanks
    assert f'href="/r/{key}"' in thanks
    assert client.get(sent.location).text == thanks  # without the cookie, and for everybody else
    assert client.get(f"/r/{key}").status_code == 200


def test_the_thank_you_page_thanks_also_without_a_survey_that_is_ours(client: FlaskClient) -> None:
    plain = client.get("/survey/thanks")
    assert (plain.status_code, "Your answers are in" in plain.text) == (200, True)
    for key in ("x", "A" * 22, "<b>", "A" * 9000, "%00", "../..", "é" * 22):
        answer = client.get("/survey/thanks", query_string={"survey": key})
        assert (answer.status_code, answer.text) == (200, plain.text)


def test_no_day_is_named_once_the_survey_is_not_open(site: Site, client: FlaskClient) -> None:
    opened = make_open(site)
    sent = send(client, start(client, opened.token), FILLED)
    assert way_of(sent) == (303, "/survey/thanks")
    with writing():
        db.session.get_one(Wave, opened.wave_id).state = "held"
    page = client.get(sent.location).text
    assert "Results come out soon after the survey closes" in page
    assert "on about" not in page


def test_invitation_and_reminder_have_the_same_link_for_everybody(site: Site) -> None:
    wave = surveys.get_wave(make_open(site).wave_id)
    link = staff_link(wave.programme, "http://localhost")
    assert link == f"http://localhost/r/{wave.programme.results_key}"
    occasion = occasion_of(wave, "http://localhost")
    for letter in (letters.invitation, letters.reminder):
        assert letter(occasion, "a@example.org", "http://localhost/a/code").text.count(link) == 1
    assert {mail.text.count(link) for mail in site.postbag.mails} == {1}
