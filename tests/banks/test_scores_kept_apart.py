"""No measure goes on under the id of another, and none becomes another score without a word why."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from pulse.banks import heads, measures, pairs
from pulse.banks.bringing_in import ReasonNeeded, bring_in, preview
from pulse.banks.creating import create_bank
from pulse.banks.deleting import delete_bank
from pulse.banks.editing import add_item, retire_item
from pulse.banks.measures import Shape
from pulse.banks.revising import EditError, Editor
from pulse.banks.store import forget, get_library
from pulse.banks.writing import write_bank
from pulse.domain.instrument import Bank, Index, Item
from tests.surveys.factories import make_programme

OWN, MEASURE = "thanks", "own_m"
ED = Editor(datetime(2026, 11, 1, tzinfo=UTC), "we say it so")
MUTE = replace(ED, why="")
SHAPE = Shape("Being thanked", "higher_is_better", ("thanks",), 1)
FIRST = Item("OWN-01", "I am thanked here.", "agree5", "thanks", note="our own")
NEW = replace(FIRST, id="OWN-20", text="I am glad of my work.")
PAIR = pairs.NewPair(
    *("P-1", "Both", "feelings", "I feel glad here.", "I feel sad here.", "thanks", "agree5", False, "ours")
)


@pytest.fixture(autouse=True)
def own(app: Flask) -> None:
    """A bank of one question under the first of two headings, which is a measure."""
    create_bank(OWN, "Being thanked", "thanks", "Thanks", ED)
    shown, seen = heads.shown(bank())
    heads.save_heads(OWN, replace(shown, headings=f"{shown.headings}\nspare = Spare"), seen, ED)
    add_item(OWN, FIRST, ED)
    measures.add_measure(OWN, MEASURE, SHAPE, ED)


def bank() -> Bank:
    return get_library().bank(OWN)


def ask() -> None:
    make_programme(rotation=[["PTA-01"], ["OWN-01"]])


def bring(changed: Bank, editor: Editor = ED) -> None:
    """The file of this bank, as the page that shows it first and its button bring it in."""
    found = preview(f"{changed.id}.yaml", write_bank(changed).encode())
    bring_in(found.documents, {one.bank.id: one.seen for one in found.banks}, editor)


def refused(changed: Bank) -> str:
    before = get_library()
    with pytest.raises(EditError) as found:
        bring(changed)
    forget()
    assert get_library() == before
    return str(found.value)


def add_measure(index_id: str) -> str:
    """What is said at the field of the id."""
    with pytest.raises(EditError) as found:
        measures.add_measure(OWN, index_id, replace(SHAPE, sections=("spare",)), ED)
    assert found.value.field == "id"
    return str(found.value)


def test_a_file_does_not_bring_the_id_of_a_deleted_measure_again() -> None:
    ask()
    [before] = bank().indices
    measures.delete_measure(OWN, MEASURE, ED)
    other = Index(MEASURE, "Quite another thing", "higher_is_more_worry", "mean", ("thanks",))

    for index in (before, other):
        assert refused(replace(bank(), indices=(index,))) == (
            "The file's own_m has the id of a measure that was deleted, and results of both would be mixed: "
            "give it a new id there."
        )
    bring(replace(bank(), indices=(replace(other, id="own_m2"),)))
    assert [index.id for index in bank().indices] == ["own_m2"]


def test_a_file_of_another_bank_does_not_bring_it_either() -> None:
    elsewhere = replace(bank(), id="elsewhere", items=(NEW,))
    measures.delete_measure(OWN, MEASURE, ED)

    assert "own_m has the id of a measure that was deleted" in refused(elsewhere)


def test_no_question_takes_the_id_of_a_deleted_measure() -> None:
    measures.delete_measure(OWN, MEASURE, ED)
    measures.add_measure(OWN, "P-1-N", SHAPE, ED)
    measures.delete_measure(OWN, "P-1-N", ED)
    named = replace(NEW, id=MEASURE)

    with pytest.raises(EditError, match="own_m was the id of a measure before") as found:
        add_item(OWN, named, ED)
    assert found.value.field == "id"
    with pytest.raises(EditError, match="P-1-N was the id of a measure before"):
        pairs.add_pair(OWN, PAIR, ED)
    assert "own_m has the id of a measure that was deleted" in refused(replace(bank(), items=(FIRST, named)))


def test_a_file_keeps_the_measures_that_are_there_and_brings_a_deleted_bank_back_with_its_own() -> None:
    before = bank()
    bring(before, MUTE)
    delete_bank(OWN, ED)
    bring(before, MUTE)

    assert bank().indices == before.indices


def test_a_measure_may_have_the_id_of_a_heading_and_not_of_a_question() -> None:
    assert add_measure("OWN-01") == "OWN-01 is the id of a question: choose a new one."
    measures.delete_measure(OWN, MEASURE, ED)
    measures.add_measure(OWN, "spare", SHAPE, ED)

    assert [index.id for index in bank().indices] == ["spare"]


def test_an_id_is_free_only_when_nobody_took_it_meanwhile(app: Flask) -> None:
    get_library()
    with app.app_context():  # another request, with a look of its own at the library
        measures.delete_measure(OWN, MEASURE, ED)
        measures.add_measure(OWN, "own_m2", SHAPE, ED)

    assert add_measure("own_m2") == "own_m2 is the id of another measure: choose a new one."
    assert add_measure(MEASURE).startswith("own_m was the id of a measure before")


def test_a_pair_more_in_a_measure_that_surveys_ask_needs_a_reason() -> None:
    ask()
    with pytest.raises(EditError, match="it counts in “Being thanked”, which is another score") as found:
        pairs.add_pair(OWN, PAIR, MUTE)
    assert (found.value.field, bank().pairs) == ("why", ())

    pairs.add_pair(OWN, replace(PAIR, section="spare"), MUTE)
    pairs.add_pair(OWN, replace(PAIR, id="P-2"), ED)
    assert len(bank().pairs) == 2


def test_a_pair_more_in_a_measure_that_nobody_asks_needs_none() -> None:
    pairs.add_pair(OWN, PAIR, MUTE)

    assert len(bank().items) == 3


@pytest.mark.parametrize("asked", [True, False])
def test_a_file_with_a_new_question_needs_a_reason_where_surveys_ask_its_measure(asked: bool) -> None:
    if asked:
        ask()
    beside = replace(NEW, section="spare")

    assert not needs_reason(replace(bank(), items=(FIRST, beside)))
    assert needs_reason(replace(bank(), items=(FIRST, replace(NEW, id="OWN-21"), beside))) is asked


@pytest.mark.parametrize(
    "after",
    [
        replace(FIRST, section="spare"),
        replace(FIRST, retired=True),
        replace(FIRST, text="I am thanked heer.", wording=2),
    ],
    ids=["moved to another measure", "retired", "declared to be another term"],
)
def test_what_needs_a_reason_on_a_page_needs_one_in_a_file(after: Item) -> None:
    add_item(OWN, NEW, ED)

    assert needs_reason(replace(bank(), items=(NEW, after)))


def test_a_file_for_what_was_changed_meanwhile_is_not_judged_by_what_nobody_has_seen() -> None:
    found = preview(f"{OWN}.yaml", write_bank(replace(bank(), items=(FIRST, NEW))).encode())
    add_item(OWN, replace(NEW, text="My manager never listens.", reverse=True), ED)
    make_programme(rotation=[["PTA-01"], ["OWN-20"]])

    with pytest.raises(EditError, match="Somebody else has changed this bank meanwhile"):
        bring_in(found.documents, {one.bank.id: one.seen for one in found.banks}, ED)


def needs_reason(changed: Bank) -> bool:
    before = bank()
    try:
        bring(changed, MUTE)
    except ReasonNeeded:
        forget()
        assert bank() == before
        return True
    return False


def test_a_retired_question_counts_again_only_with_a_word_why() -> None:
    add_item(OWN, NEW, ED)
    retire_item(NEW.id, ED)
    ask()

    with pytest.raises(EditError, match="it counts in “Being thanked”"):
        retire_item(NEW.id, MUTE, retired=False)
    retire_item(NEW.id, ED, retired=False)

    assert not get_library().item(NEW.id).retired
