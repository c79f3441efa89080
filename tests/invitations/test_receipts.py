"""Delivery receipts: what Notify says of an invitation is entered, and nothing else says anything."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from pulse.db import db, writing
from pulse.invitations import queries
from pulse.invitations.brake import TRIES_PER_NETWORK
from pulse.invitations.codes import make_reference
from pulse.invitations.models import REFUSED, SENDING, SENT, WAITING, Invitation
from pulse.invitations.paper import enter_codes
from pulse.invitations.receipt_views import LARGEST
from pulse.invitations.sending import Sender, send_waiting
from pulse.messages.notify import NotifyMailer
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from tests.messages.notify_server import CALLBACK_TOKEN, Notify, serving
from tests.results.factories import Site, make_council, make_sent_wave
from tests.support.rows import Rows, all_rows

REFERENCE = "ab" * 16


@pytest.fixture
def wave_id(site: Site, app: Flask) -> Iterator[int]:
    """A sent wave, one of whose invitations left under REFERENCE, in an application that takes receipts."""
    make_council()
    wave_id = make_sent_wave(site)
    set_invitation(wave_id, reference_hash=sha256(REFERENCE.encode()).digest())
    before = app.config["PULSE"]
    app.config["PULSE"] = replace(before, notify=Notify().settings())
    yield wave_id
    app.config["PULSE"] = before
    app.extensions.pop("pulse.receipt_brake", None)


def set_invitation(wave_id: int, **values: object) -> None:
    """Of the first person asked."""
    first = min(row["person_id"] for row in all_rows()["invitation"])
    whose = (Invitation.wave_id == wave_id) & (Invitation.person_id == first)
    with writing():
        db.session.execute(update(Invitation).where(whose).values(**values))


def bring(client: FlaskClient, token: str = CALLBACK_TOKEN, **changes: Any) -> TestResponse:
    """A receipt as Notify brings it."""
    notify = Notify()
    notify.taken.append({"id": "1", "reference": REFERENCE, "to": "x", "kind": "sms", "template_id": "t"})
    receipt = notify.receipt(0, "permanent-failure") | changes
    return client.post("/notify/callback", json=receipt, headers={"Authorization": f"Bearer {token}"})


def changed(before: Rows) -> list[tuple[Any, Any]]:
    """(delivery before, delivery now) of each entry that is not as it was."""
    pairs = zip(before["invitation"], all_rows()["invitation"], strict=True)
    assert before.keys() == all_rows().keys()
    return [(old["delivery"], new["delivery"]) for old, new in pairs if old != new]


def test_an_invitation_that_reached_nobody_is_refused_and_its_person_gets_a_code(
    site: Site, wave_id: int, client: FlaskClient
) -> None:
    before = all_rows()
    for status in ("permanent-failure", "temporary-failure", "technical-failure"):
        set_invitation(wave_id, delivery=SENT)
        assert (bring(client, status=status).status_code, changed(before)) == (204, [(SENT, REFUSED)])
    assert queries.count_unreached(wave_id) == 1
    assert enter_codes(wave_id, site.keyring.token_key()) == 1


def test_a_receipt_that_overtakes_the_workers_note_is_entered(wave_id: int, client: FlaskClient) -> None:
    set_invitation(wave_id, delivery=SENDING)
    before = all_rows()
    bring(client)
    assert changed(before) == [(SENDING, REFUSED)]


def test_an_invitation_that_waits_again_is_left_alone(wave_id: int, client: FlaskClient) -> None:
    """It has not left, so that no receipt can be about it."""
    set_invitation(wave_id, delivery=WAITING)
    before = all_rows()
    assert bring(client).status_code == 204
    assert changed(before) == []


@pytest.mark.parametrize("state", ["closing", "held", "released"])
def test_only_of_an_open_wave_is_anything_entered(wave_id: int, client: FlaskClient, state: str) -> None:
    with writing():
        db.session.execute(update(Wave).where(Wave.id == wave_id).values(state=state))
    before = all_rows()
    assert bring(client).status_code == 204
    assert changed(before) == []


def test_receipts_replayed_or_out_of_order_change_nothing_more(wave_id: int, client: FlaskClient) -> None:
    bring(client)
    before = all_rows()
    for status in ("delivered", "permanent-failure", "temporary-failure", "sending"):
        assert bring(client, status=status).status_code == 204
    assert all_rows() == before


OTHERS: tuple[dict[str, Any], ...] = (
    {"status": "delivered"},
    {"status": "received"},
    {"status": ["permanent-failure"]},
    {"reference": None},
    {"reference": "cd" * 16},
    {"reference": "\ud800" * 32},
    {"reference": "x" * 5000},
    {"reference": 7},
)


def test_every_other_receipt_gets_the_same_reply_and_changes_nothing(
    wave_id: int, client: FlaskClient
) -> None:
    before = all_rows()
    others = [bring(client, **changes) for changes in OTHERS]
    assert all_rows() == before
    known = bring(client)
    assert changed(before) == [(SENT, REFUSED)]
    for reply in (*others, known):
        assert (reply.status_code, reply.data, dict(reply.headers)) == (204, b"", dict(known.headers))


def test_what_the_worker_sent_is_found_by_its_receipt_and_its_reminder_is_not(
    wave_id: int, client: FlaskClient, site: Site
) -> None:
    """From the real sender through the stand-in of Notify and back."""
    first, key = min(row["person_id"] for row in all_rows()["invitation"]), site.keyring.token_key()
    set_invitation(wave_id, delivery=WAITING, sent_to=None, reference_hash=None)
    with serving() as notify, NotifyMailer(notify.settings(), "email") as mailer:
        sender = Sender({"email": mailer}, key, "http://localhost")
        assert send_waiting(surveys.get_wave(wave_id), sender) == 1
    before = all_rows()
    reminder = make_reference(key, wave_id, first, 1)
    assert bring(client, reference=reminder).status_code == 204
    assert all_rows() == before
    receipt = notify.receipt(0, "permanent-failure")
    assert receipt["reference"] != reminder
    for _ in range(2):
        bring(client, **receipt)
        assert changed(before) == [(SENT, REFUSED)]


def test_after_the_close_a_receipt_leads_to_nobody(wave_id: int, client: FlaskClient) -> None:
    with writing():
        queries.clear_register(wave_id)
    before = all_rows()
    assert bring(client).status_code == 204
    assert all_rows() == before


def test_without_the_token_nothing_is_read(wave_id: int, client: FlaskClient) -> None:
    before = all_rows()
    body = {"reference": REFERENCE, "status": "permanent-failure"}
    for shown in ("", "Bearer", "Bearer wrong", f"Basic {CALLBACK_TOKEN}", CALLBACK_TOKEN, "Bearer é"):
        headers = {"Authorization": shown} if shown else {}
        reply = client.post("/notify/callback", json=body, headers=headers)
        assert (reply.status_code, reply.headers["WWW-Authenticate"]) == (401, "Bearer"), shown
    assert all_rows() == before


def test_wrong_tokens_are_counted_and_shut_out_nobody_who_has_the_right_one(
    wave_id: int, client: FlaskClient
) -> None:
    statuses = [bring(client, "wrong").status_code for _ in range(TRIES_PER_NETWORK + 1)]
    assert statuses == [401] * TRIES_PER_NETWORK + [429]
    assert bring(client).status_code == 204


def test_what_is_not_a_receipt_is_refused(wave_id: int, client: FlaskClient) -> None:
    before = all_rows()
    headers = {"Authorization": f"Bearer {CALLBACK_TOKEN}", "Content-Type": "application/json"}
    for body in (b"", b"not json", b"[]", b"\xff", b"[" * LARGEST):
        assert client.post("/notify/callback", data=body, headers=headers).status_code == 400, body[:9]
    long = b"{" + b" " * LARGEST + b"}"
    assert client.post("/notify/callback", data=long, headers=headers).status_code == 413
    assert all_rows() == before


def test_where_no_token_is_set_there_is_no_such_page(client: FlaskClient) -> None:
    assert bring(client, "").status_code == 404
    assert client.get("/notify/callback").status_code == 405


def test_nothing_of_a_receipt_is_logged(
    wave_id: int, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    bring(client, to="+447700900123")
    bring(client, "wrong", to="+447700900123")
    for secret in (REFERENCE, "7700900123", CALLBACK_TOKEN, "permanent-failure"):
        assert secret not in caplog.text
