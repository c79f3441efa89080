"""The wizard: a survey set up step by step, by its pages."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.surveys import queries
from pulse.web.access import Role
from tests.directory.factories import Org, make_attribute, make_org
from tests.surveys.browsing import as_role, page
from tests.surveys.crowds import make_crowd
from tests.surveys.wizarding import STEPS, begin, make_draft, of_step, set_up, typed, walk


@pytest.fixture(autouse=True)
def org(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Org:
    """Eight people; what a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return make_org()


def test_five_steps_and_a_check_set_a_survey_up(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)

    response = client.post(f"{walk(client)}/check", follow_redirects=True)

    [programme] = queries.list_programmes()
    assert response.request.path == f"/programmes/{programme.id}"
    assert "Staff pulse is set up, and its first wave is planned." in response.text
    assert "27 questions, about 4 minutes" in response.text
    assert "8 people today" in response.text
    assert response.text.partition("Next dates")[2].count('<th scope="row"') == 12


def test_the_check_page_tells_all_that_follows_before_anything_is_saved(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)

    shown = page(client, f"{make_draft(quiet_periods='24 August to 31 August')}/check")

    assert queries.list_programmes() == []
    dates = shown.partition("The next 12 dates")[2].partition("</table>")[0]
    assert dates.count('<th scope="row"') == 12
    assert shown.count(": preview</span></a>") == 8
    assert "about 4 minutes" in shown
    assert "At 55% response and k = 10" in shown
    assert "Nobody is asked for more than" in shown
    assert "24 August to 31 August" in shown
    assert "E-mail, then paper slip with a code, handed out" in shown
    assert "How much of each measure this covers" in shown


def test_every_answer_on_the_check_page_has_a_link_that_leads_back_to_it(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    draft = make_draft()
    shown = page(client, f"{draft}/check")

    for step in STEPS:
        assert f'href="{draft}/{step}#' in shown
    again = client.post(f"{draft}/who", data=of_step("who", typed(ask_leaders="y")))

    assert again.location == f"{draft}/check"
    assert "Asked up to four more questions" in page(client, again.location)


def test_the_dates_are_shown_beside_the_rule_before_going_on(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    draft = begin(client)

    asked = client.post(f"{draft}/when", data=of_step("when", typed()) | {"show": "yes"})

    assert asked.location == f"{draft}/when#ahead"
    shown = page(client, f"{draft}/when")
    assert shown.partition("The next 12 dates")[2].count('<th scope="row"') == 12
    assert "moves to the same hour of the next open day" in shown


def test_the_moments_of_reminders_are_shown(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    draft = begin(client)
    client.post(f"{draft}/when", data=of_step("when", typed(starts_on="2031-03-03")))

    client.post(f"{draft}/reach", data=of_step("reach", typed(reminder_days="2, 9")) | {"show": "yes"})

    shown = page(client, f"{draft}/reach")
    assert "<li>Wed 5 March 2031 at 9:00am</li>" in shown
    assert "<li>Wed 12 March 2031 at 9:00am</li>" in shown


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"name": ""}, "name", "Give the survey a name."),
        ({"question_set": "own", "item_ids": "PTA-99"}, "item_ids", "There is no question &#34;PTA-99&#34;"),
        ({"a_wave": "many"}, "a_wave", "Write a whole number from 1 to 200"),
        ({"a_wave": "9" * 5000}, "a_wave", "Write a whole number from 1 to 200"),
        ({"cadence": "other", "rule": "FREQ=SOMETIMES"}, "rule", "The repeat rule needs FREQ="),
        (
            {"starts_on": "2020-01-01", "cadence": "other", "rule": "FREQ=DAILY;COUNT=1"},
            "rule",
            "This rule gives",
        ),
        ({"cadence": "FREQ=MONTHLY", "open_days": "35"}, "open_days", "The survey would still be open"),
        ({"open_days": "often"}, "open_days", "Write a whole number."),
        ({"cadence": "other", "rule": "FREQ=DAILY;COUNT=" + "9" * 5000}, "rule", "Write a rule such as"),
        (
            {"cadence": "other", "rule": "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1"},
            "rule",
            "The repeat rule never gives a date",
        ),
        ({"starts_on": "2098-01-06"}, "starts_on", "The first date would be 6 January 2098"),
        ({"quiet_periods": "1 May\n" * 41}, "quiet_periods", "Name up to 40 quiet periods."),
        ({"zone": "Europe/Atlantis"}, "zone", "Name a time zone such as Europe/London."),
        ({"quiet_periods": "31 August to 24 August"}, "quiet_periods", "Write the earlier day first"),
        ({"quiet_periods": "in summer"}, "quiet_periods", "Write &#34;in summer&#34; as first and last day"),
        ({"cohorts": "3"}, "cohorts", "8 people are too few for 3 cohorts"),
        ({"channel_1": "", "channel_2": ""}, "channel_1", "Choose at least one way to reach people"),
        ({"channel_2": "email"}, "channel_2", "Name each way to reach people once"),
        ({"reminder_days": "9, 4"}, "reminder_days", "Name up to 3 days for reminders, rising"),
        ({"reminder_days": "14"}, "reminder_days", "Send each reminder on a day before"),
        ({"k": "4"}, "k", "Fewest answers shown (k): write a whole number from 10 to 100."),
    ],
)
def test_what_cannot_be_stands_at_its_field_and_nothing_typed_is_lost(
    given: dict[str, str], field: str, sentence: str, client: FlaskClient
) -> None:
    as_role(client, Role.OD_EDITOR)
    draft = make_draft()
    [step] = {one for one in STEPS if set(of_step(one, dict(given)))}

    refused = client.post(f"{draft}/{step}", data=of_step(step, typed(**given)))

    assert refused.status_code == 422
    assert "<title>Error: " in refused.text
    assert f'href="#{field}">{sentence}' in refused.text
    again = page(client, f"{draft}/{step}")
    assert f'href="#{field}">{sentence}' in again
    for value in given.values():
        assert value in again
    assert f'href="{draft}/{step}#{field}">{sentence}' in page(client, f"{draft}/check")
    assert client.post(f"{draft}/check").status_code == 422
    assert queries.list_programmes() == []


