"""The application: the one file that knows every package."""

import logging
import sys

import click
from flask import Flask
from flask.cli import FlaskGroup
from flask_migrate import Migrate

from pulse import db
from pulse.accounts import identity
from pulse.accounts import views as accounts
from pulse.accounts.commands import user_commands
from pulse.banks.commands import bank_commands
from pulse.config import ConfigError, Settings, load_settings
from pulse.directory import views as directory
from pulse.directory.commands import roster_commands
from pulse.invitations import views as invitations
from pulse.messages import views as mailbox
from pulse.responses import views as responses
from pulse.web import errors, pages, security, service

BLUEPRINTS = (accounts, directory, invitations, responses)
COMMANDS = (user_commands, roster_commands, bank_commands)


def create_app(settings: Settings | None = None) -> Flask:
    """A ready application; raises ConfigError in one sentence when a setting is wrong."""
    settings = settings or load_settings()
    app = Flask("pulse", root_path=None, static_folder=None, template_folder=None)
    app.config.update(settings.as_flask())
    settings.home.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    pages.init_app(app)
    security.init_app(app)  # after static files, so that they carry the headers too
    identity.init_app(app)
    errors.init_app(app)
    service.init_app(app)
    for feature in BLUEPRINTS:
        app.register_blueprint(feature.blueprint)
    mailbox.register(app)
    for commands in COMMANDS:
        app.cli.add_command(commands)
    app.extensions["pulse.latest_actions"] = lambda programme_id: []
    return app
