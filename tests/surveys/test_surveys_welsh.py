"""The pages of surveys, waves, keys and announcements in Welsh, and that what is kept stays English."""

import smtplib
import ssl

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.actions.holding import Running, Unanswered
from pulse.db import writing
from pulse.invitations import handing_over
from pulse.languages.choosing import speaking
from pulse.messages import mailers, notify_replies, smtp
from pulse.responses.sealing import NOT_A_SHEET
from pulse.results import last_checks, softening
from pulse.results.giving_up import GIVEN_UP
from pulse.surveys import overview, queries, seals, waves
from pulse.surveys.models import EMAIL, TEXT, Wave
from pulse.surveys.problem_words import KINDS, say_problem
from pulse.surveys.unaskable import IDENTIFYING
from pulse.web.access import Role
from tests.directory.factories import Org, make_org
from tests.surveys.browsing import as_role, make_current_wave, make_future_wave, page
from tests.surveys.factories import make_keyring

CONSTANTS = (
    *(waves.NO_KEY, waves.NOBODY, waves.NO_COHORT % {"cohorts": 3}, waves.NO_QUESTION % {"item": "PTA-01"}),
    IDENTIFYING % {"item": "PTA-01"},
    *(seals.BROKEN, GIVEN_UP, NOT_A_SHEET, softening.OF_ONE_MIND),
    *(last_checks.TOO_FEW, last_checks.MISCOUNTED, last_checks.CELL_TOO_FEW),
    *(Unanswered(1, "Spring 2026").waits, Unanswered(1, "Spring 2026").missed),
    *(Running("Spring 2026").waits, Running("Spring 2026").missed),
    *(mailers.NOT_SET_UP, mailers.NO_TEXTS, mailers.NO_POST, handing_over._PUT_OFF),
    *(notify_replies._BAD_KEY, notify_replies._BUSY, notify_replies._DAILY, notify_replies._AWAY),
    *(
        notify_replies._SLOW,
        notify_replies._BROKEN.format(status=500),
        notify_replies._ODD.format(status=200),
    ),
    notify_replies._SETTINGS.format(setting="NOTIFY_TEXT_TEMPLATE"),
    notify_replies._NO_TEMPLATE.format(setting="NOTIFY_TEXT_TEMPLATE"),
    notify_replies._OTHER_KIND.format(setting="NOTIFY_TEXT_TEMPLATE", kind="texts"),
    notify_replies._NO_FIELDS.format(setting="NOTIFY_TEXT_TEMPLATE", field="body"),
    "This wave opens on Monday 12 October: today is a closed day.",
    "A fault in the program stopped the count (KeyError): tell who runs it.",
)
MAIL_ERRORS = (
    smtplib.SMTPNotSupportedError(),
    smtplib.SMTPSenderRefused(550, b"", "pulse@example.org"),
    ssl.SSLError(),
    OSError(),
)


