"""Signing in, one's own password and the list of accounts, as a browser meets them."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from pulse.accounts import passwords, queries, signing_in
from pulse.accounts.models import Account, SignIn
from pulse.accounts.views import is_own_path
from pulse.db import db
from pulse.web.access import Role
from tests.accounts.factories import PASSWORD, make_account, make_unit, sign_in

NEW_PASSWORD = "copper lamp under the ferry"


def send(client: FlaskClient, address: str, page: str | None = None, **fields: str) -> TestResponse:
    """Fill in the form on `page` (the address itself if not given) and send it to the address."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page or address).text)
    assert found
    return client.post(address, data={"csrf_token": found[1]} | fields)


def sign_in_by_form(
    client: FlaskClient, account: Account, password: str = PASSWORD, query: str = ""
) -> TestResponse:
    return send(client, f"/sign-in{query}", email=account.email, password=password)


def secret_of(client: FlaskClient) -> str | None:
    with client.session_transaction() as cookie:
        return cookie.get(signing_in.COOKIE_FIELD)


def test_the_right_password_leads_to_the_first_page_of_the_menu(client: FlaskClient) -> None:
    response = sign_in_by_form(client, make_account())
    assert response.status_code == 303
    assert client.get(response.location).status_code == 200


def test_whoever_is_signed_in_is_not_asked_again(client: FlaskClient) -> None:
    assert sign_in(client, make_account()).get("/sign-in").status_code == 303


def test_a_refusal_is_one_sentence_and_does_not_say_which_was_wrong(client: FlaskClient) -> None:
    account = make_account()
    pages = [
        send(client, "/sign-in", email=account.email, password="wrong"),
        send(client, "/sign-in", email="nobody@example.org", password="wrong"),
        sign_in_by_form(client, make_account(active=False)),
    ]
    for page in pages:
        assert page.status_code == 200
        assert page.text.count("The e-mail address or the password is not right") == 1
        assert "<title>Error: Sign in" in page.text
        assert "wrong" not in page.text
    assert secret_of(client) is None


def test_too_many_attempts_are_answered_with_429(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "ATTEMPTS_PER_ACCOUNT", 1)
    account = make_account()
    assert sign_in_by_form(client, account, "wrong").status_code == 200
    response = sign_in_by_form(client, account)
    assert response.status_code == 429
    assert "wait 15 minutes and try again" in response.text


def test_signing_in_leaves_nothing_of_the_cookie_that_was_there_before(client: FlaskClient) -> None:
    account = make_account()
    client.get("/sign-in")
    with client.session_transaction() as cookie:
        cookie["planted"] = "by someone else"
        cookie[signing_in.COOKIE_FIELD] = "a secret that the attacker knows"
        form_secret = cookie["csrf_token"]
    sign_in_by_form(client, account)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie.get("csrf_token") != form_secret
        assert cookie[signing_in.COOKIE_FIELD] != "a secret that the attacker knows"


def test_signing_out_ends_the_period_on_the_server(app: Flask) -> None:
    client, thief = app.test_client(), app.test_client()
    sign_in_by_form(client, make_account())
    with thief.session_transaction() as cookie:
        cookie[signing_in.COOKIE_FIELD] = secret_of(client)
    assert thief.get("/account").status_code == 200
    response = send(client, "/sign-out", page="/account")
    assert response.location == "/sign-in"
    assert db.session.scalars(select(SignIn)).all() == []
    assert thief.get("/account").status_code == 303


@pytest.mark.parametrize("secret", ["", "made-up", "\0", 7, None, ["x"]])
def test_a_made_up_secret_opens_nothing(client: FlaskClient, secret: object) -> None:
    with client.session_transaction() as cookie:
        cookie[signing_in.COOKIE_FIELD] = secret
    assert client.get("/account").status_code == 303


def test_after_signing_in_the_page_that_was_asked_for_opens(client: FlaskClient) -> None:
    asked = client.get("/accounts/new?x=1&y=2")
    response = send(client, asked.location, email=make_account().email, password=PASSWORD)
    assert response.location == "/accounts/new?x=1&y=2"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/a\\..\\b",
        "javascript:alert(1)",
        "evil.example",
        " /x",
        "/x\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_no_link_leads_through_the_sign_in_page_to_another_site(target: str) -> None:
    assert not is_own_path(target)


def test_a_foreign_next_page_is_forgotten(client: FlaskClient) -> None:
    response = sign_in_by_form(client, make_account(), query="?next=https://evil.example/")
    assert response.location.startswith("/")
    assert "evil" not in response.location


def test_a_one_time_password_opens_only_the_page_to_choose_another(client: FlaskClient) -> None:
    make_account()
    account = make_account(password_is_temporary=True)
    sign_in_by_form(client, account)
    assert client.get("/accounts").location == "/account"
    page = send(client, "/account", current=PASSWORD, new=NEW_PASSWORD)
    assert page.status_code == 303
    assert client.get("/accounts").status_code == 200


def test_a_changed_password_keeps_this_browser_and_ends_the_others(app: Flask) -> None:
    account = make_account()
    here, elsewhere = sign_in(app.test_client(), account), sign_in(app.test_client(), account)
    before = secret_of(here)
    send(here, "/account", current=PASSWORD, new=NEW_PASSWORD)
    assert here.get("/account").status_code == 200
    assert secret_of(here) != before
    assert elsewhere.get("/account").status_code == 303


def test_a_refused_password_is_explained_beside_its_field(client: FlaskClient) -> None:
    response = send(sign_in(client, make_account()), "/account", current="wrong", new=NEW_PASSWORD)
    assert '<a href="#current">Enter the password you signed in with.</a>' in response.text
    response = send(client, "/account", current=PASSWORD, new="short")
    assert '<a href="#new">Choose a password of 12 or more characters' in response.text
    assert "short" not in response.text


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


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every SQL statement that was run."""
    run: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        run.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield run
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("address", ["/privacy", "/healthz", "/no-such-page"])
def test_a_public_page_asks_the_database_for_no_account(
    client: FlaskClient, statements: list[str], address: str
) -> None:
    sign_in(client, make_account())
    statements.clear()
    client.get(address)
    assert statements == []


def test_a_page_looks_its_account_up_once(client: FlaskClient, statements: list[str]) -> None:
    sign_in(client, make_account())
    statements.clear()
    assert client.get("/account").status_code == 200
    assert len([statement for statement in statements if statement != "BEGIN"]) == 1
