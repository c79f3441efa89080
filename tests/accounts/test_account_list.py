"""The administrators' pages: adding, changing and disabling accounts, as a browser meets them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.accounts import passwords, queries
from pulse.web.access import Role
from tests.accounts.browsing import send, sign_in_by_form
from tests.accounts.factories import make_account, make_unit, sign_in


def test_an_administrator_adds_a_leader_who_signs_in_with_the_password_shown_once(app: Flask) -> None:
    client = sign_in(app.test_client(), make_account())
    unit = make_unit("libraries")
    fields = {
        "email": "lead@example.org",
        "full_name": "Lee Ader",
        "role": "leader",
        "unit": "libraries",
        "active": "y",
    }
    page = send(client, "/accounts/new", **fields)
    found = re.search(r"<code>([a-z0-9-]{23})</code>", page.text)
    assert found
    leader = queries.find_account_by_email("lead@example.org")
    assert leader is not None
    assert leader.unit_id == unit.id
    assert sign_in_by_form(app.test_client(), leader, found[1]).status_code == 303
    assert found[1] not in client.get(f"/accounts/{leader.id}").text


def test_a_leader_without_a_unit_is_refused_beside_the_field_and_what_was_typed_stays(
    client: FlaskClient,
) -> None:
    sign_in(client, make_account())
    page = send(
        client, "/accounts/new", email="lead@example.org", full_name="Lee Ader", role="leader", active="y"
    )
    assert '<a href="#unit">Enter the code of the unit that this leader leads.</a>' in page.text
    assert 'value="Lee Ader"' in page.text
    assert queries.find_account_by_email("lead@example.org") is None


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "two words@example.org", "a@@example.org"])
def test_an_address_that_is_none_is_refused(client: FlaskClient, email: str) -> None:
    sign_in(client, make_account())
    page = send(client, "/accounts/new", email=email, full_name="A", role="od_editor", active="y")
    assert '<a href="#email">' in page.text
    assert len(queries.list_accounts()) == 1


def test_an_unknown_role_is_refused(client: FlaskClient) -> None:
    sign_in(client, make_account())
    page = send(client, "/accounts/new", email="a@example.org", full_name="A", role="emperor")
    assert page.status_code == 200
    assert len(queries.list_accounts()) == 1


def test_an_administrator_changes_role_unit_and_state(client: FlaskClient) -> None:
    sign_in(client, make_account())
    make_unit("parks")
    account = make_account(Role.OD_EDITOR)
    send(client, f"/accounts/{account.id}", full_name="New Name", role="leader", unit="parks")
    assert (account.full_name, account.role, account.active) == ("New Name", Role.LEADER, False)
    page = client.get(f"/accounts/{account.id}").text
    assert 'value="parks"' in page
    assert "Disabled" in client.get("/accounts").text


def test_a_role_taken_away_counts_from_the_next_page_on(app: Flask) -> None:
    first, second = make_account(), make_account()
    client = sign_in(app.test_client(), second)
    assert client.get("/accounts").status_code == 200
    send(
        sign_in(app.test_client(), first),
        f"/accounts/{second.id}",
        full_name="S",
        role="od_editor",
        active="y",
    )
    assert client.get("/accounts").status_code == 403


def test_a_reset_password_is_shown_once_and_works(client: FlaskClient) -> None:
    sign_in(client, make_account())
    account = make_account()
    page = send(client, f"/accounts/{account.id}/password", page=f"/accounts/{account.id}")
    found = re.search(r"<code>([a-z0-9-]{23})</code>", page.text)
    assert found
    assert page.headers["Cache-Control"] == "no-store"
    assert passwords.verify_password(account.password_hash, found[1])


def test_an_account_that_does_not_exist_is_not_found(client: FlaskClient) -> None:
    assert sign_in(client, make_account()).get("/accounts/999999").status_code == 404
