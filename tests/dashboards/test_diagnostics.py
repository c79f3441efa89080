"""How the questions of a closed wave did: from the release alone, what is good first, and no noise."""

import csv
from contextvars import Context
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from flask import Flask

from pulse.banks.usage import Told
from pulse.dashboards import diagnostics_page
from pulse.dashboards.diagnostics_page import Diagnostics
from pulse.dashboards.diagnostics_reading import HEADERS, find_last
from pulse.dashboards.reading import read_result
from pulse.results.released import Unsafe
from pulse.results.released_together import read_co_moments
from pulse.surveys import queries as surveys
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.results.factories import Released, Voter, make_council, make_released_wave, make_site

#: the principle Power whole, and a question without its scale
ASKED = ["POW-01", "POW-02", "POW-03", "POW-04", "POW-05", "PEO-01"]
TREE: dict[str, tuple[str | None, int]] = {"A": (None, 70), "B": (None, 60)}


def together(voter: Voter, item: dict[str, Any]) -> str:
    """Who agrees with one agrees with all, but for the one question that goes its own way."""
    codes = [str(code) for code, _ in item["options"]]
    own = Random(f"{voter}{item['id']}")
    level = own.randrange(5) if item["id"] == "POW-03" else Random(str(voter)).randrange(1, 4)
    level = min(4, max(0, level + own.choice((-1, 0, 1))))
    return codes[4 - level if item["reverse"] else level]


