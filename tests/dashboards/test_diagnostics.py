"""How the questions of a closed wave did: from the release alone, what is good first, and no noise."""

from random import Random
from typing import Any

import pytest
from flask import Flask

from pulse.dashboards import diagnostics_page
from pulse.dashboards.diagnostics_page import Diagnostics
from pulse.dashboards.diagnostics_words import Rates, rates_of, remarks
from pulse.dashboards.reading import read_result
from pulse.domain.measurement.diagnostics import ItemTotal
from pulse.results.released_together import read_co_moments
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
def page(found: Released) -> Diagnostics:
    return diagnostics_page.build(read_result(found.wave, 0), [])


def make_total(r: float, low: float, high: float, without: float = 0.7) -> ItemTotal:
    return ItemTotal("POW-01", 200, r, low, high, 0.7, without)


def make_rates(**values: object) -> Rates:
    defaults: dict[str, object] = {"n": 100, "not_applying": 0.0, "rather_not": 0.0}
    ends = {"lowest": ("Strongly disagree", 0.1), "highest": ("Strongly agree", 0.1)}
    return Rates(**(defaults | ends | values))  # type: ignore[arg-type]


def test_the_questions_that_hang_together_come_first_and_the_odd_one_is_worth_a_look(
    page: Diagnostics,
) -> None:
    assert {one.id for one in page.good} == {"POW-01", "POW-02", "POW-04", "POW-05"}
    (odd,) = page.look_at
    assert odd.id == "POW-03"
    assert odd.sentences[0].startswith("It goes with the others of its scale less than a question should")
    assert [one.id for one in page.untold] == ["PEO-01"]
    assert "People: this survey asked only some of the questions" in page.scales


def test_the_figures_are_those_of_the_stored_matrix(found: Released, page: Diagnostics) -> None:
    kept = read_co_moments(found.wave)["POW"]
    row = next(row for row in page.table["rows"] if row[0].startswith("POW-01"))
    assert row[-1] == "130"
    assert kept.n >= 100
    assert row[1].startswith("+0.")


def test_too_few_for_a_matrix_is_said_and_nothing_is_worked_out(
    found: Released, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a smaller wave leaves it: its release keeps no matrix."""
    monkeypatch.setattr(diagnostics_page, "read_co_moments", lambda wave: {})
    page = diagnostics_page.build(read_result(found.wave, 0), [])
    assert page.good == []
    assert "Power: fewer than 100 people answered all of its questions." in page.scales


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (make_total(0.5, 0.4, 0.6), ""),
        (make_total(0.25, 0.1, 0.38), ""),
        (make_total(0.1, -0.05, 0.2), "less than a question should (0.10; -0.05 to 0.20)"),
        (make_total(0.1, -0.05, 0.2, 0.8), "Without it alpha would be 0.80 instead of 0.70."),
        (make_total(-0.4, -0.5, -0.3), "scored the wrong way round"),
    ],
)
def test_only_what_is_no_chance_is_remarked_on(total: ItemTotal, said: str) -> None:
    sentences = remarks(total, None)
    assert bool(sentences) == bool(said)
    assert said in " ".join(sentences)


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        (make_rates(), ""),
        (make_rates(not_applying=0.2), ""),
        (make_rates(not_applying=0.21), "It does not apply to 21 % of those who answered: ask it of fewer."),
        (make_rates(rather_not=0.125), "13 % would rather not say"),
        (make_rates(highest=("Strongly agree", 0.6)), "60 % chose “Strongly agree”: it can hardly show that"),
        (make_rates(lowest=("Not at all", 0.51)), "things got worse."),
    ],
)
def test_each_rate_has_one_plain_sentence(rates: Rates, said: str) -> None:
    sentences = remarks(None, rates)
    assert len(sentences) == bool(said)
    assert said in " ".join(sentences)


def test_the_ends_of_a_reversed_question_are_turned_round_and_shares_are_of_scored_answers() -> None:
    item = {"options": [[1, "Strongly disagree"], [2, "Neither"], [3, "Strongly agree"]], "reverse": True}
    rates = rates_of(item, {"1": 6, "2": 2, "3": 2, "na": 5, "pns": 5, "none": 30})
    assert rates == Rates(20, 0.25, 0.25, ("Strongly agree", 0.2), ("Strongly disagree", 0.6))
    assert rates_of(item, {"na": 20}) is None


def test_the_page_its_file_and_what_is_not_there(app: Flask, found: Released) -> None:
    browser = sign_in(app.test_client(), make_account(Role.OD_EDITOR))
    shown = browser.get(f"/results/{found.wave.id}/questions")
    assert shown.status_code == 200
    assert "did their work" in shown.text
    table = browser.get(f"/results/{found.wave.id}/questions.csv").text
    assert "POW-03" in table
    for address in ("/results/999/questions", f"/results/{10**30}/questions.csv"):
        assert browser.get(address).status_code == 404
