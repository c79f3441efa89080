"""`pulse anonymity verify`: look at the installed database and say, for everybody, what was found."""

import os
import pwd
import shutil
import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import make_url

from pulse.config import Settings
from pulse.domain.anonymity import CHECKS, VERDICTS, Finding, Verdict
from pulse.results.verifying import verify
from pulse.web.formatting import LONDON

anonymity_commands = AppGroup("anonymity", help="Whether the promise to staff is kept here.")

_LARGEST_WIDTH = 100
_NOTES = (
    *(f"{word}: {meaning}" for word, meaning in VERDICTS),
    "Files are looked at, and not the raw disk: where a file was removed, a disk may keep what it held until "
    "something else is written there. The disks of the database and of the keys should be encrypted.",
    "What an administrator can learn even so is on the page /how-anonymity-works.",
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
    for line in looked_at(settings, datetime.now(LONDON)):
        click.echo(line)
    for line in table(findings, max(40, min(_LARGEST_WIDTH, shutil.get_terminal_size().columns))):
        click.echo(line)
    if any(one.verdict is Verdict.FAIL for one in findings):
        raise SystemExit(1)


def looked_at(settings: Settings, now: datetime) -> Iterator[str]:
    """What was looked at, when and by which system user: for whoever keeps what was printed."""
    url = make_url(settings.database_url)
    at = f" on {url.host}" if url.host else ""
    yield f"Looked at on {now:%d %B %Y at %H:%M}, as the system user {_system_user()}:"
    yield f"  database       {url.database}{at} ({url.get_backend_name()})"
    yield f"  key directory  {settings.key_dir}"


def _system_user() -> str:
    """Whose rights count, whoever signed in; the number of an account that has no name."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


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
    for note in _NOTES:
        yield from textwrap.wrap(note, width, subsequent_indent="  ")
