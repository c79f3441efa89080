"""Comments to read: the redacted texts of a closed wave, before anybody else reads them."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.dashboards.forms import DecisionForm
from pulse.domain.words import N_
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.languages.saying import ngettext
from pulse.results import moderation
from pulse.web.access import Role, allow_roles
from pulse.web.navigation import register

MODERATORS = (Role.OD_EDITOR, Role.HR_ANALYST)
blueprint = Blueprint("comments", __name__, url_prefix="/comments", template_folder="templates")
allow_roles(blueprint, *MODERATORS)
said_whole(blueprint)
register(N_("Comments to read"), "comments.list_questions", MODERATORS, order=15)
_LEFT = N_("Nothing was changed: somebody else may have decided before you.")


@blueprint.get("")
def list_questions() -> ResponseReturnValue:
    """Every question that people wrote something to, and how many comments wait."""
    questions = moderation.list_questions()
    return render_template(
        "dashboards/to_read.html", questions=questions, waiting=sum(one.waiting for one in questions)
    )


@blueprint.get("/<int:wave_id>/<item>")
def read(wave_id: int, item: str) -> ResponseReturnValue:
    """The comments to one question that wait, or that were shown or withheld."""
    try:
        reading = moderation.read(wave_id, item, _status(), _page())
    except moderation.NothingThere:
        abort(404)
    return render_template("dashboards/moderate.html", reading=reading, form=DecisionForm())


@blueprint.post("/<int:wave_id>/<item>")
def decide(wave_id: int, item: str) -> ResponseReturnValue:
    """Show or withhold the comment whose button was pressed, or all on the page."""
    form = DecisionForm()
    decision = form.decision() if form.validate_on_submit() else None
    if decision is None:
        abort(400)
    changed = moderation.decide(wave_id, item, *decision)
    flash(_told(changed, decision[0]), "success" if changed else "error")
    return redirect(url_for(".read", wave_id=wave_id, item=item, status=_status(), page=_page()), 303)


def _status() -> str:
    """Which comments the page lists: those with this status."""
    return request.args.get("status", moderation.WAITING)


def _page() -> int:
    return request.args.get("page", 1, type=int)


def _told(changed: int, status: str) -> str:
    if changed == 0:
        return _(_LEFT)
    if status == moderation.WITHHELD:
        return ngettext("The comment is withheld.", "%(num)s comments are withheld.", changed)
    return ngettext("The comment is shown.", "%(num)s comments are shown.", changed)
