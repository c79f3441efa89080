"""The page on which a wave is given up: plain words, a name to type, and what became of it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.db import writing
from pulse.surveys.keyring import Keyring
from pulse.web.access import Role
from tests.directory.factories import make_org
from tests.surveys.browsing import as_role, make_current_wave, page


@pytest.fixture(autouse=True)
def _without_form_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


def test_giving_up_warns_asks_for_the_name_and_says_what_became_of_it(
    client: FlaskClient, keyring: Keyring
) -> None:
    make_org()
    wave = make_current_wave(keyring)
    with writing():
        wave.state = "held"
    as_role(client, Role.ADMINISTRATOR)
    where = f"/programmes/waves/{wave.id}/give-up"
    assert f'href="{where}"' in page(client, f"/programmes/waves/{wave.id}")
    asked = page(client, where)
    assert "All answers given in this wave are deleted and lost for good." in asked
    for gone in ("every sealed answer, unread", "the list of who was asked", "what is left of the key"):
        assert gone in asked

    refused = client.post(where, data={"label": "Something else"})
    assert refused.status_code == 422
    assert "to say that this is the wave you mean." in refused.text

    done = client.post(where, data={"label": wave.label}, follow_redirects=True)
    assert f"{wave.label} is given up." in done.text
    assert "They are lost: the sealed answers and the list of who was asked were deleted" in done.text
    assert "Nobody: they were deleted unread." in done.text
    assert "Was to close" in done.text
    assert "Give this wave up" not in done.text
    assert "This one is neither" in page(client, where)


def test_a_healthy_wave_offers_no_giving_up(client: FlaskClient, keyring: Keyring) -> None:
    make_org()
    wave = make_current_wave(keyring)
    as_role(client, Role.ADMINISTRATOR)
    assert "Give this wave up" not in page(client, f"/programmes/waves/{wave.id}")
    assert "This one is neither, so there is nothing to do here." in page(
        client, f"/programmes/waves/{wave.id}/give-up"
    )
