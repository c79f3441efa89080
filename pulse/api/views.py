"""The read-only API: released results for other programs, each in the scope of the account behind its key."""

from datetime import datetime

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import SignedIn
from pulse.actions import summaries
from pulse.api import description, schemas, serialising
from pulse.api.keyed import keyed
from pulse.api.reading import get_result, get_wave, list_hidden_units, list_waves
from pulse.config import Settings
from pulse.dashboards.attributes_reading import Tables, read_tables, too_deep
from pulse.dashboards.reading import OutOfScope, read_trends
from pulse.dashboards.words_breaks import breaks
from pulse.languages.choosing import for_everybody, offer
from pulse.languages.texts import LANGUAGES
from pulse.results.asked import trends_asked
from pulse.results.feelings import FEELINGS
from pulse.results.released import NotReleased, read_feelings_map, read_tallies
from pulse.surveys import queries as surveys
from pulse.web.access import allow_everyone
from pulse.web.formatting import LONDON
from pulse.web.problems import problem
from pulse.web.security import PRIVATE

blueprint = Blueprint("api", __name__, template_folder="templates")
#: who asks is said by a key, which every view but the guide and the description asks for itself
allow_everyone(blueprint)
for_everybody(blueprint)
_GROUP = "/api/v1/wave/<int:wave_id>/groups/<int:number>"


@blueprint.get("/api")
def guide() -> ResponseReturnValue:
    """How to use it, for people, in every language; what programs get is in English."""
    offer(LANGUAGES)
    settings: Settings = current_app.config["PULSE"]
    return render_template("api/guide.html", base_url=settings.base_url, endpoints=description.ENDPOINTS)


@blueprint.get("/api/v1/openapi.json")
def openapi() -> ResponseReturnValue:
    """The same for programs."""
    settings: Settings = current_app.config["PULSE"]
    return description.document(settings.base_url)


@blueprint.get("/api/v1/waves")
@keyed
def waves(account: SignedIn) -> ResponseReturnValue:
    return _send(serialising.waves(list_waves(account)))


@blueprint.get("/api/v1/wave/<int:wave_id>/groups")
@keyed
def groups(account: SignedIn, wave_id: int) -> ResponseReturnValue:
    found = get_wave(account, wave_id)
    return _send(serialising.groups(found, list_hidden_units(found)))


@blueprint.get(f"{_GROUP}/figures")
@keyed
def figures(account: SignedIn, wave_id: int, number: int) -> ResponseReturnValue:
    return _send(serialising.figures(get_result(account, wave_id, number)))


@blueprint.get(f"{_GROUP}/tallies")
@keyed
def tallies(account: SignedIn, wave_id: int, number: int) -> ResponseReturnValue:
    result = get_result(account, wave_id, number)
    return _send(serialising.tallies(result, read_tallies(result.group)))


@blueprint.get(f"{_GROUP}/attributes")
@keyed
def attributes(account: SignedIn, wave_id: int, number: int) -> ResponseReturnValue:
    result = get_result(account, wave_id, number)
    tables = Tables([], {}, "") if too_deep(result.group) else read_tables(result)
    return _send(serialising.attributes(result, tables))


@blueprint.get(f"{_GROUP}/trends")
@keyed
def trends(account: SignedIn, wave_id: int, number: int) -> ResponseReturnValue:
    result, measure = get_result(account, wave_id, number), request.args.get("measure", "PTA")
    if measure not in trends_asked(result.plan):
        abort(404)
    line = read_trends(result, [measure])[measure]
    before = breaks(line)[0] if line.before else None
    return _send(serialising.trend(result, measure, line, before))


@blueprint.get(f"{_GROUP}/feelings-map")
@keyed
def feelings_map(account: SignedIn, wave_id: int, number: int) -> ResponseReturnValue:
    result = get_result(account, wave_id, number)
    if FEELINGS not in trends_asked(result.plan):
        abort(404)
    return _send(serialising.feelings_map(result.group, read_feelings_map(result.group)))


@blueprint.get("/api/v1/actions")
@keyed
def actions(_account: SignedIn) -> ResponseReturnValue:
    today = datetime.now(LONDON).date()
    found = [
        (programme, row)
        for programme in surveys.list_programmes()
        for row in summaries.list_for_programme(programme.id, today)
    ]
    return _send(serialising.actions(found, today))


@blueprint.errorhandler(OutOfScope)
@blueprint.errorhandler(NotReleased)
def show_missing(_error: Exception) -> ResponseReturnValue:
    """Unknown, not released and somebody else's look the same."""
    return problem(404)


def _send(body: schemas.Model) -> Response:
    """As JSON that its reader may keep and ask about again: what was released never changes."""
    response = Response(body.model_dump_json(), mimetype="application/json")
    response.headers["Cache-Control"] = PRIVATE
    response.vary.add("Authorization")
    response.add_etag()
    response.make_conditional(request)
    return response
