"""The results page of staff: a link that everybody invited has, no sign-in, no script, no cookie."""

from datetime import UTC, datetime

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from pulse.dashboards import staff_page, staff_words
from pulse.languages.choosing import current_language, for_everybody, offer
from pulse.surveys.languages import languages_with_actions, newest_plan
from pulse.surveys.models import Wave
from pulse.surveys.staff_link import find_programme
from pulse.web.access import allow_everyone
from pulse.web.haste import hurry

blueprint = Blueprint("staff_results", __name__, url_prefix="/r", template_folder="templates")
allow_everyone(blueprint)
for_everybody(blueprint)
hurry(blueprint)


@blueprint.get("/<key>")
@blueprint.get("/<key>/<int:number>")
def show(key: str, number: int | None = None) -> ResponseReturnValue:
    """The newest released wave, or the one with this number; what is not out yet says when it will be."""
    programme = find_programme(key)
    if programme is None:
        abort(404)
    offer(languages_with_actions(programme, newest_plan(programme)))
    around = staff_page.around(programme, current_language())
    wave = _chosen(around, number)
    if wave is None or wave.state != "released":
        return _not_out(around, wave)
    return render_template(
        "dashboards/staff.html",
        around=around,
        wave=wave,
        page=staff_page.build(wave),
        noticed=staff_page.noticed(around, wave),
        coming=around.says(datetime.now(UTC)),
    )


def _chosen(around: staff_page.Around, number: int | None) -> Wave | None:
    """The wave that is asked for; a number that this survey never had leads nowhere."""
    if number is None:
        return next(iter(around.released), None)
    wave = staff_page.find_wave(around.programme, number)
    if wave is None:
        abort(404)
    return wave


def _not_out(around: staff_page.Around, wave: Wave | None) -> ResponseReturnValue:
    """Before a release: never a number, and the day that is known."""
    wanted = wave or around.coming
    said = staff_words.coming(wanted, datetime.now(UTC)) if wanted else ""
    return render_template("dashboards/staff_not_out.html", around=around, wave=wanted, said=said)
