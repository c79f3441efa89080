"""The link by which everybody who was asked reads the results: the same for all, and without a sign-in."""

import re

from flask import Flask

from pulse.config import Settings
from pulse.surveys import staff_link_queries
from pulse.surveys.models import Programme, Wave

_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


def staff_link(programme: Programme, base_url: str) -> str:
    """The whole address, for letters, pages and slips; it is that of `staff_results.show`."""
    return f"{base_url}/r/{programme.results_key}"


def find_programme(key: str) -> Programme | None:
    """The survey whose results this key opens; what cannot be a key is turned away without a query."""
    return staff_link_queries.find_programme_of_key(key) if _KEY.fullmatch(key) else None


def find_open_wave(programme: Programme) -> Wave | None:
    """The wave that is answered now, whose results come next."""
    return staff_link_queries.find_open_wave(programme.id)


def init_app(app: Flask) -> None:
    """Give templates `staff_link(programme)`."""
    settings: Settings = app.config["PULSE"]

    def link(programme: Programme) -> str:
        return staff_link(programme, settings.base_url)

    app.jinja_env.globals["staff_link"] = link
