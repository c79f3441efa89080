"""The first page of a survey, and the exchange of its link for a cookie."""

from flask import Blueprint, Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pulse.domain.sheets import minutes_to_answer
from pulse.invitations.standing import Standing, find_entry, standing_of
from pulse.surveys import queries as surveys
from pulse.surveys.plans import plan_of
from pulse.web.access import allow_everyone
from pulse.web.ballot_cookie import set_ballot_cookie

blueprint = Blueprint("invitations", __name__, template_folder="templates")
allow_everyone(blueprint)


@blueprint.get("/a/<token>")
def start(token: str) -> ResponseReturnValue:
    """Who asks, what for, how long, who sees what, and what was done last time. Writes nothing."""
    entry = find_entry(token)
    standing = standing_of(entry)
    if entry is None or standing is not Standing.OPEN:
        return closed_door(standing)
    wave = surveys.get_wave(entry.wave_id)
    plan = plan_of(wave)
    return render_template(
        "invitations/start.html",
        wave=wave,
        programme=wave.programme,
        questions=len(plan["items"]),
        minutes=minutes_to_answer(plan["items"]),
        actions=current_app.extensions["pulse.latest_actions"](wave.programme_id),
    )


@blueprint.post("/a/<token>")
def begin(token: str) -> ResponseReturnValue:
    """Exchange the link for a cookie and go on to an address without a code."""
    standing = standing_of(find_entry(token))
    if standing is not Standing.OPEN:
        return closed_door(standing)
    response = redirect(url_for("responses.form"), 303)
    assert isinstance(response, Response)  # noqa: S101 - for the type checker: redirect makes Flask's own
    set_ballot_cookie(response, token)
    return response


def closed_door(standing: Standing) -> ResponseReturnValue:
    """The page for a link that does not lead to a form, and its status."""
    status = {Standing.SPENT: 200, Standing.CLOSED: 410}.get(standing, 404)
    return render_template("invitations/closed_door.html", standing=standing.value), status
