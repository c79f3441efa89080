"""What administrators do to accounts, and what owners do to their own."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pulse.accounts import managing, passwords, queries, signing_in
from pulse.accounts.identity import scope_unit_ids
from pulse.accounts.managing import AccountDetails, AccountError
from pulse.accounts.models import Account
from pulse.db import db, writing
from pulse.web.access import Role
from tests.accounts.factories import PASSWORD, make_account, make_unit

NOW = datetime(2027, 3, 8, 9, 0, tzinfo=UTC)
NEW_PASSWORD = "copper lamp under the ferry"


def details(role: Role = Role.OD_EDITOR, **values: object) -> AccountDetails:
    return AccountDetails(**({"full_name": "Ann Smith", "role": role} | values))  # type: ignore[arg-type]


def test_a_new_account_gets_a_one_time_password_that_must_be_changed(app: Flask) -> None:
    account, password = managing.add_account("Ann@Example.org", details(), NOW)
    assert account.email == "ann@example.org"
    assert account.password_is_temporary
    assert passwords.verify_password(account.password_hash, password)


def test_an_address_has_one_account_however_it_is_capitalised(app: Flask) -> None:
    managing.add_account("ann@example.org", details(), NOW)
    with pytest.raises(AccountError, match="already an account"):
        managing.add_account("ANN@example.org", details(), NOW)
    assert len(queries.list_accounts()) == 1


def test_a_leader_needs_a_unit(app: Flask) -> None:
    with pytest.raises(AccountError, match="Enter the code of the unit"):
        managing.add_account("ann@example.org", details(Role.LEADER), NOW)
    with pytest.raises(AccountError, match="no open unit with this code"):
        managing.add_account("ann@example.org", details(Role.LEADER, unit_code="nowhere"), NOW)
    make_unit("closed", active=False)
    with pytest.raises(AccountError, match="no open unit with this code"):
        managing.add_account("ann@example.org", details(Role.LEADER, unit_code="closed"), NOW)
    assert queries.list_accounts() == []


def test_the_table_itself_refuses_a_leader_without_a_unit(app: Flask) -> None:
    with pytest.raises(IntegrityError), writing():
        queries.add_account(
            Account(email="a@example.org", full_name="A", password_hash="x", role=Role.LEADER, created_at=NOW)
        )


def test_a_leader_sees_the_own_unit_and_all_below_and_others_see_everything(app: Flask) -> None:
    top = make_unit("top")
    service = make_unit("service", parent=top)
    team = make_unit("team", parent=service)
    make_unit("elsewhere", parent=top)
    leader, _ = managing.add_account("ann@example.org", details(Role.LEADER, unit_code=" service "), NOW)
    assert scope_unit_ids(leader) == {service.id, team.id}
    for role in set(Role) - {Role.LEADER}:
        assert scope_unit_ids(make_account(role)) is None


def test_a_circle_in_the_tree_does_not_run_for_ever(app: Flask) -> None:
    first = make_unit("first")
    second = make_unit("second", parent=first)
    with writing():
        first.parent_id = second.id
    assert queries.list_unit_ids_below(first.id) == {first.id, second.id}


def test_a_change_of_role_leaves_no_bounds_behind(app: Flask) -> None:
    account = make_account(Role.LEADER)
    managing.change_account(account.id, details(Role.HR_ANALYST, unit_code="ignored"))
    assert (account.role, account.unit_id) == (Role.HR_ANALYST, None)


def test_a_refused_change_changes_nothing(app: Flask) -> None:
    account = make_account(Role.OD_EDITOR, full_name="Before")
    with pytest.raises(AccountError):
        managing.change_account(account.id, details(Role.LEADER, full_name="After"))
    assert (account.full_name, account.role) == ("Before", Role.OD_EDITOR)


@pytest.mark.parametrize("change", [{"role": Role.OD_EDITOR}, {"role": Role.ADMINISTRATOR, "active": False}])
def test_the_last_administrator_stays(app: Flask, change: dict[str, object]) -> None:
    make_account(active=False)
    last = make_account()
    with pytest.raises(AccountError, match="the only administrator"):
        managing.change_account(last.id, details(**change))  # type: ignore[arg-type]
    with pytest.raises(AccountError, match="the only administrator"):
        managing.disable(last.email)
    make_account()
    managing.change_account(last.id, details(**change))  # type: ignore[arg-type]


def test_a_reset_password_signs_out_everywhere_and_opens_with_the_new_one(app: Flask) -> None:
    account = make_account()
    with writing():
        secret = signing_in.begin(account.id, NOW)
    password = managing.reset_password(account.id)
    assert signing_in.resume(secret, NOW) is None
    assert passwords.verify_password(account.password_hash, password)
    assert not passwords.verify_password(account.password_hash, PASSWORD)
    assert account.password_is_temporary


def test_a_changed_password_ends_every_other_browser_and_keeps_this_one(app: Flask) -> None:
    account = make_account(password_is_temporary=True)
    with writing():
        others = [signing_in.begin(account.id, NOW) for _ in range(3)]
    secret = managing.change_own_password(account.id, PASSWORD, NEW_PASSWORD, key="a key", now=NOW)
    assert [signing_in.resume(other, NOW) for other in others] == [None, None, None]
    assert signing_in.resume(secret, NOW) is not None
    assert not account.password_is_temporary


@pytest.mark.parametrize(
    ("current", "new", "sentence"),
    [
        ("not the one", NEW_PASSWORD, "Enter the password you signed in with."),
        (PASSWORD, "short", "12 or more characters"),
        (PASSWORD, PASSWORD, "not the one you have now"),
    ],
)
def test_a_refused_password_changes_nothing(app: Flask, current: str, new: str, sentence: str) -> None:
    account = make_account()
    before = account.password_hash
    with pytest.raises(AccountError, match=sentence):
        managing.change_own_password(account.id, current, new, key="a key", now=NOW)
    db.session.expire_all()
    assert account.password_hash == before


def test_an_account_never_shows_its_hash_when_printed(app: Flask) -> None:
    account = make_account()
    assert account.password_hash not in repr(account)
