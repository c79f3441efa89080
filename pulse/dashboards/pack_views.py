"""Results on paper: a board pack of one group, and a pack of the whole that may be published."""

from pathlib import Path

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.dashboards import home, pack_pictures, pack_public
from pulse.dashboards.download_views import file_name
from pulse.dashboards.reading import OutOfScope, Result, read_result
from pulse.dashboards.scope import require_readable
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.results.released import NotReleased
from pulse.results.released_types import ReleasedGroup
from pulse.surveys import queries as surveys
from pulse.web.access import Role, allow_roles
from pulse.web.errors import error_page
from pulse.web.pdf import NoPdf, make_pdf

blueprint = Blueprint("packs", __name__, url_prefix="/results", template_folder="templates")
allow_roles(blueprint, *Role)
said_whole(blueprint)
STYLE = Path(__file__).parent / "templates/dashboards/packs/pack.css"


@blueprint.get("/<int:wave_id>/<int:number>/board-pack.pdf")
def board(wave_id: int, number: int) -> ResponseReturnValue:
    """What the results page of a group shows, for a meeting."""
    result, groups = _readable(wave_id, number)
    page = home.build(result, groups)
    drawn = pack_pictures.pictures(result)
    return _pdf(result, render_template("dashboards/packs/board.html", page=page, drawn=drawn), "board-pack")


@blueprint.get("/<int:wave_id>/publication-pack.pdf")
def publication(wave_id: int) -> ResponseReturnValue:
    """The whole's scores without anything that could lead to a few people."""
    result, _groups = _readable(wave_id, 0)
    pack = pack_public.build(result)
    return _pdf(result, render_template("dashboards/packs/publication.html", pack=pack), "publication-pack")


def _readable(wave_id: int, number: int) -> tuple[Result, list[ReleasedGroup]]:
    """A group that this reader may open; unknown, not released and not theirs look the same (404)."""
    wave = surveys.find_wave(wave_id)
    if wave is None or wave.state != "released":
        abort(404)
    try:
        groups = require_readable(require_account(), wave, number)
        return read_result(wave, number), groups
    except (OutOfScope, NotReleased):
        abort(404)


def _pdf(result: Result, html: str, name: str) -> ResponseReturnValue:
    try:
        content = make_pdf(html, STYLE)
    except NoPdf as problem:
        sentence = _("%(problem)s The tables can be downloaded.", problem=problem)
        return error_page(503, _("There is no PDF just now"), sentence)
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(result, name)}.pdf"'
    return response
