"""What the page tests share: signed-in browsers, and waves by the clock that the pages read."""

from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient

from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Wave
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.surveys.factories import EVERY_DAY, make_open_wave, make_planned_wave

READERS = (Role.ADMINISTRATOR, Role.OD_EDITOR, Role.HR_ANALYST, Role.UNION_OBSERVER)
EDITORS = (Role.ADMINISTRATOR, Role.OD_EDITOR)


def as_role(client: FlaskClient, role: Role) -> FlaskClient:
    return sign_in(client, make_account(role))


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.text


def make_future_wave(**defaults: object) -> Wave:
    """Planned for a date that has not come, by the clock that the pages read."""
    now = datetime.now(UTC)
    return make_planned_wave(
        now=now, **{"starts_on": (now + timedelta(days=20)).date(), **EVERY_DAY, **defaults}
    )


def make_current_wave(keyring: Keyring, **defaults: object) -> Wave:
    """Open now, by the clock that the pages read."""
    now = datetime.now(UTC)
    starts_on = (now - timedelta(days=1)).date()
    return make_open_wave(keyring, now=now, **{"starts_on": starts_on, **EVERY_DAY, **defaults})
