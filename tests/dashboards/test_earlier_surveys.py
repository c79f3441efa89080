"""What staff say of earlier surveys: counted again here from what everybody answered."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask

from pulse.dashboards.earlier_surveys import last_said, something_changed
from pulse.domain.measurement.intervals import now_proportion
from pulse.surveys.queries import get_programme
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.results.factories import (
    ROTATION,
    Council,
    Released,
    make_council,
    make_quarterly,
    make_released_wave,
    make_released_waves,
    make_site,
)


@pytest.fixture(scope="module")
def council(shared_app: Flask) -> Council:
    return make_council()


@pytest.fixture(scope="module")
def released(council: Council, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Released]:
    """Two waves that asked it."""
    site = make_site(tmp_path_factory.mktemp("earlier"))
    programme = make_quarterly(rotation=[[*items, "SUR-01"] for items in ROTATION])
    found = make_released_waves(site, council, programme, 2, turnout=lambda who: who.number != 4)
    programme = get_programme(programme.id)
    assert last_said(programme.id).startswith(f"In {found[-1].wave.label}, ")
    return found


def test_it_is_the_share_who_agree_with_its_interval_and_n_of_each_wave(released: Sequence[Released]) -> None:
    shown = something_changed(released[0].wave.programme_id)
    assert [said.wave_label for said in shown] == [one.wave.label for one in reversed(released)]
    for said, one in zip(shown, reversed(released), strict=True):
        codes = [told.answers["SUR-01"] for told in one.said]
        scored = [code for code in codes if code in "12345"]
        exact = now_proportion(sum(code in "45" for code in scored), len(scored), 35)
        assert (said.n, said.asked) == (len(scored), True)
        assert said.share == pytest.approx(exact.value, abs=0.5)
        assert said.low == pytest.approx(exact.low, abs=0.5)
        assert said.high == pytest.approx(exact.high, abs=0.5)


def test_its_change_is_told_in_words(released: Sequence[Released]) -> None:
    newest, first = something_changed(released[0].wave.programme_id)
    assert newest.change.startswith(("No change beyond noise since ", "Up ", "Down "))
    assert first.change.startswith("No recent survey")


def test_the_list_of_actions_shows_it_beside_to_every_role(
    shared_app: Flask, released: Sequence[Released]
) -> None:
    for role in (Role.LEADER, Role.UNION_OBSERVER):
        page = sign_in(shared_app.test_client(), make_account(role)).get("/actions").text
        newest = something_changed(released[0].wave.programme_id)[0]
        interval = f"(95 % interval {newest.low} to {newest.high}, n = {newest.n})"
        assert f"{newest.share} of 100 agree {interval}" in page
        assert "is held" in page
        assert "Post a response" not in page


def test_a_wave_that_did_not_ask_says_so(council: Council, tmp_path: Path) -> None:
    wave = make_released_wave(make_site(tmp_path), council).wave
    (said,) = something_changed(wave.programme_id)
    assert (said.asked, said.shown, said.sentence) == (False, False, "")
    assert last_said(wave.programme_id) == ""


def test_of_too_few_nothing_is_told(council: Council, tmp_path: Path) -> None:
    wave = make_released_wave(
        make_site(tmp_path), council, rotation=[["PTA-01", "SUR-01"]], turnout=lambda who: who.unit == "A3"
    ).wave
    (said,) = something_changed(wave.programme_id)
    assert (said.asked, said.shown, said.n, said.sentence) == (True, False, 0, "")


@pytest.mark.usefixtures("shared_app")
def test_a_survey_without_results_tells_nothing() -> None:
    assert (something_changed(999), last_said(999)) == ([], "")
