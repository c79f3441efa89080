"""`pulse programme slips`: print codes for people whom no letter reaches. For the worker's machine."""

import csv
import os
import secrets
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from pulse.config import Settings
from pulse.domain.spreadsheets import defused
from pulse.invitations.paper import NotOpen, Slip, list_slips
from pulse.invitations.sending import occasion_of
from pulse.invitations.slip_pages import set_slips
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import KeyMissing, Keyring
from pulse.web.arguments import WAVE
from pulse.web.pdf import NoPdf

_COLUMNS = ("unit", "name", "code", "link", "results")
_WARNING = (
    "Whoever holds this file can answer in its people's place. Print it, cut the "
    "slips apart, hand each one out folded, and delete the file. It does not say who has answered, but "
    "whoever holds a slip or a link can see whether it was used."
)


@click.command("slips")
@click.argument("wave_id", type=WAVE)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write, .pdf to print or .csv; it must not be there yet.",
)
@with_appcontext
def slips_command(wave_id: int, out: Path) -> None:
    """Write a slip for each person without a working e-mail address, sorted by unit.

    WAVE_ID is the number in the address of the wave's page. The wave must be open. A PDF has eight slips a
    page and begins a page with each unit; one that is too long goes on in further files.
    """
    settings: Settings = current_app.config["PULSE"]
    if out.suffix.lower() not in (".pdf", ".csv"):
        raise click.ClickException("Name a file that ends in .pdf, to print, or in .csv.")
    try:
        slips = list_slips(wave_id, Keyring(settings.key_dir).token_key(), settings.base_url)
        write = _write_pages if out.suffix.lower() == ".pdf" else _write_table
        files = write(slips, wave_id, out)
    except (NotOpen, KeyMissing, NoPdf) as error:
        raise click.ClickException(str(error)) from error
    except FileExistsError as error:
        raise click.ClickException(f"{error.filename} is there already: name a file that is not.") from None
    except OSError as error:
        raise click.ClickException(
            f"{out} cannot be written: {error.strerror}; nothing is left of it."
        ) from None
    slip_s = f"{len(slips):,} slip{'' if len(slips) == 1 else 's'}"
    named = f"{files[0]} to {files[-1].name}" if len(files) > 1 else str(files[0])
    click.echo(f"Wrote {slip_s} to {named}. The page to type a code in is {settings.base_url}/code")
    click.echo(_WARNING, err=True)


def _write_table(slips: Sequence[Slip], _wave_id: int, out: Path) -> list[Path]:
    text = StringIO(newline="")
    write_slips(slips, text)
    _write_new(out, text.getvalue().encode())
    return [out]


def _write_pages(slips: Sequence[Slip], wave_id: int, out: Path) -> list[Path]:
    """One file, or several with a number before the ending; nothing is left of them if one fails."""
    settings: Settings = current_app.config["PULSE"]
    if not slips:
        raise NoPdf("A letter reaches everybody in this wave: there is no slip to print.")
    occasion = occasion_of(surveys.get_wave(wave_id), settings.base_url)
    written: list[Path] = []
    try:
        for number, pages in enumerate(set_slips(slips, occasion, f"{settings.base_url}/code"), 1):
            file = out if number == 1 else out.with_stem(f"{out.stem}-{number}")
            _write_new(file, pages)
            written.append(file)
    except BaseException:
        for file in written:
            file.unlink()
        raise
    return written


def _write_new(file: Path, content: bytes) -> None:
    """Only its owner may read it, and nothing that is there is written over.

    Written beside and moved to its name when it is whole: half a file would be printed as if it were all.
    """
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # the name is ours
    beside = file.with_name(f".{secrets.token_hex(8)}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        file.unlink()
        raise


def write_slips(slips: Sequence[Slip], file: StringIO) -> None:
    """A line of headings and a line for each slip (RFC 4180); no cell is run as a formula."""
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for slip in slips:
        cells = (slip.unit, slip.name, slip.code, slip.link, slip.results)
        writer.writerow(map(defused, cells))
