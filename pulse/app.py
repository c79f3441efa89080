"""The application: the one file that knows every package."""

import re
from pathlib import Path

import click
from flask import Flask
from flask.cli import FlaskGroup
from flask_migrate import Migrate
from flask_migrate.cli import db as migrate_commands
from sqlalchemy.exc import OperationalError, ProgrammingError

from pulse import db, worker
from pulse.accounts import identity
from pulse.accounts import key_views as account_keys
from pulse.accounts import views as accounts
from pulse.accounts.commands import user_commands
from pulse.actions import holding
from pulse.actions import views as actions
from pulse.actions.summaries import latest_actions
from pulse.api import calendar_views as calendar
from pulse.api import views as api
from pulse.banks import file_views as question_files
from pulse.banks import history_views as question_history
from pulse.banks import pair_views as pairs
from pulse.banks import scale_views as scales
from pulse.banks import shape_views as shapes
from pulse.banks import studio_views as studio
from pulse.banks import translation_file_views as translation_files
from pulse.banks import translation_views as translations
from pulse.banks import views as banks
from pulse.banks.commands import bank_commands
from pulse.banks.translation_commands import translation_commands
from pulse.cli.anonymity import anonymity_commands
from pulse.cli.demo import demo_commands
from pulse.config import ConfigError, Settings, load_settings
from pulse.dashboards import diagnostics_views as diagnostics
from pulse.dashboards import download_views as downloads
from pulse.dashboards import method_views as method
from pulse.dashboards import moderation_views as comments
from pulse.dashboards import pack_views as packs
from pulse.dashboards import staff_views as staff_results
from pulse.dashboards import views as dashboards
from pulse.dashboards.diagnostics_commands import questions_command
from pulse.dashboards.diagnostics_reading import find_last
from pulse.dashboards.earlier_surveys import last_said, may_read_finding, something_changed_for
from pulse.directory import views as directory
from pulse.directory.commands import roster_commands
from pulse.invitations import kiosk_views as kiosk
from pulse.invitations import participation_views as participation
from pulse.invitations import receipt_views as receipts
from pulse.invitations import views as invitations
from pulse.invitations.commands import slips_command
from pulse.invitations.participation import count_unreached, running_rate
from pulse.invitations.participation_command import participation_command
from pulse.messages import views as mailbox
from pulse.pilots import tester_views as pilot_testers
from pulse.pilots import views as pilots
from pulse.pilots.trying import find_under_way
from pulse.responses import views as responses
from pulse.results import closing
from pulse.results.bridging import verdict_of
from pulse.results.commands import results_commands
from pulse.results.giving_up import give_up
from pulse.results.last_release import last_release
from pulse.surveys import announcement_views as announcements
from pulse.surveys import asked, staff_link
from pulse.surveys import bridge_views as bridges
from pulse.surveys import burden_views as burden
from pulse.surveys import forecast_views as forecasts
from pulse.surveys import key_views as keys
from pulse.surveys import poster_views as posters
from pulse.surveys import preview_views as previews
from pulse.surveys import views as surveys
from pulse.surveys import wizard_views as wizard
from pulse.surveys.announcement_commands import ANNOUNCEMENT_COMMANDS
from pulse.surveys.commands import programme_commands
from pulse.surveys.forecast_commands import forecast_command
from pulse.surveys.language_words import list_typed
from pulse.web import errors, pages, security, service

MIGRATIONS = Path(__file__).parent.parent / "migrations"
BLUEPRINTS = (
    account_keys,
    accounts,
    actions,
    announcements,
    api,
    banks,
    bridges,
    burden,
    calendar,
    comments,
    dashboards,
    diagnostics,
    directory,
    downloads,
    forecasts,
    invitations,
    keys,
    kiosk,
    method,
    packs,
    participation,
    pilot_testers,
    pilots,
    posters,
    previews,
    question_files,
    question_history,
    receipts,
    responses,
    scales,
    shapes,
    pairs,
    staff_results,
    studio,
    surveys,
    translation_files,
    translations,
    wizard,
)
COMMANDS = (
    anonymity_commands,
    bank_commands,
    forecast_command,
    programme_commands,
    results_commands,
    roster_commands,
    translation_commands,
    user_commands,
    worker.tick_command,
    worker.worker_command,
)
#: slips are made where links are, above what `pulse programme` may import
programme_commands.add_command(slips_command)
programme_commands.add_command(participation_command)
#: read as the pages read, above what `pulse results` may import
results_commands.add_command(questions_command)
for _command in ANNOUNCEMENT_COMMANDS:
    programme_commands.add_command(_command)


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
    staff_link.init_app(app)
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
    app.extensions["pulse.texts_to_translate"] = list_typed
    app.extensions["pulse.unanswered"] = holding.find_unanswered
    app.extensions["pulse.why_held"] = holding.why_held
    app.extensions["pulse.something_changed"] = something_changed_for
    app.extensions["pulse.may_read_finding"] = may_read_finding
    app.extensions["pulse.last_said"] = last_said
    app.extensions["pulse.question_uses"] = asked.find_uses
    app.extensions["pulse.questions_asked"] = asked.find_asked
    app.extensions["pulse.last_told"] = find_last
    app.extensions["pulse.pilots_under_way"] = find_under_way
    app.extensions["pulse.response_rate"] = running_rate
    app.extensions["pulse.unreached"] = count_unreached
    app.extensions["pulse.last_release"] = last_release
    app.extensions["pulse.bridge_verdict"] = verdict_of
    app.extensions["pulse.try_again"] = closing.try_again
    app.extensions["pulse.give_up"] = give_up


class Refused(click.ClickException):
    """One sentence, and the exit code of a command that was given wrongly."""

    exit_code = 2


class Commands(FlaskGroup):
    """`pulse ...`: a wrong setting, or a database without tables, is one sentence and never a traceback."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """For `--help`, which must not need any setting."""
        return sorted(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ConfigError as problem:
            raise Refused(str(problem)) from None
        except (OperationalError, ProgrammingError) as error:
            if re.search(r"no such table|does not exist", str(error.orig)):
                raise Refused("The database has no tables yet: run `pulse db upgrade` first.") from None
            raise


@click.group(cls=Commands, create_app=create_app, load_dotenv=False, add_version_option=False)
def main() -> None:
    """Pulse: anonymous staff culture surveys."""


for _commands in (*COMMANDS, migrate_commands, demo_commands):
    main.add_command(_commands)
