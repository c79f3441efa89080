"""An earlier version comes again where it may, and never asks anything else under an id that is asked."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from pulse.banks import heads, history, measures, scales
from pulse.banks.creating import copy_bank
from pulse.banks.editing import add_item, delete_item, save_item
from pulse.banks.restoring import restore
from pulse.banks.revising import EditError, Editor, fingerprint
from pulse.banks.store import get_library
from pulse.banks.terms import save_words, shown
from pulse.banks.usage import Use
from pulse.domain.instrument import Item
from pulse.domain.instrument.changing import Change

BANK, SCALES = "weir_six", "scales"
ED = Editor(datetime(2026, 11, 1, tzinfo=UTC), "we say it so")
MUTE = replace(ED, why="")
OWN = Item("OWN-01", "I am thanked here.", "agree5", section="people", note="our own")
CHOICE = replace(OWN, scale="yes_no", section="own")
TYPED = scales.Typed("choice", "1 = No\n2 = Yes", "", "", "2", "1", None, "")


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids that some survey asks."""
    ids: list[str] = []

    def find(item_ids: Collection[str]) -> dict[str, list[Use]]:
        return {one: [Use("Pulse", active=True, waves=1)] for one in item_ids if one in ids}

    monkeypatch.setitem(app.extensions, "pulse.question_uses", find)
    copy_bank(BANK, ED)
    return ids


def refused(document: str, number: int, editor: Editor = ED) -> EditError:
    before = get_library()
    with pytest.raises(EditError) as found:
        restore(document, number, editor)
    assert get_library() == before
    return found.value


def test_a_question_that_is_asked_does_not_become_another_one_by_going_back(asked: list[str]) -> None:
    add_item(BANK, OWN, ED)
    delete_item("OWN-01", ED)
    add_item(BANK, replace(OWN, text="My manager never listens.", reverse=True), ED)
    asked.append("OWN-01")

    assert "asks something else under OWN-01" in str(refused(BANK, 2))


def test_a_question_that_is_asked_and_was_not_there_yet_is_retired_with_its_heading(asked: list[str]) -> None:
    add_heading()
    for item_id in ("OWN-01", "OWN-02"):
        add_item(BANK, replace(OWN, id=item_id, section="own"), ED)
    asked.append("OWN-01")

    restore(BANK, 1, ED)

    assert get_library().item("OWN-01").retired
    assert "OWN-02" not in get_library()
    assert get_library().bank(BANK).sections[-1].id == "own"


def test_going_back_counts_wordings_on_and_needs_a_reason(asked: list[str]) -> None:
    item = get_library().item("PEO-01")
    save_item(replace(item, text=item.text.replace("whole", "entire")), fingerprint(item), Change.TERM, ED)

    assert refused(BANK, 1, MUTE).field == "why"
    restore(BANK, 1, ED)

    assert (get_library().item("PEO-01").text, get_library().item("PEO-01").wording) == (item.text, 3)
    assert get_library().item("PEO-02").wording == 1


def test_going_back_needs_a_reason_for_what_a_file_would_need_one_for(asked: list[str]) -> None:
    add_heading()
    for item_id, section in (("OWN-01", "own"), ("OWN-02", "people")):
        add_item(BANK, replace(OWN, id=item_id, section=section), ED)
    measures.add_measure(BANK, "OWN", measures.Shape("Ours", "higher_is_better", ("own",), 1), ED)
    asked.append("OWN-01")

    for changed in (3, 4):  # before a question and the measure, before the measure
        error = refused(BANK, changed, MUTE)
        assert (error.field, "Say why" in str(error)) == ("why", True)
    restore(BANK, 3, ED)

    assert get_library().item("OWN-01")
    assert (get_library().bank(BANK).indices[-1].id == "OWN", "OWN-02" in get_library()) == (False, False)


def test_a_question_that_comes_again_into_a_measure_that_is_asked_needs_a_reason(asked: list[str]) -> None:
    add_item(BANK, OWN, ED)
    delete_item("OWN-01", ED)
    asked.append("PEO-01")

    assert refused(BANK, 2, MUTE).field == "why"
    restore(BANK, 2, ED)
    assert "OWN-01" in get_library()


def test_going_back_to_another_spelling_or_note_needs_no_reason(asked: list[str]) -> None:
    item = get_library().item("PEO-01")
    save_item(
        replace(item, text=item.text.replace("whole", "whoole")), fingerprint(item), Change.SPELLING, ED
    )
    restore(BANK, 1, MUTE)

    assert get_library().item("PEO-01") == item


def test_other_words_before_the_questions_count_every_wording_on(asked: list[str]) -> None:
    before, seen = heads.shown(get_library().bank(BANK))
    heads.save_heads(BANK, replace(before, lead_in="Think of this month."), seen, ED)

    restore(BANK, 1, ED)

    assert {item.wording for item in get_library().bank(BANK).items} == {3}


def test_a_scale_that_questions_use_does_not_become_another_one_by_going_back(asked: list[str]) -> None:
    add_heading()
    scales.add_scale("yes_no", TYPED, ED)
    scales.save_scale("yes_no", replace(TYPED, options="1 = Yes\n2 = No"), seen_of("yes_no"), ED)
    add_item(BANK, CHOICE, ED)

    assert "another scale under yes_no" in str(refused(SCALES, 1))


def test_a_scale_that_questions_use_and_that_was_not_there_yet_stays(asked: list[str]) -> None:
    add_heading()
    scales.add_scale("yes_no", TYPED, ED)
    scales.add_scale("spare", TYPED, ED)
    add_item(BANK, CHOICE, ED)

    restore(SCALES, 0, ED)

    there = {scale.id for scale in get_library().scales}
    assert "yes_no" in there
    assert "spare" not in there


def test_going_back_to_other_words_needs_a_reason(asked: list[str]) -> None:
    own, swaps, seen = shown(get_library())
    save_words(own, f"{swaps}\ncommunity = town", seen, ED)

    assert refused(SCALES, 0, MUTE).field == "why"
    restore(SCALES, 0, ED)
    assert get_library().fill("community") == "community"


def test_a_version_that_names_a_scale_that_is_gone_is_compared_and_not_restored(
    asked: list[str],
) -> None:
    add_heading()
    scales.add_scale("yes_no", TYPED, ED)
    add_item(BANK, CHOICE, ED)
    delete_item("OWN-01", ED)
    scales.delete_scale("yes_no", ED)

    [change] = history.compare_versions(BANK, 3, 4)
    assert (change.id, change.kind) == ("OWN-01", "taken away")
    assert ("Answers", "yes_no", "") in change.fields
    assert "yes_no" in str(refused(BANK, 3))


def add_heading() -> None:
    before, seen = heads.shown(get_library().bank(BANK))
    heads.save_heads(BANK, replace(before, headings=f"{before.headings}\nown = Our own"), seen, ED)


def seen_of(scale_id: str) -> str:
    return scales.shown(get_library().scale(scale_id))[1]
