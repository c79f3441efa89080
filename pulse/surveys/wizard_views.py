"""The pages that set up or change a survey, one subject a page; what was typed is kept until it is saved."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound as NoSuchPage

from pulse.accounts.identity import require_account
from pulse.domain.words import N_
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.surveys import draft_queries, drafts, overview, queries, wizard_pages, wizard_words
from pulse.surveys.ahead import forms_of, minutes_of, plan_ahead
from pulse.surveys.details import ProgrammeError, details_of, programme_like
from pulse.surveys.drafts import Overtaken
from pulse.surveys.forms import Typed
from pulse.surveys.models import Programme
from pulse.surveys.wizard import STEPS, TITLES, Reading, read_typed, typed_from
from pulse.web.access import Role, allow_roles
from pulse.web.errors import error_page

EDITORS = (Role.ADMINISTRATOR, Role.OD_EDITOR)
CLOSED_DAYS = wizard_words.CLOSED_DAYS_RULE
_FIRST = next(iter(STEPS))
#: sent with a form, and typed by nobody
_HIDDEN = frozenset({"csrf_token", "show"})

blueprint = Blueprint("wizard", __name__, url_prefix="/programmes", template_folder="templates")
allow_roles(blueprint, *EDITORS)
said_whole(blueprint)


@blueprint.route("/new", methods=["GET", "POST"])
def add_programme() -> ResponseReturnValue:
    """The first step of a new survey; nothing is kept before something was typed."""
    if request.method == "POST":
        draft_id = drafts.start_draft(_me(), _FIRST, _typed(), None, _now())
        return _after(draft_id, _FIRST)
    reading = read_typed({}, None, _now())
    return _step_page(_FIRST, reading, back=url_for("surveys.list_programmes"))


@blueprint.get("/<int:programme_id>/edit")
def edit_programme(programme_id: int) -> ResponseReturnValue:
    """What is set of a survey, each with a link to change it; nothing is kept before something was typed."""
    programme = queries.get_programme(programme_id)
    lines = wizard_words.describe(details_of(programme), programme.rotation)
    begun = [one for one, _name in drafts.list_unfinished(_me()) if one.programme_id == programme_id]
    page = overview.get_programme_page(programme_id, _now())
    return _page("wizard/edit", programme=programme, lines=lines, begun=begun, counts_from=page.counts_from)


@blueprint.route("/<int:programme_id>/edit/<step>", methods=["GET", "POST"])
def edit_step(programme_id: int, step: str) -> ResponseReturnValue:
    """One step of a change that has no draft yet; it gets one when something is sent."""
    programme = queries.get_programme(programme_id)
    _known(step)
    if request.method == "POST":
        draft_id = drafts.start_draft(_me(), step, _typed(), programme_id, _now())
        return _after(draft_id, step)
    reading = read_typed(typed_from(programme), programme, _now())
    return _step_page(step, reading, back=url_for(".edit_programme", programme_id=programme_id))


@blueprint.route("/drafts/<draft_id>/<step>", methods=["GET", "POST"])
def show_step(draft_id: str, step: str) -> ResponseReturnValue:
    """One step of a draft; what is wrong with it stands at its field, also later."""
    _known(step)
    if request.method == "POST":
        drafts.keep_step(draft_id, _me(), step, _typed(), _now())
        return _after(draft_id, step)
    reading = drafts.read_draft(draft_queries.get_draft(draft_id, _me()), _now())
    return _step_page(step, reading, back=_before(draft_id, step, reading), draft_id=draft_id)


@blueprint.route("/drafts/<draft_id>/check", methods=["GET", "POST"])
def check(draft_id: str) -> ResponseReturnValue:
    """Everything that was typed and what follows from it; sent, it is saved."""
    reading = drafts.read_draft(draft_queries.get_draft(draft_id, _me()), _now())
    if request.method == "GET":
        return _check_page(draft_id, reading)
    if reading.raises_k and "raise_k" not in request.form:
        return _check_page(draft_id, reading, refused=_("Tick the box: k cannot be lowered again.")), 422
    try:
        saved = drafts.save_draft(draft_id, _me(), _now())
    except ProgrammeError as error:
        return _check_page(draft_id, reading, refused=str(error)), 422
    if isinstance(saved, Overtaken):
        reading = drafts.read_draft(draft_queries.get_draft(draft_id, _me()), _now())
        return _check_page(draft_id, reading, overtaken=saved), 409
    flash(_done(saved, reading.programme), "success")
    return redirect(url_for("surveys.show_programme", programme_id=saved.id), 303)


@blueprint.post("/drafts/<draft_id>/remove")
def remove_draft(draft_id: str) -> ResponseReturnValue:
    """Throw a draft away."""
    drafts.remove_draft(draft_id, _me())
    flash(_("The draft is removed. Nothing that runs has changed."), "success")
    return redirect(url_for("surveys.list_programmes"), 303)


@blueprint.get("/drafts/<draft_id>/preview/<int:number>")
def preview(draft_id: str, number: int) -> ResponseReturnValue:
    """A wave of a draft as people would see it; nothing on it can be sent."""
    reading = drafts.read_draft(draft_queries.get_draft(draft_id, _me()), _now())
    if not reading.rotation or not 1 <= number < 10_000:
        raise queries.NotFound(N_("There is no such wave."))
    programme = programme_like(reading.so_far, reading.rotation)
    plan, problem = plan_ahead(programme, number)
    return _page(
        "preview",
        **{
            "programme": programme,
            "plan": plan,
            "problem": problem,
            "label": _("wave %(number)s", number=number),
        },
        **{"forms": forms_of(plan), "minutes": minutes_of(plan)},
        **{"back": url_for(".check", draft_id=draft_id), "back_words": _("Back to the check page")},
    )


@blueprint.errorhandler(queries.NotFound)
def show_missing(error: queries.NotFound) -> ResponseReturnValue:
    """An old or mistyped link, or somebody else's draft."""
    return error_page(
        404,
        _("There is no such page"),
        _("%(problem)s Go back to the list of surveys.", problem=_(str(error))),
    )


