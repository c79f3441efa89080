"""`pulse programme add` and `pulse programme change`: everything that may be set of a survey."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import click
from flask.cli import with_appcontext

from pulse.domain.disclosure import PROFILES
from pulse.surveys import programmes
from pulse.surveys.details import Details, ProgrammeError, details_of
from pulse.surveys.models import Programme
from pulse.surveys.programme_checks import has_opened
from pulse.surveys.setting_options import changed, with_options
from pulse.surveys.telling import echo_waves, find_named

_PURPOSE = "We ask so that what is strong here can grow, and what is in the way can be moved."


@click.command("add")
@click.argument("name")
@click.option("--organisation", required=True, help="Who asks, as it signs its letters.")
@with_options
@with_appcontext
def add(name: str, organisation: str, **given: Any) -> None:
    """Set up a survey called NAME and plan its first wave."""
    now = datetime.now(UTC)
    start = Details(
        name=name,
        organisation=organisation,
        purpose=_PURPOSE,
        question_set="quarterly",
        rule="FREQ=MONTHLY;INTERVAL=3",
        # never today by itself: the hour may have passed, and then letters would leave at the next tick
        starts_on=(now + timedelta(days=1)).date(),
        k=PROFILES[given["profile"] or Details.profile],
    )
    programme = _done(lambda: programmes.create_programme(changed(start, given), now))
    click.echo(f"Set up {programme.name}. Letters leave by themselves once the first wave opens.")
    echo_waves(programme)


@click.command("change")
@click.argument("name")
@click.option("--name", "new_name", help="A new name.")
@click.option("--organisation", help="Who asks, as it signs its letters.")
@with_options
@click.option("--yes", is_flag=True, help="Do not ask before k is raised for good.")
@with_appcontext
def change(name: str, new_name: str | None, organisation: str | None, yes: bool, **given: Any) -> None:
    """Change survey NAME from its next wave on; what is not given stays as it is."""
    programme = find_named(name)
    more = {"name": new_name, "organisation": organisation}
    details = changed(details_of(programme), given | more)
    if not yes:
        ask_before_raising(programme, details.k, details.profile)
    now = datetime.now(UTC)
    programme = _done(lambda: programmes.update_programme(programme.id, details, now))
    click.echo(f"Changed {programme.name}. It counts from the next wave that opens.")
    echo_waves(programme)


def ask_before_raising(programme: Programme, k: int, profile: str) -> None:
    """Say what follows and ask where k or the profile would be raised for good; no other answer goes on."""
    raised = k > programme.k or PROFILES[profile] > PROFILES[programme.profile]
    if raised and has_opened(programme):
        click.echo(f"From the next wave on, no figure of fewer than {k} people is shown.")
        what = "k" if PROFILES[profile] == PROFILES[programme.profile] else f"k and the profile ({profile})"
        click.confirm(
            f"A wave of {programme.name} has opened, so {what} can never be lowered again. Set it to {k}?",
            abort=True,
        )


def _done(act: Callable[[], Programme]) -> Programme:
    try:
        return act()
    except ProgrammeError as error:
        raise click.ClickException(str(error)) from error


SETTING_COMMANDS = (add, change)
