"""Versions of a bank compared: everything that differs, in words of the pages."""

from dataclasses import replace

import pytest
from flask import Flask

from pulse.banks import heads, history, measures
from pulse.banks.creating import copy_bank
from pulse.banks.editing import save_item
from pulse.banks.measures import Shape
from pulse.banks.revising import fingerprint
from pulse.banks.store import get_library
from pulse.domain.instrument.changing import Change
from tests.banks.test_shaping import ED, heads_of


@pytest.fixture
def own(app: Flask) -> str:
    copy_bank("weir_six", ED)
    return "weir_six"


def test_the_history_compares_headings_and_measures_too(own: str) -> None:
    heads.save_heads(own, *heads_of(own, title="Six principles of ours"), ED)
    changes = {change.id: change.fields for change in history.compare_versions(own, 1, 2)}
    assert changes["Name"][0][2] == "Six principles of ours"


def test_the_history_says_scales_headings_and_measures_in_words(own: str) -> None:
    people = measures.get_measure(get_library().bank(own), "PEO")
    shape = Shape(people.label, "higher_is_more_worry", ("people",), people.need)
    measures.save_measure(own, "PEO", shape, fingerprint(people), ED)
    item = get_library().item("PEO-01")
    save_item(replace(item, section="development"), fingerprint(item), Change.NOTHING, ED)

    told = {change.id: change.fields for change in history.compare_versions(own, 0, 3)}
    assert told == {
        "People (PEO)": [("What a high score means", "More is better", "More is more worry")],
        "PEO-01": [("Heading", "People", "Development")],
    }
