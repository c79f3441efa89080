"""Pulse with a chatty logger, pages that gossip and a table of plain sheets: the searches must find it all.

Served by gunicorn as `tests.attacks.canary_control:create_app()`.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from sqlalchemy import select, text

from pulse import app as real
from pulse.db import db
from pulse.responses import queries, submission, views
from pulse.responses.submission import Standing
from pulse.results.models import Comment, Group
from tests.attacks.canary_planted import Planted
from tests.attacks.canary_site import Site
from tests.attacks.canary_walk import COMMENT, answers_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

APPLICATION = "tests.attacks.canary_control:create_app()"
_MOST = 1 << 20
_HEADERS = ("HTTP_USER_AGENT", "HTTP_X_FORWARDED_FOR", "HTTP_REFERER")


def create_app() -> Flask:
    """The product, and what it must never do."""
    app = real.create_app()
    app.wsgi_app = _Chatty(app.wsgi_app)  # type: ignore[method-assign]
    app.after_request(_gossip)
    _keep_sheets()
    return app


def spoil_before(site: Site) -> None:
    """The table of plain sheets."""
    site.run("CREATE TABLE kept_sheet (sheet text)")


def spoil_comments(site: Site, one: Planted) -> None:
    """A comment that is kept as it was written."""
    with site.app.app_context():
        group = db.session.scalars(select(Group)).first()
        assert group is not None
        written = answers_of(one)[COMMENT]
        kept = Comment(
            id=os.urandom(16),
            release_id=group.release_id,
            group_id=group.id,
            item=COMMENT,
            text=written,
            status="waiting",
        )
        db.session.add(kept)
        db.session.commit()
        db.session.remove()


def spoil_after(site: Site, people: Sequence[Planted]) -> None:
    """What a careless worker would leave behind: a log, a letter to somebody else, a file."""
    first, second = people[:2]
    site.said.append(f"mail to {second.address} refused: {second.link}")
    site.post.taken.append((first.address, second.link.encode()))
    (site.folder / "home" / "debug.txt").write_text(f"{second.words} {second.answers}")


class _Chatty:
    """Logs each request as many servers do: its line, who asked, and what was sent."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length) if length < _MOST else b""
        environ["wsgi.input"] = BytesIO(body)
        asked = [environ["REQUEST_METHOD"], environ["PATH_INFO"], environ["QUERY_STRING"]]
        asked += [environ.get(name, "") for name in _HEADERS]
        sys.stderr.write(f"{asked} {body[:2000]!r}\n")
        sys.stderr.flush()
        return self._app(environ, start_response)


_heard: list[str] = []


def _gossip(response: Response) -> Response:
    """Error pages tell who was there before."""
    if response.status_code >= 400 and response.mimetype == "text/html" and not response.is_streamed:
        response.set_data(response.get_data() + json.dumps(_heard[:3] + _heard[-3:]).encode())
    _heard.append(f"{request.path} {request.headers.get('User-Agent')} {request.form.get('OPEN-01')}")
    return response


def _keep_sheets() -> None:
    """The plain sheet in a table of its own, beside the sealed one, and in the log."""
    add, submit = queries.add_envelope, submission.submit

    def kept(wave_id: int, sealed: bytes) -> None:
        add(wave_id, sealed)
        row = {"sheet": f"{_sent[-1]} {request.user_agent} {request.access_route} {request.cookies}"}
        db.session.execute(text("INSERT INTO kept_sheet VALUES (:sheet)"), row)

    def chatty(token: str, answers: str, comments: dict[str, str]) -> Standing:
        _sent.append(f"{answers} {comments}")
        sys.stderr.write(f"{answers}\n")
        return submit(token, answers, comments)

    vars(queries)["add_envelope"], vars(views)["submit"] = kept, chatty


_sent: list[str] = []
