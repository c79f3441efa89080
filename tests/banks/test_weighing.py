"""Small steps that add up: an edit is weighed from what people were asked, not only from how it stands."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from pulse.banks.bringing_in import preview
from pulse.banks.creating import copy_bank
from pulse.banks.editing import add_item, save_item, weigh_edit
from pulse.banks.exporting import export_bank
from pulse.banks.revising import EditError, fingerprint
from pulse.banks.store import get_library
from pulse.domain.instrument.changing import Change
from pulse.domain.instrument.freezing import freeze_item
from tests.banks.test_editing import BANK, make_editor, make_item

ASKED = "I am able to try my idea here."


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """One survey has asked OWN-01 as it is added here."""
    copy_bank(BANK, make_editor())
    add_item(BANK, make_item(text=ASKED), make_editor())
    form = freeze_item(get_library(), "OWN-01")

    def find(item_ids: Collection[str]) -> dict[str, list[dict[str, Any]]]:
        return {"OWN-01": [form]} if "OWN-01" in item_ids else {}

    monkeypatch.setitem(app.extensions, "pulse.questions_asked", find)


def step(old: str, new: str, declared: Change) -> None:
    item = get_library().item("OWN-01")
    after = replace(item, text=item.text.replace(old, new), wording=item.wording)
    save_item(after, fingerprint(item), declared, make_editor())


@pytest.mark.usefixtures("asked")
def test_two_terms_that_make_a_contrary_make_another_question() -> None:
    step("able", "ready", Change.TERM)

    with pytest.raises(EditError, match="“unable” changes what is asked"):
        step("ready", "unable", Change.TERM)


@pytest.mark.usefixtures("asked")
def test_a_second_term_before_it_is_asked_again_makes_another_question() -> None:
    step("idea", "proposal", Change.TERM)

    with pytest.raises(EditError, match="more than one term"):
        step("able", "free", Change.TERM)


@pytest.mark.usefixtures("asked")
def test_the_way_back_to_what_was_asked_is_no_larger_than_the_way_there() -> None:
    step("idea", "proposal", Change.TERM)
    item = get_library().item("OWN-01")

    assert weigh_edit(replace(item, text=ASKED)).weighed.least is Change.TERM
    assert weigh_edit(replace(item, note="as before")).weighed.least is Change.NOTHING


def test_what_was_never_asked_is_weighed_from_how_it_stands(app: Flask) -> None:
    copy_bank(BANK, make_editor())
    add_item(BANK, make_item(text=ASKED), make_editor())
    step("able", "ready", Change.TERM)
    step("ready", "unable", Change.TERM)

    assert get_library().item("OWN-01").text == ASKED.replace("able", "unable")


@pytest.mark.usefixtures("asked")
def test_a_file_is_weighed_in_the_same_way() -> None:
    step("able", "ready", Change.TERM)
    library = get_library()
    content = export_bank(library.bank(BANK), library, "yaml")

    [coming] = preview("a.yaml", content.replace(b"ready to try", b"unable to try")).banks

    assert coming.weighed["OWN-01"] is Change.MEANING