def _known(step: str) -> None:
    if step not in STEPS:
        raise NoSuchPage


def _typed() -> Typed:
    return {name: values for name, values in request.form.lists() if name not in _HIDDEN}


def _after(draft_id: str, step: str) -> ResponseReturnValue:
    """The same step while something is wrong on it, or its dates are to be shown; else what comes next."""
    reading = drafts.read_draft(draft_queries.get_draft(draft_id, _me()), _now())
    here = url_for(".show_step", draft_id=draft_id, step=step)
    if any(problem.step == step for problem in reading.problems):
        return _step_page(
            step, reading, back=_before(draft_id, step, reading), draft_id=draft_id, action=here
        ), 422
    if "show" in request.form:
        return redirect(f"{here}#ahead", 303)
    if reading.missing:
        return redirect(url_for(".show_step", draft_id=draft_id, step=reading.missing[0]), 303)
    return redirect(url_for(".check", draft_id=draft_id), 303)


def _before(draft_id: str, step: str, reading: Reading) -> str:
    """Where the back link goes: to the check page once everything was typed, else to the step before."""
    if not reading.missing:
        return url_for(".check", draft_id=draft_id)
    place = list(STEPS).index(step)
    if not place:
        return url_for("surveys.list_programmes")
    return url_for(".show_step", draft_id=draft_id, step=list(STEPS)[place - 1])


def _step_page(step: str, reading: Reading, *, back: str, draft_id: str = "", action: str = "") -> str:
    form = reading.forms[step]
    now = _now()
    ahead = {
        "dates": wizard_pages.dates_ahead(reading, now) if step == "when" else [],
        "moments": wizard_pages.reminders_ahead(reading, now) if step == "reach" else [],
        "standings": wizard_pages.languages_ahead(reading) if step == "reach" else [],
        "shows": step == "when" or (step == "reach" and "when" not in reading.missing),
    }
    place = list(STEPS).index(step) + 1
    named = {"step": step, "title": _(TITLES[step]), "place": place, "places": len(STEPS) + 1}
    values = {"back": back, "draft_id": draft_id, "action": action, "programme": reading.programme}
    return _page("wizard/step", form=form, **named, **values, **ahead)


def _check_page(
    draft_id: str, reading: Reading, *, refused: str = "", overtaken: Overtaken | None = None
) -> str:
    found = wizard_pages.check_of(reading, _now())
    lines = wizard_words.describe(reading.details, reading.rotation) if reading.details else []
    values = {"reading": reading, "found": found, "lines": lines, "refused": refused, "overtaken": overtaken}
    like = programme_like(reading.so_far, reading.rotation)
    wave_headings = wizard_pages.wave_headings(like)
    labels = {(line.step, line.field): line.label for line in lines}
    wrong = bool(reading.problems or refused or (found and found.too_much))
    return _page(
        "wizard/check",
        draft_id=draft_id,
        wave_headings=wave_headings,
        labels=labels,
        form_errors=wrong,
        **values,
    )


def _done(saved: Programme, changed: Programme | None) -> str:
    if changed is not None:
        return _("The survey is changed.")
    return _("%(survey)s is set up, and its first wave is planned.", survey=saved.name)


def _page(template: str, **values: object) -> str:
    titles = {step: _(title) for step, title in TITLES.items()}
    return render_template(f"surveys/{template}.html", titles=titles, closed_days=CLOSED_DAYS, **values)


def _me() -> int:
    return require_account().id


def _now() -> datetime:
    return datetime.now(UTC)
