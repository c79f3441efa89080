"""Calendars of waves: a feed that a calendar program opens with a key, and one survey's dates to download."""

from collections.abc import Iterable
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, current_app
from flask.typing import ResponseReturnValue

from pulse.accounts.signing_in import SignInRefusedError
from pulse.api.keyed import open_by
from pulse.config import Settings
from pulse.surveys import queries as surveys
from pulse.surveys.models import Programme
from pulse.surveys.views import READERS
from pulse.web.access import allow_roles

blueprint = Blueprint("calendar", __name__)
#: the feed has its key in its address, because calendars can send no header; it says dates and nothing else
allow_roles(blueprint, *READERS, public=("feed",))


@blueprint.get("/calendar/<secret>.ics")
def feed(secret: str) -> ResponseReturnValue:
    """Dates of every survey, for every role; an address that opens nothing looks like an unknown one."""
    try:
        open_by(secret, "calendar")
    except SignInRefusedError:
        abort(404)
    return _calendar(surveys.list_programmes(), "Staff surveys")


@blueprint.get("/programmes/<int:programme_id>/dates.ics")
def download(programme_id: int) -> ResponseReturnValue:
    """Dates of one survey, as a file."""
    try:
        programme = surveys.get_programme(programme_id)
    except surveys.NotFound:
        abort(404)
    response = _calendar([programme], programme.name)
    response.headers["Content-Disposition"] = f'attachment; filename="survey-{programme.id}-dates.ics"'
    return response


def _calendar(programmes: Iterable[Programme], name: str) -> Response:
    # only these two views need it, and loading it would slow the start of every web process
    from pulse.api.calendar_file import write_calendar  # noqa: PLC0415

    settings: Settings = current_app.config["PULSE"]
    found = [(programme, surveys.list_waves(programme.id)) for programme in programmes]
    body = write_calendar(found, name=name, base_url=settings.base_url, now=datetime.now(UTC))
    return Response(body, content_type="text/calendar; charset=utf-8")
