"""Walking through the wizard as a browser does: what is typed on each step, and how it is sent."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from pulse.accounts.models import Account
from pulse.db import db, writing
from pulse.surveys import draft_queries, drafts

Values = dict[str, str | list[str]]
#: each step with its fields
_FIELDS = {
    "what": ("name", "purpose", "organisation", "question_set", "item_ids", "a_wave", "rotate_by"),
    "when": (
        *("cadence", "rule", "starts_on", "opens_at_hour", "open_days", "zone", "nation"),
        *("weekdays", "letters_from_hour", "letters_until_hour", "quiet_periods"),
    ),
    "who": ("audience_unit_id", "cohorts", "ask_leaders"),
    "reach": ("channel_1", "channel_2", "channel_3", "channel_4", "reminder_days", "languages"),
    "protection": ("profile", "k", "key_mode", "attributes", "crosses"),
}
STEPS = tuple(_FIELDS)


def typed(**changes: str | list[str]) -> Values:
    """What a person types, on all steps together."""
    values: Values = {
        "name": "Staff pulse",
        "purpose": "So that what is strong can grow.",
        "organisation": "Example Council",
        "question_set": "quarterly",
        "cadence": "FREQ=MONTHLY;INTERVAL=3",
        "starts_on": (datetime.now(UTC) + timedelta(days=30)).date().isoformat(),
        "opens_at_hour": "9",
        "open_days": "14",
        "zone": "Europe/London",
        "nation": "ENG",
        "weekdays": ["MO", "TU", "WE", "TH", "FR"],
        "letters_from_hour": "8",
        "letters_until_hour": "18",
        "quiet_periods": "",
        "audience_unit_id": "",
        "cohorts": "1",
        "channel_1": "email",
        "channel_2": "slip",
        "channel_3": "",
        "channel_4": "",
        "reminder_days": "7",
        "profile": "standard",
        "k": "10",
        "key_mode": "worker",
    }
    return values | changes


def of_step(step: str, values: Values) -> Values:
    return {name: value for name, value in values.items() if name in _FIELDS[step]}


def begin(client: FlaskClient, **changes: Any) -> str:
    """Send the first step of a new survey; returns the address of its draft, without the step."""
    response = client.post("/programmes/new", data=of_step("what", typed(**changes)))
    assert response.status_code == 303, response.text
    return response.location.rpartition("/")[0]


def walk(client: FlaskClient, **changes: Any) -> str:
    """Send every step of a new survey; returns the address of its draft, at its check page."""
    draft = begin(client, **changes)
    for step in STEPS[1:]:
        response = client.post(f"{draft}/{step}", data=of_step(step, typed(**changes)))
        assert response.status_code == 303, response.text
    assert response.location == f"{draft}/check"
    return draft


def make_draft(programme_id: int | None = None, **changes: Any) -> str:
    """A draft with every step typed, of the account made last; the address of its pages."""
    account_id = db.session.scalar(select(func.max(Account.id)))
    assert account_id is not None
    steps = {step: _as_lists(of_step(step, typed(**changes))) for step in STEPS}
    now = datetime.now(UTC)
    draft_id = drafts.start_draft(account_id, "what", steps["what"], programme_id, now)
    with writing():
        draft = draft_queries.get_draft(draft_id, account_id)
        draft.typed = draft.typed | steps
    return f"/programmes/drafts/{draft_id}"


def _as_lists(values: Values) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else value for name, value in values.items()}


def set_up(client: FlaskClient, **changes: Any) -> TestResponse:
    """A new survey, saved; the page that it leads to."""
    return client.post(f"{make_draft(**changes)}/check", follow_redirects=True)


def change(client: FlaskClient, programme_id: int, **changes: Any) -> str:
    """Send one step of a change with everything on it as `typed` has it; the address of its draft."""
    [step] = {step for step, names in _FIELDS.items() if set(names) & set(changes)}
    response = client.post(f"/programmes/{programme_id}/edit/{step}", data=of_step(step, typed(**changes)))
    assert response.status_code == 303, response.text
    return response.location.rpartition("/")[0]
