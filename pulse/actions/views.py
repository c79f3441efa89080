"""The pages of actions: everybody who is signed in reads them, those who run surveys write them."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.actions import listing, promises, queries
from pulse.actions.forms import ActionForm
from pulse.actions.promises import Promise
from pulse.domain.words import N_
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.surveys import queries as surveys
from pulse.web import navigation
from pulse.web.access import Role, allow_roles
from pulse.web.formatting import LONDON

#: said on every save: the page of staff and the first page of a survey are read without an account
_NAMES_NOBODY = N_("Staff read it without signing in, so check that it names nobody.")
EDITORS = (Role.ADMINISTRATOR, Role.OD_EDITOR, Role.HR_ANALYST)
blueprint = Blueprint("actions", __name__, url_prefix="/actions", template_folder="templates")
allow_roles(blueprint, *Role, add_action=EDITORS, edit_action=EDITORS)
said_whole(blueprint)
navigation.register(N_("Actions"), "actions.list_actions", Role, order=50)


@blueprint.get("")
def list_actions() -> ResponseReturnValue:
    """What was promised after each survey, and what became of it."""
    today, shown = datetime.now(LONDON).date(), listing.shown_from(request.args.get("state", ""))
    account = require_account()
    # what people say of earlier surveys, and who may read what, is known above this package, and is lent
    changed = partial(current_app.extensions["pulse.something_changed"], account)
    may_read = partial(current_app.extensions["pulse.may_read_finding"], account)
    lists = [listing.read_list(one, shown, today, changed, may_read) for one in surveys.list_programmes()]
    may_edit = account.role in EDITORS
    return render_template(
        "actions/list.html", lists=lists, shown=shown, kinds=listing.SHOWN, may_edit=may_edit
    )


@blueprint.route("/programmes/<int:programme_id>/add", methods=["GET", "POST"])
def add_action(programme_id: int) -> ResponseReturnValue:
    """Answer what people said in a wave whose results are out."""
    choices = promises.list_choices(_programme_or_404(programme_id))
    if not choices.waves:
        return _back(_("An action answers results, and this survey has none yet."), "error")
    form = ActionForm()
    form.offer(choices)
    if request.method == "GET":
        form.prefill(request.args)
    if request.method == "POST" and _stored(form, promises.add_promise):
        return _back(f"{_('The action is added.')} {_(_NAMES_NOBODY)}", "success")
    return render_template("actions/edit.html", form=form, adding=True)


@blueprint.route("/<int:action_id>/edit", methods=["GET", "POST"])
def edit_action(action_id: int) -> ResponseReturnValue:
    """Say it anew, or say what became of it."""
    try:
        action = queries.get_action(action_id)
    except queries.NotFound:
        abort(404)
    form = ActionForm(obj=action)
    form.offer(promises.list_choices(action.programme_id))
    if request.method == "POST" and _stored(form, partial(promises.change_promise, action_id)):
        return _back(f"{_('The action is changed.')} {_(_NAMES_NOBODY)}", "success")
    return render_template("actions/edit.html", form=form, adding=False)


def _stored(form: ActionForm, store: Callable[[Promise, datetime], object]) -> bool:
    """Whether it could be stored; else everything that is wrong stands in the form at once."""
    if not form.validate_on_submit():
        form.refuse(promises.list_faults_in_words(form.texts()))
        return False
    promise, now = form.promise(), datetime.now(UTC)
    try:
        store(promise, now)
    except promises.PromiseError as error:
        form.refuse(promises.list_faults(promise, now) or [error])
        return False
    return True


def _programme_or_404(programme_id: int) -> int:
    try:
        return surveys.get_programme(programme_id).id
    except surveys.NotFound:
        abort(404)


def _back(sentence: str, category: str) -> ResponseReturnValue:
    flash(sentence, category)
    return redirect(url_for("actions.list_actions"), 303)
