"""The burden agreed: what is warned of, what is refused, and who may agree on something else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from pulse.db import db
from pulse.surveys import burden, programmes, queries
from pulse.surveys.burden import AgreementError
from pulse.surveys.details import ProgrammeError, details_of
from pulse.web.access import Role
from tests.directory.factories import Org, make_org
from tests.surveys.browsing import as_role, page
from tests.surveys.factories import NOW, make_details, make_programme
from tests.surveys.wizarding import change, make_draft

#: 27 questions, 4 minutes; 5 for people who lead
QUARTERLY = "FREQ=MONTHLY;INTERVAL=3"
SOON = (datetime.now(UTC) + timedelta(days=30)).date()


@pytest.fixture(autouse=True)
def org(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Org:
    """Eight people; what a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return make_org()


def set_up(name: str, **more: object) -> None:
    programmes.create_programme(make_details(name=name, **more), NOW)


def test_ten_minutes_are_warned_of_and_twenty_are_the_most_until_something_is_agreed() -> None:
    assert burden.get_agreement() == (10, 20)
    burden.agree(5, 12)
    assert burden.get_agreement() == (5, 12)


@pytest.mark.parametrize(
    ("warn", "most", "field", "sentence"),
    [
        (0, 20, "warn", "Warn from 1 to 240 minutes."),
        (241, 300, "warn", "Warn from 1 to 240 minutes."),
        (10, 9, "most", "Refuse above 10 to 240 minutes: not below the warning."),
        (10, 241, "most", "Refuse above 10 to 240 minutes: not below the warning."),
    ],
)
def test_what_cannot_be_agreed_changes_nothing(warn: int, most: int, field: str, sentence: str) -> None:
    with pytest.raises(AgreementError) as caught:
        burden.agree(warn, most)

    assert (caught.value.field, str(caught.value)) == (field, sentence)
    assert burden.get_agreement() == (10, 20)


def test_all_surveys_that_run_add_up_and_paused_ones_do_not() -> None:
    set_up("First")
    set_up("Second")
    make_programme(name="Asleep", active=False)

    found = burden.burden_of_all(NOW)

    assert found.minutes == 8
    assert found.worst is not None
    assert {part.name for part in found.worst.parts} == {"First", "Second"}
    assert found.gap is not None
    assert found.gap.days == 0


def test_a_survey_that_makes_it_too_much_is_refused_in_one_sentence_that_names_the_other() -> None:
    burden.agree(5, 7)
    set_up("First")

    with pytest.raises(ProgrammeError) as caught:
        set_up("Second")

    assert caught.value.field == "rule"
    assert str(caught.value) == (
        "With “First”, the same person would be asked for 8 minutes in 12 weeks, and 7 is the most that was "
        "agreed: ask fewer questions, less often or by cohorts, or pause or shorten “First”."
    )
    assert [programme.name for programme in queries.list_programmes()] == ["First"]


def test_surveys_of_different_people_do_not_add_up(org: Org) -> None:
    burden.agree(5, 7)
    set_up("First", audience_unit_id=org.units["A1"].id)
    set_up("Second", audience_unit_id=org.units["B"].id)

    with pytest.raises(ProgrammeError, match="“First”"):
        set_up("Third", audience_unit_id=org.units["A"].id)


def test_one_survey_alone_can_be_too_much() -> None:
    burden.agree(5, 7)

    with pytest.raises(ProgrammeError, match=r"^A person would be asked for 12 minutes in 12 weeks"):
        set_up("Monthly", rule="FREQ=MONTHLY", starts_on=date(2027, 1, 1))


def test_what_is_over_it_already_may_be_mended_as_long_as_it_takes_no_more() -> None:
    set_up("First")
    set_up("Second")
    burden.agree(2, 5)
    [first, _] = queries.list_programmes()
    kept = details_of(first)

    programmes.update_programme(first.id, replace(kept, purpose="In better words."), NOW)
    with pytest.raises(ProgrammeError, match="“Second”"):
        programmes.update_programme(first.id, replace(kept, rule="FREQ=MONTHLY"), NOW)


