"""`pulse results questions`: how each question of a released wave did, as on its page."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from pulse.dashboards.diagnostics_reading import Diagnosed, Verdict, diagnose, write_csv
from pulse.dashboards.reading import OutOfScope, read_result
from pulse.results.released import NotReleased
from pulse.surveys import queries as surveys
from pulse.web.arguments import RowNumber

_WAVE = RowNumber("There is no wave {}: take the first number in the address of its results page.")
_HEADINGS = {
    Verdict.GOOD: "These did their work",
    Verdict.LOOK_AT: "Look at these together",
    Verdict.UNCLEAR: "Too few answered the whole scale to tell",
    Verdict.UNTOLD: "Nothing to remark on, and not known beside the others of a scale",
}


@click.command("questions")
@click.argument("wave_id", type=_WAVE)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write all of it to a CSV file.")
@with_appcontext
def questions_command(wave_id: int, out: Path | None) -> None:
    """Say how each question of a wave did; WAVE_ID is the first number in the address of its results."""
    found = _diagnosed(wave_id)
    if out is None:
        click.echo("\n".join(_lines(found)))
        return
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            write_csv(found, file)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {len(found.questions):,} questions to {out}.")


def _diagnosed(wave_id: int) -> Diagnosed:
    wave = surveys.find_wave(wave_id)
    if wave is None:
        raise _WAVE.unknown(wave_id)
    try:
        return diagnose(read_result(wave, 0))
    except (NotReleased, surveys.NotFound):  # counted not yet, or not even opened
        raise click.ClickException(
            f"Wave {wave.id} has no results yet: ask once it has closed and been counted."
        ) from None
    except OutOfScope:
        raise click.ClickException(f"Wave {wave.id} shows no results: too few people answered.") from None


def _lines(found: Diagnosed) -> list[str]:
    lines = []
    for verdict, heading in _HEADINGS.items():
        these = found.of(verdict)
        if these:
            lines += [heading, *(f"  {one.id}: {' '.join(one.sentences) or one.text}" for one in these)]
    return [*lines, *found.scales]
