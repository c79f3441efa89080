"""Signing in and out, one's own password, and the administrators' list of accounts."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound
from werkzeug.exceptions import NotFound

from pulse.accounts import managing, queries, signing_in
from pulse.accounts.forms import AccountForm, NewAccountForm, OwnPasswordForm, SignInForm, show_error
from pulse.accounts.identity import current_account, forget_current_account, landing_url, require_account
from pulse.accounts.models import Account
from pulse.domain.words import N_
from pulse.languages.choosing import PARAMETER, said_whole
from pulse.languages.saying import gettext as _
from pulse.web import navigation
from pulse.web.access import ROLE_LABELS, Role, allow_roles

blueprint = Blueprint("accounts", __name__, template_folder="templates")
allow_roles(
    blueprint,
    Role.ADMINISTRATOR,
    public=("sign_in",),
    sign_out=tuple(Role),
    own_account=tuple(Role),
    front_door=tuple(Role),
)
said_whole(blueprint)
navigation.register(N_("Accounts"), "accounts.list_accounts", [Role.ADMINISTRATOR], order=900)
navigation.register(N_("Your account"), "accounts.own_account", Role, order=950, also=["account_keys"])

_REFUSED = N_("The e-mail address or the password is not right: check both and try again.")


@blueprint.get("/")
def front_door() -> ResponseReturnValue:
    """The site's own name: the first page of whoever is signed in, and the sign-in page for anybody else."""
    return redirect(landing_url(), 303)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for e-mail address and password, and go on to the page that was asked for."""
    if request.method == "GET" and current_account():
        return redirect(_next_page(), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form, 200)
    try:
        _keep(_check(form))
    except signing_in.SignInRefusedError:
        return _sign_in_page(form, 200, _(_REFUSED))
    except signing_in.TooManyAttemptsError:
        return _sign_in_page(form, 429, _(managing.TOO_MANY))
    return redirect(_next_page(), 303)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the signed-in period here and on the server."""
    signing_in.sign_out(session.get(signing_in.COOKIE_FIELD, ""))
    _clear_session()
    flash(_("You are signed out."), "success")
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/account", methods=["GET", "POST"])
def own_account() -> ResponseReturnValue:
    """Change one's own password."""
    form, account = OwnPasswordForm(), require_account()
    if form.validate_on_submit():
        try:
            secret = managing.change_own_password(
                account.id,
                form.current.data,
                form.new.data,
                key=current_app.config["SECRET_KEY"],
                now=datetime.now(UTC),
            )
        except managing.AccountError as error:
            show_error(form, error)
        else:
            _keep(secret)
            flash(_("Your password is changed, and every other browser is signed out."), "success")
            return redirect(landing_url(), 303)
    return render_template("accounts/own_account.html", form=form, account=account)


@blueprint.get("/accounts")
def list_accounts() -> ResponseReturnValue:
    """Who may sign in, as what."""
    return render_template("accounts/list.html", rows=queries.list_accounts(), labels=ROLE_LABELS)


@blueprint.route("/accounts/new", methods=["GET", "POST"])
def add_account() -> ResponseReturnValue:
    """Add an account, and show its one-time password once."""
    form = NewAccountForm()
    if form.validate_on_submit():
        try:
            account, password = managing.add_account(form.email.data, form.details(), datetime.now(UTC))
        except managing.AccountError as error:
            show_error(form, error)
        else:
            return render_template("accounts/one_time_password.html", account=account, password=password)
    return render_template("accounts/add.html", form=form)


@blueprint.route("/accounts/<int:account_id>", methods=["GET", "POST"])
def edit_account(account_id: int) -> ResponseReturnValue:
    """Change an account's name, role, unit, and whether it may sign in."""
    account = _account_or_404(account_id)
    form = AccountForm(
        obj=account, unit=queries.find_unit_code(account.unit_id) or "", role=account.role.value
    )
    if form.validate_on_submit():
        try:
            managing.change_account(account_id, form.details())
        except managing.AccountError as error:
            show_error(form, error)
        else:
            flash(_("The account is changed."), "success")
            return redirect(url_for("accounts.list_accounts"), 303)
    return render_template("accounts/edit.html", form=form, account=account)


@blueprint.post("/accounts/<int:account_id>/password")
def reset_password(account_id: int) -> ResponseReturnValue:
    """Replace an account's password with a one-time one, shown once."""
    account = _account_or_404(account_id)
    password = managing.reset_password(account_id)
    return render_template("accounts/one_time_password.html", account=account, password=password)


def is_own_path(target: str) -> bool:
    """Whether this is a path on this very site. Browsers read `//x` and `/\\x` as another site."""
    try:
        parts = urlsplit(target) if target.startswith("/") else None
    except ValueError:  # such as an address with half a bracket
        return False
    if parts is None or parts.scheme or parts.netloc or target[1:2] in ("/", "\\"):
        return False
    return all(character.isprintable() and character != "\\" for character in target)


def _next_page() -> str:
    target = request.args.get("next", "")
    return target if is_own_path(target) else landing_url()


def _sign_in_page(form: SignInForm, status: int, sentence: str = "") -> ResponseReturnValue:
    if sentence:
        form.form_errors.append(sentence)
    return render_template("accounts/sign_in.html", form=form), status


def _check(form: SignInForm) -> str:
    """The secret of a new signed-in period; raises what signing_in raises."""
    key: str = current_app.config["SECRET_KEY"]
    network = request.remote_addr or ""
    return signing_in.sign_in(
        form.email.data, form.password.data, network=network, key=key, now=datetime.now(UTC)
    )


def _keep(secret: str) -> None:
    """A new cookie that holds nothing of the old one: what an attacker planted before signing in is gone."""
    _clear_session()
    session[signing_in.COOKIE_FIELD] = secret


def _clear_session() -> None:
    """All but the language that was chosen, which is one of two and nobody's secret."""
    language = session.get(PARAMETER)
    session.clear()
    if language is not None:
        session[PARAMETER] = language
    forget_current_account()


def _account_or_404(account_id: int) -> Account:
    try:
        return queries.get_account(account_id)
    except NoResultFound as error:
        raise NotFound from error
