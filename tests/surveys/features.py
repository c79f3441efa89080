"""Features that an application under test must have, whichever of them it has already."""

from types import ModuleType

from flask import Flask

from pulse.banks import views as banks
from pulse.surveys import commands
from pulse.surveys import views as surveys


def add_missing(app: Flask) -> None:
    """Register pages and commands unless they are; the application may have served other tests before."""
    features: tuple[ModuleType, ...] = (surveys, banks)
    started, app._got_first_request = app._got_first_request, False
    for feature in features:
        if feature.blueprint.name not in app.blueprints:
            app.register_blueprint(feature.blueprint)
    app._got_first_request = started
    if "programme" not in app.cli.commands:
        app.cli.add_command(commands.programme_commands)
