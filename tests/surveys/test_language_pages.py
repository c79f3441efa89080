"""Ticking a language for a survey, and what its pages and commands then say of it."""

import html
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from pulse.surveys import queries
from pulse.surveys.models import Programme
from pulse.web.access import Role
from tests.languages.factories import WELSH
from tests.languages.reviewed import forget_pages, review_all, withdraw
from tests.results.factories import make_council
from tests.surveys.browsing import as_role, page
from tests.surveys.factories import make_keyring, make_open_wave, make_planned_wave, make_programme
from tests.surveys.wizarding import change, set_up

ONLY_ONCE = "Staff are offered Welsh only once everything that they see is reviewed:"


def test_a_survey_is_set_up_with_a_tick_for_welsh_and_says_how_much_is_missing(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    make_council()
    as_role(client, Role.OD_EDITOR)
    shown = html.unescape(set_up(client, languages=[WELSH]).text)
    [programme] = queries.list_programmes()
    assert programme.languages == [WELSH]
    assert "English and Welsh" in shown
    assert ONLY_ONCE in shown
    assert 'href="/translations/cy"' in shown

    step = html.unescape(page(client, f"/programmes/{programme.id}/edit/reach"))
    assert 'value="cy" checked' in step
    assert ONLY_ONCE in step
    draft = change(client, programme.id, reminder_days="5")  # sent without the tick
    client.post(f"{draft}/check")
    assert queries.get_programme(programme.id).languages == []


def test_the_page_of_a_wave_says_in_what_it_opened_and_what_was_missing(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    forget_pages()
    make_council()
    programme, other = (make_programme(languages=[WELSH], k=5) for _ in range(2))
    review_all(programme)
    as_role(client, Role.OD_EDITOR)
    opened = make_open_wave(make_keyring(tmp_path), programme)
    assert "English and Welsh" in page(client, f"/programmes/waves/{opened.id}")

    planned = html.unescape(page(client, f"/programmes/waves/{make_planned_wave(other).id}"))
    assert f"{ONLY_ONCE} 3 texts are not yet." in planned  # its name, purpose and who asks
    assert f"programme {other.id}: {other.name}" in planned


def test_a_wave_that_opened_without_it_says_so(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    forget_pages()
    make_council()
    programme: Programme = make_programme(languages=[WELSH], k=5)
    withdraw(next(text for text in review_all(programme) if text.context == "item PTA-01"))
    wave = make_open_wave(make_keyring(tmp_path), programme)
    as_role(client, Role.UNION_OBSERVER)
    shown = html.unescape(page(client, f"/programmes/waves/{wave.id}"))
    assert "It opened without Welsh, because not everything that staff see was reviewed." in shown
    assert "item PTA-01: " in shown
    assert "/translations/cy" not in shown  # not a page of observers


def test_the_command_sets_a_language_and_takes_it_back(app: Flask, runner: FlaskCliRunner) -> None:
    make_council()
    make_programme(name="Staff pulse", k=10)
    done = runner.invoke(args=["programme", "change", "Staff pulse", "--language", "cy"])
    assert done.exit_code == 0, done.output
    assert "Languages: English and Welsh" in runner.invoke(args=["programme", "show", "Staff pulse"]).output
    runner.invoke(args=["programme", "change", "Staff pulse", "--open-days", "10"])
    assert queries.list_programmes()[0].languages == [WELSH]
    runner.invoke(args=["programme", "change", "Staff pulse", "--language", "none"])
    assert queries.list_programmes()[0].languages == []