@pytest.fixture(autouse=True)
def org(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Org:
    """Eight people; what a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return make_org()


def _plain(shown: str) -> str:
    return shown.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _welsh(client: FlaskClient, address: str) -> str:
    shown = _plain(page(client, f"{address}?lang=cy"))
    assert '<html lang="cy"' in shown
    return shown


def _heading(words: str) -> str:
    return f'<h1 class="govuk-heading-l">{words}</h1>'


def test_the_list_and_a_survey_speak_welsh(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    wave = make_future_wave()

    listed = _welsh(client, "/programmes/")
    shown = _welsh(client, f"/programmes/{wave.programme_id}")

    assert _heading("Arolygon") in listed
    assert "Wedi'i threfnu" in listed
    assert "Mae newid yn cyfrif o don 1 ymlaen, y nesaf i agor." in shown
    assert "Dyddiadau nesaf" in shown
    assert "Change this survey" not in shown


def test_a_wave_speaks_welsh_and_so_does_what_is_done_to_it(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    wave = make_future_wave()

    shown = _welsh(client, f"/programmes/waves/{wave.id}")
    done = client.post(f"/programmes/waves/{wave.id}/cancel", follow_redirects=True)
    again = client.post(f"/programmes/waves/{wave.id}/open", follow_redirects=True)
    missing = client.get("/programmes/waves/999999")

    assert "Beth fyddai'n ei ofyn heddiw" in shown
    assert "Canslo'r don hon" in shown
    assert f"Mae {wave.label} wedi'i chanslo." in _plain(done.text)
    assert "Dim ond ton sydd wedi'i threfnu y gellir ei hagor" in _plain(again.text)
    assert "Nid oes ton o'r fath. Ewch yn ôl i'r rhestr arolygon." in _plain(missing.text)


def test_an_open_wave_speaks_welsh(client: FlaskClient, tmp_path: object) -> None:
    wave = make_current_wave(make_keyring(tmp_path))  # type: ignore[arg-type]
    as_role(client, Role.UNION_OBSERVER)

    shown = _welsh(client, f"/programmes/waves/{wave.id}")

    assert "Beth mae'n ei ofyn, wedi'i rewi pan agorodd" in shown
    assert "Wedi'i guddio i ddiogelu pobl: gwahoddwyd llai na" in shown


def test_the_pages_of_a_key_speak_welsh(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    wave = make_future_wave(key_mode="guardian")
    address = f"/programmes/waves/{wave.id}/key"

    shown = _welsh(client, address)
    made = client.post(f"{address}/make", data={"holders": "2"})
    mistyped = client.post(f"{address}/test", data={"first": "abc"})

    assert _heading("Allwedd y gwarcheidwaid") in shown
    assert "Dau berson, rhan yr un: ni all y naill agor dim heb y llall" in shown
    assert _heading("Yr allwedd, a ddangosir nawr yn unig") in made.text
    assert "Rhan 2 o 2" in made.text
    assert mistyped.status_code == 422
    assert "mewn 14 o grwpiau o bedwar, a theipiwyd 3" in mistyped.text


def test_announcements_speak_welsh_and_refuse_in_it(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    address = f"/programmes/{make_future_wave().programme_id}/announcements"

    shown = _welsh(client, address)
    refused = client.post(address, data={"kind": "slack", "address": "https://example.org/a"})

    assert _heading("Cyhoeddiadau yn Teams a Slack") in shown
    assert "Nid cyfeiriad gan Slack yw hwn" in refused.text


def test_a_problem_is_kept_in_english_and_shown_in_welsh(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    wave = make_future_wave()
    with writing():
        queries.set_problem(wave.id, waves.NO_COHORT % {"cohorts": 3})

    welsh = _welsh(client, f"/programmes/waves/{wave.id}")
    english = page(client, f"/programmes/waves/{wave.id}?lang=en")

    assert "Nid oes neb yn y garfan y mae ei thro: holwch mewn llai na 3 carfan" in welsh
    assert "ask in fewer cohorts than 3, or ask everybody." in english


@pytest.mark.parametrize("told", CONSTANTS)
def test_every_reason_that_is_kept_can_be_said(told: str) -> None:
    """Where one is worded anew, `problem_words` has to know it too."""
    with speaking("cy"):
        said = say_problem(told)

    assert said != told
    assert not {"wave", "survey", "letters", "texts", "Monday"} & set(said.replace(",", " ").split())
    assert say_problem(told) == told


@pytest.mark.parametrize("error", MAIL_ERRORS, ids=lambda error: type(error).__name__)
def test_what_waits_for_mail_and_for_texts_is_said_one_after_the_other(error: Exception) -> None:
    away = smtp._reason(error, smtp.server_from("smtp://mail.example.org"))
    waiting = handing_over._WAITING
    told = f"{waiting[EMAIL]} {away} {waiting[TEXT]} {mailers.NO_TEXTS}"

    with speaking("cy"):
        said = _plain(say_problem(told))

    assert said.startswith("Mae llythyrau'n aros i gael eu hanfon. ")
    assert " gweinydd post mail.example.org:587" in said
    assert " Mae negeseuon testun yn aros i gael eu hanfon. Nid yw negeseuon testun wedi'u gosod" in said
    assert "The mail server" not in said


def test_kinds_of_templates_are_those_that_are_told() -> None:
    assert set(notify_replies._KINDS.values()) == set(KINDS)


def test_a_command_tells_a_state_in_english(app: Flask) -> None:
    wave: Wave = make_future_wave()

    assert overview.state_of(wave) == ("Planned", "grey")
