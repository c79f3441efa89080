"""A tester's page: what a pilot is, said before anything else, and two boxes for each question."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts import queries as accounts
from pulse.pilots import piloting, queries
from pulse.pilots.letters import NEVER_ANONYMOUS
from pulse.pilots.models import COMMENT_LENGTH, Pilot, PilotTester
from pulse.pilots.piloting import Written
from pulse.web.access import allow_everyone
from pulse.web.errors import error_page

blueprint = Blueprint("pilot_testers", __name__, url_prefix="/pilot", template_folder="templates")
allow_everyone(blueprint)


class _Closed(Exception):
    """The link was good, and comments are not taken any more."""


@blueprint.get("/<link>")
def show(link: str) -> ResponseReturnValue:
    """The questions, with what was written so far."""
    tester, pilot = _behind(link)
    kept = {each.item_id: Written(each.meaning, each.remark) for each in queries.list_comments_of(tester.id)}
    return _page(pilot, tester, kept, saved="saved" in request.args)


@blueprint.post("/<link>")
def save(link: str) -> ResponseReturnValue:
    """Keep what was typed; it can be changed until the pilot closes."""
    tester, pilot = _behind(link)
    typed = {item["id"]: _typed(item["id"]) for item in pilot.questions}
    wrong = piloting.too_long(typed)
    if wrong:
        return _page(pilot, tester, typed, wrong=wrong), 422
    piloting.save_comments(tester.id, typed, datetime.now(UTC), finished="finish" in request.form)
    return redirect(url_for(".show", link=link, saved=1, _anchor="saved"), 303)


def _typed(item_id: str) -> Written:
    """Both boxes of one question, with line ends as they are kept."""
    boxes = (request.form.get(f"{box}-{item_id}", "") for box in Written._fields)
    return Written(*(box.replace("\r\n", "\n").strip() for box in boxes))


def _behind(link: str) -> tuple[PilotTester, Pilot]:
    tester = queries.find_tester(piloting.hash_of(link))
    if tester is None:
        raise queries.NotFound
    pilot = queries.get_pilot(tester.pilot_id)
    if not piloting.is_open(pilot, datetime.now(UTC)):
        raise _Closed
    return tester, pilot


def _page(
    pilot: Pilot, tester: PilotTester, written: Mapping[str, Written], *, saved: bool = False, wrong: str = ""
) -> str:
    asker = accounts.get_account(pilot.account_id).full_name
    problem = f"This is longer than {COMMENT_LENGTH} characters: shorten it." if wrong else ""
    return render_template(
        "pilots/tester.html",
        pilot=pilot,
        tester=tester,
        written=written,
        limit=COMMENT_LENGTH,
        saved=saved,
        wrong=wrong,
        form_errors=[(f"meaning-{wrong}", f"{wrong}: {problem}")] if wrong else [],
        problem=problem,
        never_anonymous=NEVER_ANONYMOUS.format(reader=asker),
    )


@blueprint.errorhandler(queries.NotFound)
def show_unknown(_error: queries.NotFound) -> ResponseReturnValue:
    """A mistyped link, or one in place of which another was sent."""
    advice = "Open the newest letter that you were sent, and use its link."
    return error_page(404, "This link leads to no pilot", advice)


@blueprint.errorhandler(_Closed)
def show_closed(_error: _Closed) -> ResponseReturnValue:
    """Its last day is over, or whoever runs it has closed it."""
    advice = "It takes no more comments. What you wrote before is kept until whoever asked you deletes it."
    return error_page(410, "This pilot has closed", advice)
