"""Codes on paper: short, forgiving of how they are typed, and no use to whoever steals the register."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.invitations import brake
from pulse.invitations.codes import (
    hash_token,
    is_well_formed,
    make_code,
    make_token,
    read_code,
    token_of_code,
)

KEY, SALT = bytes(32), bytes(range(32))
CODE = make_code(KEY, 1, 2)
PLAIN = CODE.replace(" ", "")


@given(st.binary(min_size=32, max_size=32), st.integers(1, 10**9), st.integers(1, 10**9))
def test_every_code_has_60_bits_in_three_groups_without_look_alikes(key: bytes, wave: int, who: int) -> None:
    groups = make_code(key, wave, who).split(" ")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert not set("".join(groups)) & set("ILOU")
    assert read_code(" ".join(groups)) == "".join(groups)


def test_all_32_characters_occur_in_every_place_about_equally() -> None:
    """Otherwise fewer than 60 bits would have to be guessed: over 3,200 codes each is expected 100 times."""
    codes = [make_code(KEY, 1, person).replace(" ", "") for person in range(3200)]
    assert len(set(codes)) == 3200
    for place in range(12):
        counts = [sum(code[place] == one for code in codes) for one in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"]
        assert min(counts) > 50
        assert max(counts) < 150


def test_a_code_is_the_same_each_time_and_tells_nothing_of_the_link() -> None:
    assert make_code(KEY, 1, 2) == CODE
    assert len({make_code(KEY, *pair) for pair in itertools.product(range(30), repeat=2)}) == 900
    assert PLAIN.lower() not in make_token(KEY, 1, 2)


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        PLAIN,
        PLAIN.lower(),
        f"  {CODE}\n",
        "-".join(CODE.split()),
        ". ".join(PLAIN),
        f"{PLAIN[:6]} {PLAIN[6:]}",
    ],
)
def test_case_spaces_and_dashes_do_not_matter(typed: str) -> None:
    assert read_code(typed) == PLAIN


def test_letters_that_look_like_figures_are_read_as_those() -> None:
    assert read_code("oOiI lL23 4567") == "001111234567"


@pytest.mark.parametrize(
    "typed", ["", " ", "123", "1" * 11, "1" * 13, "U" * 12, "é" * 12, "1234 5678 90!2", "a" * 32]
)
def test_what_cannot_be_a_code_is_no_code(typed: str) -> None:
    assert read_code(typed) is None


@given(st.text(max_size=40))
def test_whatever_is_read_as_a_code_has_its_form(typed: str) -> None:
    code = read_code(typed)
    assert code is None or (len(code) == 12 and set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))


def test_a_code_stands_for_another_token_in_each_wave() -> None:
    one, other = token_of_code(PLAIN, SALT), token_of_code(PLAIN, SALT[::-1])
    assert one == token_of_code(PLAIN, SALT)
    assert is_well_formed(one)
    assert one != other


def test_the_stored_hash_is_not_one_that_a_thief_can_search_quickly() -> None:
    """Neither the code nor the code with the wave's salt, by plain SHA-256: only the slow way leads there."""
    stored = hash_token(token_of_code(PLAIN, SALT))
    quick = [PLAIN, PLAIN.lower(), CODE, SALT.hex() + PLAIN, PLAIN + SALT.hex()]
    assert stored not in [hash_token(guess) for guess in quick]


def test_the_arithmetic_of_guessing() -> None:
    """The figures that the docstrings give: online over a fortnight, and offline with a stolen register."""
    codes, out = 2**60, 3000
    tries_online = 4 * brake.TRIES_IN_ALL * (14 * 24 * 60 // 15)
    assert tries_online * out / codes < 5e-9

    tries_offline = codes / out
    assert math.isclose(tries_offline / 1e10 / 3600, 11, abs_tol=1)  # hours, plain SHA-256, one graphics card
    assert tries_offline / 1e5 / 86_400 / 365 > 120  # years, at 10^5 slow hashes a second
