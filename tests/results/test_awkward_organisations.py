"""Shapes and names of organisations that ordinary councils have, through the whole pipeline."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import text

from pulse.db import db, writing
from pulse.directory.models import Unit
from pulse.results import closing
from pulse.surveys import queries as surveys
from tests.results.closes import assert_held, burn, close, due, make_due_wave
from tests.results.factories import Site, Voter, answer_all, make_council, make_released_wave, make_sent_wave
from tests.surveys.factories import make_programme

Tree = Mapping[str, tuple[str | None, int]]
#: a few people directly above a single unit, and chains of single units
SHAPES: dict[str, Tree] = {
    "chief executives above one directorate": {"C": (None, 2), "D": ("C", 0), "D1": ("D", 9), "D2": ("D", 9)},
    "a director above one service": {
        "C": (None, 0),
        "D": ("C", 1),
        "S": ("D", 0),
        "S1": ("S", 9),
        "S2": ("S", 9),
    },
    "an office above one body": {"C": (None, 6), "B": ("C", 60)},
    "a chain": {"C": (None, 0), "D": ("C", 1), "E": ("D", 1), "F": ("E", 12)},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_an_organisation_is_released(site: Site, shape: str) -> None:
    found = make_released_wave(site, make_council(SHAPES[shape]))
    assert surveys.get_wave(found.wave.id).state == "released"
    assert len({group.key for group in found.groups}) == len(found.groups) > 0


def test_the_longest_names_that_a_roster_takes_can_be_joined_and_released(site: Site) -> None:
    council = make_council({"C": (None, 0), "A": ("C", 3), "B": ("C", 3), "D": ("C", 9), "E": ("C", 9)})
    with writing():
        for unit_id in council.units.values():
            unit = db.session.get(Unit, unit_id)
            assert unit is not None
            unit.name = f"{unit.name} " + "x" * (199 - len(unit.name))
    found = make_released_wave(site, council)
    assert any(len(group.name) > 400 for group in found.groups)


def test_mixed_feelings_are_of_one_pair_and_hidden_where_too_few_answered_it(site: Site) -> None:
    """Another pair, which nearly everybody answered, does not stand in for it."""
    pairs = ["AMB-P1", "AMB-N1", "AMB-P2", "AMB-N2", "PTA-01"]
    programme = make_programme(rotation=[pairs], k=5)

    def answers(voter: Voter, item: dict[str, Any]) -> str:
        if item["id"].endswith("1") and item["id"].startswith("AMB") and voter.number > 2:
            return "-"  # all but two people of each unit leave the first pair out
        return "2"

    found = make_released_wave(site, make_council({"C": (None, 12)}), programme, answers=answers)
    figures = found.figures("Unit C")
    assert "AMB" not in figures
    assert figures["AMB-P2"].n == 12


def test_a_fault_in_the_program_holds_the_wave_and_loses_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wave_id = make_due_wave(site)

    words = " ".join(["words", "of", "an", "answer"])

    def fail(*_: object) -> None:
        raise ZeroDivisionError(words)

    with monkeypatch.context() as broken:
        broken.setattr(closing, "write_release", fail)
        assert_held(wave_id, site, "A fault in the program stopped the count (ZeroDivisionError)")
    assert "builtins.ZeroDivisionError" in caplog.text
    assert words not in caplog.text + str(surveys.get_wave(wave_id).problem)
    assert closing.try_again(wave_id)
    assert close(wave_id, site)


@pytest.mark.parametrize("column", ["public_key", "plan_sha256"])
def test_a_wave_whose_key_or_plan_was_swapped_is_held(site: Site, column: str) -> None:
    wave_id = make_due_wave(site)
    other = b"k" * 32 if column == "public_key" else "0" * 64
    with writing():
        setattr(surveys.get_wave(wave_id), column, other)
    assert not close(wave_id, site)
    problem = surveys.get_wave(wave_id).problem
    assert problem is not None
    assert problem.startswith("This wave is not what it was when it opened: its key, questions")


def test_a_scrub_that_a_reader_held_up_is_repeated_until_it_is_done(site: Site) -> None:
    council = make_council()
    wave_id = make_sent_wave(site)
    answer_all(site, wave_id, council)
    reader = db.engine.connect()
    reader.execute(text("SELECT count(*) FROM envelope"))  # a snapshot that still sees the envelopes
    try:
        assert closing.close_wave(wave_id, due(wave_id), site.keyring)
        assert surveys.get_wave(wave_id).scrub_due
        assert site.keyring.list_wave_keys() == []  # the key does not wait
    finally:
        reader.rollback()
        reader.close()
    burn(site)
    db.session.expire_all()
    assert not surveys.get_wave(wave_id).scrub_due
