"""Which language this page, or this letter, speaks.

A page for accounts remembers the choice in the session. A page for people who are asked never keeps it: it
stands in the address (`lang=cy`), with every address that such a page leads to, and nowhere else; who of a
team read Welsh is nobody's business. There a language is spoken only if the page offers it.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, has_request_context, request, session

from pulse.languages.texts import ENGLISH, LANGUAGES

#: in the address, and in the session of an account
PARAMETER = "lang"
_LONGEST_QUERY = 200
#: kept in the request itself, not in `g`, which outlives it where a test holds a context open
_ENVIRON_KEY = "pulse.language"
_OFFERED_KEY = "pulse.languages_offered"
_spoken: ContextVar[str | None] = ContextVar("pulse_language", default=None)
#: names of blueprints whose pages people see without an account
_PUBLIC: set[str] = set()
#: names of blueprints for accounts all of whose words are in the catalogue: no page is half in one language
_SAID_WHOLE: set[str] = set()


def for_everybody(blueprint: Blueprint) -> None:
    """Its pages are for people without an account: the choice of language is kept in addresses alone."""
    _PUBLIC.add(blueprint.name)


def said_whole(blueprint: Blueprint) -> None:
    """Every word of its pages goes through the catalogue, so that they can be switched."""
    _SAID_WHOLE.add(blueprint.name)


def current_language() -> str:
    """A code of LANGUAGES: what `speaking` says, else what this request asked for and may have."""
    spoken = _spoken.get()
    if spoken:
        return spoken
    if not has_request_context():
        return ENGLISH
    if _ENVIRON_KEY not in request.environ:
        request.environ[_ENVIRON_KEY] = _asked()
    return str(request.environ[_ENVIRON_KEY])


def offer(languages: Collection[str]) -> None:
    """On a page for everybody: these languages may be spoken besides English, and the page offers them."""
    request.environ[_OFFERED_KEY] = tuple(languages)
    wanted = request.args.get(PARAMETER, ENGLISH)
    request.environ[_ENVIRON_KEY] = wanted if wanted in languages else ENGLISH


def offered() -> list[tuple[str, str]]:
    """(code, its own name) of every language to which this page can be switched, the current one included."""
    if not has_request_context():
        return []
    if not _is_public():
        return list(LANGUAGES.items()) if request.blueprint in _SAID_WHOLE else []
    more = request.environ.get(_OFFERED_KEY, ())
    return (
        [(code, name) for code, name in LANGUAGES.items() if code == ENGLISH or code in more] if more else []
    )


def address_in(language: str) -> str:
    """This page in another language; a short query goes along."""
    others = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    if len(urlencode(others)) > _LONGEST_QUERY:
        others = []
    return f"{request.path}?{urlencode([*others, (PARAMETER, language)])}"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said inside is in this language, whatever the request asks for: letters, previews."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def _asked() -> str:
    if request.blueprint not in _SAID_WHOLE:
        return ENGLISH  # or, of a public page, until it offers more
    wanted = request.args.get(PARAMETER)
    if wanted in LANGUAGES:
        if session.get(PARAMETER, ENGLISH) != wanted:
            session[PARAMETER] = wanted
        return str(wanted)
    kept = session.get(PARAMETER, ENGLISH)
    return kept if kept in LANGUAGES else ENGLISH


def _is_public() -> bool:
    return request.blueprint in _PUBLIC


def init_app(app: Flask) -> None:
    """A choice is taken first; addresses that a public page leads to carry its language on."""

    @app.before_request
    def take() -> None:
        """Keeps the choice also where the address only leads on and says nothing itself."""
        if PARAMETER in request.args:
            current_language()

    @app.url_defaults
    def carry(endpoint: str, values: dict[str, Any]) -> None:
        if not has_request_context() or PARAMETER in values or endpoint == "static":
            return
        if _is_public() and endpoint.partition(".")[0] in _PUBLIC and current_language() != ENGLISH:
            values[PARAMETER] = current_language()
