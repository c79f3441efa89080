"""Views that a key opens: no cookie is read or set, and a key that does not fit gets one sentence."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from flask import current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized

from pulse.accounts import program_keys
from pulse.accounts.identity import SignedIn
from pulse.accounts.signing_in import WINDOW, SignInRefusedError, TooManyAttemptsError

View = Callable[..., ResponseReturnValue]


def keyed(view: View) -> View:
    """Give the view the account whose key was sent, first; 401 without one, 429 after too many wrong ones."""

    @wraps(view)
    def checked(**values: object) -> ResponseReturnValue:
        given = request.authorization
        if given is None or given.type != "bearer" or not given.token:
            raise _unauthorized({})
        return view(_open(given.token), **values)

    return checked


def open_by(secret: str, kind: str) -> SignedIn:
    """Whose key this is; raises SignInRefusedError, or 429 with the time to wait."""
    try:
        return program_keys.open_with(
            secret,
            kind,
            network=request.remote_addr or "",
            key=current_app.config["SECRET_KEY"],
            now=datetime.now(UTC),
        )
    except TooManyAttemptsError as error:
        raise TooManyRequests(retry_after=int(WINDOW.total_seconds())) from error


def _open(secret: str) -> SignedIn:
    try:
        return open_by(secret, "api")
    except SignInRefusedError as error:
        raise _unauthorized({"error": "invalid_token"}) from error


def _unauthorized(more: dict[str, str | None]) -> Unauthorized:
    """RFC 6750 names the error only where a key was sent."""
    return Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": "Pulse", **more}))
