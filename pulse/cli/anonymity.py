"""`pulse anonymity verify`: look at the installed database and say, for everybody, what was found."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

import click
from flask import current_app
from flask.cli import AppGroup

from pulse.config import Settings
from pulse.domain.anonymity import CHECKS, Finding, Verdict
from pulse.results.verifying import verify

anonymity_commands = AppGroup("anonymity", help="Whether the promise to staff is kept here.")

_LARGEST_WIDTH = 100
_NOTES = (
    '"pass" means that this was looked at and is in order; "not checked", that it cannot be seen from here '
    "and somebody should ask. What an administrator can learn even so is on the page /how-anonymity-works."
)


@anonymity_commands.command("verify")
@click.option(
    "--as-website", is_flag=True, help="The system user running this is the website's: it must not read keys."
)
def verify_command(as_website: bool) -> None:
    """Check that nothing here joins a person to an answer; exit code 1 if a check fails.

    It reads and writes nothing else. Run it where the worker runs, as the worker's user, and a second time
    as the website's user with --as-website. A union representative should be asked to watch.
    """
    settings: Settings = current_app.config["PULSE"]
    findings = verify(settings, as_website=as_website)
    for line in table(findings, max(40, min(_LARGEST_WIDTH, shutil.get_terminal_size().columns))):
        click.echo(line)
    if any(one.verdict is Verdict.FAIL for one in findings):
        raise SystemExit(1)


def table(findings: Iterable[Finding], width: int) -> Iterator[str]:
    """Lines of text: the verdict on the left, the statement and what was found beside it."""
    listed = list(findings)
    margin = max(len(verdict) for verdict in Verdict) + 2
    for heading, group in groupby(listed, key=lambda one: CHECKS[one.check][0]):
        yield from ("", heading)
        for one in group:
            first, rest = f"  {one.verdict:<{margin}}", " " * (margin + 2)
            yield from textwrap.wrap(one.statement, width, initial_indent=first, subsequent_indent=rest)
            indent = f"{rest}  "
            yield from textwrap.wrap(one.found, width, initial_indent=indent, subsequent_indent=indent)
    counts = [f"{sum(one.verdict is verdict for one in listed)} {verdict}" for verdict in Verdict]
    yield from ("", ", ".join(counts) + ".")
    yield from textwrap.wrap(_NOTES, width)
