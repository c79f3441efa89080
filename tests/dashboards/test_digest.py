"""The digest: each leader is told once, of what they may read, and of nothing that is not in the release."""

import re
from datetime import timedelta

import pytest

from pulse.actions.promises import add_promise
from pulse.dashboards.digest import DAYS
from pulse.dashboards.reading import read_result
from pulse.surveys import queries as surveys
from tests.actions.factories import make_promise
from tests.dashboards.digests import BASE, Place, flat, news, place, post, send, states, texts, told
from tests.messages.servers import Post

__all__ = ["place", "post", "told"]

#: a digest is claimed before it is sent
pytestmark = pytest.mark.both_databases


def test_every_active_leader_is_told_once_and_nobody_else(place: Place, post: Post) -> None:
    assert send(post, news(place)) == 4
    assert send(post, news(place) + timedelta(minutes=1)) == 0

    assert sorted(recipient for recipient, _ in post.taken) == sorted(place.leaders.values())
    assert states() == ["sent"] * 4


def test_a_leader_is_told_of_their_own_part_or_else_of_the_whole_and_that_it_is(
    place: Place, post: Post
) -> None:
    send(post, news(place))
    told = {unit: flat(texts(post)[address]) for unit, address in place.leaders.items()}

    for unit, name, number in (("C", "Unit C", 0), ("A", "Unit A", 1), ("A2", "Unit A2", 2)):
        assert f"This is about {name}: " in told[unit]
        assert f"{BASE}/results/{place.wave_id}/{number} " in told[unit]
        assert "no result of its own" not in told[unit]
    assert "This is about Unit C: the answers of 35 of 35 people there. Unit B2 has no result" in told["B2"]
    assert "Unit B3" not in "".join(told.values())


def test_it_names_three_strengths_and_three_to_look_at_together_with_the_figures_of_the_release(
    place: Place, post: Post
) -> None:
    send(post, news(place))
    text = texts(post)[place.leaders["A"]]
    strong, together = re.findall(r"^[^-\n].*:\n((?:- .*\n(?:  .*\n)*)+)", text, re.MULTILINE)[:2]
    named = [re.sub(r"\s+", " ", one) for part in (strong, together) for one in part.split("- ")[1:]]
    assert len(named) == len(set(named)) == 6

    wave = surveys.get_wave(place.wave_id)
    figures = read_result(wave, 1).figures
    items = {item["text"]: item["id"] for item in surveys.get_plan(wave.id).plan["items"]}
    values = []
    for line in named:
        value, asked = re.findall(r"^(\d+) of 100.*“(.*)”", line)[0]
        figure = figures.find(items[asked])
        assert figure is not None
        assert abs(float(value) - (figure.value or 0)) <= 0.5
        values.append(figure.value or 0)
        assert not asked.startswith("I feel")
    assert values[:3] == sorted(values[:3], reverse=True)
    assert values[3:] == sorted(values[3:])
    assert min(values[:3]) > 50
    assert max(values[3:]) <= min(values[:3])


def test_what_did_not_move_beyond_noise_is_never_called_a_change(place: Place, post: Post) -> None:
    send(post, news(place))
    for text in map(flat, texts(post).values()):
        assert "no change beyond noise since the last survey." in text
        assert not re.search(r": (up|down) \d", text)


def test_the_promise_due_next_in_their_part_is_told_and_a_late_one_first(place: Place, post: Post) -> None:
    wave = surveys.get_wave(place.wave_id)
    later, now = place.closed_at.date() + timedelta(days=60), news(place) + timedelta(days=3)
    for did, due_on, unit in (
        ("Half a day a month without meetings.", later, None),
        ("A key for the shed.", place.closed_at.date(), "A2"),
    ):
        unit_id = place.council.units[unit] if unit else None
        add_promise(make_promise(wave, did=did, due_on=due_on, unit_id=unit_id), now)

    send(post, now)
    told = {unit: flat(texts(post)[address]) for unit, address in place.leaders.items()}

    assert "Promised next: A key for the shed. It was due on " in told["A2"]
    assert "and is now late. Who sees to it: Head of Housing." in told["A2"]
    for unit in ("A", "C", "B2"):
        assert "Promised next: Half a day a month without meetings. It is due on " in told[unit]


def test_results_of_last_month_are_no_news(place: Place, post: Post) -> None:
    assert send(post, place.closed_at + timedelta(days=DAYS + 1)) == 0
    assert (post.taken, states()) == ([], [])
