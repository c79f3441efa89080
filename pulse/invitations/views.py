"""The first page of a survey, and the exchange of its link, or of a paper code, for a cookie."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.signing_in import network_prefix
from pulse.domain.words import N_
from pulse.invitations import first_page, paper
from pulse.invitations.brake import Brake
from pulse.invitations.forms import CodeForm
from pulse.invitations.offering import offer_of
from pulse.invitations.queries import Entry
from pulse.invitations.standing import Standing, find_entry, standing_of
from pulse.languages.choosing import for_everybody, offer
from pulse.languages.saying import gettext
from pulse.surveys import queries as surveys
from pulse.surveys.languages import languages_anywhere, languages_with_actions
from pulse.surveys.plans import plan_of
from pulse.web.access import allow_everyone
from pulse.web.ballot_cookie import read_ballot_cookie, set_ballot_cookie
from pulse.web.haste import hurry

blueprint = Blueprint("invitations", __name__, template_folder="templates")
allow_everyone(blueprint)
for_everybody(blueprint)
hurry(blueprint)


_TOO_MANY = N_(
    "Too many wrong codes were typed here: wait 15 minutes and try again, or use the link on your slip. "
    "Your code stays good."
)
_UNKNOWN = N_(
    "This code does not open a survey: compare each letter and figure with your slip. If they are the same, "
    "the survey has closed."
)


@blueprint.get("/a/<token>")
def start(token: str) -> ResponseReturnValue:
    """Who asks, what for, how long, who sees what, and what was done last time. Writes nothing."""
    return _start_page(find_entry(token), by_code=False)


@blueprint.post("/a/<token>")
def begin(token: str) -> ResponseReturnValue:
    """Exchange the link for a cookie and go on to an address without a code."""
    entry = find_entry(token)
    offer_of(entry)
    standing = standing_of(entry)
    if standing is not Standing.OPEN:
        return closed_door(standing)
    return _with_cookie("responses.form", token)


@blueprint.get("/code")
def code() -> ResponseReturnValue:
    """Ask for the code on a paper slip."""
    offer(languages_anywhere())
    return _code_page(CodeForm(), 200)


@blueprint.post("/code")
def exchange_code() -> ResponseReturnValue:
    """Exchange the code for the same cookie as a link, and go on to the first page of its survey."""
    offer(languages_anywhere())
    form = CodeForm()
    taken = take_code(form, datetime.now(UTC))
    return _code_page(form, taken.status) if isinstance(taken, Refusal) else taken


@dataclass(frozen=True)
class Refusal:
    """The form says why; it is shown again with this status."""

    status: int


def take_code(form: CodeForm, now: datetime) -> Refusal | ResponseReturnValue:
    """What follows on a typed code: the first page of its survey, or a closed door, or the form once more."""
    if not form.validate():
        return Refusal(422)
    network = network_prefix(request.remote_addr or "")
    brake: Brake = current_app.extensions.setdefault("pulse.code_brake", Brake())
    try:
        token, standing = paper.exchange(form.code.data, network, brake, now)
    except paper.NotACode as misfit:
        return _refuse(form, 422, str(misfit))
    except paper.TooManyTries:
        return _refuse(form, 429, gettext(_TOO_MANY))
    if standing is Standing.UNKNOWN:
        return _refuse(form, 404, gettext(_UNKNOWN))
    if standing is not Standing.OPEN:
        return closed_door(standing, by_code=True)
    return _with_cookie("invitations.start_by_code", token)


def _refuse(form: CodeForm, status: int, problem: str) -> Refusal:
    form.code.errors = [problem]
    return Refusal(status)


@blueprint.get("/code/start")
def start_by_code() -> ResponseReturnValue:
    """The first page of the survey whose code was typed in."""
    return _start_page(find_entry(read_ballot_cookie()), by_code=True)


def closed_door(standing: Standing, *, by_code: bool = False) -> ResponseReturnValue:
    """The page for a link or code that does not lead to a form, and its status."""
    status = {Standing.SPENT: 200, Standing.CLOSED: 410, Standing.HELD: 503}.get(standing, 404)
    page = render_template("invitations/closed_door.html", standing=standing.value, by_code=by_code)
    return page, status


def _start_page(entry: Entry | None, *, by_code: bool) -> ResponseReturnValue:
    standing = standing_of(entry)
    if entry is None or standing is not Standing.OPEN:
        offer_of(entry)
        return closed_door(standing, by_code=by_code)
    wave = surveys.get_wave(entry.wave_id)
    plan = plan_of(wave)
    offer(languages_with_actions(wave.programme, plan))
    values = first_page.values_of(wave, plan, entry.block)
    return render_template("invitations/start.html", by_code=by_code, **values)


def _code_page(form: CodeForm, status: int) -> ResponseReturnValue:
    return render_template("invitations/code.html", form=form, form_errors=form.errors), status


def _with_cookie(endpoint: str, token: str) -> ResponseReturnValue:
    response = redirect(url_for(endpoint), 303)
    assert isinstance(response, Response)  # noqa: S101 - for the type checker: redirect makes Flask's own
    set_ballot_cookie(response, token)
    return response
