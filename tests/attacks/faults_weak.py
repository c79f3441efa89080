"""Pulse, weakened on purpose in one way: the runs must find what is lost, doubled or cut short.

Served by gunicorn as `tests.attacks.faults_weak:create_app()`, with WEAKNESS in the environment.
"""

import os
import threading
import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy import update

from pulse import app as real
from pulse.db import db
from pulse.invitations import queries as invitations
from pulse.invitations.models import Invitation
from pulse.responses import submission, views
from pulse.responses.submission import Standing
from pulse.web import security

APPLICATION = "tests.attacks.faults_weak:create_app()"
THANKS_FIRST, LOOKS_FIRST, HALF_BODIES = WEAKNESSES = ("thanks-first", "looks-first", "half-bodies")
_SECONDS_BEHIND = 0.5


def create_app() -> Flask:
    """The product with one of WEAKNESSES."""
    app = real.create_app()
    weakness = os.environ["WEAKNESS"]
    if weakness == THANKS_FIRST:
        vars(views)["submit"] = _thank_first(app)
    elif weakness == LOOKS_FIRST:
        invitations.claim_spent = _claim_without_looking
    elif weakness == HALF_BODIES:
        app.before_request_funcs[None].remove(security._expect_the_whole_body)
    else:
        raise ValueError(f"no such weakness: {weakness}")
    return app


def _thank_first(app: Flask) -> Callable[[str, str, dict[str, str]], Standing]:
    """Acknowledged at once, stored a moment later: fast, and gone when the process is."""

    def store(token: str, answers: str, comments: dict[str, str]) -> None:
        time.sleep(_SECONDS_BEHIND)
        with app.app_context():
            submission.submit(token, answers, comments)

    def submit(token: str, answers: str, comments: dict[str, str]) -> Standing:
        threading.Thread(target=store, args=(token, answers, comments), daemon=True).start()
        return Standing.OPEN

    return submit


def _claim_without_looking(token_hash: bytes) -> bool:
    """Trusts that the link was unused when the page was asked for, a moment ago."""
    db.session.execute(update(Invitation).where(Invitation.token_hash == token_hash).values(spent=True))
    return True
