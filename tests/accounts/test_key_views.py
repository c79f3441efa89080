"""The pages of keys, as a browser meets them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.accounts import key_queries, managing, signing_in
from pulse.web.access import Role
from tests.accounts.browsing import send
from tests.accounts.factories import PASSWORD, make_account, sign_in

PAGE = "/account/keys"


def make(client: FlaskClient, **fields: str) -> str:
    """The page that answers who asks for a key."""
    given = {"name": "A portal", "kind": "api", "days": "90", "password": PASSWORD}
    return send(client, PAGE, **(given | fields)).text


def secrets_in(page: str) -> list[str]:
    return re.findall(r"pulse_[\w-]{43}", page)


def test_a_key_is_shown_once_and_then_listed_without_its_secret(client: FlaskClient) -> None:
    sign_in(client, make_account(Role.LEADER))
    (secret,) = secrets_in(make(client))
    page = client.get(PAGE).text
    assert secret not in page
    assert "A portal" in page
    assert "Never used" in page
    client.get("/api/v1/waves", headers={"Authorization": f"Bearer {secret}"})
    assert "Last used on" in client.get(PAGE).text


def test_a_calendar_is_given_a_whole_address(client: FlaskClient) -> None:
    sign_in(client, make_account(Role.LEADER))
    page = make(client, kind="calendar")
    found = re.search(r"http://localhost(/calendar/pulse_[\w-]{43}\.ics)", page)
    assert found
    assert client.get(found[1]).mimetype == "text/calendar"


def test_what_is_wrong_is_said_beside_its_field(client: FlaskClient) -> None:
    account = make_account()
    sign_in(client, account)
    assert "Enter the password you signed in with." in make(client, password="wrong")
    assert "Enter what the key is for." in make(client, name="")
    assert "Not a valid choice" in make(client, days="100000")
    assert "Not a valid choice" in make(client, kind="everything")
    assert key_queries.list_keys_of(account.id) == []


def test_a_key_is_revoked_by_a_second_button_that_says_what_stops(client: FlaskClient) -> None:
    sign_in(client, make_account(Role.LEADER))
    make(client)
    page = client.get(PAGE).text
    folded = page[page.index("<details") : page.index("</details>")]
    assert "<details open" not in page
    assert "Programs that use this key stop at once" in folded
    assert page.count("/revoke") == folded.count("/revoke") == 1


def test_ones_own_password_is_not_tried_without_limit(client: FlaskClient) -> None:
    account = make_account(Role.LEADER)
    sign_in(client, account)
    with pytest.MonkeyPatch.context() as few:
        few.setattr(signing_in, "ATTEMPTS_PER_ACCOUNT", 1)
        assert "Enter the password you signed in with." in make(client, password="wrong")
        assert managing.TOO_MANY in make(client)
        own = send(client, "/account", current=PASSWORD, new="four unrelated words here").text
    assert managing.TOO_MANY in own
    assert key_queries.list_keys_of(account.id) == []


def test_owners_revoke_their_own_keys_and_find_no_others(app: Flask) -> None:
    owner, other = (sign_in(app.test_client(), make_account(Role.LEADER)) for _ in range(2))
    make(owner)
    found = re.search(r"/account/keys/(\d+)/revoke", owner.get(PAGE).text)
    assert found
    assert send(other, f"{PAGE}/{found[1]}/revoke", PAGE).status_code == 404
    assert "The key is revoked" in owner.get(send(owner, f"{PAGE}/{found[1]}/revoke", PAGE).location).text
    assert "/revoke" not in owner.get(PAGE).text


def test_administrators_see_and_revoke_everybodys_keys_and_no_secret(app: Flask) -> None:
    account = make_account(Role.LEADER)
    owner = sign_in(app.test_client(), account)
    email = account.email
    (secret,) = secrets_in(make(owner))
    administrator = sign_in(app.test_client(), make_account())
    page = administrator.get("/accounts/keys").text
    assert email in page
    assert "A portal" in page
    assert secret not in page
    found = re.search(r"/accounts/keys/\d+/revoke", page)
    assert found
    assert send(administrator, found[0], "/accounts/keys").status_code == 303
    assert "Nobody has a key" in administrator.get("/accounts/keys").text
    assert 'href="/accounts/keys"' in administrator.get("/accounts").text


def test_a_one_time_password_makes_no_key(client: FlaskClient) -> None:
    sign_in(client, make_account(password_is_temporary=True))
    assert client.get(PAGE).location == "/account"
