"""The demo's mailbox: every mail the demo wrote, open to anybody. It exists in the demo only."""

from pathlib import Path

from flask import Blueprint, Flask, abort, current_app, render_template, request

from pulse.config import Settings
from pulse.languages.choosing import said_whole
from pulse.messages.mailbox import find_letter, list_envelopes
from pulse.messages.mailers import mailbox_folder
from pulse.web.access import allow_everyone

SHOWN = 50
blueprint = Blueprint("mailbox", __name__, url_prefix="/mailbox", template_folder="templates")
allow_everyone(blueprint)
said_whole(blueprint)


def register(app: Flask) -> None:
    """Add the mailbox in demo mode; elsewhere do nothing, so that its addresses are unknown (404).

    Links that answer surveys are in these mails: outside the demo nobody but the recipient may see them.
    """
    settings: Settings = app.config["PULSE"]
    if settings.demo and mailbox_folder(settings) is not None:
        app.register_blueprint(blueprint)


@blueprint.get("")
def mails() -> str:
    """The newest mails; `to` finds those of one recipient."""
    recipient = request.args.get("to", "")[:254]
    envelopes = list_envelopes(_folder(), recipient, SHOWN)
    return render_template("messages/mails.html", envelopes=envelopes, recipient=recipient, shown=SHOWN)


@blueprint.get("/<name>")
def mail(name: str) -> str:
    """One mail, its links alive."""
    letter = find_letter(_folder(), name)
    if letter is None:
        abort(404)
    return render_template("messages/mail.html", letter=letter)


def _folder() -> Path:
    folder = mailbox_folder(current_app.config["PULSE"])
    return folder if folder is not None else abort(404)
