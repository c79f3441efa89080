"""How we measure: open to everybody whose answers are measured, with or without an account."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pulse.dashboards.method_reading import list_chapters
from pulse.languages.choosing import for_everybody, offer
from pulse.languages.texts import LANGUAGES
from pulse.web.access import allow_everyone

blueprint = Blueprint("method", __name__, template_folder="templates")
allow_everyone(blueprint)
for_everybody(blueprint)


@blueprint.get("/method")
def show() -> ResponseReturnValue:
    """Every number in plain words, with its formula, and what it cannot say."""
    offer(LANGUAGES)
    return render_template("dashboards/method.html", chapters=list_chapters())
