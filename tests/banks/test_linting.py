from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask, g

from pulse.banks.commands import bank_commands
from pulse.banks.linting import (
    Linted,
    context_of,
    lint_grades,
    lint_item,
    lint_library,
    waiver_lines,
)
from pulse.banks.loading import load_library
from pulse.domain.instrument import Bank, Item, Library, Scale
from pulse.domain.wording import AGREEMENT
from tests.banks.folders import make_folder

AGREE = Scale("agree5", "bipolar", tuple(enumerate(AGREEMENT, start=1)))
CHOICE = Scale("yes", "choice", ((1, "Yes"), (2, "No")))


def make_item(item_id: str = "A-1", text: str = "I am heard.", **fields: Any) -> Item:
    return Item(item_id, text, fields.pop("scale", "agree5"), **fields)


def make_library(*items: Item, **fields: Any) -> Library:
    return Library((Bank("small", "Small", 1, items),), (AGREE, CHOICE), **fields)


def rules_of(linted: Linted) -> list[str]:
    return [found.rule for found in linted.findings]


def told_by_check(tmp_path: Path, old: str, new: str, *options: str) -> Result:
    """What `bank check` says of a small folder in which `new` stands in place of `old`."""
    return CliRunner().invoke(bank_commands, ["check", str(make_folder(tmp_path, old, new)), *options])


def test_our_own_questions_are_well_worded_but_for_what_is_meant() -> None:
    linted = lint_library(load_library())
    serious = [one.item.id for one in linted if any(found.level != "info" for found in one.findings)]
    # "Think only about the good side" asks for one side of two
    assert serious == ["AMB-P1", "AMB-N1"]
    assert [(one.item.id, found.rule) for one in linted for found, _ in one.waived] == [
        ("LDP-06", "double_barrelled")
    ]
    assert lint_grades(load_library()) == {}


def test_an_overridden_warning_is_kept_with_its_reason() -> None:
    item = make_item(text="I am heard and seen.", waived=(("double_barrelled", "one thing here"),))
    [linted] = lint_library(make_library(item))
    assert linted.findings == ()
    assert [(found.rule, why) for found, why in linted.waived] == [("double_barrelled", "one thing here")]


def test_a_question_that_could_identify_cannot_be_overridden() -> None:
    item = make_item(text="What is your age?", scale="yes", waived=(("identifying", "we need it"),))
    [linted] = lint_library(make_library(item))
    assert (linted.is_blocked, rules_of(linted), linted.waived) == (True, ["identifying"], ())
    assert any("has no effect" in line for line in waiver_lines([linted]))


@pytest.mark.parametrize(
    ("fields", "near"),
    [
        ({}, True),
        ({"audience": "leaders"}, False),
        ({"retired": True}, False),
        ({"replaces": "A-1"}, False),
        ({"scale": "yes"}, False),
        ({"pair": "P"}, False),
    ],
)
def test_neighbours_are_what_the_same_people_are_asked(fields: dict[str, Any], near: bool) -> None:
    item = make_item(pair="P" if "pair" in fields else None)
    library = make_library(item, make_item("A-2", "I am heard here.", **fields))
    assert ("near_duplicate" in rules_of(lint_item(library, item))) is near


def test_a_question_that_is_not_in_the_library_yet_is_checked_beside_those_that_are() -> None:
    library = make_library(make_item())
    assert rules_of(lint_item(library, make_item("A-2", "I am heard here."))) == ["near_duplicate"]


def test_retired_questions_are_left_alone() -> None:
    assert lint_library(make_library(make_item(retired=True))) == ()


def test_an_organisations_own_words_are_put_in_and_are_no_jargon() -> None:
    library = make_library(
        make_item(text="I help local people with {way}."),
        terms={"way": "co-production"},
        swaps={"local people": "stakeholders"},
    )
    [linted] = lint_library(library, context_of(library))
    assert linted.text == "I help stakeholders with co-production."
    assert linted.findings == ()


def test_bank_check_tells_of_wording_and_passes(tmp_path: Path) -> None:
    result = told_by_check(tmp_path, "I am heard.", "I am heard and seen.")
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if "warning" in line] == [
        "question_banks/small.yaml, line 11, A-1: warning: Two questions in one. "
        '"and" may join two questions: '
        "somebody may agree with one part and not with the other. "
        'Ask two questions: "My manager is fair." and "My manager is easy to talk to."'
    ]
    assert result.stdout.splitlines()[-1] == "5 items in 1 banks: no problem found"


@pytest.mark.parametrize(("options", "told"), [((), False), (("--notes",), True)])
def test_bank_check_prints_notes_when_asked(tmp_path: Path, options: tuple[str, ...], told: bool) -> None:
    result = told_by_check(tmp_path, "I am heard.", "I am often heard.", *options)
    assert ("A-1: note: Vague about how often." in result.stdout) is told


def test_bank_check_fails_on_a_question_that_could_identify(tmp_path: Path) -> None:
    result = told_by_check(tmp_path, "What matters to you?", "What is your job title?")
    assert result.exit_code == 1
    assert "A-5: error: Could tell who answered." in result.stdout
    assert result.stderr == "1 question could tell who answered: take it out or ask something else.\n"


def test_an_identifying_question_is_weighed_by_the_smallest_unit_of_the_staff_list(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library(make_item(text="Which team do you work in?", scale="yes"))
    found = {}
    for people in (3, 30):
        forget_cell()
        monkeypatch.setattr(
            "pulse.banks.linting.count_people_by_unit", lambda people=people: {1: people, 2: 90}
        )
        [linted] = lint_library(library)
        found[people] = (linted.is_blocked, linted.findings[0].why)
    assert found[3][0] is True
    assert "smallest group in the staff list has 3 people" in found[3][1]
    assert found[30][0] is False


def forget_cell() -> None:
    g.pop("pulse_smallest_cell", None)
