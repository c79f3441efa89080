"""A poster of a wave, for walls where people without a work e-mail address pass: open links only."""

from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from pulse.config import Settings
from pulse.domain.sheets import Plan
from pulse.languages.choosing import PARAMETER, said_whole, speaking
from pulse.languages.saying import gettext as _
from pulse.languages.texts import ENGLISH
from pulse.surveys import overview, queries
from pulse.surveys.languages import freeze_languages, languages_of, programme_in
from pulse.surveys.staff_link import staff_link
from pulse.surveys.views import READERS, show_missing
from pulse.web.access import allow_roles
from pulse.web.errors import error_page
from pulse.web.pdf import NoPdf, make_pdf
from pulse.web.qr import make_square

blueprint = Blueprint("posters", __name__, url_prefix="/programmes/waves", template_folder="templates")
allow_roles(blueprint, *READERS)
said_whole(blueprint)
STYLE = Path(__file__).parent / "templates/surveys/poster/poster.css"
SIZES = ("a4", "a3")
#: characters beyond which everything is set a little smaller
_LONG_NAME, _LONG_PURPOSE = 34, 200


@blueprint.get("/<int:wave_id>/poster.pdf")
def download(wave_id: int) -> ResponseReturnValue:
    """The poster as a PDF, A4 or, with ?size=a3, A3."""
    size = request.args.get("size", "a4")
    page = overview.get_wave_page(wave_id)
    if page.wave.state not in ("planned", "open") or page.problem or size not in SIZES:
        why = _("There is a poster, in A4 and in A3, of a wave that is open or planned.")
        return error_page(404, _("There is no such poster"), why)
    try:
        content = make_pdf(_draw(page, size), STYLE)
    except NoPdf as problem:
        return error_page(503, _("There is no PDF just now"), str(problem))
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="poster-wave-{wave_id}-{size}.pdf"'
    return response


def _draw(page: overview.WavePage, size: str) -> str:
    """The poster before it is set. It is the same for everybody: no link on it is anybody's own."""
    # of a wave that has not opened, in the languages in which it would open today
    plan = page.plan if page.frozen else page.plan | freeze_languages(page.wave, page.plan)
    sides = [_side(page, plan, language) for language in (*languages_of(plan), ENGLISH)]
    with speaking(ENGLISH):
        return render_template(
            "surveys/poster/poster.html", programme=page.wave.programme, size=size, sides=sides
        )


def _side(page: overview.WavePage, plan: Plan, language: str) -> dict[str, object]:
    """One side of it: its squares open pages in the language, and what is typed stands without that."""
    settings: Settings = current_app.config["PULSE"]
    more = "" if language == ENGLISH else f"?{PARAMETER}={language}"
    addresses = f"{settings.base_url}/code", staff_link(page.wave.programme, settings.base_url)
    programme = programme_in(page.wave.programme, plan, language)
    with speaking(language):
        words = render_template(
            "surveys/poster/_sheet.html",
            wave=page.wave,
            programme=programme,
            minutes=page.minutes,
            ways=[(address, make_square(f"{address}{more}")) for address in addresses],
        )
    return {
        "language": language,
        "full": len(programme.name) > _LONG_NAME or len(programme.purpose) > _LONG_PURPOSE,
        "words": Markup(words),  # noqa: S704 - a template of ours, which has escaped what it was given
    }


blueprint.register_error_handler(queries.NotFound, show_missing)
