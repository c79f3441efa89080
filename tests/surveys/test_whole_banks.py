"""Several banks together make a survey, and a question that stands in two of them is asked once."""

from datetime import UTC, datetime

from flask import Flask

from pulse.banks import heads
from pulse.banks.creating import copy_bank
from pulse.banks.revising import Editor
from pulse.banks.store import get_library
from pulse.surveys.question_sets import OWN, items_of_banks, list_banks, rotation_of

ED = Editor(datetime(2026, 11, 1, tzinfo=UTC), "why")


def test_whole_banks_follow_each_other_with_open_questions_last(app: Flask) -> None:
    ids = items_of_banks(["open_questions", "permission_to_act"])
    assert ids[0] == "SUR-01"
    assert ids[-1].startswith("OPEN-")
    assert len(ids) == len(set(ids))
    library = get_library()
    assert all(library.item(each).audience == "staff" and library.item(each).offered for each in ids)
    assert rotation_of(OWN, ids)[0] == ids


def test_a_question_that_another_bank_shows_too_is_asked_once(app: Flask) -> None:
    copy_bank("letting_go", ED)
    shown, seen = heads.shown(get_library().bank("letting_go"))
    first = shown.headings.split(" = ")[0]
    heads.save_heads("letting_go", heads.Heads(**{**vars(shown), "borrowed": f"{first} = PTA-01"}), seen, ED)
    ids = items_of_banks(["permission_to_act", "letting_go"])
    assert ids.count("PTA-01") == 1
    assert "PTA-01" in items_of_banks(["letting_go"])


def test_a_bank_with_nothing_for_everybody_is_not_offered(app: Flask) -> None:
    assert "leader_reflection" not in {bank.id for bank in list_banks()}
