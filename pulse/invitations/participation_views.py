"""The page of who has answered so far: shares of units, never a person, and none of small ones."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.invitations.participation import find_participation
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.surveys.views import READERS
from pulse.web.access import Role, allow_roles
from pulse.web.errors import error_page

blueprint = Blueprint("participation", __name__, url_prefix="/programmes/waves", template_folder="templates")
allow_roles(blueprint, *READERS, Role.LEADER)
said_whole(blueprint)
#: units on one page
_PAGE = 200


@blueprint.get("/<int:wave_id>/participation")
def show(wave_id: int) -> ResponseReturnValue:
    """Rates of an open wave; leaders see their own part of the tree."""
    account = require_account()
    leads = account.role is Role.LEADER
    found = find_participation(wave_id, account.unit_id or 0 if leads else None)
    if found is None:
        sentence = _("There is no open survey here: go back to the list.")
        return error_page(404, _("There is no such page"), sentence)
    last = max(1, -(-len(found.units) // _PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), last)
    shown = found.units[(number - 1) * _PAGE : number * _PAGE]
    return render_template(
        "invitations/participation.html",
        found=found,
        rows=shown,
        number=number,
        last=last,
        leads=leads,
    )
