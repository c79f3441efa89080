"""The page on how the questions of a closed wave did, and its table as CSV. For the whole organisation."""

import io

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.dashboards import diagnostics_page
from pulse.dashboards.diagnostics_page import Diagnostics
from pulse.dashboards.diagnostics_reading import write_csv
from pulse.dashboards.reading import OutOfScope, read_result
from pulse.dashboards.scope import require_readable
from pulse.languages.choosing import said_whole, speaking
from pulse.languages.texts import ENGLISH
from pulse.results.released import NotReleased, read_groups
from pulse.surveys import queries as surveys
from pulse.web.access import Role, allow_roles

blueprint = Blueprint("diagnostics", __name__, url_prefix="/results", template_folder="templates")
# those who shape questions, and who look after the results of everybody
allow_roles(blueprint, Role.ADMINISTRATOR, Role.OD_EDITOR, Role.HR_ANALYST)
said_whole(blueprint)


@blueprint.get("/<int:wave_id>/questions")
def show(wave_id: int) -> ResponseReturnValue:
    """Which questions did their work, and which are worth a look."""
    return render_template("dashboards/diagnostics.html", page=_read(wave_id))


@blueprint.get("/<int:wave_id>/questions.csv")
def download(wave_id: int) -> ResponseReturnValue:
    """The table, a hidden cell with its reason."""
    file = io.StringIO()
    with speaking(ENGLISH):
        write_csv(_read(wave_id).found, file)
    headers = {"Content-Disposition": f'attachment; filename="questions-{wave_id}.csv"'}
    content = file.getvalue().encode("utf-8-sig")
    return Response(content, content_type="text/csv; charset=utf-8", headers=headers)


def _read(wave_id: int) -> Diagnostics:
    """404 for a wave that is not released, shows nothing, or is not there: all look the same."""
    wave = surveys.find_wave(wave_id) if wave_id < 2**31 else None
    if wave is None or wave.state != "released":
        abort(404)
    try:
        if not read_groups(wave):
            abort(404)
        groups = require_readable(require_account(), wave, 0)
        return diagnostics_page.build(read_result(wave, 0), groups)
    except (OutOfScope, NotReleased):
        abort(404)
