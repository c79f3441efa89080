"""A tester's page: what a pilot is, said before anything else, and two boxes for each question."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from pulse.accounts import queries as accounts
from pulse.db import DATABASE_AWAY
from pulse.domain.words import N_
from pulse.languages.choosing import for_everybody, offer
from pulse.languages.saying import gettext as _
from pulse.languages.saying import in_english
from pulse.languages.texts import LANGUAGES
from pulse.pilots import queries
from pulse.pilots.commenting import PilotClosed, Typed, Written, list_too_long, save_comments, written_in
from pulse.pilots.letters import AFTERWARDS, NEVER_ANONYMOUS
from pulse.pilots.models import COMMENT_LENGTH, Pilot, PilotTester
from pulse.pilots.piloting import hash_of, is_open
from pulse.web.access import allow_everyone
from pulse.web.errors import error_page
from pulse.web.formatting import format_number
from pulse.web.haste import hurry
from pulse.web.typed_words import Words

blueprint = Blueprint("pilot_testers", __name__, url_prefix="/pilot", template_folder="templates")
allow_everyone(blueprint)
for_everybody(blueprint)
hurry(blueprint)

_TOO_LONG = N_("Shorten this to %(most)s characters or fewer: nothing has been kept yet.")
#: what is asked of each question
_BOXES = {
    "meaning": N_("In your own words, what is this question asking?"),
    "remark": N_("Was anything hard to answer, or could it be taken in another way?"),
}
_CLASH = N_("You wrote something else here in another window: save again to put this in its place.")


@blueprint.before_request
def offer_languages() -> None:
    """Its own words in every language; the questions are tried in English."""
    offer(LANGUAGES)


@blueprint.get("/<link>")
def show(link: str) -> ResponseReturnValue:
    """The questions, with what was written so far."""
    tester, pilot = _behind(link)
    kept = {comment.item_id: written_in(comment) for comment in queries.list_comments_of(tester.id)}
    return _page(pilot, tester, kept, {item_id: each.mark for item_id, each in kept.items()})


@blueprint.post("/<link>")
def save(link: str) -> ResponseReturnValue:
    """Keep what was typed; it can be changed until the pilot closes."""
    try:
        return _save(link, datetime.now(UTC))
    except DATABASE_AWAY:
        typed = [(name, value) for name, value in request.form.items() if name != "csrf_token"]
        return render_template("pilots/again.html", typed=typed, csrf=generate_csrf()), 503


def _save(link: str, now: datetime) -> ResponseReturnValue:
    tester, pilot = _behind(link)
    typed = {item["id"]: _typed(item["id"]) for item in pilot.questions}
    words = {item_id: each.written for item_id, each in typed.items()}
    seen = {item_id: each.seen for item_id, each in typed.items()}
    wrong = [f"{box}-{item_id}" for item_id, box in list_too_long(typed)]
    if wrong:
        too_long = _(_TOO_LONG, most=format_number(COMMENT_LENGTH))
        return _page(pilot, tester, words, seen, dict.fromkeys(wrong, too_long)), 422
    clashes = save_comments(tester.id, typed, now, finished="finish" in request.form)
    if clashes:
        stands = {item_id: each.mark for item_id, each in words.items()}
        stands |= {item_id: each.mark for item_id, each in clashes.items()}
        problems = {f"meaning-{item_id}": _(_CLASH) for item_id in clashes}
        return _page(pilot, tester, words, stands, problems, clashes), 409
    place = request.form.get("at", "")
    return redirect(url_for(".show", link=link, _anchor=f"at-{place}" if place in typed else "saved"), 303)


def _typed(item_id: str) -> Typed:
    """Both boxes of one question, with line ends as they are kept."""
    boxes = (request.form.get(f"{box}-{item_id}", "") for box in Written._fields)
    written = Written(*(box.replace("\r\n", "\n").strip() for box in boxes))
    return Typed(written, request.form.get(f"seen-{item_id}", ""))


def _behind(link: str) -> tuple[PilotTester, Pilot]:
    tester = queries.find_tester(hash_of(link))
    if tester is None:
        raise queries.NotFound
    pilot = queries.get_pilot(tester.pilot_id)
    if not is_open(pilot, datetime.now(UTC)):
        raise PilotClosed
    return tester, pilot


def _page(
    pilot: Pilot,
    tester: PilotTester,
    written: Mapping[str, Written],
    seen: Mapping[str, str],
    problems: Mapping[str, str] | None = None,
    clashes: Mapping[str, Written] | None = None,
) -> str:
    problems = problems or {}
    return render_template(
        "pilots/tester.html",
        pilot=pilot,
        questions=[_said(item) for item in pilot.questions],
        tester=tester,
        written=written,
        seen=seen,
        kept_at={comment.item_id: comment.changed_at for comment in queries.list_comments_of(tester.id)},
        limit=COMMENT_LENGTH,
        problems=problems,
        boxes={box: _(asked) for box, asked in _BOXES.items()},
        clashes=clashes or {},
        form_errors=list(_told(problems.items())),
        never_anonymous=_(NEVER_ANONYMOUS, reader=accounts.get_account(pilot.account_id).full_name),
        afterwards=_(AFTERWARDS),
    )


def _said(item: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen question whose words stay English, marked so where the page is in another language."""
    labels = {
        name: [(code, in_english(label)) for code, label in item[name]]
        for name in ("options", "nonsubstantive")
    }
    around = {name: in_english(item[name]) for name in ("text", "bank_lead_in", "lead_in", "help")}
    return {**item, **labels, **around}


def _told(problems: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Each with its question, for the summary at the top."""
    for box, sentence in problems:
        yield box, f"{box.partition('-')[2]}: {sentence}"


@blueprint.errorhandler(queries.NotFound)
def show_unknown(_error: queries.NotFound) -> ResponseReturnValue:
    """A mistyped link, one in place of which another was sent, one of a tester who was taken out, or one of a
    pilot that was deleted.
    """
    advice = _("Open the newest letter that you were sent, and use its link; if you did, the pilot is over.")
    if request.method == "POST":
        advice = _("Whoever asked you has sent you another link, taken you out, or deleted the pilot.")
    return error_page(404, _("This link leads to no pilot"), advice, typed=_typed_words())


@blueprint.errorhandler(PilotClosed)
def show_closed(_error: PilotClosed) -> ResponseReturnValue:
    """Its last day is over, or whoever runs it has closed it."""
    advice = _("It takes no more comments. What you saved before is kept until whoever asked you deletes it.")
    return error_page(410, _("This pilot has closed"), advice, typed=_typed_words())


def _typed_words() -> list[Words]:
    """Everything that was typed, with its question, for whoever may not save it any more."""
    words = []
    for name, text in request.form.items():
        box, _dash, item_id = name.partition("-")
        if box in _BOXES and text.strip():
            words.append(Words(f"{item_id}: {_(_BOXES[box])}", text))
    return words
