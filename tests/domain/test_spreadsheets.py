"""Text in files: nothing runs, nothing makes a file that cannot be opened, and the rest stays as it is."""

from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.spreadsheets import defused, guarded, holdable, unguarded
from tests.support.injections import INJECTIONS


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["", "Parks", "North = South", "A+E", "e-mail", "'=1", " Parks", "a@b.example", "\u20ac5", "_x0041_"],
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert defused(text) == text


@given(st.text())
def test_what_is_defused_never_begins_with_what_would_run(text: str) -> None:
    kept = defused(text)
    assert kept.removeprefix("'") == text.removeprefix("'")
    assert kept.lstrip()[:1] not in {*"=+-@", "\uff1d", "\uff0b", "\uff0d", "\uff20"}
    assert kept[:1] not in {"\t", "\r", "\n"}


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_is_left_of_a_text_is_read_back_from_xml(text: str) -> None:
    kept = holdable(text)
    read = ElementTree.fromstring(f"<a>{escape(kept)}</a>").text or ""
    assert read == kept
    assert "\r" not in kept


def test_only_what_xml_cannot_hold_is_taken_out() -> None:
    assert holdable("a\x00b\x0bc\ud800d\uffffe\x7f\r\nf\rg\th") == "abcde\nf\ng\th"
    assert holdable("Caffi \u0175 \U0001f600 \u00a0 \x85") == "Caffi \u0175 \U0001f600 \u00a0 \x85"


@given(st.one_of(st.text(), st.sampled_from(INJECTIONS).map("'{}".format), st.sampled_from(INJECTIONS)))
def test_a_guarded_cell_does_not_run_and_gives_its_text_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert defused(guarded(text)) == guarded(text)


@pytest.mark.parametrize("text", ["'quoted'", "'tis", "'", "it's", "''a"])
def test_an_apostrophe_before_anything_else_stays(text: str) -> None:
    assert guarded(text) == unguarded(text) == text
