"""The page of the channels that a programme tells, and one sentence about them on the programme's own."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pulse.config import Settings
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.messages.webhooks import BadAddress
from pulse.surveys import announcements, queries
from pulse.surveys.announcement_forms import ChannelForm
from pulse.surveys.views import EDITORS, show_missing
from pulse.web.access import allow_roles

blueprint = Blueprint("announcements", __name__, url_prefix="/programmes", template_folder="templates")
allow_roles(blueprint, *EDITORS)
said_whole(blueprint)
blueprint.add_app_template_global(announcements.trouble_of, "announcement_trouble")


@blueprint.route("/<int:programme_id>/announcements", methods=["GET", "POST"])
def edit_channels(programme_id: int) -> ResponseReturnValue:
    """The channels that are told, and a form to add one."""
    programme, form = queries.get_programme(programme_id), ChannelForm()
    settings: Settings = current_app.config["PULSE"]
    if form.validate_on_submit():
        try:
            announcements.add_channel(programme_id, form.kind.data, form.address.data, settings.webhook_hosts)
        except BadAddress as problem:
            form.address.errors = [str(problem)]
        else:
            flash(_("The channel is told from now on."), "success")
            return redirect(url_for(".edit_channels", programme_id=programme_id), 303)
    channels = announcements.list_channels(programme_id)
    page = render_template("surveys/announcements.html", programme=programme, form=form, channels=channels)
    return page, 422 if form.errors else 200


@blueprint.post("/<int:programme_id>/announcements/<int:webhook_id>/remove")
def remove_channel(programme_id: int, webhook_id: int) -> ResponseReturnValue:
    """Tell a channel no more."""
    announcements.remove_channel(programme_id, webhook_id)
    flash(_("The channel is told no more."), "success")
    return redirect(url_for(".edit_channels", programme_id=programme_id), 303)


blueprint.register_error_handler(queries.NotFound, show_missing)
