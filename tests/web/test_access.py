"""Every view is called as every role and as nobody: what is refused, and what is let through."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter, BaseConverter, NumberConverter
from werkzeug.test import TestResponse

from pulse.app import create_app
from pulse.db import db
from pulse.web.access import Policy, Role, allow_roles, policy_of
from tests.accounts.factories import make_account, sign_in
from tests.conftest import make_settings
from tests.web.access_table import TABLE

VISITORS: tuple[Role | None, ...] = (None, *Role)


@pytest.fixture(scope="module")
def _demo(home: Path, database_url: str) -> Iterator[Flask]:
    demo = create_app(make_settings(home, database_url=database_url, demo=True))
    # a missing form token would be refused before the role is looked at, and hide what is tested here
    demo.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield demo
    with demo.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(app: Flask, _demo: Flask) -> Iterator[Flask]:
    """The application with everything it can have: the demo has pages that no other has."""
    with _demo.app_context():
        yield _demo


def rules_of(app: Flask, endpoint: str) -> list[Rule]:
    return list(app.url_map.iter_rules(endpoint))


def address_of(rule: Rule) -> str:
    """An address that the rule matches; what it names does not exist."""
    values = {name: _nothing_there(rule._converters[name]) for name in rule.arguments}
    built = rule.build(values)
    assert built is not None
    return built[1]


def _nothing_there(kind: BaseConverter) -> Any:
    if isinstance(kind, AnyConverter):
        return min(kind.items)
    return 999_999 if isinstance(kind, NumberConverter) else "does-not-exist"


def calls(app: Flask, endpoint: str) -> Iterator[tuple[str, str]]:
    for rule in rules_of(app, endpoint):
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield method, address_of(rule)


def was_refused(response: TestResponse, role: Role | None) -> bool:
    """As it should be: a page that says so, or for nobody the way to the sign-in page."""
    if role is None:
        return response.status_code == 303 and response.location.startswith("/sign-in")
    return response.status_code == 403


def visitor(app: Flask, role: Role | None) -> FlaskClient:
    client = app.test_client()
    return client if role is None else sign_in(client, make_account(role))


def test_every_view_has_a_line_in_the_table_and_every_line_a_view(demo: Flask) -> None:
    endpoints = {rule.endpoint for rule in demo.url_map.iter_rules()}
    assert endpoints == set(TABLE)


@pytest.mark.parametrize("endpoint", sorted(TABLE))
def test_only_the_roles_in_the_table_enter(
    demo: Flask, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered: list[str] = []

    def view(**_: object) -> str:
        entered.append(endpoint)
        return "inside"

    monkeypatch.setitem(demo.view_functions, endpoint, view)
    for role in VISITORS:
        for method, address in calls(demo, endpoint):
            entered.clear()
            response = visitor(demo, role).open(address, method=method)
            what = f"{role or 'nobody'}: {method} {address}"
            assert bool(entered) == (role in TABLE[endpoint]), what
            assert entered or was_refused(response, role), what


@pytest.mark.parametrize("endpoint", sorted(TABLE))
def test_no_view_falls_over(demo: Flask, endpoint: str) -> None:
    for role in TABLE[endpoint]:
        for method, address in calls(demo, endpoint):
            assert visitor(demo, role).open(address, method=method).status_code < 500, f"{method} {address}"


@pytest.fixture
def odd_app(app: Flask) -> Iterator[Flask]:
    """An application with a view whose blueprint forgot to say who may enter."""
    odd = create_app(make_settings(app.config["PULSE"].home, database_url=app.config["PULSE"].database_url))
    odd.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    forgetful = Blueprint("forgetful", __name__)
    forgetful.get("/forgetful")(lambda: "secret")
    odd.register_blueprint(forgetful)
    odd.get("/loose")(lambda: "secret")
    yield odd
    with odd.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("address", ["/forgetful", "/loose"])
@pytest.mark.parametrize("role", VISITORS)
def test_a_view_that_states_nothing_admits_nobody(odd_app: Flask, address: str, role: Role | None) -> None:
    with odd_app.app_context():
        response = visitor(odd_app, role).get(address)
    assert response.status_code == 403
    assert b"secret" not in response.data


def test_nobody_is_sent_to_the_sign_in_page_and_back(client: FlaskClient) -> None:
    response = client.get("/accounts?sort=name")
    assert response.status_code == 303
    assert response.location == "/sign-in?next=/accounts?sort%3Dname"


def test_a_refused_role_reads_one_sentence(client: FlaskClient) -> None:
    response = sign_in(client, make_account(Role.LEADER)).get("/accounts")
    assert response.status_code == 403
    assert "Ask an administrator if you need it for your work." in response.text


def test_an_unknown_address_is_not_a_question_of_rights(client: FlaskClient) -> None:
    assert client.get("/no-such-page").status_code == 404


def test_the_menu_shows_only_what_the_role_may_enter(app: Flask) -> None:
    administrator = visitor(app, Role.ADMINISTRATOR).get("/account").text
    leader = visitor(app, Role.LEADER).get("/account").text
    assert 'href="/accounts"' in administrator
    assert 'href="/accounts"' not in leader
    assert '<a href="/account" aria-current="page">' in leader


def test_single_views_may_be_narrower_wider_or_public() -> None:
    blueprint = Blueprint("feature", __name__)
    allow_roles(blueprint, Role.OD_EDITOR, public=("poster",), remove=(Role.ADMINISTRATOR,))
    policy = policy_of(blueprint)
    assert policy.admits("feature.edit", Role.OD_EDITOR)
    assert not policy.admits("feature.remove", Role.OD_EDITOR)
    assert policy.admits("feature.remove", Role.ADMINISTRATOR)
    assert policy.admits("feature.poster", None)
    assert not policy.admits("feature.edit", None)
    assert not Policy().admits("feature.edit", None)
