"""Keys for other programs: everybody makes and revokes their own, administrators revoke anybody's."""

from datetime import UTC, datetime

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts import key_queries, program_keys
from pulse.accounts.identity import require_account
from pulse.accounts.key_forms import KIND_LABELS, KeyForm
from pulse.accounts.managing import AccountError
from pulse.accounts.models import ApiKey
from pulse.config import Settings
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.web.access import Role, allow_roles

blueprint = Blueprint("account_keys", __name__, template_folder="templates")
allow_roles(blueprint, *Role, list_all=(Role.ADMINISTRATOR,), revoke_any=(Role.ADMINISTRATOR,))
said_whole(blueprint)


@blueprint.route("/account/keys", methods=["GET", "POST"])
def list_own() -> ResponseReturnValue:
    """One's own keys, and a form for another, whose secret is shown once."""
    form, account, now = KeyForm(), require_account(), datetime.now(UTC)
    if form.validate_on_submit():
        try:
            key, secret = _make(form, account.id, now)
        except AccountError as error:
            form.refuse(error)
        else:
            settings: Settings = current_app.config["PULSE"]
            return render_template(
                "accounts/key_once.html", key=key, secret=secret, base_url=settings.base_url
            )
    keys = [(key, program_keys.is_over(key, now)) for key in key_queries.list_keys_of(account.id)]
    return render_template("accounts/keys.html", form=form, keys=keys, kinds=KIND_LABELS)


@blueprint.post("/account/keys/<int:key_id>/revoke")
def revoke_own(key_id: int) -> ResponseReturnValue:
    """End one of one's own keys; another's is unknown here."""
    if not program_keys.revoke(key_id, require_account().id):
        abort(404)
    flash(_("The key is revoked: it opens nothing any more."), "success")
    return redirect(url_for(".list_own"), 303)


@blueprint.get("/accounts/keys")
def list_all() -> ResponseReturnValue:
    """Everybody's keys, without what opens them."""
    now = datetime.now(UTC)
    rows = [(key, account, program_keys.is_over(key, now)) for key, account in key_queries.list_all_keys()]
    return render_template("accounts/all_keys.html", rows=rows, kinds=KIND_LABELS)


@blueprint.post("/accounts/keys/<int:key_id>/revoke")
def revoke_any(key_id: int) -> ResponseReturnValue:
    """End anybody's key."""
    if not program_keys.revoke(key_id):
        abort(404)
    flash(_("The key is revoked: it opens nothing any more."), "success")
    return redirect(url_for(".list_all"), 303)


def _make(form: KeyForm, account_id: int, now: datetime) -> tuple[ApiKey, str]:
    return program_keys.make_key(account_id, form.wish(), key=current_app.config["SECRET_KEY"], now=now)
