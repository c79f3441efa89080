"""The cookie that carries a link's code from the first page to the form, so that no address shows it."""

from flask import Response, current_app, request

from pulse.config import Settings


def _name() -> str:
    """`__Host-` binds the cookie to this host over https; a plain-http demo cannot set such a cookie."""
    settings: Settings = current_app.config["PULSE"]
    return "__Host-ballot" if settings.secure_cookies else "ballot"


def read_ballot_cookie() -> str:
    """The code, or nothing."""
    return request.cookies.get(_name(), "")


def set_ballot_cookie(response: Response, token: str) -> None:
    """Keep the code until the browser closes; scripts and other sites never see it."""
    settings: Settings = current_app.config["PULSE"]
    response.set_cookie(
        _name(), token, path="/", secure=settings.secure_cookies, httponly=True, samesite="Lax"
    )


def clear_ballot_cookie(response: Response) -> None:
    settings: Settings = current_app.config["PULSE"]
    response.delete_cookie(_name(), path="/", secure=settings.secure_cookies, httponly=True, samesite="Lax")
