"""The results pages. They read releases and nothing else."""

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.dashboards import answers_page, attributes_page, comments_page, home, teams_page, technical_page
from pulse.dashboards.frame import PAGES, endpoint_of
from pulse.dashboards.open_queries import list_open_waves
from pulse.dashboards.reading import OutOfScope, list_all_released, read_result
from pulse.dashboards.scope import list_readable, require_readable
from pulse.dashboards.switching import find_landing
from pulse.domain.words import N_
from pulse.languages.choosing import said_whole
from pulse.results.released import NotReleased, read_groups
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from pulse.web.access import Role, allow_roles
from pulse.web.navigation import register

blueprint = Blueprint("dashboards", __name__, url_prefix="/results", template_folder="templates")
allow_roles(blueprint, *Role)
said_whole(blueprint)
register(N_("Results"), "dashboards.latest", Role, order=10)


@blueprint.get("")
def latest() -> ResponseReturnValue:
    """The newest released wave; or, chosen in the switchers, any wave and group."""
    wave_id, number = request.args.get("wave", type=_row_id), request.args.get("group", 0, type=int)
    if wave_id is not None:
        return _switch(wave_id, number)
    waves = list_all_released()
    if not waves:
        return render_template("dashboards/none_yet.html", open_now=_open_now())
    first = list_readable(require_account(), waves[0])
    own = next((group.number for group in first if group.kind != "organisation"), 0)
    leader = require_account().role == Role.LEADER
    return redirect(url_for(".show", wave_id=waves[0].id, number=own if leader else 0))


def _switch(wave_id: int, number: int) -> ResponseReturnValue:
    """To another wave or group, on the page where the reader is; says so where a group is not there."""
    wanted, chosen_in = _released(wave_id), _released(request.args.get("from", wave_id, type=_row_id))
    try:
        landing = find_landing(require_account(), chosen_in, number, wanted)
    except (OutOfScope, NotReleased):
        abort(404)
    if landing.note:
        flash(landing.note, "note")
    page = endpoint_of(request.args.get("page", ""))
    return redirect(url_for(page, wave_id=wanted.id, number=landing.number))


@blueprint.get("/<int:wave_id>/<int:number>")
def show(wave_id: int, number: int) -> ResponseReturnValue:
    """What is strong, then permission to act, mixed feelings and being treated as an asset."""
    return _page("dashboards/home.html", _released(wave_id), number, home.build, open_now=_open_now())


@blueprint.get("/<int:wave_id>/<int:number>/technical")
def technical(wave_id: int, number: int) -> ResponseReturnValue:
    """Behind the numbers: how sure they are, and how well the questions work."""
    return _page("dashboards/technical.html", _released(wave_id), number, technical_page.build)


@blueprint.get("/<int:wave_id>/<int:number>/answers")
def answers(wave_id: int, number: int) -> ResponseReturnValue:
    """What people answered, question by question."""
    return _page("dashboards/answers.html", _released(wave_id), number, answers_page.build)


@blueprint.get("/<int:wave_id>/<int:number>/attributes")
def attributes(wave_id: int, number: int) -> ResponseReturnValue:
    """By length of service, grade and whatever else the wave declared."""
    return _page("dashboards/attributes.html", _released(wave_id), number, attributes_page.build)


@blueprint.get("/<int:wave_id>/<int:number>/comments")
def comments(wave_id: int, number: int) -> ResponseReturnValue:
    """What people wrote and somebody has read, question by question."""
    item, page = request.args.get("question", ""), request.args.get("page", 1, type=int)
    build = partial(comments_page.build, item=item, page=page)
    return _page("dashboards/comments.html", _released(wave_id), number, build)


@blueprint.get("/<int:wave_id>/<int:number>/teams")
def teams(wave_id: int, number: int) -> ResponseReturnValue:
    """Every team that the reader may open, or those found; the links keep the page that they came from."""
    words, here = request.args.get("find", ""), request.args.get("page", "")
    build = partial(teams_page.build, words=words, here=here if here in PAGES else "results")
    return _page("dashboards/teams.html", _released(wave_id), number, build)


def _row_id(text: str) -> int:
    """The number of a row; 0, which none has, for one that is too large for any; raises ValueError."""
    return int(text) if abs(int(text)) < 2**31 else 0


def _released(wave_id: int) -> Wave:
    """An unknown wave and one that is not released look the same."""
    wave = surveys.find_wave(wave_id)
    if wave is None or wave.state != "released":
        abort(404)
    return wave


def _open_now() -> list[Wave]:
    """Open surveys whose share of answers this reader may see: to a leader, those that ask their unit."""
    return list_open_waves(require_account().unit_id)


def _page(template: str, wave: Wave, number: int, build: home.Build, **more: object) -> ResponseReturnValue:
    """The page for a reader who may open this group; 404 for anybody else."""
    try:
        if number == 0 and not read_groups(wave):
            waves, open_now = list_all_released(), _open_now()
            return render_template("dashboards/nothing_shown.html", wave=wave, waves=waves, open_now=open_now)
        groups = require_readable(require_account(), wave, number)
        return render_template(template, page=build(read_result(wave, number), groups), **more)
    except (OutOfScope, NotReleased):
        abort(404)