def test_a_survey_is_not_resumed_into_too_much(client: FlaskClient) -> None:
    set_up("First")
    programmes.pause_programme(queries.list_programmes()[0].id)
    set_up("Second")
    burden.agree(5, 7)
    as_role(client, Role.OD_EDITOR)
    [first, _] = queries.list_programmes()

    told = client.post(f"/programmes/{first.id}/resume", follow_redirects=True).text

    assert "With “Second”, the same person would be asked for" in told
    db.session.expire_all()
    assert not queries.get_programme(first.id).active


def test_the_check_page_warns_and_then_refuses(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    burden.agree(4, 7)
    draft = make_draft(name="First", starts_on=SOON.isoformat())
    warned = page(client, f"{draft}/check")
    assert "This is a lot: 4 minutes in 12 weeks or more. Above 7 it cannot be saved." in warned
    assert client.post(f"{draft}/check").status_code == 303

    second = make_draft(name="Second", starts_on=SOON.isoformat())
    shown = page(client, f"{second}/check")

    assert "Set up the survey</button>" not in shown
    assert 'href="#time">With “First”, the same person would be asked for 8 minutes' in shown
    assert "twice within four weeks: “Second” and then “First”, on the same day" in shown
    assert client.post(f"{second}/check").status_code == 422
    assert [programme.name for programme in queries.list_programmes()] == ["First"]


def test_a_change_of_a_paused_survey_is_not_held_against_it(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    burden.agree(1, 2)
    programme = make_programme(active=False)
    draft = change(client, programme.id, question_set="quarterly")

    assert client.post(f"{draft}/check").status_code == 303


def test_readers_see_every_survey_and_only_administrators_agree(client: FlaskClient) -> None:
    set_up("First")
    as_role(client, Role.UNION_OBSERVER)
    shown = page(client, "/programmes/burden/")
    assert "Nobody is asked for more than 4 minutes in any 12 weeks." in shown
    assert '<th scope="row" class="govuk-table__header">First</th>' in shown
    assert "<form" not in shown.partition("<main")[2]
    assert client.post("/programmes/burden/", data={"warn": "3", "most": "6"}).status_code == 403

    as_role(client, Role.ADMINISTRATOR)
    refused = client.post("/programmes/burden/", data={"warn": "30", "most": "6"})
    assert refused.status_code == 422
    assert 'href="#most">Refuse above 30 to 240 minutes' in refused.text
    assert client.post("/programmes/burden/", data={"warn": "3", "most": "6"}).status_code == 303
    assert burden.get_agreement() == (3, 6)


def test_opening_now_into_too_much_is_refused_on_the_page_and_by_the_command(
    client: FlaskClient, runner: FlaskCliRunner
) -> None:
    burden.agree(5, 7)
    now = datetime.now(UTC)
    for name, starts in (("First", SOON), ("Second", SOON + timedelta(days=100))):
        programmes.create_programme(make_details(name=name, rule="FREQ=YEARLY", starts_on=starts), now)
    [wave] = queries.list_waves(queries.list_programmes()[1].id)
    as_role(client, Role.OD_EDITOR)
    sentence = "With “First”, the same person would be asked for 8 minutes in 12 weeks"

    told = client.post(f"/programmes/waves/{wave.id}/open", follow_redirects=True).text
    refused = runner.invoke(args=["programme", "open-now", "Second"])

    assert sentence in told
    assert refused.output.startswith(f"Error: {sentence}")
    assert (refused.exit_code, refused.output.count("\n")) == (1, 1)
    assert queries.list_due_to_open(now) == []


def test_the_command_tells_and_sets(runner: FlaskCliRunner) -> None:
    set_up("First")

    told = runner.invoke(args=["programme", "burden"]).output
    assert "Nobody is asked for more than 4 minutes in any 12 weeks." in told
    assert "Agreed: a warning from 10 minutes, refused above 20." in told
    assert told.splitlines()[-1].startswith("First")
    said = runner.invoke(args=["programme", "burden", "set", "--most", "15"]).output
    assert said == "Agreed: a warning from 10 minutes, refused above 15.\n"
    refused = runner.invoke(args=["programme", "burden", "set", "--warn", "16"])
    assert (refused.exit_code, refused.output.count("\n")) == (1, 1)
    assert burden.get_agreement() == (10, 15)
