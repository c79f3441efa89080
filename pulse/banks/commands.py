"""`pulse bank`: what an editor of question banks runs before anybody is asked anything."""

from pathlib import Path

import click

from pulse.banks.loading import BankError, load_library
from pulse.domain.instrument import Bank, Library

_ROW = "{:<20} {:>6} {:>9} {:>8} {:>14}"


@click.group("bank")
def bank_commands() -> None:
    """Question banks: check the files that say what may be asked."""


@bank_commands.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Read every question bank in FOLDER (by default the product's own) and report each problem."""
    try:
        library = load_library(folder)
    except BankError as error:
        for problem in error.problems:
            click.echo(str(problem))
        count = len(error.problems)
        click.echo(f"{count} {'problem' if count == 1 else 'problems'} found; nothing was changed.", err=True)
        raise SystemExit(1) from None
    click.echo(_summary(library))


def _summary(library: Library) -> str:
    """A table with a line a bank, and one that says all is well."""
    rows = [_ROW.format("bank", "items", "reversed", "sources", "reading words")]
    rows += [_row(bank) for bank in library.banks]
    items = sum(len(bank.items) for bank in library.banks)
    return "\n".join((*rows, f"{items} items in {len(library.banks)} banks: no problem found"))


def _row(bank: Bank) -> str:
    sources = {source for item in bank.items for source in item.sources}
    words = sum(len(item.text.split()) for item in bank.items)
    return _ROW.format(
        bank.id, len(bank.items), sum(item.reverse for item in bank.items), len(sources), words
    )
