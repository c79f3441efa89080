"""Any wave of a survey as people will see it: on a phone, at a desk, on paper, in every language.

Nothing on these pages can be sent, and a sheet of paper says that it cannot be counted.
"""

from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from pulse.domain.instrument.translating import translate_item
from pulse.domain.sheets import Plan
from pulse.domain.words import N_
from pulse.languages.choosing import said_whole, speaking
from pulse.languages.saying import gettext as _
from pulse.languages.standing import find_standing
from pulse.languages.texts import ENGLISH, LANGUAGES
from pulse.surveys import queries
from pulse.surveys.ahead import forms_of, minutes_of, next_number, plan_ahead
from pulse.surveys.languages import missing_in, texts_of_wave
from pulse.surveys.models import Programme
from pulse.surveys.views import READERS, show_missing
from pulse.web.access import allow_roles
from pulse.web.errors import error_page
from pulse.web.pdf import NoPdf, make_pdf

blueprint = Blueprint("previews", __name__, url_prefix="/programmes", template_folder="templates")
allow_roles(blueprint, *READERS)
said_whole(blueprint)
STYLE = Path(__file__).parent / "templates/surveys/paper/paper.css"
SCREENS = {"phone": N_("On a phone"), "desk": N_("At a desk")}


@blueprint.get("/<int:programme_id>/preview")
def show(programme_id: int) -> ResponseReturnValue:
    """The first screen, the questions and the end, with minutes."""
    programme = queries.get_programme(programme_id)
    asked = request.args.get("screen", "phone")
    drawn = _drawn(programme) | {"screen": asked if asked in SCREENS else "phone"}
    screens = [(screen, _(words)) for screen, words in SCREENS.items()]
    languages = list(LANGUAGES.items())
    bar = render_template("surveys/_preview_bar.html", screens=screens, languages=languages, **drawn)
    with speaking(str(drawn["language"])):
        return render_template("surveys/preview_any.html", bar=Markup(bar), **drawn)  # noqa: S704 - a template of ours


@blueprint.get("/<int:programme_id>/preview/paper.pdf")
def paper(programme_id: int) -> ResponseReturnValue:
    """The questions on paper, to be read and written on."""
    drawn = _drawn(queries.get_programme(programme_id))
    with speaking(str(drawn["language"])):
        html = render_template("surveys/paper/paper.html", **drawn)
    try:
        content = make_pdf(html, STYLE)
    except NoPdf as problem:
        return error_page(503, _("There is no PDF just now"), str(problem))
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="questions-{programme_id}.pdf"'
    return response


def _drawn(programme: Programme) -> dict[str, object]:
    """The wave and language that are asked for, the next wave and English unless both are there."""
    first = next_number(queries.list_waves(programme.id))
    numbers = [first + ahead for ahead in range(len(programme.rotation))]
    number = request.args.get("wave", first, type=int)
    number = number if number in numbers else first
    language = request.args.get("language", ENGLISH)
    language = language if language in LANGUAGES else ENGLISH
    plan, problem = plan_ahead(programme, number)
    words, missing = _words(programme, plan, language)
    return {
        "programme": programme,
        "said": {name: _said(words, programme, name) for name in ("name", "purpose", "organisation")},
        "number": number,
        "waves": [(one, str(one)) for one in numbers],
        "language": language,
        "problem": problem,
        "missing": missing,
        "forms": [[translate_item(item, words) for item in form] for form in forms_of(plan)],
        "leaders": [translate_item(item, words) for item in plan["leader_items"]],
        "minutes": minutes_of(plan),
        "with_leaders": minutes_of(plan, leads=True),
    }


def _words(programme: Programme, plan: Plan, language: str) -> tuple[Mapping[tuple[str, str], str], int]:
    """What there is of a translation, drafts too, and how many texts, of pages too, are not reviewed."""
    if language == ENGLISH:
        return {}, 0
    texts = texts_of_wave(programme, plan)
    words = {one.text.key: one.words for one in find_standing(language, texts) if one.words}
    return words, len(missing_in(language, texts))


def _said(words: Mapping[tuple[str, str], str], programme: Programme, name: str) -> str:
    typed = str(getattr(programme, name))
    return words.get((f"programme {programme.id}", typed), typed)


blueprint.register_error_handler(queries.NotFound, show_missing)
