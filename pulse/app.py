"""The application: the one file that knows every package."""

from flask import Flask

from pulse import db
from pulse.config import Settings, load_settings


def create_app(settings: Settings | None = None) -> Flask:
    """A ready application; raises ConfigError in one sentence when a setting is wrong."""
    settings = settings or load_settings()
    app = Flask("pulse", root_path=None, static_folder=None, template_folder=None)
    app.config.update(settings.as_flask())
    settings.home.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    return app
