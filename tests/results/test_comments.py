"""Comments through the whole pipeline: told apart, redacted, put with a large enough group, or not kept."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from flask import Flask

from pulse.banks.loading import freeze_items, get_supplied
from pulse.db import db, writing
from pulse.directory.models import Person
from pulse.domain.redaction import Redactor
from pulse.results.closing import try_again
from pulse.results.comments import keep_comments
from pulse.results.counting import NO_CHARACTER, Written
from pulse.results.release import digest_of
from pulse.surveys import queries as surveys
from tests.results.closes import assert_held, close
from tests.results.counting import count_in_memory, leaning, make_plan
from tests.results.factories import (
    Released,
    Site,
    Voter,
    answer_all,
    make_council,
    make_released_wave,
    make_sent_wave,
)
from tests.results.test_holding import lose_one, plant
from tests.support.rows import all_rows

TREE: dict[str, tuple[str | None, int]] = {
    "C": (None, 0),
    "A": ("C", 0),
    "B": ("C", 0),
    "A1": ("A", 30),
    "A2": ("A", 12),
    "B1": ("B", 26),
}
OPEN, OTHER = "OPEN-01", "OPEN-02"
LEADERS_CLOSED, LEADERS_OPEN = "LDR-PEO-01", "OPEN-05"
ASKED: dict[str, Any] = {"rotation": [["PTA-01", "PTA-06", OPEN, OTHER]], "k": 5}


def writes(voter: Voter) -> dict[str, str]:
    """Eight of A1, three of A2 and six of B1 write to the one question, four of B1 to the other."""
    most = {"A1": 8, "A2": 3, "B1": 6}[voter.unit]
    said = {OPEN: f"Words of {voter.unit}, number {voter.number}."} if voter.number <= most else {}
    return said | ({OTHER: "Only four wrote this."} if voter.unit == "B1" and voter.number <= 4 else {})


def stored() -> list[dict[str, Any]]:
    return all_rows()["comment"]


def texts_by_group(released: Released) -> dict[str, list[str]]:
    names = {group.id: group.name for group in released.groups}
    found: dict[str, list[str]] = defaultdict(list)
    for row in stored():
        found[names[row["group_id"]]].append(row["text"])
    return found


@pytest.fixture
def released(site: Site) -> Released:
    return make_released_wave(site, make_council(TREE), writes=writes, **ASKED)


def test_comments_stand_with_the_nearest_group_that_is_large_enough(released: Released) -> None:
    found = texts_by_group(released)
    assert {name: len(texts) for name, texts in found.items()} == {"Unit A1": 8, "Unit C": 9}
    assert all("A1" in text for text in found["Unit A1"])
    assert Counter(text[9:11] for text in found["Unit C"]) == {"A2": 3, "B1": 6}


def test_fewer_than_five_comments_are_not_kept_nor_is_their_number(released: Released) -> None:
    assert {row["item"] for row in stored()} == {OPEN}
    everything = repr([rows for name, rows in all_rows().items() if name not in ("wave_plan", "programme")])
    assert "Only four wrote this" not in everything


def test_a_comment_has_a_random_id_and_nothing_that_tells_who_or_when(released: Released) -> None:
    rows = stored()
    assert {tuple(sorted(row)) for row in rows} == {
        ("group_id", "id", "item", "release_id", "status", "text")
    }
    assert {len(row["id"]) for row in rows} == {16}
    assert {row["status"] for row in rows} == {"waiting"}


def test_neither_ids_nor_rows_are_in_the_order_of_writing(released: Released) -> None:
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT id, text FROM comment").all()
    as_stored, by_id = [text for _, text in rows], [text for _, text in sorted(rows)]
    assert len(rows) == 17
    assert sorted(as_stored) not in (as_stored, by_id)  # by chance once in 10 to the power of 14


def test_the_digest_holds_the_texts(released: Released) -> None:
    tables = {"comment": [{"group": 1, "item": OPEN, "text": "One."}]}
    assert digest_of(tables) != digest_of({"comment": [{"group": 1, "item": OPEN, "text": "Two."}]})


def test_names_and_numbers_of_everybody_on_record_are_taken_out_before_anything_is_stored(site: Site) -> None:
    council = make_council(TREE)
    gone = Person(staff_no="HC00417", full_name="Ada Brindlewood", active=False)
    with writing():
        db.session.add(gone)
    told = "Ask ada brindlewood (HC00417, 07700 900123) or ada.b@example.org about it"
    make_released_wave(site, council, writes=lambda voter: {OPEN: told}, **ASKED)

    assert {row["text"] for row in stored()} == {
        "Ask [name] ([staff number], [phone number]) or [e-mail address] about it"
    }
    assert "rindlewood" not in repr({name: rows for name, rows in all_rows().items() if name != "person"})


def test_a_redaction_that_fails_holds_the_wave_and_quotes_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    council = make_council(TREE)
    wave_id = make_sent_wave(site, **ASKED)
    answer_all(site, wave_id, council, writes=writes)

    def fail(_redactor: Redactor, text: str) -> None:
        raise UnicodeError(text)

    monkeypatch.setattr(Redactor, "redact", fail)
    assert_held(wave_id, site, "A comment could not be redacted (UnicodeError): nothing is released")
    assert "Words of" not in caplog.text + str(surveys.get_wave(wave_id).problem)
    monkeypatch.undo()
    assert try_again(wave_id)
    assert close(wave_id, site)
    assert len(stored()) == 17


def test_text_that_the_form_never_sent_holds_the_wave(app: Flask, site: Site) -> None:
    council = make_council(TREE)
    wave_id = make_sent_wave(site, **ASKED)
    answer_all(site, wave_id, council)
    for comments in ('{"OPEN-09":"x"}', '{"OPEN-01":7}', '["OPEN-01"]', '{"OPEN-01":"' + "x" * 1001 + '"}'):
        with writing():
            lose_one(wave_id)
            plant(f'[{council.units["A1"]},"44",{{}},{comments}]'.encode())(wave_id, site.keyring)
        assert_held(wave_id, site, "holds something other than answers")
        assert try_again(wave_id)


def test_what_a_database_cannot_store_or_a_page_not_show_is_dropped(site: Site) -> None:
    odd = {OPEN: "\0More\u202e time\x07\r\nplease"}
    make_released_wave(site, make_council(TREE), writes=lambda _voter: odd, **ASKED)
    assert {row["text"] for row in stored()} == {"More time\nplease"}


def count(
    written: list[Written], leading: int = 0, leader_items: Sequence[str] = ()
) -> Counter[tuple[int, str]]:
    """(group, question) -> comments kept of a whole (group 0) with two teams of 30 (1 and 2).

    The first `leading` people of the first team answered the leaders' closed question.
    """
    counted = count_in_memory(make_plan(["PTA-01", "PTA-06"]), {"A": 30, "B": 30}, leaning())
    plan = counted.context.plan
    plan["leader_items"] = freeze_items(get_supplied(), leader_items)
    column = np.full(60, NO_CHARACTER, dtype=np.uint8)
    column[:leading] = ord("4")
    sheets = replace(counted.sheets.with_column(LEADERS_CLOSED, column), written=tuple(written))
    kept = keep_comments(sheets, counted.assembled.blocks, plan, lambda: Redactor([]))
    return Counter((one.group, one.item) for one in kept)


def of_a(item: str, number: int = 6) -> list[Written]:
    return [Written(item, 2, f"Text {one}") for one in range(number)]


def test_what_people_who_lead_write_stands_with_the_whole_from_25_of_them_who_answered() -> None:
    """How many of them were asked would say nothing of how many could have written it."""
    theirs = [LEADERS_CLOSED, LEADERS_OPEN]
    assert count(of_a(OPEN), 25, theirs) == {(1, OPEN): 6}
    assert count(of_a(LEADERS_OPEN), 25, theirs) == {(0, LEADERS_OPEN): 6}
    assert not count(of_a(LEADERS_OPEN), 24, theirs)
    assert not count(of_a(LEADERS_OPEN, 4), 25, theirs)
    assert count(of_a(LEADERS_OPEN, 25), 0, [LEADERS_OPEN]) == {(0, LEADERS_OPEN): 25}


def test_a_leaders_question_with_a_text_box_stops_no_count() -> None:
    plan = make_plan(["PTA-01", "PTA-06"])
    plan["leader_items"] = freeze_items(get_supplied(), [LEADERS_OPEN])
    assert count_in_memory(plan, {"A": 30}, leaning()).figures()


def test_what_cannot_be_seen_is_not_one_of_five_comments() -> None:
    """Or four would be kept, and who sent nothing but an invisible character counted as their company."""
    unseen = [Written(OPEN, 2, "\u200b \u00ad")]
    assert not count(of_a(OPEN, 4) + unseen)
    assert count(of_a(OPEN, 5) + unseen) == {(1, OPEN): 5}


def test_nobody_is_looked_up_when_nobody_wrote() -> None:
    plan = make_plan(["PTA-01"])
    counted = count_in_memory(plan, {"A": 3}, leaning())

    def never() -> Redactor:
        raise AssertionError("the staff list was read")

    assert keep_comments(counted.sheets, counted.assembled.blocks, plan, never) == []
    one = replace(counted.sheets, written=(Written(OPEN, 2, "x"),))
    assert keep_comments(one, counted.assembled.blocks, plan, lambda: Redactor([])) == []
