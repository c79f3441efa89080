"""A bank that was made here goes while nothing uses it; its history stays and brings it back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.banks import heads, history, queries
from pulse.banks.creating import copy_bank, create_bank
from pulse.banks.deleting import delete_bank
from pulse.banks.editing import add_item
from pulse.banks.restoring import restore
from pulse.banks.store import forget, get_library
from pulse.domain.instrument import Item
from pulse.pilots.piloting import close_pilot
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.banks.test_shaping import ED, MUTE, refused
from tests.pilots.factories import make_pilot
from tests.surveys.factories import make_programme

OWN = "thanks"


@pytest.fixture
def own(app: Flask) -> str:
    """A bank of one question."""
    create_bank(OWN, "Being thanked", "thanks", "Thanks", ED)
    add_item(OWN, Item("OWN-01", "I am thanked here.", "agree5", "thanks", note="our own"), ED)
    return OWN


def bank_ids() -> set[str]:
    return {bank.id for bank in get_library().banks}


def test_a_bank_that_nothing_uses_goes_and_its_history_stays(own: str) -> None:
    delete_bank(own, ED)

    assert own not in bank_ids()
    assert "OWN-01" not in get_library()
    assert next(version.what for version in history.list_versions(own)) == "deleted"
    assert [bank.title for bank in history.list_gone()] == ["Being thanked"]
    [change] = [one for one in history.compare_versions(own, 2, 3) if one.id == "OWN-01"]
    assert change.kind == "taken away"


def test_its_history_brings_it_back_whole(own: str) -> None:
    delete_bank(own, ED)
    restore(own, 2, MUTE)

    assert get_library().item("OWN-01").text == "I am thanked here."
    assert history.list_gone() == []
    assert "In that version there is no bank" in refused(lambda: restore(own, 3, ED))[0]


def test_another_bank_may_take_its_name_and_its_versions_are_counted_on(own: str) -> None:
    delete_bank(own, ED)
    create_bank(own, "Thanks again", "thanks", "Thanks", ED)

    assert [version.number for version in history.list_versions(own)] == [4, 3, 2, 1]
    assert get_library().bank(own).items == ()


def test_a_question_whose_id_was_taken_meanwhile_is_named_without_a_file(own: str) -> None:
    delete_bank(own, ED)
    create_bank("other", "Other", "others", "Thanks", ED)
    add_item("other", Item("OWN-01", "I am seen here.", "agree5", "thanks", note="our own"), ED)

    assert refused(lambda: restore(own, 2, ED))[0] == "OWN-01 is the id of another question; choose another."


def test_a_supplied_bank_stays_as_it_is_and_changed(app: Flask) -> None:
    for _ in range(2):
        assert "A supplied bank stays" in refused(lambda: delete_bank("weir_six", ED))[0]
        if not history.list_versions("weir_six"):
            copy_bank("weir_six", ED)


@pytest.mark.parametrize("active", [True, False])
def test_a_bank_whose_question_a_survey_asks_stays_also_while_that_is_paused(own: str, active: bool) -> None:
    make_programme(name="Summer 2026", rotation=[["PTA-01"], ["OWN-01"]], active=active)

    assert refused(lambda: delete_bank(own, ED))[0] == (
        "“Summer 2026” asks OWN-01, so the bank stays: retire its questions instead."
    )
    assert own in bank_ids()


def test_a_bank_whose_question_is_tried_on_people_stays_until_that_is_closed(own: str) -> None:
    pilot, _links = make_pilot(item_ids=("OWN-01",))
    assert "“New questions” tries OWN-01 on people" in refused(lambda: delete_bank(own, ED))[0]

    close_pilot(pilot.id, datetime.now(UTC))
    delete_bank(own, ED)
    assert own not in bank_ids()


def test_a_bank_whose_question_another_bank_shows_stays(own: str) -> None:
    copy_bank("weir_six", ED)
    shown, seen = heads.shown(get_library().bank("weir_six"))
    heads.save_heads("weir_six", replace(shown, borrowed="people = OWN-01"), seen, ED)

    assert "“The six principles” shows OWN-01 too" in refused(lambda: delete_bank(own, ED))[0]


def test_it_is_asked_first_and_refused_with_one_sentence(
    own: str, client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    editor = sign_in(client, make_account(Role.OD_EDITOR))
    assert "Delete the bank" in editor.get(f"/questions/{own}").text
    assert "1 question would go with it: OWN-01." in editor.get(f"/questions/{own}/delete").text
    refusal = editor.post("/questions/weir_six/delete", data={"why": ""})
    assert (refusal.status_code, "A supplied bank stays" in refusal.text) == (422, True)

    assert editor.post(f"/questions/{own}/delete", data={"why": "Not needed"}).status_code == 303
    forget()
    assert "History of Being thanked" in editor.get("/questions/").text
    assert "Not needed" in editor.get(f"/questions/{own}/history").text
    assert editor.post(f"/questions/{own}/restore/2", data={"why": "Needed"}).status_code == 303
    forget()
    assert editor.get(f"/questions/{own}").status_code == 200


FORMS = {
    "/questions/thanks/new": {"id": "OWN-02", "text": "{words}", "note": "our own"},
    "/questions/items/OWN-01/edit": {"text": "{words}", "check": "1"},
    "/questions/items/OWN-01/retire": {"why": "{words}"},
    "/questions/thanks/headings": {"title": "Thanks", "headings": "{words}"},
    "/questions/thanks/measures/new": {"id": "thx", "label": "{words}"},
    "/questions/thanks/measures/thx": {"label": "{words}"},
    "/questions/thanks/pairs/new": {"first": "{words}", "second": "x"},
    "/questions/thanks/pairs/thx": {"label": "{words}"},
    "/questions/thanks/copy": {"why": "{words}"},
    "/questions/thanks/delete": {"why": "{words}"},
    "/questions/answers/our_scale": {"options": "{words}"},
    "/questions/sources/points/OWN-P1": {"paraphrase": "{words}"},
    "/translations/cy/bank-thanks/0123456789abcdef": {"words": "{words}", "note": ""},
}


@pytest.mark.parametrize("path", FORMS)
def test_what_was_typed_into_a_form_of_something_that_went_meanwhile_is_given_back(
    path: str, own: str, client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    editor = sign_in(client, make_account(Role.OD_EDITOR))
    delete_bank(own, ED)
    before = queries.list_newest()

    typed = {name: text.format(words="<b>I am thanked</b>\r\nhere") for name, text in FORMS[path].items()}
    answer = editor.post(path, data=typed | {"csrf_token": "hidden1", "seen": "hidden2", "scale": "agree5"})

    assert answer.status_code == 404
    assert "&lt;b&gt;I am thanked&lt;/b&gt;\r\nhere</textarea>" in answer.text
    for hidden in ("hidden1", "hidden2", "agree5", "<b>"):
        assert hidden not in answer.text
    assert queries.list_newest() == before


def test_an_old_link_to_a_deleted_bank_has_no_boxes(own: str, client: FlaskClient) -> None:
    delete_bank(own, ED)
    answer = sign_in(client, make_account(Role.OD_EDITOR)).get("/questions/thanks/headings")
    assert (answer.status_code, "What you typed" in answer.text) == (404, False)
