"""The text of the rules that the database keeps: what both databases are given, and what is found missing."""

import pytest

from pulse.domain.frozen import (
    RULES,
    Rule,
    create_statements,
    drop_statements,
    function_body,
    rules_of,
    trigger_text,
)
from pulse.domain.table_rules import lacking, strange


@pytest.mark.parametrize("rule", rules_of("sqlite"), ids=lambda rule: rule.name)
def test_a_rule_can_be_written_into_a_trigger_as_it_stands(rule: Rule) -> None:
    """An apostrophe would end the sentence, and a percent sign or a colon is a placeholder to drivers."""
    assert not set("'%:$") & set(rule.sentence)
    assert not set("%:$") & set(rule.condition)
    assert rule.sentence in trigger_text(rule, "sqlite")
    assert rule.sentence in function_body(rule)


def test_only_the_rules_of_the_tables_named_are_made() -> None:
    made = [text.split()[2:5] for text in create_statements("sqlite", ["wave", "person"])]
    assert made == [
        ["keep_wave", "BEFORE", "UPDATE"],
        ["keep_wave_number", "BEFORE", "UPDATE"],
        ["keep_wave_whole", "BEFORE", "INSERT"],
    ]
    assert list(create_statements("postgresql", ["person"])) == []


def test_all_that_is_made_can_be_taken_away() -> None:
    for dialect, kinds in (("sqlite", 1), ("postgresql", 2)):
        made, taken = list(create_statements(dialect)), list(drop_statements(dialect))
        assert len(made) == len(taken) == kinds * len(rules_of(dialect))


def test_only_sqlite_needs_rules_against_replacing_and_has_them_for_every_table() -> None:
    assert rules_of("postgresql") == RULES
    names = [rule.name for rule in rules_of("sqlite")]
    assert len(set(names)) == len(names)
    against = {rule.table for rule in rules_of("sqlite") if rule.done == "INSERT"}
    assert against == {rule.table for rule in RULES}


KNOWN = [("keep_wave", "as made"), ("keep_release", "as made")]


def test_rules_as_they_were_made_are_neither_strange_nor_lacking() -> None:
    assert strange(KNOWN, KNOWN) == []
    assert lacking("rule", KNOWN, KNOWN) == []


def test_one_that_is_gone_and_one_that_reads_otherwise_are_lacking() -> None:
    installed = [("keep_wave", "otherwise")]
    assert strange(installed, KNOWN) == []
    assert lacking("rule", installed, KNOWN) == [
        "The rule keep_wave does not read as Pulse made it.",
        "The rule keep_release is not there.",
    ]


@pytest.mark.parametrize("more", [("keep_wave", "on another table"), ("listen", "as made"), ("a", "as made")])
def test_one_more_is_strange_whatever_it_is_called(more: tuple[str, str]) -> None:
    assert strange([*KNOWN, more], KNOWN) == [more]
    assert lacking("rule", [*KNOWN, more], KNOWN) == []
