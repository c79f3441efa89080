"""Signing in and out, and one's own password, as a browser meets them."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from pulse.accounts import signing_in
from pulse.accounts.models import SignIn
from pulse.accounts.views import is_own_path
from pulse.db import db
from tests.accounts.browsing import secret_of, send, sign_in_by_form
from tests.accounts.factories import PASSWORD, make_account, sign_in

NEW_PASSWORD = "copper lamp under the ferry"


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
        "///evil.example/",
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
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1
