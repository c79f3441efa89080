"""What the tests of the pages of a guardians' key share: where they are, and what is typed there."""

import re

from flask.testing import FlaskClient

from tests.directory.factories import make_org
from tests.surveys.browsing import make_future_wave

KEY_TEXT = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4} ){13}[0-9A-HJKMNP-TV-Z]{4}")


def make_guarded() -> int:
    make_org()
    return make_future_wave(key_mode="guardian").id


def address(wave_id: int, step: str = "") -> str:
    return f"/programmes/waves/{wave_id}/key{step}"


def make(client: FlaskClient, wave_id: int, holders: int = 2) -> list[str]:
    """Press the button; the texts that the page shows."""
    response = client.post(address(wave_id, "/make"), data={"holders": str(holders)})
    assert response.status_code == 200, response.text
    return KEY_TEXT.findall(response.text)


def typed(texts: list[str]) -> dict[str, str]:
    return dict(zip(("first", "second"), texts, strict=False))
