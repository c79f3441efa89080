"""`pulse bank`: what an editor of question banks runs before anybody is asked anything."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from pulse.banks.exporting import MEDIA_TYPES, export_bank
from pulse.banks.identifying import blocked_lines, find_blocked
from pulse.banks.linting import grade_lines, lint_library, waiver_lines, wording_lines
from pulse.banks.loading import BankError, load_library
from pulse.banks.store import get_library
from pulse.banks.writing import UnwritableError
from pulse.domain.instrument import Bank, Library
from pulse.domain.instrument.problems import suggestion

_ROW = "{:<20} {:>6} {:>9} {:>8} {:>14}"


@click.group("bank")
def bank_commands() -> None:
    """Question banks: check the files that say what may be asked, and take a bank out as a file."""


@bank_commands.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--notes", is_flag=True, help="Also print what is only worth a second look in the wording.")
def check(folder: Path | None, notes: bool) -> None:
    """Read every question bank in FOLDER (by default the product's own) and report each problem.

    Warnings about wording do not fail the check; a question that could tell who answered it does.
    """
    try:
        library = load_library(folder)
    except BankError as error:
        for problem in error.problems:
            click.echo(str(problem))
        count = len(error.problems)
        click.echo(f"{count} {'problem' if count == 1 else 'problems'} found; nothing was changed.", err=True)
        raise SystemExit(1) from None
    linted = lint_library(library)
    click.echo(_table(library))
    wrong = waiver_lines(linted)
    for line in (*wrong, *wording_lines(linted, notes), *blocked_lines(library), *grade_lines(library)):
        click.echo(line)
    if wrong:
        raise click.ClickException("Mend or take out each wording_waived that has no effect.")
    if blocked := find_blocked(library):
        what = "question" if all(one.read.field == "text" for one in blocked) else "text"
        told = f"1 {what} could" if len(blocked) == 1 else f"{len(blocked)} {what}s could"
        click.echo(f"{told} tell who answered: take it out or ask something else.", err=True)
        raise SystemExit(1)
    items = sum(len(bank.items) for bank in library.banks)
    click.echo(f"{items} items in {len(library.banks)} banks: no problem found")


@bank_commands.command("export")
@click.argument("bank_id", metavar="BANK")
@click.option(
    "--to",
    "out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; its ending says how: .yaml, .csv, .xlsx or .lss (LimeSurvey).",
)
@with_appcontext
def export(bank_id: str, out: Path) -> None:
    """Write one bank, as it stands here now, to a file."""
    library = get_library()
    banks = {bank.id: bank for bank in library.banks}
    if bank_id not in banks:
        raise click.ClickException(f"There is no bank {bank_id}: {suggestion(bank_id, banks)}")
    ending = out.suffix.lower().lstrip(".")
    if ending not in MEDIA_TYPES:
        raise click.ClickException(f"{out.name} must end in .yaml, .csv, .xlsx or .lss: name it so.")
    try:
        out.write_bytes(export_bank(banks[bank_id], library, ending))
    except UnwritableError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {len(banks[bank_id].items)} questions to {out}.")


def _table(library: Library) -> str:
    """A table with a line a bank."""
    rows = [_ROW.format("bank", "items", "reversed", "sources", "reading words")]
    return "\n".join((*rows, *(_row(bank) for bank in library.banks)))


def _row(bank: Bank) -> str:
    sources = {source for item in bank.items for source in item.sources}
    words = sum(len(item.text.split()) for item in bank.items)
    return _ROW.format(
        bank.id, len(bank.items), sum(item.reverse for item in bank.items), len(sources), words
    )
