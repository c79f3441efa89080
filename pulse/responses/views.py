"""The form, its one submission, and the thank-you page."""

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from pulse.db import DATABASE_AWAY
from pulse.domain.sheets import asked_of
from pulse.languages.choosing import current_language, for_everybody, offer
from pulse.responses.forms import SurveyForm, answers_of, comments_of, form_for
from pulse.responses.submission import (
    Ballot,
    Standing,
    find_ballot,
    find_plan_behind,
    find_programme_behind,
    submit,
)
from pulse.surveys.languages import languages_of, newest_plan, plan_in, programme_in, version_of
from pulse.surveys.staff_link import find_open_wave, find_programme
from pulse.web.access import allow_everyone
from pulse.web.ballot_cookie import clear_ballot_cookie, read_ballot_cookie
from pulse.web.haste import hurry
from pulse.web.kiosk import kiosk_start
from pulse.web.logs import describe

blueprint = Blueprint("responses", __name__, url_prefix="/survey", template_folder="templates")
allow_everyone(blueprint)
for_everybody(blueprint)
hurry(blueprint)
#: stands for the CSRF token in a page that is otherwise the same for everybody
_CSRF_SLOT = "csrf-token-goes-here"
_BLANK_PAGES = 128
_blank_pages: dict[tuple[int, str, bool, int, str, str], str] = {}


@blueprint.get("")
def form() -> ResponseReturnValue:
    """The blank form."""
    token = read_ballot_cookie()
    ballot = find_ballot(token)
    if isinstance(ballot, Standing):
        return _no_form(ballot, token)
    offer(languages_of(ballot.plan))
    return _blank_page(ballot).replace(_CSRF_SLOT, generate_csrf())


@blueprint.post("")
def send() -> ResponseReturnValue:
    """Check, seal and store; a retry is thanked like the first time.

    Whatever goes wrong on our side, what was typed goes back to be sent again: no fault is worth an answer.
    """
    try:
        return _store(read_ballot_cookie())
    except Exception as error:
        current_app.logger.error("An answer could not be stored in %s\n%s", request.endpoint, describe(error))
        return _hand_back(held=False)


@blueprint.get("/thanks")
def thanks() -> ResponseReturnValue:
    """What happens next. The cookie goes; the page is the same for everybody who was asked."""
    values = _results_of(request.args.get("survey"))
    response = make_response(render_template("responses/thanks.html", **values))
    clear_ballot_cookie(response)
    return response


def _results_of(key: str | None) -> dict[str, object]:
    """The survey whose results have this key, and when they come; nothing where it cannot be looked up.

    The answers are in: a database that is away now must not make it look as if they were not.
    """
    try:
        programme = find_programme(key or "")
        if programme is None:
            return {}
        plan = newest_plan(programme)
        offer(languages_of(plan))
        said = programme_in(programme, plan, current_language())
        return {"programme": said, "wave": find_open_wave(programme)}
    except DATABASE_AWAY:
        return {}


def _store(token: str) -> ResponseReturnValue:
    ballot = find_ballot(token)
    if isinstance(ballot, Standing):
        return _after_sending(ballot, token)
    offer(languages_of(ballot.plan))
    filled = form_for(ballot)
    if not filled.validate():
        return _render_form(ballot, filled, generate_csrf()), 422
    return _after_sending(submit(token, answers_of(filled, ballot), comments_of(filled, ballot)), token)


def _after_sending(standing: Standing, token: str) -> ResponseReturnValue:
    if standing is Standing.OPEN:
        return _thank(token)
    return _hand_back(held=True) if standing is Standing.HELD else _no_form(standing, token)


def _no_form(standing: Standing, token: str) -> ResponseReturnValue:
    """A used link goes to the thank-you page: double clicks and lost connections end well."""
    _offer_behind(token)
    if standing is Standing.SPENT:
        return _thank(token)
    status = {Standing.CLOSED: 410, Standing.HELD: 503}.get(standing, 404)
    page: Response = make_response(render_template("responses/no_form.html", standing=standing.value), status)
    return page


def _offer_behind(token: str) -> None:
    """The languages of a link's wave, for a page that tells that the link is closed."""
    try:
        offer(languages_of(find_plan_behind(token)))
    except DATABASE_AWAY:  # what the page says is worth more than its language
        return


def _thank(token: str) -> ResponseReturnValue:
    """To the thank-you page, by an address that everybody who was asked has in common."""
    try:
        programme = find_programme_behind(token)
    except DATABASE_AWAY:  # the answers are in all the same
        programme = None
    return redirect(url_for(".thanks", survey=programme.results_key if programme else None), 303)


def _hand_back(*, held: bool) -> ResponseReturnValue:
    """Nothing could be stored: the typed answers, in a form that can be sent again.

    It asks the database for nothing, which may be what is away. `held`: the wave is closed for now.
    """
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    page = render_template("responses/try_again.html", typed=typed, csrf=generate_csrf(), held=held)
    return page, 503, {"Retry-After": "600" if held else "10"}


def _blank_page(ballot: Ballot) -> str:
    """The page as everybody sees it first, drawn once a wave, block and process: nothing of anybody."""
    language = current_language()
    said = f"{language} {version_of(language)}"
    key = (ballot.wave_id, ballot.plan_sha256, ballot.leads, ballot.block, kiosk_start(), said)
    if key not in _blank_pages:
        if len(_blank_pages) >= _BLANK_PAGES:
            _blank_pages.clear()
        _blank_pages[key] = _render_form(ballot, form_for(ballot), _CSRF_SLOT)
    return _blank_pages[key]


def _render_form(ballot: Ballot, filled: SurveyForm, csrf: str) -> str:
    wave, language = ballot.wave, current_language()
    plan = plan_in(ballot.plan, language)
    questions = [(item, filled[item["id"]]) for item in asked_of(plan, ballot.leads, ballot.block)]
    errors = [(field.name, field.errors[0]) for _, field in questions if field.errors]
    errors += [("", sentence) for sentence in filled.form_errors]
    return render_template(
        "responses/form.html",
        programme=programme_in(wave.programme, plan, language),
        plan=plan,
        questions=questions,
        leader_items={item["id"] for item in ballot.plan["leader_items"]},
        form_errors=errors,
        csrf=csrf,
    )
