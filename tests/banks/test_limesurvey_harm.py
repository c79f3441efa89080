"""LimeSurvey structures that could do harm, or are none: refused in one sentence."""

import pytest

from pulse.banks import limesurvey_xml
from pulse.banks.limesurvey import write_lss
from pulse.banks.limesurvey_reading import read_lss
from pulse.banks.limits import ImportRefused
from pulse.banks.loading import get_supplied
from pulse.banks.writing import UnwritableError
from pulse.domain.instrument import Bank
from tests.banks.surveys import make_question, make_survey, together

LIBRARY = get_supplied()
SOUND = make_survey(**make_question("1", "T", "What?"))
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
DECLARED = "declares entities or a document type"
OTHER = "not a LimeSurvey survey structure"


def declared(inside: bytes, text: bytes) -> bytes:
    """The sound survey with a document type before it, and `text` for its question."""
    return SOUND.replace(HEAD, HEAD + b"<!DOCTYPE document [" + inside + b"]>").replace(b"What?", text)


HARMFUL = {
    "an external entity": (declared(b'<!ENTITY x SYSTEM "file:///etc/passwd">', b"&x;"), DECLARED),
    "an entity of the network": (declared(b'<!ENTITY x SYSTEM "http://example.org/x">', b"&x;"), DECLARED),
    "an external parameter entity": (
        declared(b'<!ENTITY % x SYSTEM "http://example.org/x"> %x;', b""),
        DECLARED,
    ),
    "entities that grow": (declared(b'<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">', b"&b;"), DECLARED),
    "a document type alone": (declared(b"", b"What?"), DECLARED),
    "deep nesting": (SOUND.replace(b"What?", b"<p>" * 200_000), "nested or long beyond any survey"),
    "a text of 5,001": (
        SOUND.replace(b"What?", b"x" * 5_001),
        "Question Q1 holds a text of 5,001 characters",
    ),
    "another document": (SOUND.replace(b">Survey<", b">Question<"), OTHER),
    "a page": (b"<html><body>404</body></html>", OTHER),
    "half a file": (SOUND[:300], OTHER),
    "no XML": (b"id,text", OTHER),
    "an encoding that is none": (SOUND.replace(b"UTF-8", b"UTF-99"), OTHER),
    "no question": (make_survey(), "no question of a type that a bank can hold"),
}


@pytest.mark.parametrize(("content", "told"), HARMFUL.values(), ids=HARMFUL)
def test_a_harmful_or_foreign_file_is_refused_in_one_sentence(content: bytes, told: str) -> None:
    with pytest.raises(ImportRefused, match=told) as refused:
        read_lss(content, "x.lss", "x", LIBRARY)
    assert str(refused.value).endswith(".")


def test_a_file_with_more_parts_than_any_survey_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limesurvey_xml, "_MAX_ELEMENTS", 20)

    with pytest.raises(ImportRefused, match="nested or long beyond any survey"):
        read_lss(SOUND, "x.lss", "x", LIBRARY)


def test_a_survey_with_more_groups_than_any_is_refused() -> None:
    groups = [{"gid": str(number), "group_order": "1"} for number in range(301)]

    with pytest.raises(ImportRefused, match="over 300 groups or 5,000 questions"):
        read_lss(make_survey(groups=groups), "x.lss", "x", LIBRARY)


def test_two_groups_of_one_name_become_two_sections() -> None:
    groups = [{"gid": number, "group_order": number} for number in ("1", "2")]
    names = [{"gid": number, "group_name": "Work", "language": "en"} for number in ("1", "2")]
    questions = together(make_question("1", "T"), make_question("2", "T", gid="2"))

    read = read_lss(make_survey(**questions, groups=groups, group_l10ns=names), "x.lss", "x", LIBRARY)

    assert [section.id for section in read.banks[0].sections] == ["work", "work_2"]
    assert [item.section for item in read.banks[0].items] == ["work", "work_2"]


def test_scripts_of_a_survey_do_not_come_in_and_other_markup_comes_in_as_words() -> None:
    content = make_survey(**make_question("1", "T", "<script>alert(1)</script>Is 1 &lt; 2 <b>here</b>?"))

    assert read_lss(content, "x.lss", "x", LIBRARY).banks[0].items[0].text == "Is 1 < 2 here?"


@pytest.mark.parametrize("held", ["{", "[" * 5_000, "7", "[]", '{"bank":1}' + " " * 20_001, '{"bank":null}'])
def test_what_went_out_with_a_question_and_came_back_spoilt_is_told_and_not_used(held: str) -> None:
    attribute = [{"qid": "1", "attribute": "pulse", "value": held}]

    read = read_lss(
        make_survey(**make_question("1", "T"), question_attributes=attribute), "x.lss", "x", LIBRARY
    )

    assert [item.id for item in read.banks[0].items] == ["Q1"]
    assert read.report == ["Q1: what went out with it is no longer readable, so it comes in as new."]


def test_a_bank_that_lost_its_own_part_is_told_so() -> None:
    content = write_lss(LIBRARY.bank("weir_six"), LIBRARY).replace(b">pulse_bank<", b">lost<")

    read = read_lss(content, "x.lss", "x", LIBRARY)

    assert read.banks[0].items == LIBRARY.bank("weir_six").items
    assert read.banks[0].indices == ()
    assert "The bank's own part is lost: measures, pairs and sections are not brought in." in read.report


def test_a_bank_without_questions_is_not_written() -> None:
    with pytest.raises(UnwritableError, match="no question, and LimeSurvey needs one"):
        write_lss(Bank("empty", "Empty", 1, ()), LIBRARY)
