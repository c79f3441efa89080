"""The checks' own arithmetic: random ids look random, and every way of counting up does not."""

import uuid
from random import Random

import pytest

from pulse.domain.anonymity import CHECKS, Finding, Verdict, in_order, judge, order_in, passed

SIZES = [2, 3, 5, 9, 40, 500]


def random_ids(n: int, seed: int = 1) -> list[bytes]:
    return [Random(f"{seed}:{number}").randbytes(16) for number in range(n)]


@pytest.mark.parametrize("n", [0, 1, *SIZES])
def test_random_ids_keep_no_order(n: int) -> None:
    assert [order_in(random_ids(n, seed)) for seed in range(30)] == [None] * 30


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("start", [1, 255, 2**63, 2**127 - 3])
def test_ids_that_count_up_are_seen(n: int, start: int) -> None:
    assert order_in((start + number).to_bytes(16, "big") for number in range(n)) is not None


@pytest.mark.parametrize("n", [5, 9, 40, 500])
def test_ids_that_begin_with_the_time_of_day_are_seen(n: int) -> None:
    """Milliseconds in 6 bytes and chance after them, as some kinds of unique id have: over one fortnight."""
    rng = Random(2)
    moments = sorted(1_790_000_000_000 + rng.randrange(14 * 86_400_000) for _ in range(n))
    assert order_in(moment.to_bytes(6, "big") + rng.randbytes(10) for moment in moments) is not None


def test_ids_of_another_making_are_seen() -> None:
    rng = Random(3)
    assert order_in(uuid.UUID(int=rng.getrandbits(128), version=4).bytes for _ in range(200)) is not None


def test_a_bit_that_is_nearly_always_the_same_is_seen() -> None:
    ids = [bytes([one[0] | 128, *one[1:]]) if n % 10 else one for n, one in enumerate(random_ids(400))]
    assert order_in(ids) == "the ids are not random"


def test_ids_of_the_wrong_length_or_twice_the_same_are_seen() -> None:
    assert order_in([b"short"]) == "some ids have the wrong length"
    assert order_in([bytes(16), bytes(16)]) == "some ids stand there twice"


def test_a_finding_is_about_a_check_that_exists() -> None:
    with pytest.raises(ValueError, match="no such check"):
        Finding("weather", Verdict.PASS, "Sunny.")


def test_problems_make_a_fail_and_none_make_a_pass() -> None:
    assert judge("keys", ["One.", "Two."], "Fine.") == Finding("keys", Verdict.FAIL, "One. Two.")
    assert judge("keys", [], "Fine.") == Finding("keys", Verdict.PASS, "Fine.")


def test_a_check_that_was_forgotten_or_answered_twice_is_refused() -> None:
    every = [passed(check, "Fine.") for check in CHECKS]
    assert [one.check for one in in_order(reversed(every))] == list(CHECKS)
    for wrong in (every[1:], [*every, every[0]]):
        with pytest.raises(ValueError, match="answered exactly once"):
            in_order(wrong)
