"""A poster of a wave, for walls where people without a work e-mail address pass: open links only."""

from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from pulse.config import Settings
from pulse.surveys import overview, queries
from pulse.surveys.staff_link import staff_link
from pulse.surveys.views import READERS
from pulse.web.access import allow_roles
from pulse.web.errors import error_page
from pulse.web.pdf import NoPdf, make_pdf
from pulse.web.qr import make_square

blueprint = Blueprint("posters", __name__, url_prefix="/programmes/waves", template_folder="templates")
allow_roles(blueprint, *READERS)
STYLE = Path(__file__).parent / "templates/surveys/poster/poster.css"
SIZES = ("a4", "a3")


@blueprint.get("/<int:wave_id>/poster.pdf")
def download(wave_id: int) -> ResponseReturnValue:
    """The poster as a PDF, A4 or, with ?size=a3, A3."""
    size = request.args.get("size", "a4")
    page = overview.get_wave_page(wave_id)
    if page.wave.state not in ("planned", "open") or page.problem or size not in SIZES:
        why = "There is a poster, in A4 and in A3, of a wave that is open or planned."
        return error_page(404, "There is no such poster", why)
    try:
        content = make_pdf(_draw(page, size), STYLE)
    except NoPdf as problem:
        return error_page(503, "There is no PDF just now", str(problem))
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="poster-wave-{wave_id}-{size}.pdf"'
    return response


def _draw(page: overview.WavePage, size: str) -> str:
    """The poster before it is set. It is the same for everybody: no link on it is anybody's own."""
    settings: Settings = current_app.config["PULSE"]
    code_page, results = f"{settings.base_url}/code", staff_link(page.wave.programme, settings.base_url)
    return render_template(
        "surveys/poster/poster.html",
        wave=page.wave,
        minutes=page.minutes,
        size=size,
        ways=[(code_page, make_square(code_page)), (results, make_square(results))],
    )


@blueprint.errorhandler(queries.NotFound)
def show_missing(error: queries.NotFound) -> ResponseReturnValue:
    """An old or mistyped link."""
    return error_page(404, "There is no such page", f"{error} Go back to the list of surveys.")
