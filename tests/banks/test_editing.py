"""Editing banks: what is kept, under which id, and what is refused without a trace."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from pulse.banks import queries
from pulse.banks.creating import copy_bank, create_bank
from pulse.banks.editing import (
    Move,
    add_item,
    delete_item,
    move_item,
    retire_item,
    save_item,
    weigh_edit,
)
from pulse.banks.loading import get_supplied
from pulse.banks.restoring import restore
from pulse.banks.revising import ChangedMeanwhile, EditError, Editor, fingerprint
from pulse.banks.store import get_library
from pulse.banks.usage import Use
from pulse.domain.instrument import Item
from pulse.domain.instrument.changing import Change

#: the SQL of versions is used by editing alone
pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both_databases]

BANK = "weir_six"


def make_editor(why: str = "Staff asked for it.") -> Editor:
    return Editor(datetime(2026, 11, 2, 9, tzinfo=UTC), why)


def make_item(**changes: object) -> Item:
    values: dict[str, object] = {"id": "OWN-01", "text": "I am thanked here.", "scale": "agree5"}
    return Item(**(values | {"section": "people", "note": "our own"} | changes))  # type: ignore[arg-type]


def reworded(item_id: str, old: str, new: str) -> Item:
    item = get_library().item(item_id)
    assert old in item.text
    return replace(item, text=item.text.replace(old, new))


def save(after: Item, declared: Change, seen: str | None = None, why: str = "Clearer.") -> str:
    shown = fingerprint(get_library().item(after.id)) if seen is None else seen
    return save_item(after, shown, declared, make_editor(why))


def standing() -> dict[str, int]:
    return dict(queries.list_newest())


def test_spelling_keeps_id_and_version() -> None:
    save(reworded("PEO-01", "whole", "whoole"), Change.SPELLING)

    item = get_library().item("PEO-01")
    assert (item.text, item.wording) == ("I am treated as a whoole person at work.", 1)
    assert get_library().bank(BANK).version == 1


def test_another_term_raises_the_wording_and_needs_a_reason() -> None:
    term = reworded("PEO-04", "local area", "borough")

    with pytest.raises(EditError, match="Say why the new term"):
        save(term, Change.TERM, why=" ")
    assert standing() == {}
    assert save(term, Change.TERM) == "PEO-04"

    assert get_library().item("PEO-04").wording == 2


def test_another_meaning_gets_an_id_of_its_own_and_retires_the_old_question() -> None:
    new_id = save(reworded("PEO-02", "care about", "live in"), Change.MEANING)

    library = get_library()
    new, old = library.item(new_id), library.item("PEO-02")
    assert new_id == "PEO-06"
    assert (new.replaces, new.retired, old.retired) == ("PEO-02", False, True)
    assert old.text == get_supplied().item("PEO-02").text
    assert library.bank(BANK).version == 2


def test_an_edit_is_never_declared_less_than_it_is() -> None:
    turned = replace(get_library().item("PEO-05"), reverse=False)

    with pytest.raises(EditError, match="This is more than spelling: it is scored the other way round"):
        save(turned, Change.SPELLING)
    assert standing() == {}


def test_one_side_of_a_pair_is_not_replaced_alone() -> None:
    with pytest.raises(EditError, match="AMB-P1 is one side of a pair"):
        save(reworded("AMB-P1", "hopeful", "cheerful"), Change.MEANING)


def test_of_two_editors_the_second_is_shown_what_the_first_saved() -> None:
    seen = fingerprint(get_library().item("PEO-01"))
    save(reworded("PEO-01", "whole", "entire"), Change.TERM, seen)

    with pytest.raises(ChangedMeanwhile) as caught:
        save(reworded("PEO-01", "work", "my work"), Change.MEANING, seen)

    assert caught.value.theirs.text == "I am treated as a entire person at work."
    assert standing() == {BANK: 1}


@pytest.mark.parametrize("declared", [Change.NOTHING, Change.SPELLING, Change.TERM])
def test_the_second_is_shown_that_before_the_edit_is_weighed_against_words_not_seen(declared: Change) -> None:
    mine, seen = reworded("PEO-01", "whole", "whoole"), fingerprint(get_library().item("PEO-01"))
    save(reworded("PEO-01", "work", "home"), Change.TERM, seen)

    with pytest.raises(ChangedMeanwhile):
        save(mine, declared, seen, why="")
    assert standing() == {BANK: 1}


def test_two_editors_of_two_questions_are_not_in_each_others_way() -> None:
    first, second = (fingerprint(get_library().item(item)) for item in ("PEO-01", "DEV-01"))
    save(reworded("PEO-01", "whole", "entire"), Change.TERM, first)

    save(reworded("DEV-01", "changes", "chnages"), Change.SPELLING, second)

    assert standing() == {BANK: 2}


def test_a_new_bank_takes_questions_and_orders_them() -> None:
    create_bank("thanks", "Thanks", "being thanked", "Being thanked", make_editor())
    for number in (1, 2, 3):
        add_item("thanks", make_item(id=f"THX-0{number}", section="being_thanked"), make_editor())

    move_item("THX-03", Move.UP, make_editor())
    move_item("THX-01", Move.UP, make_editor())

    assert [item.id for item in get_library().bank("thanks").items] == ["THX-01", "THX-03", "THX-02"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": "PEO-01"}, "PEO-01 is the id of another question"),
        ({"id": ""}, "Give the question an id"),
        ({"text": "x" * 5000}, "The text has 5000 characters"),
        ({"text": ""}, "This is empty; write"),
        ({"scale": "nonsense"}, "There are no answers “nonsense” any more"),
        ({"note": ""}, "No source is named; choose one"),
        ({"text": "Do you like {nothing}?"}, "is not a term"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_one_sentence(
    changes: dict[str, object], told: str
) -> None:
    with pytest.raises(EditError, match=told):
        add_item(BANK, make_item(**changes), make_editor())
    assert standing() == {}


def test_a_retired_question_stays_and_may_come_back() -> None:
    with pytest.raises(EditError, match="Say why it is retired"):
        retire_item("PEO-03", make_editor(""))
    retire_item("PEO-03", make_editor())
    assert get_library().item("PEO-03").retired

    retire_item("PEO-03", make_editor(), retired=False)

    assert get_library().bank(BANK) == get_supplied().bank(BANK)


def test_a_question_that_a_supplied_rotation_asks_cannot_be_deleted() -> None:
    with pytest.raises(EditError, match="PEO-01"):
        delete_item("PEO-01", make_editor())
    assert standing() == {}


def test_a_question_of_ones_own_that_was_never_asked_can_be_deleted() -> None:
    add_item(BANK, make_item(), make_editor())

    delete_item("OWN-01", make_editor())

    assert "OWN-01" not in get_library()


def test_any_version_and_the_supplied_one_can_be_restored() -> None:
    save(reworded("PEO-01", "whole", "entire"), Change.TERM)
    save(reworded("DEV-01", "changes", "chnages"), Change.SPELLING)

    restore(BANK, 1, make_editor())
    assert get_library().item("PEO-01").wording == 2
    assert get_library().item("DEV-01") == get_supplied().item("DEV-01")
    restore(BANK, 0, make_editor())

    supplied = get_supplied().bank(BANK)
    counted_on = [replace(item, wording=3) if item.id == "PEO-01" else item for item in supplied.items]
    assert get_library().bank(BANK) == replace(supplied, items=tuple(counted_on))
    assert standing() == {BANK: 4}


def test_nothing_that_is_not_there_can_be_edited() -> None:
    with pytest.raises(EditError, match="no question NOT-01"):
        weigh_edit(make_item(id="NOT-01"))
    with pytest.raises(EditError, match="no such version"):
        restore(BANK, 7, make_editor())
    with pytest.raises(EditError, match="no such bank"):
        copy_bank("nothing", make_editor())


def test_one_question_more_in_a_measure_that_surveys_ask_needs_a_reason(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        app.extensions, "pulse.question_uses", lambda ids: {one: [Use("Pulse", True, 1)] for one in ids}
    )
    joining = make_item(
        scale=get_library().item("TAA-E1").scale, section=get_library().item("TAA-E1").section
    )

    with pytest.raises(EditError, match="which is another score then"):
        add_item("treated_as_assets", joining, make_editor(""))
    add_item("treated_as_assets", joining, make_editor())

    assert "OWN-01" in get_library()
