"""What an administrator does to accounts, and what owners do to their own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from pulse.accounts import passwords, queries, signing_in
from pulse.accounts.models import Account
from pulse.accounts.password_rules import find_fault
from pulse.db import writing
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.web.access import Role

TOO_MANY = N_("There were too many attempts: wait 15 minutes and try again.")


class AccountError(Exception):
    """One sentence that says what to do; `field` is the form field it belongs to."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class AccountDetails:
    """What an administrator may set. `unit_code` is for leaders only."""

    full_name: str
    role: Role
    unit_code: str = ""
    active: bool = True


def add_account(
    email: str, details: AccountDetails, now: datetime, password: str | None = None
) -> tuple[Account, str]:
    """A new account and its password; without a given one, a one-time password that must be changed."""
    email = email.strip().lower()
    if password is not None:
        _check_password(password, email)
    chosen = password or passwords.random_password()
    password_hash = passwords.hash_password(chosen)
    try:
        with writing():
            account = Account(
                email=email,
                full_name=details.full_name.strip() or email.partition("@")[0],
                password_hash=password_hash,
                role=details.role,
                unit_id=_unit_id(details),
                active=details.active,
                password_is_temporary=password is None,
                created_at=now,
            )
            queries.add_account(account)
    except IntegrityError as error:
        if queries.find_account_by_email(email) is None:
            raise
        raise AccountError("email", _("There is already an account with this e-mail address.")) from error
    return account, chosen


def change_account(account_id: int, details: AccountDetails) -> None:
    """Set name, role, unit and whether the account may sign in; a disabled one is signed out everywhere."""
    with writing():
        account = queries.get_account(account_id)
        stays_administrator = details.active and details.role is Role.ADMINISTRATOR
        if not stays_administrator:
            _keep_an_administrator(account)
        account.full_name = details.full_name.strip() or account.full_name
        # role and unit change together: the table refuses a leader without one even for a moment
        account.role, account.unit_id = details.role, _unit_id(details)
        account.active = details.active
        if not details.active:
            queries.delete_sign_ins_of(account_id)


def reset_password(account_id: int) -> str:
    """A one-time password for the account, which is signed out everywhere; returned once, never stored."""
    password = passwords.random_password()
    password_hash = passwords.hash_password(password)
    with writing():
        account = queries.get_account(account_id)
        account.password_hash, account.password_is_temporary = password_hash, True
        queries.delete_sign_ins_of(account_id)
    return password


def require_own_password(account_id: int, password: str, *, field: str, key: str, now: datetime) -> None:
    """Raises AccountError unless it is the account's password, and not after too many that were not.

    `key` hides the account in the throttle.
    """
    try:
        fits = signing_in.check_own_password(account_id, password, key=key, now=now)
    except signing_in.TooManyAttemptsError:
        raise AccountError(field, _(TOO_MANY)) from None
    if not fits:
        raise AccountError(field, _("Enter the password you signed in with."))


def change_own_password(account_id: int, current: str, new: str, *, key: str, now: datetime) -> str:
    """Set a password of one's own choice, sign every browser out, and begin again in this one.

    Returns the new secret for this browser's cookie. `key` hides the account in the throttle.
    """
    require_own_password(account_id, current, field="current", key=key, now=now)
    account = queries.get_account(account_id)
    _check_password(new, account.email, field="new")
    if passwords.verify_password(account.password_hash, new):
        raise AccountError("new", _("Choose a password that is not the one you have now."))
    password_hash = passwords.hash_password(new)
    with writing():
        account = queries.get_account(account_id)
        account.password_hash, account.password_is_temporary = password_hash, False
        queries.delete_sign_ins_of(account_id)
        return signing_in.begin(account_id, now)


def disable(email: str) -> None:
    """End an account's access at once."""
    account = queries.find_account_by_email(email)
    if account is None:
        raise AccountError("email", "There is no account with this e-mail address: see `pulse user list`.")
    with writing():
        account = queries.get_account(account.id)
        _keep_an_administrator(account)
        account.active = False
        queries.delete_sign_ins_of(account.id)


def _check_password(password: str, email: str, field: str = "password") -> None:
    fault = find_fault(password, email)
    if fault:
        raise AccountError(field, fault)


def _unit_id(details: AccountDetails) -> int | None:
    """The leader's unit; other roles have none, so that a change of role leaves no stale bounds behind."""
    code = details.unit_code.strip()
    if details.role is not Role.LEADER:
        return None
    if not code:
        raise AccountError("unit", _("Enter the code of the unit that this leader leads."))
    unit_id = queries.find_unit_id(code)
    if unit_id is None:
        raise AccountError("unit", _("There is no open unit with this code: check it in the staff list."))
    return unit_id


def _keep_an_administrator(account: Account) -> None:
    """Without an administrator nobody could let anyone back in."""
    if queries.list_administrator_ids() == [account.id]:
        raise AccountError(
            "role",
            _("This is the only administrator: make another one before you change this account."),
        )
