"""How passwords are kept, and which are refused."""

import pytest

from pulse.accounts import passwords
from pulse.accounts.password_rules import find_fault
from tests.accounts.factories import cheap_hash

#: as it is in earnest; tests use a quicker one
HASHER = passwords.HASHER
EMAIL = "ann.smith@example.org"


def test_a_password_is_kept_as_an_argon2_hash_with_its_own_salt() -> None:
    first, second = passwords.hash_password("one and the same"), passwords.hash_password("one and the same")
    assert first.startswith("$argon2id$")
    assert first != second
    assert passwords.verify_password(first, "one and the same")
    assert not passwords.verify_password(first, "one and the samE")


def test_hashing_costs_a_guesser_more_than_the_recommended_minimum() -> None:
    assert HASHER.memory_cost >= 19 * 1024
    assert HASHER.time_cost >= 2


def test_the_same_characters_fit_however_the_keyboard_composed_them() -> None:
    assert passwords.verify_password(passwords.hash_password("caf\u00e9 lantern"), "cafe\u0301 lantern")


def test_an_account_that_does_not_exist_never_fits() -> None:
    assert not passwords.verify_password(None, "anything at all")


def test_a_damaged_hash_never_fits() -> None:
    assert not passwords.verify_password("not a hash", "anything at all")


def test_a_hash_of_older_parameters_is_due_for_a_new_one() -> None:
    assert passwords.needs_rehash(cheap_hash("older"))
    assert not passwords.needs_rehash(passwords.hash_password("newer"))


def test_one_time_passwords_differ_and_can_be_read_out() -> None:
    made = {passwords.random_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(password) == 23 and not set(password) & set("01ilo") for password in made)


@pytest.mark.parametrize("password", ["", "short", "eleven char"])
def test_a_short_password_is_refused(password: str) -> None:
    fault = find_fault(password, EMAIL)
    assert fault is not None
    assert "12 or more characters" in fault


def test_an_endless_password_is_refused() -> None:
    assert "200 characters or fewer" in (find_fault("x1y2z3" * 40, EMAIL) or "")


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Passw0rd!Passw0rd!",
        "123456789012",
        "987654321098",
        "qwertyuiop12",
        "1qaz2wsx3edc",
        "aaaaaaaaaaaaa",
        "abababababab",
        "Welcome2027!!",
        "Summer2027Summer",
        "letmein12345",
        "Liverpool1892!",
        "abcdefghijklm",
        "council-survey-1",
    ],
)
def test_a_password_that_is_tried_first_is_refused(password: str) -> None:
    assert "harder to guess" in (find_fault(password, EMAIL) or "")


@pytest.mark.parametrize("password", ["ann.smith@example.org", "ANN.SMITH@example.org!", "ann.smith2027!"])
def test_the_e_mail_address_is_refused_as_a_password(password: str) -> None:
    assert "does not contain your e-mail address" in (find_fault(password, EMAIL) or "")


@pytest.mark.parametrize(
    "password", ["seven green kettles on a barge", "kx9-2mf-pqz-77", "Tr0mbone&cactus", "heol y bont newydd"]
)
def test_a_password_that_is_hard_to_guess_is_taken(password: str) -> None:
    assert find_fault(password, EMAIL) is None
