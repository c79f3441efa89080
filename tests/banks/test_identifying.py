"""What could tell who answers is refused wherever words that people read come in, as in the form."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from pulse.banks import heads, scales
from pulse.banks.commands import bank_commands
from pulse.banks.creating import copy_bank, create_bank
from pulse.banks.editing import add_item, retire_item
from pulse.banks.identifying import find_blocked, find_blocked_question
from pulse.banks.loading import freeze_items, get_supplied, load_library
from pulse.banks.pairs import save_pair
from pulse.banks.restoring import restore
from pulse.banks.revising import fingerprint
from pulse.banks.store import get_library
from pulse.banks.terms import save_words, shown
from pulse.domain.instrument import Item
from tests.banks.folders import make_folder
from tests.banks.identified import BANK, ED, WHY, let_in_before_the_rule, refused


def make_item(**changes: object) -> Item:
    values: dict[str, object] = {"id": "OWN-01", "text": "I am thanked here.", "scale": "agree5"}
    return Item(**(values | {"section": "own", "note": "our own"} | changes))  # type: ignore[arg-type]


@pytest.mark.usefixtures("app")
def test_no_word_of_the_organisation_makes_a_question_ask_who_somebody_is() -> None:
    create_bank("own", "Our own", "", "Own", ED)
    terms, swaps, seen = shown(get_library())
    save_words(f"{terms}\nnope = view", swaps, seen, ED)
    add_item("own", make_item(text="Please tell us your {nope}.", scale="open"), ED)
    terms, swaps, seen = shown(get_library())

    by_term = refused(lambda: save_words(terms.replace("= view", "= full name"), swaps, seen, ED))
    by_swap = refused(lambda: save_words(terms, f"{swaps}\nview = full name", seen, ED))
    assert {str(by_term), str(by_swap)} == {f"OWN-01: {WHY}"}
    assert by_term.field == "terms"


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("lead_in", "Before you begin, write your staff number."),
        ("title", "What is your name?"),
        ("headings", "Who are you?"),
    ],
)
def test_no_word_before_the_questions_asks_who_somebody_is(field: str, words: str) -> None:
    copy_bank(BANK, ED)
    typed, seen = heads.shown(get_library().bank(BANK))
    if field == "headings":
        words = re.sub("= .*", f"= {words}", typed.headings, count=1)

    told = refused(lambda: heads.save_heads(BANK, replace(typed, **{field: words}), seen, ED))

    assert (str(told).endswith(WHY), told.field) == (True, field)


@pytest.mark.usefixtures("app")
def test_a_lead_in_and_a_question_do_not_ask_together_what_neither_asks_alone() -> None:
    create_bank("own", "Our own", "", "Own", ED)
    add_item("own", make_item(text="Name of the team that you join"), ED)
    typed, seen = heads.shown(get_library().bank("own"))

    told = refused(lambda: heads.save_heads("own", replace(typed, lead_in="Tell us your"), seen, ED))
    assert str(told) == f"OWN-01: {WHY}"


BOX = scales.Typed("text", "", "", "", "", "", 300, "Write what comes to mind.")
YES = scales.Typed("choice", "1 = No\n2 = Yes", "pns = Would rather not say", "", "2", "1", None, "")


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("typed", "changes"),
    [
        (BOX, {"note": "Please sign your name."}),
        (BOX, {"lead_in": "First tell us your full name."}),
        (YES, {"options": "1 = No\n2 = Yes, and my manager is called: write your manager's name"}),
        (YES, {"apart": "pns = Tell us who you are instead"}),
    ],
)
def test_no_word_of_a_scale_asks_who_somebody_is(typed: scales.Typed, changes: dict[str, str]) -> None:
    asking = replace(typed, **changes)  # type: ignore[arg-type]
    new = refused(lambda: scales.add_scale("own", asking, ED))
    scales.add_scale("own", typed, ED)
    changed = refused(lambda: scales.save_scale("own", asking, fingerprint(get_library().scale("own")), ED))

    assert {str(new), str(changed)} == {f"own: {WHY}"}
    assert [new.field] == list(changes)


@pytest.mark.usefixtures("app")
def test_braces_in_the_help_of_a_text_box_are_no_term_and_hide_nothing() -> None:
    scales.add_scale("own", replace(BOX, note="Write {anything}."), ED)
    assert find_blocked(get_library()) == []


@pytest.mark.usefixtures("app")
def test_an_answer_may_be_called_what_no_question_may_ask() -> None:
    scales.add_scale("own", replace(YES, options="1 = E-mail address\n2 = Phone number"), ED)
    assert find_blocked(get_library()) == []


@pytest.mark.usefixtures("app")
def test_a_pair_is_not_named_by_a_question_for_somebody() -> None:
    library = get_library()
    bank = next(bank for bank in library.banks if bank.pairs)
    copy_bank(bank.id, ED)
    pair = bank.pairs[0]

    told = refused(lambda: save_pair(bank.id, pair.id, "Who is your manager?", fingerprint(pair), ED))
    assert str(told) == f"{pair.id}: {WHY}"


@pytest.mark.usefixtures("app")
def test_no_earlier_version_brings_such_a_question_back(monkeypatch: pytest.MonkeyPatch) -> None:
    let_in_before_the_rule(monkeypatch)
    restore(BANK, 0, ED)
    item_id = get_supplied().bank(BANK).items[0].id

    assert str(refused(lambda: restore(BANK, 1, ED))) == f"{item_id}: {WHY}"


@pytest.mark.usefixtures("app")
def test_a_retired_question_that_asks_who_somebody_is_is_not_offered_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    let_in_before_the_rule(monkeypatch)
    item_id = get_library().bank(BANK).items[0].id
    retire_item(item_id, ED)

    assert str(refused(lambda: retire_item(item_id, ED, retired=False))) == f"{item_id}: {WHY}"


def test_a_copied_bank_brings_in_nothing_that_could_tell_who_answers(app: Flask) -> None:
    assert find_blocked(get_supplied()) == []
    for bank in get_supplied().banks:
        copy_bank(bank.id, ED)
    assert find_blocked(get_library()) == []


@pytest.mark.usefixtures("app")
def test_a_frozen_question_is_looked_at_as_people_read_it() -> None:
    library = get_library()
    asked = freeze_items(library, [item.id for item in library.all_items()])
    assert find_blocked_question(asked, library) == ""

    asked[3] |= {"help": "Write your name here."}
    assert find_blocked_question(asked, library) == asked[3]["id"]


def test_bank_check_reports_words_around_the_questions_too(tmp_path: Path) -> None:
    lead_in = 'lead_in: "Please write your staff number first."'
    folder = make_folder(tmp_path, "bank: small", f"bank: small\n{lead_in}")
    result = CliRunner().invoke(bank_commands, ["check", str(folder)])

    assert result.exit_code == 1
    assert "small: error: Could tell who answered. It asks for who somebody is" in result.stdout
    assert result.stderr == "1 text could tell who answered: take it out or ask something else.\n"
    assert load_library(folder).bank("small").lead_in
