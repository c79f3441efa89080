"""The application: the one file that knows every package."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import FlaskGroup, NoAppException
from flask_migrate import Migrate

from pulse import db, worker
from pulse.accounts import identity
from pulse.accounts import views as accounts
from pulse.accounts.commands import user_commands
from pulse.actions import views as actions
from pulse.actions.summaries import latest_actions
from pulse.banks import views as banks
from pulse.banks.commands import bank_commands
from pulse.cli.demo import demo_commands
from pulse.config import ConfigError, Settings, load_settings
from pulse.dashboards import views as dashboards
from pulse.directory import views as directory
from pulse.directory.commands import roster_commands
from pulse.invitations import views as invitations
from pulse.invitations.participation import running_rate
from pulse.messages import views as mailbox
from pulse.responses import views as responses
from pulse.results import closing
from pulse.surveys import views as surveys
from pulse.surveys.commands import programme_commands
from pulse.web import errors, pages, security, service

MIGRATIONS = Path(__file__).parent.parent / "migrations"
BLUEPRINTS = (accounts, actions, banks, dashboards, directory, invitations, responses, surveys)
COMMANDS = (
    bank_commands,
    programme_commands,
    roster_commands,
    user_commands,
    worker.tick_command,
    worker.worker_command,
)
#: commands that work before any setting is made
WITHOUT_SETTINGS = (bank_commands, demo_commands)


def create_app(settings: Settings | None = None) -> Flask:
    """A ready application; raises ConfigError in one sentence when a setting is wrong."""
    settings = settings or load_settings()
    app = Flask("pulse", root_path=None, static_folder=None, template_folder=None)
    app.config.update(settings.as_flask())
    settings.home.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    Migrate(app, db.db, directory=str(MIGRATIONS))
    pages.init_app(app)
    security.init_app(app)  # after static files, so that they carry the headers too
    identity.init_app(app)
    errors.init_app(app)
    service.init_app(app)
    _connect(app)
    for feature in BLUEPRINTS:
        app.register_blueprint(feature.blueprint)
    mailbox.register(app)
    for commands in COMMANDS:
        app.cli.add_command(commands)
    return app


def _connect(app: Flask) -> None:
    """What lower packages show but only higher ones know, handed down as plain functions."""
    app.extensions["pulse.latest_actions"] = latest_actions
    app.extensions["pulse.response_rate"] = running_rate
    app.extensions["pulse.try_again"] = closing.try_again


def _application(settings: Settings | None = None) -> Flask:
    """For the command line: a wrong setting is one sentence and exit code 2, never a traceback."""
    try:
        return create_app(settings)
    except ConfigError as problem:
        raise NoAppException(str(problem)) from None


@click.group(cls=FlaskGroup, create_app=_application, load_dotenv=False, add_version_option=False)
def main() -> None:
    """Pulse: anonymous staff culture surveys."""


for _commands in WITHOUT_SETTINGS:
    main.add_command(_commands)
