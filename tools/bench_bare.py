"""The baseline: a survey in bare Flask with one durable insert. No sign-in, no validation, no form token.

Its connection is the driver's own, one a thread; it holds nothing that a real survey could leave out.
"""

import os
import sqlite3
import threading
from typing import Any

import psycopg
from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

_QUESTIONS = 17
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Survey</title></head><body><form method="post" action="/">
{% for number in range(questions) %}<fieldset><legend>Question {{ number }}</legend>
{% for option in range(1, 6) %}
<label><input type="radio" name="q{{ number }}" value="{{ option }}">{{ option }}</label>
{% endfor %}</fieldset>{% endfor %}<button>Send</button></form></body></html>"""
_CREATE = "CREATE TABLE IF NOT EXISTS bare_answer (id {kind} PRIMARY KEY, answers text NOT NULL)"
_held = threading.local()


def prepare(url: str) -> None:
    """Make the one table."""
    kind = "bigint GENERATED ALWAYS AS IDENTITY" if _is_postgres(url) else "integer"
    connection = _connect(url)
    connection.execute(_CREATE.format(kind=kind))
    connection.close()


def create_app() -> Flask:
    """Form, insert, thank-you page; the database is that of BARE_DATABASE."""
    url = os.environ["BARE_DATABASE"]
    mark = "%s" if _is_postgres(url) else "?"
    insert = f"INSERT INTO bare_answer (answers) VALUES ({mark})"  # noqa: S608 - a constant of our own
    app = Flask("bare")
    page = app.jinja_env.from_string(_PAGE)  # compiled once, as a template in a file would be
    thank_you = app.jinja_env.from_string("<!DOCTYPE html><title>Thank you</title><h1>Thank you</h1>")

    @app.get("/")
    def form() -> ResponseReturnValue:
        return page.render(questions=_QUESTIONS)

    @app.post("/")
    def send() -> ResponseReturnValue:
        answers = "".join(request.form.get(f"q{number}", "-") for number in range(_QUESTIONS))
        if not hasattr(_held, "connection"):
            _held.connection = _connect(url)
        _held.connection.execute(insert, (answers,))
        return redirect("/thanks", 303)

    @app.get("/thanks")
    def thanks() -> ResponseReturnValue:
        return thank_you.render()

    return app


def _is_postgres(url: str) -> bool:
    return not url.startswith("/")


def _connect(url: str) -> Any:
    """Every statement commits by itself and is on disk when it returns."""
    if _is_postgres(url):
        return psycopg.connect(url, autocommit=True)
    connection = sqlite3.connect(url, isolation_level=None, timeout=5)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection
