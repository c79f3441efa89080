"""Error pages: what happened and what to do, in one sentence each."""

from collections.abc import Sequence

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from pulse.db import DATABASE_AWAY
from pulse.domain.words import N_
from pulse.languages.choosing import speaking
from pulse.languages.saying import gettext
from pulse.languages.texts import ENGLISH
from pulse.web import problems, turns
from pulse.web.kiosk import kiosk_start
from pulse.web.logs import describe
from pulse.web.typed_words import Words

#: status -> (heading, sentence)
PAGES = {
    400: (N_("This could not be read"), N_("Go back, reload the page and try again.")),
    403: (N_("This page is not open to you"), N_("Ask an administrator if you need it for your work.")),
    404: (N_("There is no such page"), N_("Check that the whole of the link was copied.")),
    405: (N_("This page cannot be used that way"), N_("Go back, reload the page and try again.")),
    413: (N_("This is too large"), N_("Send a smaller file or a shorter text.")),
    429: (N_("Too many attempts"), N_("Wait 15 minutes and try again.")),
    500: (
        N_("Something went wrong here"),
        N_("Try again, and tell whoever runs this service if it happens twice."),
    ),
    503: (N_("The service is not available just now"), N_("Wait a minute and try again.")),
}
STALE_FORM = (N_("This page had been open too long"), N_("Go back, reload it and send it again."))
ENDED_FORM = (
    N_("This page had been open too long"),
    N_("Press “Clear this screen” and type your code again."),
)
_WRONG_HOST = "This site does not answer under this name: use the link you were given.\n"


def init_app(app: Flask) -> None:
    """Register the pages. A blueprint may register its own for its own views."""
    app.register_error_handler(HTTPException, _show)
    app.register_error_handler(CSRFError, _show_stale_form)
    app.register_error_handler(turns.TooBusy, _show_busy)
    for error in DATABASE_AWAY:
        app.register_error_handler(error, _show_database_away)


def error_page(
    status: int, heading: str, sentence: str, *, typed: Sequence[Words] = ()
) -> ResponseReturnValue:
    """The page as a response; the public layout, so that it needs neither a sign-in nor the database.

    `typed` is given back to whoever would lose it.
    """
    shown = {"status": status, "title": heading, "advice": sentence, "typed": typed}
    return render_template("web/error.html", **shown), status


def _show(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400 or error.response is not None:
        return error  # a redirect, or an answer that a view made itself
    if isinstance(error, SecurityError):
        # no page can be drawn: its links would carry the very name that is not trusted
        return _WRONG_HOST, 400, {"Content-Type": "text/plain; charset=utf-8"}
    if problems.is_for_program():
        return problems.problem(error.code, error)
    status = error.code if error.code in PAGES else 400 if error.code < 500 else 500
    response = current_app.make_response(error_page(status, *map(gettext, PAGES[status])))
    response.status_code = error.code
    for name, value in error.get_headers(request.environ):
        if name not in ("Content-Type", "Content-Length"):  # such as Allow and Retry-After
            response.headers[name] = value
    return response


def _show_stale_form(error: CSRFError) -> ResponseReturnValue:
    if problems.is_for_program():
        return problems.problem(400, error)
    return error_page(400, *map(gettext, ENDED_FORM if kiosk_start() else STALE_FORM))


def _show_busy(_error: turns.TooBusy) -> ResponseReturnValue:
    page = current_app.make_response(error_page(429, gettext("Too many at once"), gettext(turns.SENTENCE)))
    page.headers["Retry-After"] = str(turns.RETRY_AFTER)
    return page


def _show_database_away(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("Database not available in %s\n%s", request.endpoint, describe(error))
    if problems.is_for_program():
        return problems.problem(503)
    with speaking(ENGLISH):  # another language would ask the database for its words
        return error_page(503, *PAGES[503])
