"""`pulse programme burden`: what all surveys together take of a person's time, and what was agreed."""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from pulse.surveys import burden, burden_words
from pulse.surveys.burden import AgreementError
from pulse.surveys.forecast_commands import columns


@click.group("burden", invoke_without_command=True)
@click.pass_context
@with_appcontext
def burden_commands(context: click.Context) -> None:
    """Tell for how many minutes a person is asked in any 12 weeks, over all surveys that run."""
    if context.invoked_subcommand is not None:
        return
    found = burden.burden_of_all(datetime.now(UTC))
    for line in (burden_words.describe_worst(found), burden_words.describe_gap(found)):
        if line:
            click.echo(line)
    agreed = found.agreement
    click.echo(f"Agreed: a warning from {agreed.warn} minutes, refused above {agreed.most}.")
    rows = burden_words.rows(found)
    if rows:
        click.echo("")
        for line in columns([burden_words.HEADINGS, *rows], numeric=(3, 4)):
            click.echo(line)


@burden_commands.command("set")
@click.option(
    "--warn", type=int, help="Minutes in 12 weeks from which the wizard warns; as it is if left out."
)
@click.option("--most", type=int, help="Minutes above which nothing is saved; as it is if left out.")
@with_appcontext
def set_burden(warn: int | None, most: int | None) -> None:
    """Agree on the minutes that a person may be asked for in any 12 weeks."""
    now = burden.get_agreement()
    try:
        agreed = burden.agree(now.warn if warn is None else warn, now.most if most is None else most)
    except AgreementError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Agreed: a warning from {agreed.warn} minutes, refused above {agreed.most}.")
