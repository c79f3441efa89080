"""The pages of bridges: which questions of a survey changed, and whether its people are enough."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.banks.store import get_library
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.surveys import bridges, queries
from pulse.surveys.forecast import Before
from pulse.surveys.views import EDITORS, READERS, show_missing
from pulse.web.access import allow_roles

blueprint = Blueprint("bridges", __name__, url_prefix="/programmes", template_folder="templates")
allow_roles(blueprint, *READERS, plan=EDITORS, take_back=EDITORS)
said_whole(blueprint)


@blueprint.get("/bridges")
def list_surveys() -> ResponseReturnValue:
    """Every survey with the changed questions that it asks or asked."""
    found = [
        (programme, bridges.list_changed(programme, bridges.room_of(programme, _before(programme.id))))
        for programme in queries.list_programmes()
    ]
    return render_template("surveys/bridges_all.html", found=[each for each in found if each[1]])


@blueprint.get("/<int:programme_id>/bridges")
def show(programme_id: int) -> ResponseReturnValue:
    """The changed questions of one survey; what is planned, asked now, and found."""
    programme = queries.get_programme(programme_id)
    room = bridges.room_of(programme, _before(programme_id))
    # results lie above this package, so the application lends what a release says of a bridge
    verdict_of: bridges.VerdictOf = current_app.extensions["pulse.bridge_verdict"]
    changed = [
        (each, verdict_of(each.wave, each.new.id) if each.wave and each.wave.state == "released" else "")
        for each in bridges.list_changed(programme, room)
    ]
    shared = {"library": get_library(), "may_edit": require_account().role in EDITORS}
    return render_template("surveys/bridges.html", programme=programme, room=room, changed=changed, **shared)


@blueprint.post("/<int:programme_id>/bridges/plan")
def plan(programme_id: int) -> ResponseReturnValue:
    """Bridge a change in the next wave that would ask the question."""
    try:
        found = bridges.plan_bridge(programme_id, request.form.get("new", ""), _before(programme_id))
    except bridges.BridgeError as error:
        flash(str(error), "error")
    else:
        flash(
            _("The bridge from %(old)s to %(new)s is planned.", old=found.old.id, new=found.new.id), "success"
        )
    return redirect(url_for(".show", programme_id=programme_id), 303)


@blueprint.post("/<int:programme_id>/bridges/remove")
def take_back(programme_id: int) -> ResponseReturnValue:
    """Plan a bridge no more."""
    try:
        bridges.take_back(programme_id, request.form.get("new", ""))
    except bridges.BridgeError as error:
        flash(str(error), "error")
    else:
        flash(_("The bridge is taken back: everybody is asked the same."), "success")
    return redirect(url_for(".show", programme_id=programme_id), 303)


blueprint.register_error_handler(queries.NotFound, show_missing)


def _before(programme_id: int) -> Before:
    found: Before = current_app.extensions["pulse.last_release"](programme_id)
    return found
