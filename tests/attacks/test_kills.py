"""The sender of letters killed ten times; `make kills` kills it 200 times."""

import pytest

from tests.attacks.kills import Arrived, Run, measure, table


@pytest.fixture(scope="module")
def arrived(tmp_path_factory: pytest.TempPathFactory) -> list[Arrived]:
    runs = [Run("Pulse", 45, 10), Run("forgetful", 20, 0, forgetful=True)]
    return measure(tmp_path_factory.mktemp("kills"), runs)


def test_every_letter_arrives_once_though_its_sender_is_killed_ten_times(arrived: list[Arrived]) -> None:
    assert arrived[0].is_exact, table(arrived)
    assert (arrived[0].wanted, arrived[0].kills) == (45, 10)


def test_a_sender_that_asks_nobody_before_it_sends_again_is_found_out(arrived: list[Arrived]) -> None:
    """One connection was cut after the letter was taken."""
    assert (arrived[1].twice, arrived[1].never, arrived[1].left) == (1, 0, 0)
