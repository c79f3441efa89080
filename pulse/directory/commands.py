"""`pulse roster`: import, template, show."""

from pathlib import Path

import click
from flask.cli import AppGroup

from pulse.directory.headcount import list_unit_counts
from pulse.directory.queries import count_people
from pulse.directory.roster_columns import template_csv
from pulse.directory.roster_file import RosterFile, read_roster
from pulse.directory.roster_import import ImportRefusedError, check_plan, import_roster, preview_roster
from pulse.directory.roster_plan import RosterPlan
from pulse.directory.roster_reading import RosterError
from pulse.directory.roster_telling import (
    Section,
    more_line,
    tell_bad_rows,
    tell_plan,
    tell_reach,
    tell_result,
)

roster_commands = AppGroup("roster", help="The staff list and the org tree.")

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@roster_commands.command("import")
@click.argument("file", type=_FILE)
@click.option(
    "--units", type=_FILE, help="A second CSV with the org tree: unit code, unit name, parent unit code."
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--allow-many-leavers", is_flag=True, help="Import even if more than 30% of staff would leave.")
def import_command(file: Path, units: Path | None, dry_run: bool, allow_many_leavers: bool) -> None:
    """Bring the directory to what FILE, a CSV, says: as a whole, or not at all."""
    try:
        roster = read_roster(file.read_bytes(), units.read_bytes() if units else None)
        if dry_run:
            _dry_run(roster, allow_many_leavers)
        else:
            click.echo(tell_result(import_roster(roster, allow_many_leavers=allow_many_leavers)))
    except RosterError as error:
        if isinstance(error, ImportRefusedError):
            _echo_bad_rows(error.plan)
        raise click.ClickException(_as_option(str(error))) from error


@roster_commands.command("template")
def template_command() -> None:
    """Print a small roster file to start from."""
    click.echo(template_csv(), nl=False)


@roster_commands.command("show")
def show_command() -> None:
    """Count the people in each top-level unit."""
    top = [count for count in list_unit_counts() if count.depth == 0]
    for count in top:
        click.echo(f"{count.total:>9,}  {count.unit.code}  {count.unit.name}")
    click.echo(f"{count_people():>9,}  people in all")


def _dry_run(roster: RosterFile, allow_many_leavers: bool) -> None:
    plan = preview_roster(roster)
    for section in tell_plan(plan):
        _echo_section(section)
    if told := tell_reach(plan):
        click.echo(told)
    if plan.ignored:
        click.echo(f"Columns not read: {', '.join(plan.ignored)}")
    check_plan(plan, allow_many_leavers=allow_many_leavers)
    click.echo("Nothing to change." if plan.is_empty else "Dry run: nothing was written.")


def _echo_bad_rows(plan: RosterPlan) -> None:
    section = tell_bad_rows(plan)
    for line in section.lines:
        click.echo(line, err=True)
    if section.more:
        click.echo(more_line(section), err=True)


def _echo_section(section: Section) -> None:
    click.echo(f"{section.heading}: {len(section.lines) + section.more:,}")
    for line in section.lines:
        click.echo(f"  {line}")
    if section.more:
        click.echo(f"  {more_line(section)}")


def _as_option(message: str) -> str:
    """The command's word for what the page calls a box to tick."""
    return message.replace("allow many leavers if it does", "add --allow-many-leavers if it does")
