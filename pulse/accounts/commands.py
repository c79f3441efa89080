"""`pulse user`: the first administrator, and a way back in when nobody can sign in."""

import sys
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from pulse.accounts import key_queries, managing, program_keys, queries
from pulse.web.access import Role
from pulse.web.arguments import RowNumber

user_commands = AppGroup("user", help="Accounts of the people who run and read surveys.")


@user_commands.command("add")
@click.argument("email")
@click.option(
    "--role", required=True, type=click.Choice([role.value for role in Role]), help="What it may do."
)
@click.option("--unit", default="", help="Code of the unit that a leader leads.")
@click.option(
    "--name", "full_name", default="", help="Name to show; the e-mail address's first part if left out."
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, one line.")
def add(email: str, role: str, unit: str, full_name: str, password_stdin: bool) -> None:
    """Add an account for EMAIL; asks for its password."""
    if email.count("@") != 1 or any(character.isspace() for character in email):
        raise click.ClickException("Give the e-mail address that the person signs in with.")
    if unit and role != Role.LEADER.value:
        raise click.ClickException("Leave --unit out: only leaders have a unit.")
    password = _read_password(password_stdin)
    details = managing.AccountDetails(full_name=full_name, role=Role(role), unit_code=unit)
    try:
        managing.add_account(email, details, datetime.now(UTC), password=password)
    except managing.AccountError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Added {email} as {role}.")


@user_commands.command("list")
def list_users() -> None:
    """List every account: e-mail address, role, unit, state."""
    for account, unit in queries.list_accounts():
        state = "" if account.active else "disabled"
        click.echo("\t".join((account.email, account.role.value, unit or "", state)).rstrip())


@user_commands.command("disable")
@click.argument("email")
def disable(email: str) -> None:
    """End the access of EMAIL at once."""
    try:
        managing.disable(email)
    except managing.AccountError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Disabled {email}: it is signed out everywhere and cannot sign in.")


@user_commands.command("keys")
def list_keys() -> None:
    """List everybody's keys for other programs: number, account, kind, last day, last use, what for."""
    for key, account in key_queries.list_all_keys():
        used = str(key.last_used_on or "never used")
        click.echo("\t".join((str(key.id), account.email, key.kind, str(key.expires_on), used, key.name)))


@user_commands.command("revoke-key")
@click.argument("number", type=RowNumber("There is no key {}: take a number from `pulse user keys`."))
def revoke_key(number: int) -> None:
    """End the key with this NUMBER at once."""
    if not program_keys.revoke(number):
        raise click.ClickException(f"There is no key {number}: take a number from `pulse user keys`.")
    click.echo(f"Revoked key {number}: it opens nothing any more.")


def _read_password(from_stdin: bool) -> str:
    """Never an argument: those show in the list of processes and in the shell's history."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password
