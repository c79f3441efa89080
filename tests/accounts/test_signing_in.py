"""Who gets in, how often it may be tried, and how long it lasts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from pulse.accounts import managing, passwords, queries, signing_in
from pulse.accounts.models import SignIn, SignInThrottle
from pulse.accounts.signing_in import SignInRefusedError, TooManyAttemptsError
from pulse.db import db, writing
from pulse.web.access import Role
from tests.accounts.factories import PASSWORD, make_account

NOW = datetime(2027, 3, 8, 9, 0, tzinfo=UTC)
KEY = "a key for the throttle's names"


def try_signing_in(
    email: str, password: str = PASSWORD, network: str = "192.0.2.7", now: datetime = NOW
) -> str:
    return signing_in.sign_in(email, password, network=network, key=KEY, now=now)


def refuse(email: str, password: str = "wrong", network: str = "192.0.2.7", now: datetime = NOW) -> None:
    with pytest.raises(SignInRefusedError):
        try_signing_in(email, password, network, now)


def test_the_right_password_signs_in_whatever_the_capitals_of_the_address(app: Flask) -> None:
    account = make_account(email="ann@example.org")
    secret = try_signing_in("  Ann@Example.org ")
    resumed = signing_in.resume(secret, NOW)
    assert resumed is not None
    assert resumed.id == account.id


def test_a_wrong_password_an_unknown_address_and_a_disabled_account_do_the_same_work(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, disabled = make_account().email, make_account(active=False).email
    checked: list[str] = []
    real = passwords.HASHER

    class Counting:
        def verify(self, password_hash: str, password: str) -> bool:
            checked.append(password_hash)
            return real.verify(password_hash, password)

        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    for email, password in ((known, "wrong"), ("nobody@example.org", PASSWORD), (disabled, PASSWORD)):
        checked.clear()
        refuse(email, password)
        assert len(checked) == 1


def test_an_unknown_address_is_compared_with_a_hash_as_costly_as_a_real_one() -> None:
    assert not passwords.needs_rehash(passwords._dummy_hash())


def test_signing_in_renews_a_hash_made_with_older_parameters(app: Flask) -> None:
    account = make_account()
    assert passwords.needs_rehash(account.password_hash)
    try_signing_in(account.email)
    assert not passwords.needs_rehash(account.password_hash)
    assert passwords.verify_password(account.password_hash, PASSWORD)


def test_the_database_keeps_only_a_hash_of_the_cookies_secret(app: Flask) -> None:
    secret = try_signing_in(make_account().email)
    stored = db.session.scalars(select(SignIn)).one()
    assert len(secret) >= 43  # 256 bits in base64
    assert stored.secret_hash == signing_in.hash_secret(secret)
    assert secret.encode() not in stored.secret_hash


def test_every_signing_in_has_its_own_secret(app: Flask) -> None:
    email = make_account().email
    assert try_signing_in(email) != try_signing_in(email)


def test_it_ends_after_two_hours_without_a_page(app: Flask) -> None:
    secret = try_signing_in(make_account().email)
    assert signing_in.resume(secret, NOW + timedelta(hours=2)) is None


def test_each_page_moves_the_idle_limit_but_not_the_end(app: Flask) -> None:
    secret = try_signing_in(make_account().email)
    for hours in range(1, 12):
        assert signing_in.resume(secret, NOW + timedelta(hours=hours)) is not None
    assert signing_in.resume(secret, NOW + timedelta(hours=12)) is None


def test_pages_in_quick_succession_write_nothing(app: Flask) -> None:
    secret = try_signing_in(make_account().email)
    signing_in.resume(secret, NOW + timedelta(minutes=4))
    assert db.session.scalars(select(SignIn.idle_at)).one() == NOW + signing_in.IDLE
    signing_in.resume(secret, NOW + timedelta(minutes=6))
    assert db.session.scalars(select(SignIn.idle_at)).one() == NOW + timedelta(minutes=6) + signing_in.IDLE


def test_disabling_an_account_ends_what_it_has_open(app: Flask) -> None:
    make_account()
    leaver = make_account()
    secret = try_signing_in(leaver.email)
    managing.disable(leaver.email)
    assert signing_in.resume(secret, NOW) is None
    refuse(leaver.email, PASSWORD)


def test_an_account_disabled_by_hand_in_the_database_is_out_at_once(app: Flask) -> None:
    account = make_account()
    secret = try_signing_in(account.email)
    with writing():
        account.active = False
    assert signing_in.resume(secret, NOW) is None


def test_signing_out_ends_it_on_the_server_and_may_be_done_twice(app: Flask) -> None:
    secret = try_signing_in(make_account().email)
    signing_in.sign_out(secret)
    signing_in.sign_out(secret)
    assert signing_in.resume(secret, NOW) is None


def test_one_account_may_be_tried_ten_times_in_fifteen_minutes(app: Flask) -> None:
    account = make_account()
    for number in range(signing_in.ATTEMPTS_PER_ACCOUNT):
        refuse(account.email, network=f"198.51.{number}.1")
    with pytest.raises(TooManyAttemptsError):
        try_signing_in(account.email)  # even with the right password
    assert try_signing_in(account.email, now=NOW + signing_in.WINDOW)


def test_whoever_is_signed_in_may_try_the_password_ten_times_and_shuts_nobody_out(app: Flask) -> None:
    account = make_account()

    def fits(password: str, now: datetime = NOW) -> bool:
        return signing_in.check_own_password(account.id, password, key="a key", now=now)

    assert [fits("wrong") for _ in range(9)] + [fits(PASSWORD)] == [False] * 9 + [True]
    assert not any(fits("wrong") for _ in range(10))
    with pytest.raises(TooManyAttemptsError):
        fits(PASSWORD)
    assert try_signing_in(account.email)
    assert fits(PASSWORD, NOW + signing_in.WINDOW)


def test_an_unknown_address_is_throttled_like_a_known_one(app: Flask) -> None:
    for _ in range(signing_in.ATTEMPTS_PER_ACCOUNT):
        refuse("nobody@example.org")
    with pytest.raises(TooManyAttemptsError):
        try_signing_in("Nobody@example.org")


def test_success_gives_an_account_its_attempts_back(app: Flask) -> None:
    account = make_account()
    for _ in range(3):
        for _ in range(signing_in.ATTEMPTS_PER_ACCOUNT - 1):
            refuse(account.email)
        try_signing_in(account.email)


def test_one_network_may_try_many_accounts_only_so_often(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "ATTEMPTS_PER_NETWORK", 5)
    for number in range(5):
        refuse(f"guess{number}@example.org", network=f"203.0.113.{number}")
    account = make_account()
    with pytest.raises(TooManyAttemptsError):
        try_signing_in(account.email, network="203.0.113.200")
    assert try_signing_in(account.email, network="203.0.114.1")


def test_people_who_sign_in_do_not_use_their_network_up(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "ATTEMPTS_PER_NETWORK", 3)
    for _ in range(6):
        try_signing_in(make_account().email)


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        ("fe80::1%eth0", "fe80::/56"),
        ("not an address", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_network_is_what_one_office_shares(address: str, prefix: str) -> None:
    assert signing_in.network_prefix(address) == prefix


def test_the_throttle_names_no_account_and_no_network(app: Flask) -> None:
    refuse("nobody@example.org")
    for row in db.session.scalars(select(SignInThrottle)):
        assert len(row.key_hash) == 32
        assert b"nobody" not in row.key_hash
        assert row.key_hash not in (
            signing_in.hash_secret("192.0.2.0/24"),
            signing_in.hash_secret("192.0.2.7"),
        )


def test_attempts_counted_one_after_another_stop_exactly_at_the_limit(app: Flask) -> None:
    with writing():
        allowed = [queries.claim_attempt(b"k" * 32, 3, signing_in.WINDOW, NOW) for _ in range(5)]
    assert allowed == [True, True, True, False, False]


def test_attempts_made_at_the_same_moment_cannot_all_see_the_last_free_place(app: Flask) -> None:
    def claim(_number: int) -> bool:
        with app.app_context(), writing():
            return queries.claim_attempt(b"k" * 32, 5, signing_in.WINDOW, NOW)

    with ThreadPoolExecutor(8) as pool:
        allowed = list(pool.map(claim, range(20)))
    assert sum(allowed) == 5


def test_what_is_over_is_purged_and_what_is_not_is_kept(app: Flask) -> None:
    refuse("nobody@example.org")
    secret = try_signing_in(make_account(Role.LEADER).email, now=NOW + timedelta(hours=1))
    assert signing_in.purge(NOW + timedelta(hours=1, minutes=1)) == 0
    assert signing_in.resume(secret, NOW + timedelta(hours=1)) is not None
    assert signing_in.purge(NOW + timedelta(hours=13)) > 0
    assert db.session.scalars(select(SignIn)).all() == []
    assert db.session.scalars(select(SignInThrottle)).all() == []
