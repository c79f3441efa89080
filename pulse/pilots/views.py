"""The pages of those who run pilots: begin one, read what was written, send a link again, close, delete."""

import csv
import io
from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.banks.store import get_library
from pulse.config import Settings
from pulse.domain.spreadsheets import defused
from pulse.domain.words import N_
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.pilots import forms, piloting, queries
from pulse.pilots.asking import PilotError
from pulse.pilots.forms import MoreTestersForm, PilotForm
from pulse.pilots.letters import send_links
from pulse.pilots.models import Pilot, PilotComment, PilotTester
from pulse.pilots.piloting import Link, is_open, mark_of
from pulse.web.access import Role, allow_roles
from pulse.web.errors import error_page
from pulse.web.formatting import LONDON, one_line, plural
from pulse.web.typed_words import boxes_of, typed_words

_REFUSED = N_(
    "The mail server refused the address of %(names)s: take them out, and add them with the right address."
)
_BOXES = boxes_of(forms)
blueprint = Blueprint("pilots", __name__, url_prefix="/pilots", template_folder="templates")
allow_roles(blueprint, Role.ADMINISTRATOR, Role.OD_EDITOR)
said_whole(blueprint)


@blueprint.get("/")
def list_pilots() -> ResponseReturnValue:
    """Every pilot, the newest first."""
    now = datetime.now(UTC)
    rows = [(*row, is_open(row[0], now)) for row in queries.list_pilots()]
    return render_template("pilots/list.html", rows=rows)


@blueprint.route("/new", methods=["GET", "POST"])
def add_pilot() -> ResponseReturnValue:
    """Choose questions and testers; each is sent a link."""
    form, today = PilotForm(), datetime.now(LONDON).date()
    form.offer(get_library(), request.args.get("bank", ""), today)
    if form.validate_on_submit():
        try:
            pilot, links = piloting.start_pilot(form.plan(today), require_account().id, datetime.now(UTC))
        except PilotError as error:
            form[error.field].errors = [str(error)]
        else:
            _send(pilot, links)
            return redirect(url_for(".show_pilot", pilot_id=pilot.id), 303)
    return render_template("pilots/new.html", form=form), 422 if form.errors else 200


@blueprint.route("/<int:pilot_id>", methods=["GET", "POST"])
def show_pilot(pilot_id: int) -> ResponseReturnValue:
    """What each tester thinks each question asks; with a form for more testers."""
    pilot, form = queries.get_pilot(pilot_id), MoreTestersForm()
    if form.validate_on_submit():
        try:
            links = piloting.invite_more(pilot_id, form.named(), datetime.now(UTC))
        except PilotError as error:
            form.testers.errors = [str(error)]
        else:
            _send(pilot, links)
            return redirect(url_for(".show_pilot", pilot_id=pilot_id), 303)
    return _page(pilot, form), 422 if form.errors else 200


def _page(pilot: Pilot, form: MoreTestersForm) -> str:
    written: dict[str, list[tuple[PilotTester, PilotComment]]] = {}
    for tester, comment in queries.list_comments(pilot.id):
        written.setdefault(comment.item_id, []).append((tester, comment))
    return render_template(
        "pilots/pilot.html",
        pilot=pilot,
        testers=[(tester, mark_of(tester)) for tester in queries.list_testers(pilot.id)],
        writing={tester.id for several in written.values() for tester, _comment in several},
        written=written,
        open=is_open(pilot, datetime.now(UTC)),
        form=form,
    )


@blueprint.get("/<int:pilot_id>/comments.csv")
def download(pilot_id: int) -> ResponseReturnValue:
    """Every comment with its question and who wrote it."""
    texts = {item["id"]: item["text"] for item in queries.get_pilot(pilot_id).questions}
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(["Question", "Words", "Tester", "What it asks", "What is hard"])
    for tester, comment in queries.list_comments(pilot_id):
        row = comment.item_id, texts[comment.item_id], tester.name, comment.meaning, comment.remark
        table.writerow([defused(cell) for cell in row])
    headers = {"Content-Disposition": f'attachment; filename="pilot-{pilot_id}.csv"'}
    return Response(
        file.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers
    )


@blueprint.post("/<int:pilot_id>/testers/<int:tester_id>/send")
def send_again(pilot_id: int, tester_id: int) -> ResponseReturnValue:
    """A new link for one tester; the old one opens nothing any more."""
    pilot = queries.get_pilot(pilot_id)
    try:
        link = piloting.renew_link(pilot_id, tester_id, request.form.get("seen", ""), datetime.now(UTC))
    except PilotError as error:
        flash(str(error), "error")
    else:
        _send(pilot, [link])
    return redirect(url_for(".show_pilot", pilot_id=pilot_id), 303)


@blueprint.post("/<int:pilot_id>/testers/<int:tester_id>/remove")
def remove_tester(pilot_id: int, tester_id: int) -> ResponseReturnValue:
    """Take out somebody who has written nothing."""
    try:
        piloting.remove_tester(pilot_id, tester_id, datetime.now(UTC))
    except PilotError as error:
        flash(str(error), "error")
    else:
        flash(_("The tester is taken out, and their link opens nothing any more."), "success")
    return redirect(url_for(".show_pilot", pilot_id=pilot_id), 303)


@blueprint.post("/<int:pilot_id>/close")
def close_pilot(pilot_id: int) -> ResponseReturnValue:
    """Take no more comments."""
    piloting.close_pilot(pilot_id, datetime.now(UTC))
    flash(_("The pilot is closed. What was written stays until you delete it."), "success")
    return redirect(url_for(".show_pilot", pilot_id=pilot_id), 303)


@blueprint.route("/<int:pilot_id>/delete", methods=["GET", "POST"])
def delete_pilot(pilot_id: int) -> ResponseReturnValue:
    """Ask first, then delete names, addresses and comments."""
    pilot = queries.get_pilot(pilot_id)
    if request.method == "GET":
        return render_template("pilots/delete.html", pilot=pilot, testers=queries.list_testers(pilot_id))
    piloting.delete_pilot(pilot_id)
    flash(_("The pilot is deleted, with the names of its testers and everything they wrote."), "success")
    return redirect(url_for(".list_pilots"), 303)


def _send(pilot: Pilot, links: list[Link]) -> None:
    """Send the links, and say of each letter that may not have left."""
    settings: Settings = current_app.config["PULSE"]
    sent = send_links(links, pilot, require_account(), settings, lambda: datetime.now(UTC))
    if sent.told:
        flash(_("Sent: %(letters)s.", letters=plural(len(sent.told), "letter")), "success")
    for names, said in (
        (sent.refused, _REFUSED),
        (sent.unsure, N_("Ask %(names)s whether the letter came: the mail server went away.")),
        (sent.waiting, N_("No letter has left to %(names)s. %(why)s Press “Send a new link” to try again.")),
    ):
        if names:
            told = _(said, names=", ".join(names), why=_(sent.why))
            flash(one_line(told), "error")


@blueprint.errorhandler(queries.NotFound)
def show_missing(error: queries.NotFound) -> ResponseReturnValue:
    """An old or mistyped link, or a form of a pilot that was deleted meanwhile."""
    sentence = _("%(error)s Go back to the list of pilots.", error=_(str(error)))
    return error_page(404, _("There is no such page"), sentence, typed=typed_words(_BOXES))
