"""A question that could tell who answers is asked by no wave, and who runs the survey is told which it is."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.banks import revising
from pulse.banks.creating import copy_bank
from pulse.banks.revising import Editor
from pulse.banks.store import forget, get_library
from pulse.db import db
from pulse.domain.instrument import Bank, Library
from pulse.invitations.register import open_and_invite
from pulse.surveys import queries, waves
from pulse.surveys.ahead import plan_ahead
from pulse.surveys.keyring import Keyring
from pulse.surveys.plans import build_plan, plan_of
from pulse.surveys.programme_checks import ProgrammeError, check_words
from pulse.surveys.question_sets import OWN, QuestionSetError, rotation_of
from pulse.surveys.unaskable import find_unaskable
from pulse.web.access import Role
from tests.directory.factories import make_org
from tests.surveys.browsing import as_role, make_future_wave, page
from tests.surveys.factories import (
    make_details,
    make_keyring,
    make_open_wave,
    make_planned_wave,
    make_programme,
)

ED = Editor(datetime(2026, 11, 1, tzinfo=UTC), "from before the rule")
TOLD = "Question LET-01 could tell who answers"
OTHER = "PTA-01"


def ask_for_names(monkeypatch: pytest.MonkeyPatch) -> str:
    """Save a question as it could be saved before there was a rule against it; its id."""
    bank = get_library().bank("letting_go")
    first = bank.items[0]
    copy_bank(bank.id, ED)

    def ask(_library: Library, own: Bank) -> Bank:
        return replace(own, items=(replace(first, text="What is your full name?"), *own.items[1:]))

    with monkeypatch.context() as then:
        then.setattr(revising, "refuse_identifying", lambda before, after: None)
        revising.revise_bank(bank.id, ask, ED, act="edited", what="before the rule")
    forget()
    return first.id


@pytest.fixture
def let_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> str:
    return ask_for_names(monkeypatch)


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    make_org()
    return make_keyring(tmp_path)


def test_a_wave_that_would_ask_it_does_not_open_and_says_which_it_is(let_in: str, keyring: Keyring) -> None:
    wave = make_planned_wave(rotation=[[OTHER, let_in]])

    with pytest.raises(waves.CannotOpen, match=TOLD):
        open_and_invite(wave.id, keyring)

    db.session.expire_all()
    assert queries.get_wave(wave.id).state == "planned"
    assert queries.count_members(wave.id) == 0


def test_a_wave_that_is_open_goes_on_and_only_the_next_waits(
    app: Flask, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave = make_open_wave(keyring, rotation=[[OTHER, "LET-01"]])
    assert plan_ahead(wave.programme, 2)[1] == ""

    ask_for_names(monkeypatch)
    assert plan_ahead(wave.programme, 2)[1].startswith(TOLD)
    assert (queries.get_wave(wave.id).state, find_unaskable(plan_of(wave))) == ("open", "")


def test_the_pages_of_the_survey_tell_it_before_the_day(let_in: str, client: FlaskClient) -> None:
    wave = make_future_wave(rotation=[[OTHER, let_in]])
    as_role(client, Role.OD_EDITOR)

    for address in (
        f"/programmes/{wave.programme_id}",
        f"/programmes/waves/{wave.id}",
        f"/programmes/waves/{wave.id}/preview",
    ):
        assert TOLD in page(client, address)
    assert "What is asked" in page(client, f"/programmes/{wave.programme_id}/edit/what")


def test_no_survey_is_set_to_ask_it(let_in: str) -> None:
    told = "LET-01 could tell who answers: ask something else, or change its words."
    for question_set, items in ((OWN, [OTHER, let_in]), ("quarterly", [])):
        with pytest.raises(QuestionSetError, match=told):
            rotation_of(question_set, items)
    assert rotation_of(OWN, [OTHER]) == [[OTHER]]


def test_what_a_translation_asks_is_looked_at_too(app: Flask) -> None:
    plan = build_plan(make_programme(rotation=[[OTHER]]), 1)
    said = {name: plan["items"][0][name] for name in ("text", "help", "options")}

    for words, found in (("Beth yw eich enw llawn?", OTHER), ("Beth sydd orau gennych?", "")):
        items = {OTHER: said | {"text": words}}
        assert find_unaskable(plan | {"languages": {"cy": {"items": items}}}) == found


def test_what_is_said_of_a_survey_does_not_ask_who_somebody_is_either(app: Flask) -> None:
    check_words(make_details(), None)
    with pytest.raises(ProgrammeError, match="It asks for who somebody is") as told:
        check_words(make_details(purpose="Please write your staff number in the last box."), None)
    assert told.value.field == "purpose"
