"""Keys for other programs: what is kept of one, how long it lasts, and who ends it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import text

from pulse.accounts import key_queries, program_keys
from pulse.accounts.managing import AccountError
from pulse.accounts.models import Account, ApiKey
from pulse.accounts.program_keys import KeyWish, make_key, open_with, revoke
from pulse.accounts.signing_in import SignInRefusedError, TooManyAttemptsError
from pulse.db import db
from pulse.web.access import Role
from tests.accounts.factories import PASSWORD, make_account

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def wish(**values: object) -> KeyWish:
    given: dict[str, object] = {"name": " A portal ", "kind": "api", "days": 90, "password": PASSWORD}
    return KeyWish(**(given | values))  # type: ignore[arg-type]


def made(account: Account, **values: object) -> tuple[ApiKey, str]:
    return make_key(account.id, wish(**values), key="a key", now=NOW)


def opens(secret: str, kind: str = "api", network: str = "192.0.2.7", now: datetime = NOW) -> str:
    return open_with(secret, kind, network=network, key="a key", now=now).email


def test_a_key_is_long_recognisable_and_never_the_same(app: Flask) -> None:
    account = make_account()
    secrets = {made(account)[1] for _ in range(5)}
    assert len(secrets) == 5
    assert all(secret.startswith("pulse_") and len(secret) == len("pulse_") + 43 for secret in secrets)


def test_the_database_holds_a_hash_and_no_secret(app: Flask) -> None:
    key, secret = made(make_account())
    rows = str(db.session.execute(text("SELECT * FROM api_key")).all())
    assert secret not in rows
    assert secret.removeprefix("pulse_") not in rows
    assert (key.name, key.expires_on, key.last_used_on) == ("A portal", date(2027, 2, 18), None)


def test_a_key_is_its_account_as_it_is_now(app: Flask) -> None:
    account = make_account(Role.HR_ANALYST)
    assert opens(made(account)[1]) == account.email


def test_the_day_of_its_last_use_is_kept_and_no_more(app: Flask) -> None:
    account = make_account()
    key, secret = made(account)
    key_id = key.id
    for hours in (0, 3, 30):
        opens(secret, now=NOW + timedelta(hours=hours))
    assert [(one.id, one.last_used_on) for one in key_queries.list_keys_of(account.id)] == [
        (key_id, date(2026, 11, 21))
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"password": "wrong"}, "password"), ({"kind": "admin"}, "kind"), ({"days": 3650}, "kind")],
)
def test_a_wrong_wish_makes_nothing(app: Flask, values: dict[str, object], field: str) -> None:
    account = make_account()
    with pytest.raises(AccountError) as refused:
        made(account, **values)
    assert refused.value.field == field
    assert key_queries.list_keys_of(account.id) == []


def test_nobody_heaps_up_keys(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program_keys, "MOST_KEYS", 2)
    account = make_account()
    made(account), made(account)
    with pytest.raises(AccountError, match="revoke one"):
        made(account)


def test_a_key_opens_what_it_was_made_for_and_ends(app: Flask) -> None:
    _, secret = made(make_account(), days=30)
    for kind, now in (("calendar", NOW), ("api", NOW + timedelta(days=31))):
        with pytest.raises(SignInRefusedError):
            opens(secret, kind, now=now)
    opens(secret, now=NOW + timedelta(days=30))


def test_wrong_keys_of_one_network_are_slowed_down_and_those_of_others_are_not(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_keys, "ATTEMPTS_PER_NETWORK", 1)
    _, secret = made(make_account())
    with pytest.raises(SignInRefusedError):
        opens("pulse_wrong")
    for wrong in ("pulse_other", "", secret[:-1], secret.upper()):
        with pytest.raises(TooManyAttemptsError):
            opens(wrong)
    with pytest.raises(SignInRefusedError):
        opens("pulse_wrong", network="198.51.100.1")
    opens(secret)


def test_a_key_is_revoked_by_its_owner_and_not_by_others(app: Flask) -> None:
    owner, other = make_account(), make_account(Role.LEADER)
    key, secret = made(owner)
    key_id, owner_id, other_id = key.id, owner.id, other.id
    assert not revoke(key_id, other_id)
    opens(secret)
    assert revoke(key_id, owner_id)
    assert not revoke(key_id, owner_id)
    with pytest.raises(SignInRefusedError):
        opens(secret)


def test_whoever_runs_the_service_lists_and_revokes_keys(app: Flask, runner: FlaskCliRunner) -> None:
    account = make_account(Role.LEADER)
    email = account.email
    key, secret = made(account)
    key_id = key.id
    listed = runner.invoke(args=["user", "keys"]).output
    assert listed == f"{key_id}\t{email}\tapi\t2027-02-18\tnever used\tA portal\n"
    assert runner.invoke(args=["user", "revoke-key", str(key_id)]).exit_code == 0
    assert runner.invoke(args=["user", "keys"]).output == ""
    with pytest.raises(SignInRefusedError):
        opens(secret)


@pytest.mark.parametrize("number", ["7", "0", "-1", "x", "99999999999"])
def test_a_key_that_is_not_there_is_refused_in_one_sentence(runner: FlaskCliRunner, number: str) -> None:
    done = runner.invoke(args=["user", "revoke-key", "--", number])
    assert done.exit_code == 1
    assert f"There is no key {number}: take a number from `pulse user keys`." in done.output
