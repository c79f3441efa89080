"""The wizard in Welsh: its pages and refusals, and that nothing of it is kept in the language of a page."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.banks.store import get_library
from pulse.domain.holiday_names import HOLIDAY_NAMES
from pulse.domain.working_days import NATIONS, _bank_holidays
from pulse.languages.catalogue import entries
from pulse.surveys import queries
from pulse.surveys.question_sets import SUPPLIED, list_banks, list_question_sets
from pulse.web.access import Role
from tests.directory.factories import Org, make_org
from tests.surveys.browsing import as_role, page
from tests.surveys.wizarding import STEPS, begin, make_draft, of_step, set_up, typed

QUIET = "24 August to 31 August\n21 December 2026 to 3 January 2027"


@pytest.fixture(autouse=True)
def org(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Org:
    """Eight people; what a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return make_org()


def _plain(shown: str) -> str:
    return shown.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def test_each_step_and_the_check_page_speak_welsh(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    draft = make_draft(quiet_periods=QUIET)
    titles = {
        "what": "Beth sy'n cael ei ofyn",
        "when": "Pryd y mae pobl yn cael eu holi",
        "who": "Pwy sy'n cael eu holi",
        "reach": "Sut y cysylltir â phobl",
        "protection": "Sut y diogelir pobl",
    }

    for step in STEPS:
        shown = _plain(page(client, f"{draft}/{step}?lang=cy"))
        assert '<html lang="cy"' in shown
        assert f'<h1 class="govuk-heading-l">{titles[step]}</h1>' in shown
        assert "Continue" not in shown
    checked = _plain(page(client, f"{draft}/check"))

    assert '<h1 class="govuk-heading-l">Gwiriwch eich atebion</h1>' in checked
    assert "24 Awst i 31 Awst; 21 Rhagfyr 2026 i 3 Ionawr 2027" in checked
    assert "E-bost, yna slip papur â chod, wedi'i ddosbarthu" in checked
    assert "dydd Llun \u2013 dydd Gwener" in checked


def test_a_refusal_made_of_pieces_is_said_in_welsh(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    wrong = typed(cadence="other", rule="FREQ=HOURLY", quiet_periods="soon")

    response = client.post(f"{begin(client)}/when?lang=cy", data=of_step("when", wrong))

    assert response.status_code == 422
    assert "Ysgrifennwch &#34;soon&#34; fel diwrnod cyntaf" in response.text
    mended = typed(cadence="other", rule="FREQ=HOURLY")
    again = client.post(response.request.path, data=of_step("when", mended))
    assert "Mae angen FREQ=DAILY, WEEKLY, MONTHLY neu YEARLY ar y rheol ailadrodd." in again.text


def test_what_is_set_up_on_welsh_pages_is_kept_as_on_english_ones(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    page(client, "/programmes/new?lang=cy")

    shown = set_up(client, quiet_periods=QUIET)

    assert "Mae Staff pulse wedi'i sefydlu" in _plain(shown.text)
    [programme] = queries.list_programmes()
    assert programme.quiet_periods == [["08-24", "08-31"], ["2026-12-21", "2027-01-03"]]
    [wave] = queries.list_waves(programme.id)
    assert wave.label.split()[0] in {"Spring", "Summer", "Autumn", "Winter"}


def test_a_change_that_began_in_english_is_saved_in_welsh(client: FlaskClient) -> None:
    """What the programme was then is held against what it is, whatever language the pages speak."""
    as_role(client, Role.OD_EDITOR)
    set_up(client, quiet_periods=QUIET)
    [programme] = queries.list_programmes()
    shown = page(client, f"/programmes/{programme.id}/edit/when?lang=cy")
    begun = client.post(f"/programmes/{programme.id}/edit/who?lang=en", data=of_step("who", typed()))

    saved = client.post(f"{begun.location}?lang=cy", follow_redirects=True)

    assert QUIET.splitlines()[0] in shown
    assert saved.status_code == 200
    assert "Mae'r arolwg wedi'i newid." in _plain(saved.text)


def test_every_bank_holiday_of_the_years_to_come_can_be_said() -> None:
    said = {
        name
        for nation in filter(None, NATIONS)
        for year in range(2027, 2060)
        for name in _named(nation, year)
    }

    assert said <= set(HOLIDAY_NAMES)


def _named(nation: str, year: int) -> set[str]:
    return set(_bank_holidays(nation, year).values())


def test_the_supplied_sets_and_banks_have_their_welsh_names(app: Flask) -> None:
    library = get_library()
    labels = {each.label for each in library.rotations}
    labels |= {label.partition(",")[0] for label in labels}
    titles = {bank.title for bank in library.banks}

    assert labels | titles <= set(SUPPLIED)
    assert all(("page", words) in entries("cy") for words in SUPPLIED)
    assert len(list_question_sets()) == len(library.rotations)
    assert {bank.label for bank in list_banks()} <= titles
