"""`pulse programme slips`: print codes for people whom no letter reaches. For the worker's machine."""

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import click
from flask import current_app
from flask.cli import with_appcontext

from pulse.config import Settings
from pulse.domain.spreadsheets import defused
from pulse.invitations.paper import NotOpen, Slip, list_slips
from pulse.surveys.keyring import KeyMissing, Keyring
from pulse.web.arguments import WAVE

_COLUMNS = ("unit", "name", "code", "link", "results")
_WARNING = (
    "Whoever holds this file can answer in its people's place. Print it, cut the "
    "slips apart, hand each one out folded, and delete the file. It does not say who has answered."
)


@click.command("slips")
@click.argument("wave_id", type=WAVE)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write, as CSV; it must not be there yet.",
)
@with_appcontext
def slips_command(wave_id: int, out: Path) -> None:
    """Write a slip for each person without a working e-mail address, sorted by unit.

    WAVE_ID is the number in the address of the wave's page. The wave must be open.
    """
    settings: Settings = current_app.config["PULSE"]
    try:
        slips = list_slips(wave_id, Keyring(settings.key_dir).token_key(), settings.base_url)
        with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", newline="") as file:
            write_slips(slips, file)
    except (NotOpen, KeyMissing) as error:
        raise click.ClickException(str(error)) from error
    except FileExistsError:
        raise click.ClickException(f"{out} is there already: name a file that is not.") from None
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    slip_s = f"{len(slips):,} slip{'' if len(slips) == 1 else 's'}"
    click.echo(f"Wrote {slip_s} to {out}. The page to type a code in is {settings.base_url}/code")
    click.echo(_WARNING, err=True)


def write_slips(slips: Iterable[Slip], file: TextIO) -> None:
    """A line of headings and a line for each slip (RFC 4180); no cell is run as a formula."""
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for slip in slips:
        cells = (slip.unit, slip.name, slip.code, slip.link, slip.results)
        writer.writerow(map(defused, cells))
