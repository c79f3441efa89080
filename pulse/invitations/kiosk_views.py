"""The kiosk's first page: a large field for the code on a slip, and nothing that leads away."""

from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import current_account
from pulse.invitations.forms import CodeForm
from pulse.invitations.views import Refusal, take_code
from pulse.languages.choosing import current_language, for_everybody, offer
from pulse.languages.saying import gettext
from pulse.surveys.languages import languages_anywhere, languages_of, newest_plan, programme_in
from pulse.surveys.models import Programme
from pulse.surveys.staff_link import find_programme
from pulse.web.access import allow_everyone
from pulse.web.ballot_cookie import clear_ballot_cookie
from pulse.web.errors import error_page
from pulse.web.haste import hurry
from pulse.web.kiosk import START, enter_kiosk, forget_forms, leave_kiosk

blueprint = Blueprint("kiosk", __name__, url_prefix=START, template_folder="templates")
allow_everyone(blueprint)
for_everybody(blueprint)
hurry(blueprint)


@blueprint.route("", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Make this device a kiosk of every open survey, forget whoever was here, and ask for a code."""
    return _first_page(None)


@blueprint.route("/<key>", methods=["GET", "POST"])
def start_survey(key: str) -> ResponseReturnValue:
    """The same with the name of one survey: a code of any other works too, and tells which it is of."""
    programme = find_programme(key)
    if programme is None:
        advice = gettext(
            "No survey has this link: open the kiosk again from its poster or from the survey's page."
        )
        return error_page(404, gettext("There is no such kiosk"), advice)
    return _first_page(programme)


@blueprint.get("/leave")
def leave() -> ResponseReturnValue:
    """Make this device like any other again."""
    response = redirect(url_for("invitations.code"), 303)
    assert isinstance(response, Response)  # noqa: S101 - for the type checker: redirect makes Flask's own
    leave_kiosk(response)
    clear_ballot_cookie(response)
    return response


def _first_page(programme: Programme | None) -> ResponseReturnValue:
    if current_account() is not None:  # the next person here would have the pages of whoever signed in
        return render_template("invitations/kiosk_signed_in.html")
    offer(languages_of(newest_plan(programme)) if programme else languages_anywhere())
    if request.method != "POST":
        forget_forms()
    form = CodeForm()
    status = 200
    if form.is_submitted():
        taken = take_code(form, datetime.now(UTC))
        if not isinstance(taken, Refusal):
            return taken
        status = taken.status
    return _page(form, programme, status)


def _page(form: CodeForm, programme: Programme | None, status: int) -> Response:
    """In kiosk mode from this very page on, and without a trace of the person before."""
    start = f"{START}/{programme.results_key}" if programme else START
    said = programme_in(programme, newest_plan(programme), current_language()) if programme else None
    page = render_template(
        "invitations/kiosk.html",
        form=form,
        form_errors=form.errors,
        programme=said,
        kiosk_start=lambda: start,
    )
    response: Response = make_response(page, status)
    enter_kiosk(response, programme.results_key if programme else "")
    clear_ballot_cookie(response)
    return response
