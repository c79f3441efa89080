"""The pages of a wave's key: guardians make it, test it and hand it in here; a wave without one is given up.

What a guardian types, or is shown, is in one request or one response: not in an address, a cookie, a flashed
message or a log. Every page here, like all of Pulse's, tells browsers and proxies to keep no copy.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.domain.words import N_
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.surveys import guardians, overview, queries
from pulse.surveys.guardians import KeyTextError
from pulse.surveys.key_forms import KeyForm, MakeKeyForm, WaveNameForm
from pulse.surveys.models import GUARDIAN, Wave
from pulse.surveys.problem_words import say_problem
from pulse.surveys.programmes import WaveError
from pulse.surveys.views import show_missing
from pulse.web.access import Role, allow_roles

EDITORS = (Role.ADMINISTRATOR, Role.OD_EDITOR)
#: the union may watch how far the ceremony is, and compare fingerprints
WATCHERS = (*EDITORS, Role.HR_ANALYST, Role.UNION_OBSERVER)

blueprint = Blueprint("keys", __name__, url_prefix="/programmes/waves", template_folder="templates")
allow_roles(blueprint, *EDITORS, show_key=WATCHERS)
said_whole(blueprint)


@blueprint.get("/<int:wave_id>/key")
def show_key(wave_id: int) -> ResponseReturnValue:
    """How far the guardians' key is, and the next step."""
    return _page(wave_id)


@blueprint.post("/<int:wave_id>/key/make")
def make_key(wave_id: int) -> ResponseReturnValue:
    """Make the key and show it, for the only time."""
    wave, form = _guarded(wave_id), MakeKeyForm()
    if form.validate_on_submit():
        try:
            texts = guardians.make_key(wave_id, int(form.holders.data))
        except WaveError as error:
            form.form_errors.append(str(error))
        else:
            return render_template(
                "surveys/key_once.html", wave=wave, texts=texts, mark=overview.key_mark(wave)
            )
    return _page(wave_id, make=form), 422


@blueprint.post("/<int:wave_id>/key/test")
def try_key(wave_id: int) -> ResponseReturnValue:
    """Open the test with what the guardians type."""
    return _take(wave_id, guardians.test_key, N_("The key opened its test: this wave can open on its day."))


@blueprint.route("/<int:wave_id>/key/discard", methods=["GET", "POST"])
def discard_key(wave_id: int) -> ResponseReturnValue:
    """Forget a key that its guardians lost before the wave opened; asks who is there, and for the name."""
    wave, form = _guarded(wave_id), WaveNameForm()
    if form.validate_on_submit():
        try:
            guardians.discard_key(wave_id, form.label.data or "")
        except WaveError as error:
            form.label.errors = [*form.label.errors, str(error)]
        else:
            flash(_(guardians.DISCARDED), "success")
            return redirect(url_for(".show_key", wave_id=wave_id), 303)
    shown = {"stage": overview.key_stage(wave), "mark": overview.key_mark(wave)}
    shown["before"] = _(guardians.BEFORE_DISCARDING)
    page = render_template("surveys/discard_key.html", wave=wave, form=form, **shown)
    return page, 422 if form.errors else 200


@blueprint.post("/<int:wave_id>/key/hand")
def hand_key(wave_id: int) -> ResponseReturnValue:
    """Pass the key on to the worker, which counts."""
    secret_key: str = current_app.config["SECRET_KEY"]
    return _take(
        wave_id,
        lambda wave_id, texts: guardians.hand_key(wave_id, texts, secret_key, datetime.now(UTC)),
        N_("The key has been handed in: the answers are counted within a minute."),
    )


@blueprint.route("/<int:wave_id>/give-up", methods=["GET", "POST"])
def give_up(wave_id: int) -> ResponseReturnValue:
    """End a wave whose answers nobody can open; results lie above this package, so the call is lent."""
    wave, form = queries.get_wave(wave_id), WaveNameForm()
    if form.validate_on_submit():
        try:
            current_app.extensions["pulse.give_up"](wave_id, form.label.data)
        except WaveError as error:
            form.label.errors = [*form.label.errors, say_problem(str(error))]
        else:
            flash(_("%(wave)s is given up.", wave=wave.label), "success")
            return redirect(url_for("surveys.show_wave", wave_id=wave_id), 303)
    can = guardians.can_be_given_up(wave)
    return render_template("surveys/give_up.html", wave=wave, form=form, can=can), 422 if form.errors else 200


blueprint.register_error_handler(queries.NotFound, show_missing)


def _take(wave_id: int, use_case: Callable[[int, list[str]], Wave], done: str) -> ResponseReturnValue:
    """Give what was typed to a use case and forget it; the form goes back empty."""
    _guarded(wave_id)
    form = KeyForm()
    if form.validate_on_submit():
        try:
            use_case(wave_id, form.texts())
        except KeyTextError as error:
            form.show_error(error)
        except WaveError as error:
            form.form_errors.append(str(error))
        else:
            flash(_(done), "success")
            return redirect(url_for(".show_key", wave_id=wave_id), 303)
    return _page(wave_id, key=form), 422


def _page(wave_id: int, **forms: Any) -> str:
    wave = _guarded(wave_id)
    values = {"make": MakeKeyForm(formdata=None), "key": KeyForm(formdata=None)} | forms
    return render_template(
        "surveys/key.html",
        wave=wave,
        stage=overview.key_stage(wave),
        state=overview.key_state(wave),
        if_lost=_(guardians.IF_LOST),
        mark=overview.key_mark(wave),
        may_edit=require_account().role in EDITORS,
        errors=next(iter(forms.values()), None),
        **values,
    )


def _guarded(wave_id: int) -> Wave:
    wave = queries.get_wave(wave_id)
    if wave.key_mode != GUARDIAN:
        raise queries.NotFound(N_("The worker holds the key of this wave."))
    return wave
