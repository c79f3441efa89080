"""`pulse demo`: an invented council to look around in, built by the real pipeline and served on this machine.

It needs no environment: its settings are made here. The analysis packages load when a demo is built, never
with this module, which the web process imports as well.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask
from flask.cli import ScriptInfo

from pulse.cli.progress import showing_progress
from pulse.config import Settings
from pulse.demo.folder import (
    DemoError,
    Notes,
    demo_folder,
    demo_settings,
    find_notes,
    holding,
    move_to,
    remove,
)
from pulse.demo.links import Links, list_links
from pulse.demo.place import Size
from pulse.demo.serving import check_port, read_port, serve

CreateApp = Callable[[Settings], Flask]
#: of everybody, how many answer a wave, about: for the progress bar
_ANSWERING = 0.6
_NOT_BUILT = "There is no demo here yet: run pulse demo first."


@click.group("demo", invoke_without_command=True)
@click.pass_context
def demo_commands(ctx: click.Context) -> None:
    """An invented council with eleven past waves, on this machine only.

    Builds it if it is not there, then serves it until Ctrl-C.
    """
    if ctx.invoked_subcommand is None:
        with _plainly(), holding(_folder()):
            port = _free_port()
            notes = find_notes(_folder()) or _build(_create_app(ctx), port)
            _serve(_create_app(ctx), notes, port)


@demo_commands.command("build")
@click.pass_context
def build_command(ctx: click.Context) -> None:
    """Build the demo anew, and do not serve it."""
    with _plainly(), holding(_folder()):
        _build(_create_app(ctx), read_port(os.environ))


@demo_commands.command("serve")
@click.pass_context
def serve_command(ctx: click.Context) -> None:
    """Serve a demo that is built."""
    with _plainly(), holding(_folder()):
        _serve(_create_app(ctx), _built(), _free_port())


@demo_commands.command("links")
@click.option("--json", "as_json", is_flag=True, help="For a script.")
@click.pass_context
def links_command(ctx: click.Context, as_json: bool) -> None:
    """Print where to answer and how to sign in."""
    with _plainly():
        notes = _built()
        links = _links(_create_app(ctx), notes, _settings(notes))
    if as_json:
        click.echo(json.dumps(links.as_json(), indent=1))
    else:
        _print_links(links)


@demo_commands.command("remove")
def remove_command() -> None:
    """Take the demo away; nothing else is touched."""
    with _plainly():
        removed = remove(_folder())
    click.echo("The demo was removed." if removed else "There is no demo here.")


@contextmanager
def _plainly() -> Iterator[None]:
    """One sentence instead of a traceback."""
    try:
        yield
    except DemoError as error:
        raise click.ClickException(str(error)) from error


def _create_app(ctx: click.Context) -> CreateApp:
    """Whoever starts the command line passes it: a package may not import what lies above it."""
    create_app = ctx.ensure_object(ScriptInfo).create_app
    assert create_app is not None, "the command line was started without an application"  # noqa: S101
    return create_app


def _folder() -> Path:
    return demo_folder(os.environ)


def _settings(notes: Notes) -> Settings:
    return demo_settings(_folder(), notes.secret_key, int(notes.base_url.rpartition(":")[2]))


def _built() -> Notes:
    notes = find_notes(_folder())
    if notes is None:
        raise DemoError(_NOT_BUILT)
    return notes


def _free_port() -> int:
    """Known before the building begins: nobody wants to wait for a demo that cannot be served."""
    port = read_port(os.environ)
    check_port(port)
    return port


def _build(create_app: CreateApp, port: int) -> Notes:
    from pulse.demo import building  # noqa: PLC0415 - pandas and scipy, which the web process must not load

    size = Size()
    settings = demo_settings(_folder(), building.new_secret(), port)
    total = round(size.people * _ANSWERING * (size.past_waves + 0.5))
    with showing_progress("Building the demo", total) as tell:
        return building.build_demo(create_app, settings, datetime.now(UTC), tell, size=size)


def _serve(create_app: CreateApp, notes: Notes, port: int) -> None:
    notes = move_to(_folder(), notes, f"http://127.0.0.1:{port}")
    settings = _settings(notes)
    links = _links(create_app, notes, settings)

    def started() -> None:
        _print_links(links)
        click.echo("\nCtrl-C stops the demo; pulse demo remove takes it away.")

    serve(settings, port, started)
    click.echo("The demo has stopped; pulse demo starts it again.")


def _links(create_app: CreateApp, notes: Notes, settings: Settings) -> Links:
    with create_app(settings).app_context():
        return list_links(notes, settings)


def _print_links(links: Links) -> None:
    click.echo(f"\nThe demo is at {links.base_url}\n\nAnswer the open survey as")
    for who, url in links.answer:
        click.echo(f"  {who:<18}{url}")
    if not links.answer:
        click.echo("  nobody: no wave is open just now (pulse demo build makes a new demo)")
    click.echo(f"\nEverybody's letters: {links.mailbox}\n\nSign in at {links.sign_in_page}, password")
    click.echo(f"  {links.sign_in[0].password}\nas")
    for one in links.sign_in:
        click.echo(f"  {one.label:<18}{one.email}")
