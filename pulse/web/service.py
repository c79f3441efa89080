"""Pages about the service itself: is it up, what it keeps, which cookies it sets, whom to tell."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from itertools import groupby
from operator import itemgetter

from flask import Blueprint, Flask, Response, current_app, render_template
from flask.typing import ResponseReturnValue

from pulse.config import Settings
from pulse.db import ping
from pulse.domain.anonymity import CHECKS, VERDICTS
from pulse.languages.choosing import for_everybody, offer
from pulse.languages.texts import LANGUAGES
from pulse.web.access import allow_everyone

blueprint = Blueprint("service", __name__, template_folder="templates")
allow_everyone(blueprint)
for_everybody(blueprint)

_READY = "pulse.ready"
#: RFC 9116 asks for an end less than a year away
_SECURITY_TXT_LASTS = timedelta(days=180)


def database_answers() -> None:
    """Raises a SQLAlchemyError when the database cannot be asked."""
    ping()


def init_app(app: Flask, ready: Callable[[], object] = database_answers) -> None:
    """Register the pages; `ready` raises while the service cannot work yet."""
    app.extensions[_READY] = ready
    app.register_blueprint(blueprint)


@blueprint.before_request
def _speak() -> None:
    """In every language, a draft too, which the page then says: what they tell is the same for everybody."""
    offer(LANGUAGES)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers; says nothing of the database, whose absence no restart would cure."""
    return _plain("ok\n")


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """The process can do its work."""
    try:
        current_app.extensions[_READY]()
    except Exception as error:  # whatever is wrong, the answer is the same
        current_app.logger.warning("Not ready: %s", type(error).__name__)
        return _plain("not ready\n", 503)
    return _plain("ready\n")


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Nothing here is for search engines."""
    return _plain("User-agent: *\nDisallow: /\n")


@blueprint.get("/.well-known/security.txt")
def security_txt() -> ResponseReturnValue:
    """Whom to tell about a weakness (RFC 9116)."""
    settings: Settings = current_app.config["PULSE"]
    expires = (datetime.now(UTC) + _SECURITY_TXT_LASTS).replace(microsecond=0, hour=0, minute=0, second=0)
    lines = (
        f"Contact: mailto:{parseaddr(settings.mail_from)[1]}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: en",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
    )
    return _plain("\n".join(lines) + "\n")


@blueprint.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What is kept, for how long, and who could learn what."""
    return render_template("web/service/privacy.html")


@blueprint.get("/how-anonymity-works")
def how_anonymity_works() -> ResponseReturnValue:
    """What happens to an answer, who could learn what, and how to check it."""
    checks = [
        (heading, [statement for _, statement in group])
        for heading, group in groupby(CHECKS.values(), key=itemgetter(0))
    ]
    return render_template("web/service/how_anonymity_works.html", checks=checks, verdicts=VERDICTS)


@blueprint.get("/cookies")
def cookies() -> ResponseReturnValue:
    """Which cookies exist and why."""
    settings: Settings = current_app.config["PULSE"]
    return render_template(
        "web/service/cookies.html",
        cookie_name=current_app.config["SESSION_COOKIE_NAME"],
        ballot_cookie_name="__Host-ballot" if settings.secure_cookies else "ballot",
        kiosk_cookie_name="__Host-kiosk" if settings.secure_cookies else "kiosk",
    )


@blueprint.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """What works, what is not known to, and whom to tell."""
    settings: Settings = current_app.config["PULSE"]
    return render_template("web/service/accessibility.html", contact=parseaddr(settings.mail_from)[1])


def _plain(body: str, status: int = 200) -> Response:
    return Response(body, status, mimetype="text/plain")
