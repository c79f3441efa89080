"""The brake on typed codes: it counts wrong ones only, in memory, and names no network."""

from datetime import UTC, datetime, timedelta

from pulse.invitations.brake import TRIES_IN_ALL, TRIES_PER_NETWORK, WINDOW, Brake

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
HERE, THERE = "192.0.2.0/24", "198.51.100.0/24"


def used_up(brake: Brake, network: str = HERE, now: datetime = NOW) -> int:
    """How many tries this network gets before it has to wait."""
    tries = 0
    while brake.claim(network, now):
        tries += 1
    return tries


def test_a_network_has_ten_tries_and_another_has_its_own() -> None:
    brake = Brake()
    assert used_up(brake) == TRIES_PER_NETWORK == 40
    assert brake.claim(THERE, NOW)


def test_after_a_quarter_of_an_hour_it_may_try_again() -> None:
    brake = Brake()
    used_up(brake)
    assert not brake.claim(HERE, NOW + WINDOW - timedelta(seconds=1))
    assert used_up(brake, now=NOW + WINDOW) == TRIES_PER_NETWORK


def test_waiting_impatiently_does_not_make_the_wait_longer() -> None:
    brake = Brake()
    used_up(brake)
    for minute in range(15):
        brake.claim(HERE, NOW + timedelta(minutes=minute))
    assert brake.claim(HERE, NOW + WINDOW)


def test_right_codes_cost_no_try_however_many_a_depot_types() -> None:
    brake = Brake()
    for _ in range(TRIES_IN_ALL * 2):
        assert brake.claim(HERE, NOW)
        brake.give_back(HERE)
    assert used_up(brake) == TRIES_PER_NETWORK


def test_many_networks_together_are_held_back_too() -> None:
    brake = Brake()
    allowed = sum(used_up(brake, f"10.0.{number}.0/24") for number in range(200))
    assert allowed == TRIES_IN_ALL
    assert not brake.claim("203.0.113.0/24", NOW)
    assert brake.claim("203.0.113.0/24", NOW + WINDOW)


def test_it_remembers_no_network_and_never_more_than_its_limit() -> None:
    brake = Brake()
    for number in range(2 * TRIES_IN_ALL):
        brake.claim(f"10.{number // 256}.{number % 256}.0/24", NOW)
    assert len(brake._counts) <= TRIES_IN_ALL + 1
    assert "10.0" not in repr(vars(brake))
    assert set(Brake()._counts) == set()
