"""A bridge from the link to the release: counted by halves, judged, and lines carried on or ended."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from pulse.db import writing
from pulse.domain.sheets import asked_of, closed_items, is_closed, unasked_pattern
from pulse.responses.submission import Ballot, find_ballot, submit
from pulse.results.bridging import BRIDGE, Carried, agrees, carried, verdict_of
from pulse.results.closing import close_wave
from pulse.results.figures import Earlier
from pulse.results.metrics import Metric
from pulse.results.released import read_figures, read_groups, read_tallies
from pulse.results.released_tables import ReleasedTable
from pulse.surveys import plans
from pulse.surveys import queries as surveys
from pulse.surveys.models import Programme, Wave
from pulse.surveys.rewordings import Replacement, list_replacements
from tests.results.factories import (
    NOW,
    Council,
    Site,
    make_council,
    make_quarterly,
    make_sent_wave,
    make_site,
)
from tests.surveys.changed_questions import become_another

OLD, ITEMS = "PTA-06", ["PTA-01", "PTA-06", "PTA-09", "TAA-G1"]
#: person, question -> the option chosen
Says = Callable[[int, str], str]


@pytest.fixture
def site(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Where sixty people are enough for a bridge."""
    monkeypatch.setattr(plans, "BRIDGE_LEAST", 50)
    return make_site(tmp_path)


def run_wave(
    site: Site, council: Council, programme: Programme, now: datetime, says: Says
) -> tuple[Wave, dict[str, list[str]]]:
    """The next wave, answered and released, and what was said to each question."""
    wave_id = make_sent_wave(site, programme, now=now)
    said: dict[str, list[str]] = {}
    for person_id in council.people:
        token = site.token(wave_id, person_id)
        ballot = find_ballot(token)
        assert isinstance(ballot, Ballot)
        own = {item["id"] for item in asked_of(ballot.plan, ballot.leads, ballot.block) if is_closed(item)}
        marks = zip(closed_items(ballot.plan), unasked_pattern(ballot.plan, ballot.block), strict=True)
        answers = {item: says(person_id, item) if item in own else mark for item, mark in marks}
        submit(token, "".join(answers.values()), {})
        for item in own:
            said.setdefault(item, []).append(answers[item])
    wave = surveys.get_wave(wave_id)
    assert close_wave(wave_id, wave.closes_at, site.keyring), surveys.get_wave(wave_id).problem
    return surveys.get_wave(wave_id), said


def whole(wave: Wave) -> ReleasedTable:
    return read_figures(read_groups(wave)[0])


def made(site: Site) -> tuple[Council, Programme, str]:
    council = make_council({"C": (None, 0), "A": ("C", 32), "B": ("C", 28)})
    programme, new = make_quarterly(rotation=[ITEMS]), become_another(OLD)
    return council, programme, new


def plan_one(programme: Programme, new: str) -> None:
    """As the page does, which asks for 664 people."""
    with writing():
        surveys.get_programme(programme.id).bridges = [[OLD, new]]


def by_chance(person_id: int, item: str) -> str:
    return Random(f"{person_id}{item}").choice("12345")


def middle(_person_id: int, _item: str) -> str:
    return "3"


def test_each_half_is_counted_for_itself_and_all_else_of_everybody(site: Site) -> None:
    council, programme, new = made(site)
    plan_one(programme, new)

    wave, said = run_wave(site, council, programme, NOW, by_chance)

    figures, tallies = whole(wave), read_tallies(read_groups(wave)[0])
    assert len(said[OLD]) + len(said[new]) == len(said["PTA-01"]) == 60
    for item in (OLD, new, "PTA-01"):
        figure, counts = figures.find(item), tallies.find(item)
        assert figure is not None
        assert counts is not None
        assert figure.n == len(said[item])
        assert sum(people for _, people in counts.options) == len(said[item])
        assert figure.value == pytest.approx(_mean(counts.options, item, wave))
    permission = figures.find("PTA")
    assert permission is not None
    assert permission.n == 60
    assert set(permission.detail["items"]) == {"PTA-01", "PTA-09"}


def _mean(options: tuple[tuple[str, int], ...], item: str, wave: Wave) -> float:
    """Points by hand from the counts; a reversed question from its other end."""
    reverse = next(one["reverse"] for one in plans.plan_of(wave)["items"] if one["id"] == item)
    points = {str(code): 25 * (5 - code if reverse else code - 1) for code in range(1, 6)}
    return sum(points[option] * people for option, people in options) / sum(people for _, people in options)


def test_wordings_that_lie_apart_are_told_so_and_the_line_ends(site: Site) -> None:
    council, programme, new = made(site)
    run_wave(site, council, programme, NOW, by_chance)
    plan_one(programme, new)

    wave, _ = run_wave(site, council, programme, NOW + timedelta(days=100), by_chance)
    after, _ = run_wave(site, council, programme, NOW + timedelta(days=200), by_chance)

    bridge, old, now = (whole(wave).find(name) for name in (f"{BRIDGE}{new}", OLD, new))
    assert bridge is not None
    assert old is not None
    assert now is not None
    assert bridge.value == pytest.approx(now.detail["mean"] - old.detail["mean"])
    assert verdict_of(wave, new).startswith("Not bridged: the two wordings were not shown to agree")
    assert not agrees(wave, new)
    permission = whole(after).find("PTA")
    assert permission is not None
    assert permission.change is None


def test_wordings_that_agree_carry_the_line_on_to_the_wave_before_the_bridge(site: Site) -> None:
    council, programme, new = made(site)
    before, _ = run_wave(site, council, programme, NOW, middle)
    plan_one(programme, new)

    wave, _ = run_wave(site, council, programme, NOW + timedelta(days=100), middle)
    after, said = run_wave(site, council, programme, NOW + timedelta(days=200), middle)

    assert agrees(wave, new)
    assert verdict_of(wave, new).startswith("Bridged: the two wordings agree within 5 points.")
    assert OLD not in said
    permission = whole(after).find("PTA")
    assert permission is not None
    assert permission.detail["since"] == before.label
    assert new in permission.detail["items"]
    assert list_replacements([before, wave, after]) == [
        Replacement(wave.label, OLD, new, frozenset({"PTA"}), by_halves=True)
    ]


def test_only_scores_with_the_new_question_skip_the_wave_of_the_bridge() -> None:
    def one(number: int, *items: str) -> Earlier:
        return Earlier(number, f"Wave {number}", 50, 60.0, 20.0, list(items))

    history = {("g", "PTA"): [one(2, "A"), one(1, "A", "OLD")], ("g", "TAA"): [one(2, "B"), one(1, "B")]}
    metrics = [Metric("PTA", ("A", "NEW"), "mean"), Metric("TAA", ("B",), "mean")]

    found = carried(history, metrics, [Carried(2, "OLD", "NEW")])

    assert found["g", "PTA"] == [one(1, "A", "NEW")]
    assert found["g", "TAA"] == history["g", "TAA"]
