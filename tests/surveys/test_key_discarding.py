"""A tested key is discarded in words, and that it was replaced can be seen by those who wrote it down."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.domain.key_text import fingerprint_of
from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from pulse.web.access import Role
from tests.directory.factories import make_org
from tests.support.rows import all_rows
from tests.surveys.browsing import as_role, make_future_wave, page
from tests.surveys.guarding import make_guarded_open_wave
from tests.surveys.key_browsing import KEY_TEXT, address, make, make_guarded, typed


@pytest.fixture(autouse=True)
def _without_form_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


def discard(client: FlaskClient, wave_id: int) -> None:
    label = queries.get_wave(wave_id).label
    said = client.post(address(wave_id, "/discard"), data={"label": label}, follow_redirects=True).text
    assert "The key is discarded: this wave is not tested any more." in said
    assert "Not made, and not tested" in said


def shows(client: FlaskClient, wave_id: int) -> tuple[str, str | None]:
    """What the page of the wave says of its key: where it stands, and its fingerprint."""
    text = page(client, f"/programmes/waves/{wave_id}")
    state = re.search(r"guardians' key</dt><dd[^>]*>([^<]*)<", text)
    mark = re.search(r"<code>([^<]*)</code><br>Guardians: is this the one you wrote down\?", text)
    assert state is not None
    return state[1], mark and mark[1]


def test_a_tested_key_is_discarded_before_another_one_is_made(client: FlaskClient) -> None:
    wave_id = make_guarded()
    as_role(client, Role.OD_EDITOR)
    client.post(address(wave_id, "/test"), data=typed(make(client, wave_id)))

    refused = client.post(address(wave_id, "/make"), data={"holders": "2"})
    assert refused.status_code == 422
    assert "The key of this wave is tested already: discard it first" in refused.text
    assert KEY_TEXT.findall(refused.text) == []

    discard(client, wave_id)
    assert len(make(client, wave_id)) == 2


def test_discarding_says_who_should_be_there_and_asks_for_the_name(client: FlaskClient) -> None:
    wave_id = make_guarded()
    as_role(client, Role.ADMINISTRATOR)
    client.post(address(wave_id, "/test"), data=typed(make(client, wave_id)))
    before = all_rows()["wave"]
    assert f'href="{address(wave_id, "/discard")}"' in page(client, address(wave_id))

    asked = page(client, address(wave_id, "/discard"))
    assert "with all of them here and with whoever watches for staff" in asked
    assert fingerprint_of(queries.get_wave(wave_id).public_key or b"") in asked
    for name in ("", "Another wave"):
        refused = client.post(address(wave_id, "/discard"), data={"label": name})
        assert refused.status_code == 422
        assert '<a href="#label">Type ' in refused.text
    assert all_rows()["wave"] == before

    discard(client, wave_id)
    assert "no tested key that could be discarded" in page(client, address(wave_id, "/discard"))


def test_a_wave_without_its_key_says_so_and_another_key_has_another_fingerprint(client: FlaskClient) -> None:
    """Guardians whose key was replaced behind their backs see it on the page of the wave."""
    wave_id = make_guarded()
    as_role(client, Role.OD_EDITOR)
    client.post(address(wave_id, "/test"), data=typed(make(client, wave_id)))
    written_down = fingerprint_of(queries.get_wave(wave_id).public_key or b"")
    assert shows(client, wave_id) == ("Made and tested", written_down)

    discard(client, wave_id)
    assert shows(client, wave_id) == ("Not made, and not tested", None)
    assert "Waits for its key" in page(client, f"/programmes/waves/{wave_id}")

    client.post(address(wave_id, "/test"), data=typed(make(client, wave_id)))
    state, found = shows(client, wave_id)
    assert state == "Made and tested"
    assert found not in (None, written_down)


@pytest.mark.parametrize("role", [Role.HR_ANALYST, Role.UNION_OBSERVER])
def test_those_who_watch_compare_the_fingerprint_of_an_open_wave(
    role: Role, client: FlaskClient, keyring: Keyring
) -> None:
    make_org()
    wave_id, _ = make_guarded_open_wave(keyring)
    public = queries.get_wave(wave_id).public_key or b""
    as_role(client, role)
    assert shows(client, wave_id) == ("In use: answers are sealed to it", fingerprint_of(public))
    assert "is this the one you wrote down" not in page(client, f"/programmes/waves/{make_future_wave().id}")
