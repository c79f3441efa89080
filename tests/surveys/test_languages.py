"""In which languages a wave opens, and which of them it still offers."""

from pathlib import Path

import pytest
from flask import Flask

from pulse.banks.store import get_library
from pulse.db import writing
from pulse.languages.catalogue import staff_texts
from pulse.languages.texts import Text
from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from pulse.surveys.language_words import describe_wave, list_typed, standing_ahead, standing_of_wave
from pulse.surveys.languages import languages_of, languages_with_actions, plan_in, programme_in
from pulse.surveys.models import Programme, Wave
from pulse.surveys.plans import build_plan, digest_of, plan_of
from pulse.web.access import Role
from tests.accounts.factories import make_account
from tests.languages.factories import WELSH, read, save
from tests.languages.reviewed import forget_pages, review, review_all, welsh, withdraw
from tests.results.factories import make_council
from tests.surveys.factories import ITEMS, make_keyring, make_open_wave, make_programme


@pytest.fixture
def keyring(app: Flask, tmp_path: Path) -> Keyring:
    forget_pages()
    make_council()
    return make_keyring(tmp_path)


def make_bilingual(**changes: object) -> Programme:
    """One of its questions is reversed."""
    asked = [[*ITEMS, "PTA-09"]]
    return make_programme(**{"languages": [WELSH], "k": 5, "ask_leaders": True, "rotation": asked} | changes)


def open_wave(keyring: Keyring, programme: Programme) -> Wave:
    return make_open_wave(keyring, programme)


def test_a_plan_without_languages_keeps_its_shape_and_its_digest(keyring: Keyring) -> None:
    wave = open_wave(keyring, make_programme(k=5))
    expected = build_plan(wave.programme, 1) | {"attributes": [], "crosses": []}

    assert plan_of(wave) == expected
    assert wave.plan_sha256 == digest_of(expected)
    assert languages_of(plan_of(wave)) == []
    assert plan_in(plan_of(wave), WELSH) is plan_of(wave)


def test_with_everything_reviewed_a_wave_opens_in_both_and_keeps_what_it_says(keyring: Keyring) -> None:
    programme = make_bilingual()
    review_all(programme)
    assert [one.missing for one in standing_ahead(programme)] == [[]]

    wave = open_wave(keyring, programme)
    plan = plan_of(wave)
    assert languages_of(plan) == [WELSH]
    assert describe_wave(wave, plan, opened=True) == "English and Welsh"
    said = plan_in(plan, WELSH)
    assert [item["text"] for item in said["items"]] == [welsh(item["text"]) for item in plan["items"]]
    assert [item["id"] for item in said["items"]] == [item["id"] for item in plan["items"]]
    assert plan["leader_items"]
    assert said["leader_lead_in"] == welsh(plan["leader_lead_in"])
    assert said["measures"] == plan["measures"]
    assert programme_in(programme, plan, WELSH).purpose == welsh(programme.purpose)
    assert programme_in(programme, plan, "en").purpose == programme.purpose
    assert digest_of(plan) == wave.plan_sha256


def test_a_wave_with_one_text_that_is_not_reviewed_opens_in_english_only_and_names_it(
    keyring: Keyring,
) -> None:
    programme = make_bilingual()
    review_all(programme)
    question = Text("item PTA-06", get_library().item("PTA-06").text)
    withdraw(question)

    wave = open_wave(keyring, programme)
    assert "languages" not in plan_of(wave)
    [why] = standing_of_wave(wave, plan_of(wave), opened=True)
    assert why.sentence.startswith("It opened without Welsh, because not everything that staff see was")
    assert why.missing == [question]
    assert why.named == [f"item PTA-06: {question.source}"]


def test_a_reversed_question_that_one_person_has_read_is_not_enough(keyring: Keyring) -> None:
    programme = make_bilingual()
    [question] = [text for text in review_all(programme) if text.context == "item PTA-09"]
    first, second, third = (make_account(Role.OD_EDITOR).id for _ in range(3))

    save(question, "Geiriau eraill.", first)
    read(question, second)
    assert [one.missing for one in standing_ahead(programme)] == [[question]]
    read(question, third)
    assert [one.missing for one in standing_ahead(programme)] == [[]]


def test_a_page_string_that_changes_takes_the_language_away_until_it_is_reviewed_again(
    keyring: Keyring,
) -> None:
    programme = make_bilingual()
    review_all(programme)
    wave = open_wave(keyring, programme)
    assert languages_of(plan_of(wave)) == [WELSH]

    withdraw(staff_texts(WELSH)[0])
    assert languages_of(plan_of(wave)) == []
    [why] = standing_of_wave(wave, plan_of(wave), opened=True)
    assert "is not offered in it now" in why.sentence
    assert describe_wave(wave, plan_of(wave), opened=True) == "English and Welsh"


def test_what_is_done_meanwhile_must_be_reviewed_before_the_first_page_is_shown_in_welsh(
    app: Flask, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = make_bilingual()
    review_all(programme)
    plan = plan_of(open_wave(keyring, programme))

    class Action:
        said, did = "You wanted shorter meetings.", "Meetings end after 45 minutes."

    monkeypatch.setitem(app.extensions, "pulse.latest_actions", lambda _programme, _most=3: [Action()])
    assert languages_with_actions(programme, plan) == []
    assert languages_of(plan) == [WELSH]  # the form shows no action
    review([Text(f"programme {programme.id}", words) for words in (Action.said, Action.did)])
    assert languages_with_actions(programme, plan) == [WELSH]


def test_a_survey_that_is_renamed_while_it_is_open_keeps_its_new_english_name(keyring: Keyring) -> None:
    programme = make_bilingual()
    review_all(programme)
    plan = plan_of(open_wave(keyring, programme))
    with writing():
        queries.get_programme(programme.id).name = "Another name"
    assert programme_in(programme, plan, WELSH).name == "Another name"


def test_the_pages_of_translations_are_lent_what_people_typed_of_each_survey(keyring: Keyring) -> None:
    programme = make_bilingual(name="Autumn check", organisation="Cyngor")
    [(heading, texts)] = list_typed()
    assert heading == "Autumn check"
    assert {text.context for text in texts} == {f"programme {programme.id}"}
    assert [text.source for text in texts] == ["Autumn check", programme.purpose, "Cyngor"]
