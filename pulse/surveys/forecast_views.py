"""The page that forecasts, before a wave opens, which units would have a result, and what another k does."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.form import BaseForm

from pulse.accounts.identity import require_account
from pulse.directory.queries import PersonRow
from pulse.domain.words import N_
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.surveys import forecast_words, queries
from pulse.surveys.forecast import (
    Asked,
    Before,
    ForecastError,
    find_turn,
    forecast_programme,
    list_asked_next,
    list_families,
    read_asked,
    usual_response,
)
from pulse.surveys.models import Programme
from pulse.surveys.views import show_missing
from pulse.web.access import Role, allow_roles

if TYPE_CHECKING:
    from pulse.domain.disclosure.forecast import Forecast, UnitForecast

READERS = (Role.ADMINISTRATOR, Role.OD_EDITOR, Role.HR_ANALYST, Role.UNION_OBSERVER)
#: rows on a page; a tree with more units also has its parts listed, each with a page of its own
ROWS = 100
#: a deep tree must not push its names out of sight
_DEEPEST_INDENT = 8
_SPACE = "\N{NO-BREAK SPACE}"
_INDENT = _SPACE * 2
#: text up to this long stays on one line, and a unit with its indent so that a phone shows its standing too
_LONGEST_LINE, _LONGEST_UNIT = 30, 20

blueprint = Blueprint("forecasts", __name__, url_prefix="/programmes", template_folder="templates")
allow_roles(blueprint, *READERS)
said_whole(blueprint)


@dataclass(frozen=True)
class Part:
    """One unit with all below it, in a table of the parts of a larger one."""

    unit_id: int
    row: list[str]


@blueprint.get("/<int:programme_id>/forecast")
def show_forecast(programme_id: int) -> ResponseReturnValue:
    """The forecast at the response and k in the address; the usual ones if none are."""
    programme = queries.get_programme(programme_id)
    form, before = _form(), _before(programme)
    try:
        asked = read_asked(programme, before, request.args.get("response"), request.args.get("k"))
        form.process(data={"response": str(asked.response), "k": str(asked.k)})
        people = list_asked_next(programme) if programme.cohorts > 1 else None
        found = forecast_programme(programme, asked, before, people=people)
    except ForecastError as error:
        return _refuse(programme, form, error)
    return _page(
        programme, form, people, found=found, asked=asked, **_tables(programme, asked, found, people)
    )


blueprint.register_error_handler(queries.NotFound, show_missing)


def _before(programme: Programme) -> Before:
    """What was released lies above this package, so the application lends what the forecast needs of it."""
    before: Before = current_app.extensions["pulse.last_release"](programme.id)
    return before


def _form() -> BaseForm:
    """Nothing is changed by it, so it is sent by GET and needs no mark against forgery."""
    return BaseForm(
        {
            "response": StringField(
                _("Expected response (%)"), description=_("How many in a hundred would answer.")
            ),
            "k": StringField(_("Fewest answers shown (k)")),
        }
    )


def _refuse(programme: Programme, form: BaseForm, error: ForecastError) -> ResponseReturnValue:
    """One sentence beside the field it is about, or in place of the forecast."""
    if not error.field:
        return _page(programme, form, problem=str(error))
    form.process(data={"response": request.args.get("response", ""), "k": request.args.get("k", "")})
    form[error.field].errors = [str(error)]
    return _page(programme, form), 422


def _tables(
    programme: Programme, asked: Asked, found: "Forecast", people: list[PersonRow] | None
) -> dict[str, object]:
    branch = _branch(found, request.args.get("unit", type=int))
    pages = -(-len(branch) // ROWS)
    page = max(1, min(request.args.get("page", 1, type=int), pages))
    top = branch[0].depth
    rows = [_row(one, top, found.draws) for one in branch[(page - 1) * ROWS : page * ROWS]]
    first = page == 1 and branch[0] is found.units[0]
    return {
        "branch": None if branch[0] is found.units[0] else branch[0],
        "rows": rows,
        "page": page,
        "pages": pages,
        "parts": _parts(branch) if len(branch) > ROWS else [],
        # of the whole audience, and read from every person: once, not on each page
        "families": forecast_words.family_rows(list_families(programme, asked, people)) if first else [],
        "address": lambda **more: _address(programme, asked, **more),
    }


def _address(programme: Programme, asked: Asked, **more: int) -> str:
    """This page for the same question, at another page or part."""
    shown = {"programme_id": programme.id, "response": asked.response, "k": asked.k} | more
    return url_for(".show_forecast", _external=False, **shown)  # type: ignore[arg-type]


def _branch(found: "Forecast", unit_id: int | None) -> "list[UnitForecast]":
    """A unit and all below it; everything for None; raises NotFound."""
    if unit_id is None:
        return list(found.units)
    start = next((at for at, one in enumerate(found.units) if one.unit.id == unit_id), None)
    if start is None:
        raise queries.NotFound(N_("Nobody in the audience of this survey works in this unit."))
    return _subtree(found.units, start)


def _subtree(units: "tuple[UnitForecast, ...] | list[UnitForecast]", start: int) -> "list[UnitForecast]":
    stop = start + 1
    while stop < len(units) and units[stop].depth > units[start].depth:
        stop += 1
    return list(units[start:stop])


def _parts(branch: "list[UnitForecast]") -> list[Part]:
    """The units directly below the first that have units below them, the largest first; as many as fit."""
    from pulse.domain.disclosure.forecast import totals_of  # noqa: PLC0415 - with what it imports

    below = [_subtree(branch, at) for at, one in enumerate(branch) if one.depth == branch[0].depth + 1]
    parts = sorted((part for part in below if len(part) > 1), key=lambda part: -part[0].people)
    return [
        Part(part[0].unit.id, forecast_words.part_row(part[0].unit.name, totals_of(part)))
        for part in parts[:ROWS]
    ]


def _row(one: "UnitForecast", top: int, draws: int) -> list[str]:
    indent = _INDENT * min(one.depth - top, _DEEPEST_INDENT)
    standing = _(forecast_words.STANDINGS[one.standing])
    sure = forecast_words.how_sure(one, draws)
    unit, shown = f"{indent}{one.unit.name} ({one.people:,})", forecast_words.shown_in(one)
    name = _unbroken(unit) if len(unit) <= _LONGEST_UNIT else unit
    return [name, *(_unbroken(text) for text in (standing, sure, shown))]


def _unbroken(text: str) -> str:
    """The text with breaks only between the parts of a joined name or sentence, if these are short."""
    for between in (" + ", "; ", ", "):
        if between in text:
            return between.join(_unbroken(part) for part in text.split(between))
    return text.replace(" ", _SPACE) if len(text) <= _LONGEST_LINE else text


def _page(
    programme: Programme, form: BaseForm, people: list[PersonRow] | None = None, **values: object
) -> str:
    before = _before(programme)
    return render_template(
        "surveys/forecast.html",
        programme=programme,
        form=form,
        words=forecast_words,
        turn=forecast_words.whose_turn(find_turn(programme, people)),
        before=before,
        usual=usual_response(before),
        may_edit=require_account().role in (Role.ADMINISTRATOR, Role.OD_EDITOR),
        **values,
    )
