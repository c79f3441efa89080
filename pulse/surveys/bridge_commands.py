"""Bridges over changed questions by command."""

import click
from flask import current_app
from flask.cli import with_appcontext

from pulse.surveys import bridges
from pulse.surveys.telling import find_named


@click.command("bridge")
@click.argument("name")
@click.argument("new_id", required=False)
@click.option("--take-back", "back", is_flag=True, help="Plan this bridge no more.")
@with_appcontext
def bridge_command(name: str, new_id: str | None, back: bool) -> None:
    """Ask half the people a question's old words and half its new ones, in the next wave that asks it.

    NAME is the survey's, NEW_ID the id of the question that stands in place of another. Without NEW_ID, tell
    which questions changed, and whether there are enough people for a bridge.
    """
    programme = find_named(name)
    before = current_app.extensions["pulse.last_release"](programme.id)
    if new_id is None:
        _tell(bridges.list_changed(programme, room := bridges.room_of(programme, before)), room)
        return
    try:
        if back:
            bridges.take_back(programme.id, new_id)
            click.echo("The bridge is taken back: everybody is asked the same.")
        else:
            found = bridges.plan_bridge(programme.id, new_id, before)
            click.echo(f"The bridge from {found.old.id} to {new_id} is planned.")
    except bridges.BridgeError as problem:
        raise click.ClickException(str(problem)) from problem


def _tell(changed: list[bridges.Changed], room: bridges.Room) -> None:
    click.echo(room.sentence)
    if not changed:
        click.echo("No question that this survey asks has become another one.")
    for each in changed:
        click.echo(f"{each.old.id} became {each.new.id}: {_standing(each)}")


def _standing(each: bridges.Changed) -> str:
    if each.wave is not None:
        found = current_app.extensions["pulse.bridge_verdict"](each.wave, each.new.id)
        return found or f"{each.wave.label} asks half the people each."
    return "A bridge is planned." if each.planned else each.refusal or "No bridge is planned."