@pytest.fixture(scope="module")
def found(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Released:
    site = make_site(tmp_path_factory.mktemp("questions"))
    return make_released_wave(site, make_council(TREE), answers=together, rotation=[ASKED])


@pytest.fixture(scope="module")
def few(shared_app: Flask, found: Released, tmp_path_factory: pytest.TempPathFactory) -> Released:
    """The next wave, which fewer answered."""
    site, now = make_site(tmp_path_factory.mktemp("few")), found.wave.closes_at + timedelta(days=80)
    programme = found.wave.programme
    return make_released_wave(
        site, found.council, programme, now=now, answers=together, turnout=lambda voter: voter.number < 30
    )


@pytest.fixture(scope="module")
def page(found: Released) -> Diagnostics:
    return diagnostics_page.build(read_result(found.wave, 0), [])


def scored(answers: dict[str, str], item: str) -> float:
    """POW-05 is the reversed one of the scale."""
    points = 25 * (int(answers[item]) - 1)
    return 100 - points if item == "POW-05" else points


def test_the_questions_that_hang_together_come_first_and_the_odd_one_is_worth_a_look(
    page: Diagnostics,
) -> None:
    assert {one.id for one in page.good} == {"POW-01", "POW-02", "POW-04", "POW-05"}
    (odd,) = page.look_at
    assert odd.id == "POW-03"
    assert odd.sentences[0].startswith(
        "It goes with the others of its scale less than a good question should"
    )
    assert [one.id for one in page.untold] == ["PEO-01"]
    assert page.unclear == []
    whole, part = page.found.scales
    assert whole.startswith("How questions go together comes from people who answered a whole scale: Power (")
    assert part.startswith("People: this survey asked only some of the questions")


def test_the_figures_are_those_of_people_s_answers(found: Released, page: Diagnostics) -> None:
    """Where nobody left anything out, the matrix is of everybody; two that were softened could differ."""
    kept = read_co_moments(found.wave)["POW"]
    assert (kept.n, found.release.softened) == (130, 0)
    raw = np.array([[scored(one.answers, item) for item in ASKED[:5]] for one in found.said])
    for at, item in enumerate(ASKED[:5]):
        r = np.corrcoef(raw[:, at], np.delete(raw, at, axis=1).sum(axis=1))[0, 1]
        row = next(row for row in page.table["rows"] if row[0].startswith(item))
        assert row[1] == f"{r:.2f}".replace("-", "\N{MINUS SIGN}")
        assert row[-1] == "130"
    row = next(row for row in page.table["rows"] if row[0].startswith("PEO-01"))
    assert row[1:5] == ["scale asked in part", "", "", ""]


def test_of_fewer_than_a_hundred_there_is_no_matrix_and_nothing_is_worked_out(
    found: Released, few: Released
) -> None:
    assert read_co_moments(few.wave) == {}
    page = diagnostics_page.build(read_result(few.wave, 0), [])
    assert (page.good, page.unclear, page.has_totals) == ([], [], False)
    assert page.whole_elsewhere is not None
    assert page.whole_elsewhere.id == found.wave.id
    assert all(one.total is None for one in page.found.questions)
    assert page.table["headers"][1] == "Does not apply"
    assert (
        "Power: fewer than 100 people could be counted who answered all of its questions."
        in page.found.scales
    )


def test_a_stored_matrix_of_too_few_shows_nothing_at_all(
    found: Released, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = read_co_moments(found.wave)["POW"].as_json() | {"n": 99}
    monkeypatch.setattr("pulse.results.released_together.list_co_moments", lambda wave_id: [("POW", kept)])
    with pytest.raises(Unsafe):
        diagnostics_page.build(read_result(found.wave, 0), [])


def test_the_page_its_file_and_what_is_not_there(shared_app: Flask, found: Released) -> None:
    browser = sign_in(shared_app.test_client(), make_account(Role.OD_EDITOR))
    shown = browser.get(f"/results/{found.wave.id}/questions")
    assert shown.status_code == 200
    assert "These did their work" in shown.text
    assert '<li id="POW-03">' in shown.text
    table = browser.get(f"/results/{found.wave.id}/questions.csv").text
    head, *rows = csv.reader(table.removeprefix("\ufeff").splitlines())
    assert head == list(HEADERS)
    assert [row[0] for row in rows] == ASKED
    for address in ("/results/999/questions", f"/results/{10**30}/questions.csv"):
        assert browser.get(address).status_code == 404


def test_the_page_is_linked_to_from_behind_the_numbers_for_those_who_may_open_it(
    shared_app: Flask, found: Released
) -> None:
    link = f'href="/results/{found.wave.id}/questions"'
    for role, may in ((Role.HR_ANALYST, True), (Role.ADMINISTRATOR, True), (Role.UNION_OBSERVER, False)):
        browser = sign_in(shared_app.test_client(), make_account(role))
        assert (link in browser.get(f"/results/{found.wave.id}/0/technical").text) == may


def test_a_question_leads_to_how_it_did_once_a_survey_that_asked_it_has_closed(
    shared_app: Flask, found: Released, few: Released
) -> None:
    newest = max(found.wave, few.wave, key=lambda wave: wave.closes_at)
    told = find_last("POW-03")
    assert told is not None
    assert told.wave_id in (found.wave.id, few.wave.id)
    assert surveys.get_wave(told.wave_id).closes_at == newest.closes_at
    assert told == Told(told.wave_id, f"{newest.programme.name}, {newest.label}")
    assert find_last("PTA-01") is None
    browser = sign_in(shared_app.test_client(), make_account(Role.OD_EDITOR))
    page = browser.get("/questions/items/POW-03/edit").text
    assert f'href="/results/{told.wave_id}/questions#POW-03">How this question did in the last survey' in page
    assert "How this question did" not in browser.get("/questions/items/PTA-01/edit").text


def test_the_command_says_what_the_page_says(shared_app: Flask, found: Released, tmp_path: Path) -> None:
    def said_by(*typed: str) -> str:
        """As from a shell, where no application is at work yet."""
        run = shared_app.test_cli_runner().invoke
        return Context().run(run, args=["results", "questions", *typed]).output

    wave, file = str(found.wave.id), tmp_path / "questions.csv"
    said = said_by(wave)
    assert said.startswith("These did their work\n  POW-01: It goes with the others of its scale (0.")
    assert "Look at these together\n  POW-03: It goes with the others of its scale less than" in said
    assert said_by(wave, "--out", str(file)) == f"Wrote 6 questions to {file}.\n"
    assert file.read_text(encoding="utf-8").count("\n") == 7
    assert "There is no wave 999" in said_by("999")
