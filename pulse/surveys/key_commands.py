"""The guardians' key by command: for those who would rather not type it into a website."""

import sys
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from pulse.domain.key_text import fingerprint_of
from pulse.surveys import guardians, queries
from pulse.surveys.guardians import KeyTextError
from pulse.surveys.models import Wave
from pulse.surveys.programmes import WaveError
from pulse.web.arguments import WAVE

_WAVE = click.argument("wave_id", metavar="WAVE", type=WAVE)
_STDIN = click.option("--key-stdin", is_flag=True, help="Read the key from standard input, a share a line.")


@click.command("make-key")
@_WAVE
@click.option(
    "--guardians", "holders", type=click.IntRange(1, 2), default=2, show_default=True, help="How many."
)
@with_appcontext
def make_key(wave_id: int, holders: int) -> None:
    """Make the guardians' key of a planned wave and show it, for the only time.

    WAVE is the number in the address of the wave's page.
    """
    wave = _wave(wave_id)
    click.echo(f"{wave.programme.name}, {wave.label}. {guardians.IF_LOST}")
    click.pause("Press a key when the guardians are here: it is made and shown to them, once.")
    try:
        texts = guardians.make_key(wave_id, holders)
    except WaveError as error:
        raise click.ClickException(str(error)) from error
    for number, text in enumerate(texts, 1):
        click.echo(f"Fingerprint: {fingerprint_of(wave.public_key or b'')}")
        click.echo(f"Share {number} of {holders}:" if holders > 1 else "The key:")
        click.echo(f"\n    {text}\n")
        click.pause("Write both down, then press a key: the screen is cleared.")
        _forget_screen()
    click.echo("It is kept nowhere. Test it now with `pulse programme test-key`: the wave opens only then.")


@click.command("test-key")
@_WAVE
@_STDIN
@with_appcontext
def test_key(wave_id: int, key_stdin: bool) -> None:
    """Open the test of a planned wave with its guardians' key; asks for the key."""
    _wave(wave_id)
    try:
        guardians.test_key(wave_id, _read_key(key_stdin))
    except (KeyTextError, WaveError) as error:
        raise click.ClickException(_told(error)) from error
    click.echo("The key opened its test: this wave can open on its day.")


@click.command("discard-key")
@_WAVE
@with_appcontext
def discard_key(wave_id: int) -> None:
    """Forget the tested key of a planned wave, which its guardians have lost. Asks for the wave's name."""
    wave = _wave(wave_id)
    click.echo(f"{wave.programme.name}, {wave.label}. {guardians.BEFORE_DISCARDING}")
    typed = _read_name(wave)
    try:
        guardians.discard_key(wave_id, typed)
    except WaveError as error:
        raise click.ClickException(str(error)) from error
    click.echo(guardians.DISCARDED)


@click.command("hand-key")
@_WAVE
@_STDIN
@with_appcontext
def hand_key(wave_id: int, key_stdin: bool) -> None:
    """Hand the guardians' key of a closed wave to the worker, which counts; asks for the key."""
    _wave(wave_id)
    try:
        texts, secret_key = _read_key(key_stdin), current_app.config["SECRET_KEY"]
        guardians.hand_key(wave_id, texts, secret_key, datetime.now(UTC))
    except (KeyTextError, WaveError) as error:
        raise click.ClickException(_told(error)) from error
    click.echo("The key has been handed in: the answers are counted at the worker's next tick.")


@click.command("give-up")
@_WAVE
@with_appcontext
def give_up(wave_id: int) -> None:
    """End a wave whose answers nobody can open; they are deleted. Asks for the wave's name."""
    wave = _wave(wave_id)
    click.echo(
        f"{wave.programme.name}: the answers given in {wave.label} are deleted and lost for good, with the "
        "list of who was asked. There will be no results of it."
    )
    typed = _read_name(wave)
    try:
        current_app.extensions["pulse.give_up"](wave_id, typed)
    except WaveError as error:
        raise click.ClickException(str(error)) from error
    click.echo("It is given up. The worker destroys what is left of it at its next tick.")


KEY_COMMANDS = (make_key, test_key, discard_key, hand_key, give_up)


def _forget_screen() -> None:
    """Clear the terminal, and what it would show when somebody scrolls back."""
    click.clear()
    if sys.stdout.isatty():
        click.echo("\033[3J", nl=False)


def _wave(wave_id: int) -> Wave:
    wave = queries.find_wave(wave_id)
    if wave is None:
        raise WAVE.unknown(wave_id)
    return wave


def _read_name(wave: Wave) -> str:
    typed: str = click.prompt(f'Type "{wave.label}" to go on', default="", show_default=False)
    return typed


def _told(error: KeyTextError | WaveError) -> str:
    """The sentence, and which of two shares it is about: nothing that was typed is on the screen."""
    second = isinstance(error, KeyTextError) and error.place
    return f"{error} This is about the second share." if second else str(error)


def _read_key(from_stdin: bool) -> list[str]:
    """Never an argument: those show in the list of processes and in the shell's history."""
    if from_stdin:
        return sys.stdin.read().splitlines()
    first: str = click.prompt("The key, or the first share", hide_input=True)
    second: str = click.prompt(
        "The second share (nothing if there is none)", hide_input=True, default="", show_default=False
    )
    return [first, second]
