"""Kiosk mode: a device that many people answer on, one after the other, and that forgets each of them.

A cookie of the device sets it, until the browser closes. A page in kiosk mode has no link that leads away,
goes back to the first page by itself, and is kept in no cache: the next person finds nothing of the last. Nor
can they send again what the browser still holds of a form that the last one sent.
"""

import re

from flask import Flask, Response, current_app, has_request_context, request, session

from pulse.config import Settings

START = "/kiosk"
#: which survey the device is for: the key of its results, which everybody who is asked has; or any
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")
_ANY = "any"


def _name() -> str:
    settings: Settings = current_app.config["PULSE"]
    return "__Host-kiosk" if settings.secure_cookies else "kiosk"


def kiosk_start() -> str:
    """Where this device begins again, or "" if it is no kiosk: `/kiosk`, or `/kiosk/` and a survey's key."""
    # pages are also drawn alone, without an installation around them
    asked = has_request_context() and "PULSE" in current_app.config
    value = request.cookies.get(_name(), "") if asked else ""
    if _KEY.fullmatch(value):
        return f"{START}/{value}"
    return START if value == _ANY else ""


def enter_kiosk(response: Response, key: str = "") -> None:
    """Make this device a kiosk, for the survey whose results have this key if one is given."""
    settings: Settings = current_app.config["PULSE"]
    response.set_cookie(
        _name(), key or _ANY, path="/", secure=settings.secure_cookies, httponly=True, samesite="Lax"
    )


def forget_forms() -> None:
    """Refuse every form that was open on this kiosk until now, before the next one is drawn.

    Back to a refused form makes the browser offer to send it again: with the next person's code it would show
    them the last one's answers, or count those as theirs.
    """
    if kiosk_start():  # a desk where somebody opens the page of a kiosk may have forms open beside it
        session.pop(current_app.config["WTF_CSRF_FIELD_NAME"], None)


def leave_kiosk(response: Response) -> None:
    settings: Settings = current_app.config["PULSE"]
    response.delete_cookie(_name(), path="/", secure=settings.secure_cookies, httponly=True, samesite="Lax")


def init_app(app: Flask) -> None:
    """Give templates `kiosk_start()`; pages that are drawn alone have none and are no kiosk's."""
    app.jinja_env.globals["kiosk_start"] = kiosk_start
