"""The library that this organisation uses: the supplied files, and over them what was changed here."""

from functools import lru_cache

from flask import g

from pulse.banks import queries
from pulse.banks.loading import get_supplied, load_library
from pulse.domain.instrument import Library

_KEPT = "pulse_library"


def get_library() -> Library:
    """Every bank that a survey may ask, as it stands now. Needs the application's context.

    Looked up once in a request or command: whoever saves a change in it calls `forget`.
    """
    kept: Library | None = g.get(_KEPT)
    if kept is None:
        kept = _read(queries.list_standing())
        setattr(g, _KEPT, kept)
    return kept


def forget() -> None:
    """Look the library up anew at its next use."""
    g.pop(_KEPT, None)


@lru_cache(maxsize=4)
def _read(standing: tuple[tuple[str, str], ...]) -> Library:
    """By what the documents say, so that every process reads each version once."""
    return load_library(changed=dict(standing)) if standing else get_supplied()
