"""Who is asking, and whether they may: checked before every view, from what each blueprint states."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound
from werkzeug.exceptions import Forbidden

from pulse.accounts import queries, signing_in
from pulse.accounts.models import Account
from pulse.languages.saying import gettext as _
from pulse.web import navigation
from pulse.web.access import ROLE_LABELS, Policy, Role, policy_of

#: kept in the request itself, not in `g`: `g` outlives a request when a test or command holds a context open
_ENVIRON_KEY = "pulse.account"
#: all that a temporary password opens
_WITH_TEMPORARY_PASSWORD = frozenset({"accounts.own_account", "accounts.sign_out"})


@dataclass(frozen=True)
class SignedIn:
    """The account of this request as it was when the request began; no transaction expires or changes it."""

    id: int
    email: str
    full_name: str
    role: Role
    #: where a leader's own subtree starts; None for every other role
    unit_id: int | None
    password_is_temporary: bool


def as_signed_in(account: Account) -> SignedIn:
    """The account as it is now."""
    return SignedIn(
        id=account.id,
        email=account.email,
        full_name=account.full_name,
        role=account.role,
        unit_id=account.unit_id,
        password_is_temporary=account.password_is_temporary,
    )


def current_account() -> SignedIn | None:
    """Who is signed in, looked up at most once a request; None for nobody."""
    if _ENVIRON_KEY not in request.environ:
        request.environ[_ENVIRON_KEY] = _load()
    return cast(SignedIn | None, request.environ[_ENVIRON_KEY])


def require_account() -> SignedIn:
    """Who is signed in, for views that nobody else reaches; 403 otherwise."""
    account = current_account()
    if account is None:
        raise Forbidden
    return account


def forget_current_account() -> None:
    """Look again when next asked: the browser was just signed in or out."""
    request.environ.pop(_ENVIRON_KEY, None)


def scope_unit_ids(account: Account | SignedIn) -> set[int] | None:
    """The units whose results the account may read as the tree stands now; None means every unit.

    Results of a past wave follow that wave's frozen tree instead, starting at `account.unit_id`.
    """
    if account.role is not Role.LEADER:
        return None
    return set() if account.unit_id is None else queries.list_unit_ids_below(account.unit_id)


def landing_url() -> str:
    """Where a person starts after signing in: the first page in their menu."""
    account = require_account()
    items = navigation.items_for(account.role)
    return items[0].href if items else url_for("accounts.own_account")


def init_app(app: Flask) -> None:
    """Check every request, and give pages the menu and the name of who is signed in."""
    app.before_request(_enforce)
    app.jinja_env.globals.update(current_user_label=current_user_label, nav_items=nav_items)


def current_user_label() -> str:
    """The signed-in person's name and role for the top of the page; empty for nobody."""
    account = current_account()
    return "" if account is None else f"{account.full_name} ({_(ROLE_LABELS[account.role])})"


def nav_items() -> list[navigation.NavItem]:
    """The menu of whoever is signed in; empty for nobody."""
    account = current_account()
    return navigation.items_for(account.role) if account else []


def _load() -> SignedIn | None:
    secret = session.get(signing_in.COOKIE_FIELD)
    if not isinstance(secret, str):
        return None
    try:
        account = signing_in.resume(secret, datetime.now(UTC))
    except NoResultFound:  # removed between two statements
        return None
    return None if account is None else as_signed_in(account)


def _enforce() -> ResponseReturnValue | None:
    """Let the view run, send to the sign-in page, or refuse. What states no policy admits nobody."""
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static":
        return None  # unknown, and answered with 404 or 405; or a public file
    policy = _policy()
    if policy.is_public(endpoint):
        return None
    account = current_account()
    if account is None:
        return _to_sign_in(policy)
    if not policy.admits(endpoint, account.role):
        abort(403)
    if account.password_is_temporary and endpoint not in _WITH_TEMPORARY_PASSWORD:
        return redirect(url_for("accounts.own_account"), 303)
    return None


def _policy() -> Policy:
    return policy_of(current_app.blueprints.get(request.blueprint or ""))


def _to_sign_in(policy: Policy) -> ResponseReturnValue:
    """The sign-in page, and afterwards back to a page that was only being read; 403 where no role enters."""
    if policy == Policy():
        abort(403)
    next_page = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=next_page), 303)
