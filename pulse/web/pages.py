"""Makes an application able to show Pulse's pages: shared templates, formats, static addresses."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemLoader

from pulse.languages import saying
from pulse.web import assets, formatting, kiosk

TEMPLATES = Path(__file__).parent / "templates"

NavItem = dict[str, object]


def init_app(
    app: Flask,
    nav_items: Callable[[], list[NavItem]] | None = None,
    current_user_label: Callable[[], str] | None = None,
) -> None:
    """Add the shared templates, filters and `asset_url`, and serve static files.

    `nav_items()` gives the links of the top bar, each {label, href, current}; `current_user_label()` gives
    the words for the signed-in person, empty when nobody is. Left out, both are empty, and a later
    assignment to `app.jinja_env.globals` replaces them.
    """
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.globals.setdefault("nav_items", nav_items or list)
    env.globals.setdefault("current_user_label", current_user_label or str)
    saying.init_app(app)
    formatting.init_app(app)
    kiosk.init_app(app)
    assets.init_app(app)
    assets.init_static(app)
