"""The words of a digest where there is little to tell, or nobody to tell it to."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from pulse.accounts.identity import SignedIn
from pulse.actions.summaries import NextPromise
from pulse.dashboards.digest_letters import digest_text, letter_to, promise_words
from pulse.dashboards.digest_reading import Digest, pick
from pulse.db import db
from pulse.surveys.models import Wave
from pulse.web.access import Role
from tests.dashboards.factories import make_rows
from tests.results.factories import Council, make_council, make_quarterly, make_released_wave, make_site
from tests.results.stored import make_group, nowhere, store_wave

BASE = "https://pulse.example.org"


def make_reader(unit_id: int) -> SignedIn:
    """A leader of this unit."""
    return SignedIn(1, "leader@example.org", "Lee Leader", Role.LEADER, unit_id, password_is_temporary=False)


def make_digest(**changes: object) -> Digest:
    values: dict[str, object] = {"group": make_group(), "instead_of": "", "headline": "", "strong": []}
    values |= {"together": [], "changes": [], "promise": None}
    return Digest(**(values | changes))  # type: ignore[arg-type]


def make_wave() -> Wave:
    """A wave that is stored nowhere."""
    with nowhere():
        wave = store_wave(label="Autumn 2026")
        db.session.refresh(wave.programme)
        db.session.expunge_all()
    return wave


def words_of(reader: SignedIn, wave: Wave) -> str | None:
    mail = letter_to(reader, wave, BASE, wave.closes_at)
    return " ".join(mail.text.split()) if mail is not None else None


@pytest.fixture
def council(app: Flask) -> Council:
    return make_council()


def test_a_wave_of_which_nothing_may_be_shown_is_told_as_that(council: Council, tmp_path: Path) -> None:
    wave = make_released_wave(
        make_site(tmp_path), council, turnout=lambda who: (who.unit, who.number) == ("A1", 1)
    ).wave
    text = words_of(make_reader(council.units["A"]), wave)
    assert text is not None
    assert "too few people answered to show any result" in text
    assert "5 people or more" in text
    assert "of 100" not in text


@pytest.mark.parametrize("answering", [0, 8])
def test_of_a_wave_that_asked_others_a_leader_hears_nothing(
    answering: int, council: Council, tmp_path: Path
) -> None:
    programme = make_quarterly(audience_unit_id=council.units["A"])
    wave = make_released_wave(
        make_site(tmp_path),
        council,
        programme,
        turnout=lambda who: who.unit.startswith("A") and who.number <= answering,
    ).wave
    assert words_of(make_reader(council.units["B"]), wave) is None
    assert words_of(make_reader(council.units["A2"]), wave)
    assert words_of(make_reader(council.units["C"]), wave) is None


def test_three_highest_above_the_middle_are_strong_and_the_rest_from_the_lowest_on() -> None:
    rows = make_rows(
        ("a", 80.0), ("b", 40.0), ("c", 70.0), ("d", 65.0), ("e", 60.0), ("f", 30.0), ("g", 52.0)
    )
    strong, together = pick(rows)
    assert (strong.labels, together.labels) == (("a", "c", "d"), ("f", "b", "g"))


def test_what_is_not_clearly_above_the_middle_is_not_called_strong() -> None:
    strong, together = pick(make_rows(("a", 53.0), ("b", 51.0)))
    assert (strong.labels, together.labels) == ((), ("b", "a"))


def test_where_no_question_may_be_shown_it_says_so() -> None:
    wave = make_wave()
    text = digest_text(make_digest(), wave, BASE)
    assert "Too little may be shown here to name single questions." in text
    assert "What is strong" not in text
    assert f"{BASE}/results/{wave.id}/0" in text
    assert f"{BASE}/r/{wave.programme.results_key}" in text


def test_lists_come_in_the_order_in_which_a_leader_asks() -> None:
    digest = make_digest(headline="H.", strong=["S"], together=["T"], changes=["C"])
    text = digest_text(replace(digest, instead_of="Unit B2"), make_wave(), BASE)
    places = [
        text.index(part)
        for part in ("no result of its own", "H.", "- S", "- T", "- C", "Nothing is promised")
    ]
    assert places == sorted(places)


def test_a_long_promise_is_cut_and_a_late_one_called_late() -> None:
    late = NextPromise("word " * 200, "Head of Housing", date(2026, 10, 1), late=True)
    assert "… It was due on 1 October 2026 and is now late." in promise_words(late).replace("\n", " ")
    assert len(promise_words(late)) < 420
    assert "It is due on 1 October 2026." in promise_words(replace(late, late=False))


@pytest.mark.parametrize(("headcount", "told"), [(19, "11 people answered."), (20, "11 of 20 people there.")])
def test_of_a_small_team_only_how_many_answered_is_told(headcount: int, told: str) -> None:
    text = digest_text(make_digest(group=make_group(n=11, headcount=headcount)), make_wave(), BASE)
    assert told in text
    assert ("of 19" in text) is False
