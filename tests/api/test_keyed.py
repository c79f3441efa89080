"""A key opens the API and nothing else, a cookie opens pages and nothing here; errors are one sentence."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from pulse.accounts import key_queries, managing, program_keys
from pulse.accounts.signing_in import hash_secret
from pulse.api.views import blueprint
from pulse.db import db, writing
from pulse.web.access import Role
from pulse.web.problems import SENTENCES
from tests.accounts.factories import make_account, sign_in
from tests.api.scene import Scene, make_key

WAVES = "/api/v1/waves"


@pytest.fixture(autouse=True)
def _nobody_tried_before(scene: Scene) -> None:
    """Every test has the network of its own that it knocks from."""
    from pulse.accounts.models import SignInThrottle

    with writing():
        db.session.query(SignInThrottle).delete()


def status(scene: Scene, secret: str, path: str = WAVES) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return scene.app.test_client(use_cookies=False).get(path, headers=headers).status_code


def test_without_a_key_every_address_but_the_description_says_how_to_get_one(scene: Scene) -> None:
    rules = [
        rule for rule in scene.app.url_map.iter_rules() if rule.endpoint.startswith(f"{blueprint.name}.")
    ]
    closed = [rule for rule in rules if rule.endpoint not in ("api.guide", "api.openapi")]
    assert len(closed) == 8
    for rule in closed:
        built = rule.build(dict.fromkeys(rule.arguments, 1))
        assert built
        found = scene.app.test_client().get(built[1])
        assert found.status_code == 401
        assert found.content_type == "application/problem+json"
        assert found.headers["WWW-Authenticate"].startswith("Bearer realm=")
        assert found.get_json(force=True)["detail"] == SENTENCES[401]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic cHVsc2U6eA==",
        "pulse_x",
        "Bearer \xe9",
        "Bearer a=b, c=d",
        "Bearer x y",
    ],
)
def test_an_odd_header_is_no_key(scene: Scene, header: str) -> None:
    found = scene.app.test_client().get(WAVES, headers={"Authorization": header})
    assert found.status_code == 401


def test_a_cookie_gives_nothing_here_and_a_key_gives_nothing_on_pages(scene: Scene) -> None:
    browser = sign_in(scene.app.test_client(), scene.accounts["administrator"])
    assert browser.get(WAVES).status_code == 401
    assert scene.ask("administrator", "/accounts").status_code == 303
    assert scene.ask("administrator", f"/results/{scene.newest.wave.id}/0").status_code == 303


def test_no_cookie_is_read_or_set(scene: Scene) -> None:
    found = scene.ask("od_editor", WAVES)
    assert "Set-Cookie" not in found.headers
    assert found.headers["Vary"] == "Authorization"


def test_an_answer_may_be_kept_by_its_reader_and_asked_about_again(scene: Scene) -> None:
    first = scene.ask("od_editor", scene.path("figures"))
    assert first.headers["Cache-Control"] == "private, no-cache"
    tag = first.headers["ETag"]
    again = scene.ask("od_editor", scene.path("figures"), **{"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    others = scene.ask("od_editor", scene.path("figures", "Unit A"), **{"If-None-Match": tag})
    assert others.status_code == 200
    assert scene.ask("od_editor", "/api/v1/nothing").headers["Cache-Control"] == "no-store"


def test_a_kept_answer_does_not_outlive_its_key(scene: Scene) -> None:
    account = make_account(Role.OD_EDITOR)
    secret = make_key(account)
    client = scene.app.test_client(use_cookies=False)
    tag = client.get(WAVES, headers={"Authorization": f"Bearer {secret}"}).headers["ETag"]
    managing.disable(account.email)
    headers = {"Authorization": f"Bearer {secret}", "If-None-Match": tag}
    assert client.get(WAVES, headers=headers).status_code == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_it_is_only_read(scene: Scene, method: str) -> None:
    headers = {"Authorization": f"Bearer {scene.keys['administrator']}"}
    found = scene.app.test_client(use_cookies=False).open(WAVES, method=method, headers=headers)
    assert (found.status_code, found.get_json(force=True)["detail"]) == (405, SENTENCES[405])
    assert "GET" in found.headers["Allow"]


def test_head_says_as_much_as_get_without_a_body(scene: Scene) -> None:
    headers = {"Authorization": f"Bearer {scene.keys['od_editor']}"}
    found = scene.app.test_client(use_cookies=False).head(WAVES, headers=headers)
    assert (found.status_code, found.data) == (200, b"")
    assert found.headers["ETag"] == scene.ask("od_editor", WAVES).headers["ETag"]


# --- dead keys --------------------------------------------------------------------------------------------


def test_the_key_of_a_disabled_account_is_dead(scene: Scene) -> None:
    account = make_account(Role.HR_ANALYST)
    secret = make_key(account)
    assert status(scene, secret) == 200
    managing.disable(account.email)
    assert status(scene, secret) == 401


def test_the_key_of_an_account_with_a_one_time_password_is_dead(scene: Scene) -> None:
    account = make_account(Role.HR_ANALYST)
    secret = make_key(account)
    managing.reset_password(account.id)
    assert status(scene, secret) == 401


def test_a_revoked_key_is_dead(scene: Scene) -> None:
    account = make_account(Role.HR_ANALYST)
    secret = make_key(account)
    (key,) = key_queries.list_keys_of(account.id)
    assert program_keys.revoke(key.id, account.id)
    assert status(scene, secret) == 401


def test_a_key_works_to_the_end_of_its_last_day(scene: Scene) -> None:
    secret = make_key(make_account(Role.HR_ANALYST), expires_on=datetime(2027, 6, 30, tzinfo=UTC).date())
    with time_machine.travel(datetime(2027, 6, 30, 22, 59, tzinfo=UTC), tick=False):
        assert status(scene, secret) == 200
    with time_machine.travel(datetime(2027, 6, 30, 23, 1, tzinfo=UTC), tick=False):  # 00:01 in London
        assert status(scene, secret) == 401


def test_the_key_of_a_calendar_opens_no_result(scene: Scene) -> None:
    secret = make_key(scene.accounts["od_editor"], "calendar")
    assert status(scene, secret) == 401
    assert status(scene, secret, f"/calendar/{secret}.ics") == 200
    assert status(scene, scene.keys["od_editor"], f"/calendar/{scene.keys['od_editor']}.ics") == 404


# --- wrong keys -------------------------------------------------------------------------------------------


def test_wrong_keys_have_to_wait_and_good_ones_never_do(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_keys, "ATTEMPTS_PER_NETWORK", 2)
    headers = {"Authorization": "Bearer pulse_made-up"}
    answers = [scene.app.test_client().get(WAVES, headers=headers) for _ in range(3)]
    assert [one.status_code for one in answers] == [401, 401, 429]
    assert answers[-1].headers["Retry-After"] == "900"
    assert answers[-1].get_json(force=True)["detail"] == SENTENCES[429]
    assert answers[0].headers["WWW-Authenticate"].endswith("error=invalid_token")
    assert scene.ask("od_editor", WAVES).status_code == 200
    assert scene.app.test_client().get("/calendar/pulse_wrong.ics").status_code == 429
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        assert status(scene, "pulse_made-up") == 401


def test_no_log_shows_a_key(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = scene.keys["od_editor"]
    logging.getLogger("gunicorn.error").error("Error handling request %s", f"/calendar/{secret}.ics")
    logging.getLogger("pulse").warning("Odd header: Bearer %s", secret)
    logging.getLogger("werkzeug").info(
        f'192.0.2.7 - - [12/Oct/2026 09:00:00] "GET /calendar/{secret}.ics HTTP/1.1" 200 -'
    )
    assert caplog.messages == ["Error handling request /calendar/[hidden]", "Odd header: Bearer [hidden]"]


def test_no_stored_row_shows_a_key(scene: Scene) -> None:
    stored = [key for key, _ in key_queries.list_all_keys()]
    assert hash_secret(scene.keys["od_editor"]) in {key.secret_hash for key in stored}
    assert not any(secret in repr(stored) for secret in scene.keys.values())
