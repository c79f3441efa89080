"""`pulse user`."""

import pytest
from flask.testing import FlaskCliRunner

from pulse.accounts import passwords, queries
from pulse.web.access import Role
from tests.accounts.factories import PASSWORD, make_account, make_unit


def test_the_first_administrator_is_added_with_a_password_from_standard_input(runner: FlaskCliRunner) -> None:
    arguments = ["user", "add", "Ann@example.org", "--role", "administrator", "--password-stdin"]
    result = runner.invoke(args=arguments, input=f"{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    account = queries.find_account_by_email("ann@example.org")
    assert account is not None
    assert account.role is Role.ADMINISTRATOR
    assert not account.password_is_temporary
    assert passwords.verify_password(account.password_hash, PASSWORD)


def test_the_password_is_asked_for_twice_and_never_shown(runner: FlaskCliRunner) -> None:
    arguments = ["user", "add", "ann@example.org", "--role", "od_editor", "--name", "Ann Smith"]
    result = runner.invoke(args=arguments, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    account = queries.find_account_by_email("ann@example.org")
    assert account is not None
    assert account.full_name == "Ann Smith"


@pytest.mark.parametrize(
    ("arguments", "password", "sentence"),
    [
        (["ann@example.org", "--role", "leader"], PASSWORD, "Enter the code of the unit"),
        (
            ["ann@example.org", "--role", "leader", "--unit", "nowhere"],
            PASSWORD,
            "no open unit with this code",
        ),
        (["ann@example.org", "--role", "od_editor", "--unit", "parks"], PASSWORD, "Leave --unit out"),
        (["ann@example.org", "--role", "emperor"], PASSWORD, "'emperor' is not one of"),
        (["ann", "--role", "od_editor"], PASSWORD, "Give the e-mail address"),
        (["ann@example.org", "--role", "od_editor"], "short", "12 or more characters"),
        (["ann@example.org", "--role", "od_editor"], "", "12 or more characters"),
        (["taken@example.org", "--role", "od_editor"], PASSWORD, "already an account"),
    ],
)
def test_bad_input_gets_one_sentence_and_adds_nothing(
    runner: FlaskCliRunner, arguments: list[str], password: str, sentence: str
) -> None:
    make_unit("parks")
    make_account(email="taken@example.org")
    result = runner.invoke(args=["user", "add", *arguments, "--password-stdin"], input=f"{password}\n")
    assert result.exit_code != 0
    assert sentence in result.output
    assert len(queries.list_accounts()) == 1


def test_a_leader_is_added_with_a_unit_and_listed_with_its_name(runner: FlaskCliRunner) -> None:
    make_unit("parks")
    arguments = ["user", "add", "ann@example.org", "--role", "leader", "--unit", "parks", "--password-stdin"]
    assert runner.invoke(args=arguments, input=PASSWORD).exit_code == 0
    assert runner.invoke(args=["user", "list"]).output == "ann@example.org\tleader\tUnit parks\n"


def test_disabling_is_shown_in_the_list(runner: FlaskCliRunner) -> None:
    make_account(email="stays@example.org")
    make_account(Role.OD_EDITOR, email="leaves@example.org")
    assert runner.invoke(args=["user", "disable", "leaves@example.org"]).exit_code == 0
    assert "leaves@example.org\tod_editor\t\tdisabled" in runner.invoke(args=["user", "list"]).output


@pytest.mark.parametrize(
    ("email", "sentence"),
    [("nobody@example.org", "There is no account"), ("only@example.org", "the only administrator")],
)
def test_an_account_that_cannot_be_disabled_is_said_to_be(
    runner: FlaskCliRunner, email: str, sentence: str
) -> None:
    make_account(email="only@example.org")
    result = runner.invoke(args=["user", "disable", email])
    assert result.exit_code == 1
    assert sentence in result.output