def test_the_first_step_refused_is_kept_too(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)

    refused = client.post("/programmes/new", data=of_step("what", typed(name="", purpose="Half a sen")))

    assert refused.status_code == 422
    assert 'href="#name">Give the survey a name.' in refused.text
    assert "Half a sen" in refused.text
    assert "A survey without a name" in page(client, "/programmes/")


def test_rotation_by_person_is_offered_to_large_bodies_only(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_role(client, Role.OD_EDITOR)
    assert "How questions take turns" not in page(client, "/programmes/new")

    monkeypatch.setattr("pulse.directory.queries.count_people", lambda: 300)
    assert "How questions take turns" in page(client, "/programmes/new")
    draft = begin(client, rotate_by="person")
    client.post(f"{draft}/who", data=of_step("who", typed()))

    shown = page(client, f"{draft}/check")
    assert (
        f'href="{draft}/what#rotate_by">A wave would ask 8 people, and rotation by person needs 300' in shown
    )


def test_a_set_that_is_meant_for_cohorts_offers_them(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    draft = begin(client, question_set="monthly_cohort")

    assert 'name="cohorts" type="text" value="3"' in page(client, f"{draft}/who")
    assert 'value="FREQ=MONTHLY" checked' in page(client, f"{draft}/when")


def test_a_list_of_ones_own_may_take_turns(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)

    set_up(client, question_set="own", item_ids="PTA-01, SUR-01\nPTA-06, PTA-02 PTA-03", a_wave="4")

    [programme] = queries.list_programmes()
    assert len(programme.rotation) > 1
    assert all(len(wave) == 4 for wave in programme.rotation)


def test_a_rule_of_ones_own_is_taken(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)

    set_up(client, cadence="other", rule="FREQ=MONTHLY;INTERVAL=2")

    assert [programme.rule for programme in queries.list_programmes()] == ["FREQ=MONTHLY;INTERVAL=2"]


def test_the_audience_is_chosen_from_the_tree_with_its_headcounts(client: FlaskClient, org: Org) -> None:
    as_role(client, Role.OD_EDITOR)
    indent = "\N{NO-BREAK SPACE}" * 4

    shown = page(client, f"{begin(client)}/who")

    assert f'<option value="{org.units["A1"].id}">{indent}Unit A1 (2)</option>' in shown


def test_each_wave_is_previewed_as_staff_see_it_and_cannot_be_sent(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    draft = make_draft()

    first, third = (page(client, f"{draft}/preview/{number}") for number in (1, 3))

    assert "Preview of wave 1." in first
    assert first != third
    assert "<form" not in first.partition("<main")[2]
    assert client.get(f"{draft}/preview/0").status_code == 404


def test_a_survey_may_begin_today_by_the_clock_of_the_place(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    day = (datetime.now(UTC) + timedelta(days=40)).date().isoformat()

    set_up(client, zone="America/New_York", starts_on=day)

    [programme] = queries.list_programmes()
    assert (programme.zone, programme.starts_on.isoformat()) == ("America/New_York", day)


def test_setting_a_survey_up_reads_no_staff_list_person_by_person(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_attribute(code="grade", label="Grade")
    make_crowd({"Large": 300})

    def refuse(*_args: object) -> None:
        raise AssertionError("of 58,000 people that takes a second, and each page does it many times over")

    monkeypatch.setattr("pulse.directory.queries.list_people_for", refuse)
    as_role(client, Role.OD_EDITOR)

    saved = client.post(f"{walk(client, attributes=['grade'], rotate_by='person')}/check")

    assert saved.status_code == 303
    [programme] = queries.list_programmes()
    assert (programme.attributes, programme.rotate_by) == (["grade"], "person")
