"""Headers, form tokens, hosts, sizes, error pages, and what the logs never hold."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Blueprint, Flask, request
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from pulse.app import create_app
from pulse.db import db
from pulse.web.access import Role, allow_everyone
from pulse.web.errors import PAGES, STALE_FORM
from pulse.web.security import HEADERS
from tests.accounts.factories import make_account, sign_in
from tests.conftest import make_settings

SECRET_LINK = "KQ7ZPLANTEDCODE"
PLANTED_NAME = "Planted Name"


class PlantedFaultError(Exception):
    """Stands for a fault in a view; its message holds what no log may show."""


@pytest.fixture
def served(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """A second application as it runs in earnest (errors become pages), with views that fail."""
    database_url = app.config["PULSE"].database_url
    served = _with_failing_views(create_app(make_settings(tmp_path, database_url=database_url)))
    yield served
    with served.app_context():
        db.engine.dispose()


def _with_failing_views(served: Flask) -> Flask:
    failing = Blueprint("failing", __name__)
    allow_everyone(failing)

    @failing.get("/a/<code>/fault")
    def fault(code: str) -> str:
        typed = f"typed by {code}"
        raise PlantedFaultError(typed)

    @failing.get("/away")
    def away() -> str:
        raise OperationalError("SELECT name FROM person", {"name": PLANTED_NAME}, Exception("gone"))

    @failing.get("/refused/<int:status>")
    def refused(status: int) -> str:
        from flask import abort

        abort(status)

    @failing.post("/upload")
    def upload() -> str:
        return str(len(request.form))

    served.register_blueprint(failing)
    return served


STATIC = "/static/app.css"


@pytest.mark.parametrize(
    "address",
    ["/sign-in", "/healthz", "/privacy", "/accounts", "/no-such-page", "/away", "/a/x/fault", STATIC],
)
def test_every_response_carries_the_headers(served: Flask, address: str) -> None:
    with served.test_client().get(address) as response:
        sent = {name: response.headers.get_all(name) for name in HEADERS}
    assert sent == {name: [value] for name, value in HEADERS.items()}


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_pages_stay_out_of_caches_and_static_files_do_not(client: FlaskClient) -> None:
    for address in ("/sign-in", "/privacy", "/no-such-page", "/accounts"):
        assert client.get(address).headers["Cache-Control"] == "no-store"
    with client.get(STATIC) as static:
        assert static.status_code == 200
        assert "no-store" not in static.headers["Cache-Control"]


def test_https_is_insisted_on_only_where_the_site_has_it(app: Flask, tmp_path: Path) -> None:
    secure = create_app(make_settings(tmp_path, base_url="https://pulse.example.org"))
    answered = secure.test_client().get("/sign-in", base_url="https://pulse.example.org")
    assert answered.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert answered.headers["Set-Cookie"].startswith("__Host-pulse=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in answered.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in app.test_client().get("/healthz").headers


# --- forms ------------------------------------------------------------------------------------------------


#: no browser sends it: a secret of its own, and no cookie, says who calls (tests/invitations/test_receipts)
_CALLED_BY_PROGRAMS = "/notify/callback"


def post_addresses(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()) and rule.rule != _CALLED_BY_PROGRAMS:
            built = rule.build(dict.fromkeys(rule.arguments, 1))
            assert built is not None
            yield built[1]


@pytest.mark.parametrize("form", [{}, {"csrf_token": "made-up"}, {"csrf_token": ""}])
def test_every_form_without_its_token_is_refused(app: Flask, form: dict[str, str]) -> None:
    addresses = list(post_addresses(app))
    assert "/sign-in" in addresses
    client = sign_in(app.test_client(), make_account(Role.ADMINISTRATOR))
    for address in addresses:
        response = client.post(address, data=form)
        assert response.status_code == 400, address
        assert STALE_FORM[1] in response.text


def test_a_form_token_of_another_browser_is_refused(app: Flask) -> None:
    theirs = app.test_client()
    theirs.get("/sign-in")
    with theirs.session_transaction() as cookie:
        stolen = cookie["csrf_token"]
    ours = app.test_client()
    ours.get("/sign-in")
    assert ours.post("/sign-in", data={"csrf_token": stolen}).status_code == 400


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_sent_from_another_site_is_refused(app: Flask, site: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        response = app.test_client().post("/sign-in", headers={"Sec-Fetch-Site": site})
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    assert response.status_code == 400


# --- hosts, proxies, sizes --------------------------------------------------------------------------------


def test_a_foreign_host_name_is_refused_in_one_sentence(client: FlaskClient) -> None:
    response = client.get("/sign-in", base_url="http://evil.example")
    assert response.status_code == 400
    assert response.text == "This site does not answer under this name: use the link you were given.\n"
    assert client.get("/sign-in", base_url="http://localhost:5000").status_code == 200


def test_forwarded_addresses_count_only_behind_a_proxy(app: Flask, tmp_path: Path) -> None:
    seen: list[str | None] = []
    for proxies in (0, 1):
        proxied = create_app(make_settings(tmp_path, proxies=proxies))
        proxied.before_request(lambda: seen.append(request.remote_addr))
        proxied.test_client().get("/healthz", headers={"X-Forwarded-For": "192.0.2.7"})
    assert seen == ["127.0.0.1", "192.0.2.7"]


def test_too_large_a_form_gets_one_sentence(served: Flask) -> None:
    served.config["MAX_CONTENT_LENGTH"] = 1000
    response = served.test_client().post("/upload", data={"text": "x" * 2000})
    assert response.status_code == 413
    assert PAGES[413][1] in response.text


# --- errors and logs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_each_error_has_a_page_with_one_sentence(served: Flask, status: int) -> None:
    response = served.test_client().get(f"/refused/{status}")
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert PAGES[status][1] in response.text


def test_an_error_without_its_own_page_keeps_its_status(served: Flask) -> None:
    response = served.test_client().get("/refused/418")
    assert response.status_code == 418
    assert PAGES[400][1] in response.text


def test_a_method_that_is_not_allowed_says_which_are(client: FlaskClient) -> None:
    response = client.get("/sign-out")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_a_database_that_is_away_is_said_to_be_away(served: Flask, caplog: pytest.LogCaptureFixture) -> None:
    response = served.test_client().get("/away")
    assert response.status_code == 503
    assert PAGES[503][1] in response.text
    assert "failing.away" in caplog.text
    assert PLANTED_NAME not in caplog.text


def test_a_fault_is_logged_by_place_and_type_and_never_by_value(
    served: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    response = served.test_client().get(f"/a/{SECRET_LINK}/fault?name=PlantedName")
    assert response.status_code == 500
    assert "failing.fault" in caplog.text
    assert "PlantedFaultError" in caplog.text
    assert "test_security.py" in caplog.text
    for planted in (SECRET_LINK, "PlantedName", "127.0.0.1"):
        assert planted not in caplog.text
        assert planted not in response.text


def test_request_lines_never_reach_a_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    line = f'192.0.2.7 - - [12/Oct/2026 09:00:00] "GET /a/{SECRET_LINK} HTTP/1.1" 200 -'
    logging.getLogger("werkzeug").info(line)
    logging.getLogger("gunicorn.access").info(line)
    logging.getLogger("gunicorn.error").error("Error handling request %s", f"/a/{SECRET_LINK}?lang=cy")
    logging.getLogger("pulse").warning("Slow: %s", f"/r/{SECRET_LINK}/2?page=1&lang=cy")
    logging.getLogger("werkzeug").info(" * Running on http://127.0.0.1:5000")
    assert [record.getMessage() for record in caplog.records] == [
        "Error handling request /a/[hidden]",
        "Slow: /r/[hidden]?page=1",
        " * Running on http://127.0.0.1:5000",
    ]


@pytest.mark.parametrize(
    "quoted", ["HTTP Header: 'Cookie ballot=PLANTED'", "HTTP request line: 'q=PLANTED\\r\\n'"]
)
def test_what_gunicorn_could_not_read_is_not_quoted(
    app: Flask, caplog: pytest.LogCaptureFixture, quoted: str
) -> None:
    """Not even whose it was: it may be a cookie, or a piece of somebody's answers."""
    logging.getLogger("gunicorn.error").warning(f"Invalid request from ip=192.0.2.7: Invalid {quoted}")
    assert caplog.messages == ["Invalid request: it was not HTTP, and was refused"]
