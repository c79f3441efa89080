"""The pages of programmes and waves: everybody here but leaders reads them, editors change them."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.domain.words import N_
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.surveys import drafts, overview, programmes, queries, running
from pulse.surveys.ahead import forms_of
from pulse.surveys.forecast import summarise
from pulse.surveys.forecast_words import headline
from pulse.surveys.guardians import can_be_given_up
from pulse.surveys.models import REASON_LENGTH, Wave
from pulse.surveys.planning import waits_for_guardians
from pulse.surveys.problem_words import say_problem
from pulse.surveys.programme_checks import PROFILE_WORDS
from pulse.surveys.programmes import ProgrammeError, WaveError
from pulse.web import navigation
from pulse.web.access import Role, allow_roles
from pulse.web.errors import error_page

EDITORS = (Role.ADMINISTRATOR, Role.OD_EDITOR)
#: who may post a response on the pages of actions, which lie above this package
RESPONDERS = (*EDITORS, Role.HR_ANALYST)
READERS = (*RESPONDERS, Role.UNION_OBSERVER)

blueprint = Blueprint("surveys", __name__, url_prefix="/programmes", template_folder="templates")
allow_roles(
    blueprint,
    *READERS,
    pause_programme=EDITORS,
    resume_programme=EDITORS,
    open_wave=EDITORS,
    let_open_unanswered=EDITORS,
    close_wave=EDITORS,
    cancel_wave=EDITORS,
    count_again=EDITORS,
)
said_whole(blueprint)
_ALSO = ("keys", "forecasts", "wizard", "burden")
navigation.register(N_("Surveys"), "surveys.list_programmes", READERS, order=30, also=_ALSO)


@blueprint.get("/")
def list_programmes() -> ResponseReturnValue:
    """Every programme and where it stands."""
    rows, account = overview.list_overview(), require_account()
    return _page(
        "list",
        rows=rows,
        waiting={wave.id for _programme, wave in rows if wave and _hold(wave)},
        unfinished=drafts.list_unfinished(account.id) if account.role in EDITORS else [],
        worker=running.worker_notice(_now()),
    )


@blueprint.get("/<int:programme_id>")
def show_programme(programme_id: int) -> ResponseReturnValue:
    """What is asked next, of whom and when, and the waves so far."""
    page = overview.get_programme_page(programme_id, _now())
    worker = running.worker_notice(_now())
    # what was released lies above this package, so the application lends what the forecast needs of it
    found = summarise(page.programme, current_app.extensions["pulse.last_release"](programme_id))
    planned = next((wave for wave in page.waves if wave.state == "planned"), None)
    forecast = headline(found) if found else ""
    waits = planned is not None and planned.opens_at <= _now()
    return _page(
        "programme",
        **{"page": page, "forecast": forecast, "planned": planned, "waits": waits, "worker": worker},
        **running.programme_extras(page),
        unanswered=_hold(planned),
    )


@blueprint.post("/<int:programme_id>/pause")
def pause_programme(programme_id: int) -> ResponseReturnValue:
    """No further wave opens until it is resumed."""
    programmes.pause_programme(programme_id)
    flash(_("The survey is paused: no wave opens until you resume it."), "success")
    return redirect(url_for(".show_programme", programme_id=programme_id), 303)


@blueprint.post("/<int:programme_id>/resume")
def resume_programme(programme_id: int) -> ResponseReturnValue:
    """Plan the next wave again, unless people would then be asked for too much of their time."""
    try:
        programmes.resume_programme(programme_id, _now())
    except ProgrammeError as error:
        flash(str(error), "error")
    else:
        flash(_("The survey runs again: its next wave is in the calendar."), "success")
    return redirect(url_for(".show_programme", programme_id=programme_id), 303)


@blueprint.get("/waves/<int:wave_id>")
def show_wave(wave_id: int) -> ResponseReturnValue:
    """One wave: dates, k, questions, and how many have answered where that may be told."""
    return _wave_page(wave_id)


def _wave_page(wave_id: int, reason: str = "", refused: str = "") -> str:
    """With `refused`, the reason that was typed stays in its box, with why it was not taken."""
    page = overview.get_wave_page(wave_id)
    # the register lies above this package, so the application lends the figures that may be shown
    lent = current_app.extensions
    rate = lent["pulse.response_rate"](wave_id) if page.shows_rate else None
    unreached = lent["pulse.unreached"](wave_id)
    counted = {"rate": rate, "unreached": unreached, "reason_length": REASON_LENGTH}
    counted |= {"reason": reason, "refused": refused, "reminders": running.wave_reminders(page.wave)}
    return _page("wave", page=page, **counted, **_standing(page.wave))


@blueprint.get("/waves/<int:wave_id>/preview")
def preview_wave(wave_id: int) -> ResponseReturnValue:
    """The survey as people see it; nothing on it can be sent."""
    page = overview.get_wave_page(wave_id)
    return _page(
        "preview",
        **{"programme": page.wave.programme, "plan": page.plan, "problem": page.problem},
        **{"label": page.wave.label, "forms": forms_of(page.plan), "minutes": page.minutes},
        **{"back": url_for(".show_wave", wave_id=wave_id), "back_words": _("Back to the wave")},
    )


@blueprint.post("/waves/<int:wave_id>/open")
def open_wave(wave_id: int) -> ResponseReturnValue:
    """Have the worker open the wave."""
    why_held = current_app.extensions["pulse.why_held"]
    return _act(
        partial(programmes.open_wave_now, why_held=why_held), wave_id, N_("%(wave)s opens within a minute.")
    )


@blueprint.post("/waves/<int:wave_id>/open-unanswered")
def let_open_unanswered(wave_id: int) -> ResponseReturnValue:
    """Let the wave open without a response to the last one; staff read the reason."""
    reason = request.form.get("reason", "")
    try:
        wave = programmes.let_open_unanswered(wave_id, reason, current_app.extensions["pulse.why_held"])
    except WaveError as error:
        flash(str(error), "error")
        return _wave_page(wave_id, reason, str(error)), 422
    may = N_("%(wave)s may open without a posted response. Staff read the reason before they answer.")
    flash(_(may, wave=wave.label), "success")
    return redirect(url_for(".show_wave", wave_id=wave_id), 303)


@blueprint.post("/waves/<int:wave_id>/close")
def close_wave(wave_id: int) -> ResponseReturnValue:
    """Have the worker close the wave."""
    return _act(programmes.close_wave_now, wave_id, N_("%(wave)s closes within a minute."))


@blueprint.post("/waves/<int:wave_id>/cancel")
def cancel_wave(wave_id: int) -> ResponseReturnValue:
    """Strike a planned wave out."""
    done = N_("%(wave)s is cancelled. The survey goes on with its next date.")
    return _act(programmes.cancel_wave, wave_id, done)


@blueprint.post("/waves/<int:wave_id>/count")
def count_again(wave_id: int) -> ResponseReturnValue:
    """Have the worker count a held wave once more; results lie above this package, so the call is lent."""
    queries.get_wave(wave_id)
    if current_app.extensions["pulse.try_again"](wave_id):
        flash(_("The wave is looked at again within a minute."), "success")
    else:
        flash(_("Only a held wave can be counted again: see below where this one stands."), "error")
    return redirect(url_for(".show_wave", wave_id=wave_id), 303)


@blueprint.errorhandler(queries.NotFound)
def show_missing(error: queries.NotFound) -> ResponseReturnValue:
    """An old or mistyped link."""
    told = _("%(problem)s Go back to the list of surveys.", problem=_(str(error)))
    return error_page(404, _("There is no such page"), told)


def _act(use_case: Callable[[int, datetime], Wave], wave_id: int, done: str) -> ResponseReturnValue:
    try:
        flash(_(done, wave=use_case(wave_id, _now()).label), "success")
    except WaveError as error:
        flash(say_problem(str(error)), "error")
    return redirect(url_for(".show_wave", wave_id=wave_id), 303)


def _standing(wave: Wave) -> dict[str, object]:
    """What decides which buttons the page of a wave has."""
    unanswered = _hold(wave)
    return {
        "unanswered": unanswered,
        "takes_reason": _unanswered(wave) is not None,
        "due": unanswered is None and _is_due(wave),
        "early": wave.closes_at > _now(),
        "early_to_open": wave.opens_at > _now(),
        "needs_guardians": waits_for_guardians(wave),
        "can_give_up": can_be_given_up(wave),
    }


def _hold(wave: Wave | None) -> object | None:
    """What a planned wave waits for, or will: a wave without a response. Actions lie above, and lend it."""
    return _unanswered(wave) if wave is not None and wave.opens_unanswered is None else None


def _unanswered(wave: Wave) -> object | None:
    """The same, also where a reason was given why it may open."""
    if wave.state != "planned":
        return None
    found: object | None = current_app.extensions["pulse.unanswered"](wave.programme_id)
    return found


def _is_due(wave: Wave) -> bool:
    """Whether the worker's next tick opens it, closes it or looks at it: buttons would come too late."""
    if waits_for_guardians(wave):
        return False
    if wave.asked_again:
        return True
    moment = {"planned": wave.opens_at, "open": wave.closes_at}.get(wave.state)
    return moment is not None and moment <= _now()


def _page(template: str, **values: object) -> str:
    may_edit = require_account().role in EDITORS
    shared: dict[str, object] = {"may_edit": may_edit, "state_of": overview.state_of}
    shared |= {"key_modes": overview.KEY_MODES, "who_opens": overview.who_opens, "say_problem": say_problem}
    shared |= {"profile_words": PROFILE_WORDS, "may_respond": require_account().role in RESPONDERS}
    shared |= {"key_mark": overview.key_mark, "key_state": overview.key_state}
    return render_template(f"surveys/{template}.html", **shared, **values)


def _now() -> datetime:
    return datetime.now(UTC)
