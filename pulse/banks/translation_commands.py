"""`pulse translations`: how far a language is, and its texts to and from files."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from pulse.banks import translating, translation_files
from pulse.banks.limits import ImportRefused
from pulse.banks.store import get_library
from pulse.banks.translating import Group
from pulse.banks.writing import UnwritableError
from pulse.domain.instrument.problems import suggestion
from pulse.languages.texts import ENGLISH, LANGUAGES

_CALLED = {"staff": "pages that staff see", "scales": "answers and scales", "pages": "pages of accounts"}
_ROW = "{:<34} {:>9} {:>7} {:>8}  {}"
_LANGUAGE = click.Choice([code for code in LANGUAGES if code != ENGLISH])


@click.group("translations")
def translation_commands() -> None:
    """Other languages: how far each is, and files for translators."""


@translation_commands.command("status")
@click.argument("language", type=_LANGUAGE, default="cy")
@with_appcontext
def status(language: str) -> None:
    """How many texts of each group are reviewed, drafts and without words. LANGUAGE is cy by default."""
    groups = translating.list_groups(language, get_library())
    counts = translating.count_groups(language, groups)
    click.echo(_ROW.format("group", "reviewed", "drafts", "missing", "what"))
    for group in groups:
        counted = counts[group.id]
        called = _CALLED.get(group.kind, group.heading)
        click.echo(_ROW.format(group.id, counted.reviewed, counted.draft, counted.missing, called))
    for group in groups:
        if group.kind == "survey":
            left = translating.count_left(language, group)
            told = f"{left} texts are not reviewed yet" if left else "may be offered: everything is reviewed"
            click.echo(f"{group.heading}: {told}.")


@translation_commands.command("export")
@click.argument("group_id", metavar="GROUP")
@click.option("--language", type=_LANGUAGE, default="cy", show_default=True)
@click.option(
    "--to",
    "out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; its ending says how: .csv or .xlsx.",
)
@with_appcontext
def export(group_id: str, language: str, out: Path) -> None:
    """Write the texts of one group, as `status` names it, with their translations to a file."""
    group = _group(translating.list_groups(language, get_library()), group_id)
    ending = out.suffix.lower().lstrip(".")
    if ending not in translation_files.MEDIA_TYPES:
        raise click.ClickException(f"{out.name} must end in .csv or .xlsx: name it so.")
    try:
        out.write_bytes(translation_files.write_file(language, group, ending))
    except UnwritableError:
        raise click.ClickException("A text has characters that a spreadsheet would not give back.") from None
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {len(group.texts)} texts to {out}.")


@translation_commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", type=_LANGUAGE, default="cy", show_default=True)
@click.option("--yes", is_flag=True, help="Save it; without this the command only says what it would do.")
@with_appcontext
def bring_in(file: Path, language: str, yes: bool) -> None:
    """Save the translations of FILE as drafts by nobody: any editor may review them on the pages."""
    groups = translating.list_groups(language, get_library())
    try:
        found = translation_files.preview(language, groups, file.name, file.read_bytes())
        for problem in found.problems:
            click.echo(problem)
        if found.problems:
            raise click.ClickException(f"{_problems(len(found.problems))} found; nothing was changed.")
        click.echo(f"{len(found.coming)} to change, {found.same} as they are, {len(found.unknown)} left out.")
        if yes and found.coming:
            rows = [each.handed_on for each in found.coming]
            count = translation_files.bring_in(language, groups, rows, None, datetime.now(UTC))
            click.echo(f"{count} saved as drafts.")
    except ImportRefused as error:
        raise click.ClickException(str(error)) from None


def _group(groups: list[Group], group_id: str) -> Group:
    found = translating.find_group(groups, group_id)
    if found is None:
        known = {group.id: group for group in groups}
        raise click.ClickException(f"There is no group {group_id}: {suggestion(group_id, known)}")
    return found


def _problems(count: int) -> str:
    return "1 problem" if count == 1 else f"{count} problems"
