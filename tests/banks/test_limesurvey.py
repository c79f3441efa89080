"""LimeSurvey structures out and in: ours come back whole, others as far as a bank has room, and are told."""

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from pulse.banks.incoming import Read
from pulse.banks.limesurvey import code_of, codes_of, id_of, write_lss
from pulse.banks.limesurvey_reading import read_lss
from pulse.banks.loading import get_supplied
from pulse.domain.instrument import Bank, Item, Section
from tests.banks.odd_banks import LIBRARY as ODD_LIBRARY
from tests.banks.odd_banks import ODD, banks
from tests.banks.surveys import Rows, make_answers, make_lines, make_question, make_survey, together

LIBRARY = get_supplied()
AGREE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")


def read(content: bytes) -> Read:
    return read_lss(content, "x.lss", "x", LIBRARY)


def survey(*parts: dict[str, Rows]) -> Read:
    return read(make_survey(**together(*parts)))


def unmarked(content: bytes) -> bytes:
    """Without what went out with the questions, as if somebody had typed them again in LimeSurvey."""
    root = ElementTree.fromstring(content)
    attributes = root.find("question_attributes/rows")
    assert attributes is not None
    for row in list(attributes):
        if row.findtext("attribute", "").startswith("pulse"):
            attributes.remove(row)
    return ElementTree.tostring(root)


@cache
def written(bank_id: str) -> bytes:
    return write_lss(LIBRARY.bank(bank_id), LIBRARY)


@pytest.mark.parametrize("bank", LIBRARY.banks, ids=lambda bank: bank.id)
def test_each_supplied_bank_comes_back_whole(bank: Bank) -> None:
    found = read(written(bank.id))

    assert found.banks == (bank,)
    assert set(found.scales) <= set(LIBRARY.scales)
    assert (found.problems, found.report) == ([], [])


@pytest.mark.parametrize("bank", LIBRARY.banks, ids=lambda bank: bank.id)
def test_what_the_format_itself_carries_is_ids_words_headings_scales_and_na(bank: Bank) -> None:
    found = read_lss(unmarked(written(bank.id)), "x.lss", "x", replace(LIBRARY, banks=()))

    (plain,) = found.banks
    assert [id_of(item.id) for item in plain.items] == [item.id for item in bank.items]
    assert [item.text for item in plain.items] == [LIBRARY.fill(item.text) for item in bank.items]
    assert [item.scale for item in plain.items] == [item.scale for item in bank.items]
    assert [item.na for item in plain.items] == [item.na for item in bank.items]
    assert [section.label for section in plain.sections] == [section.label for section in bank.sections]
    assert (plain.title, plain.about) == (bank.title, bank.about)


@given(banks())
@settings(max_examples=6)
def test_any_bank_comes_back_whole(bank: Bank) -> None:
    bank = replace(bank, items=tuple(replace(item, anchor=False, text=item.text[:40]) for item in bank.items))
    if any(
        re.search(r"\{(?!approach\})", text) for text in (bank.lead_in, *(item.text for item in bank.items))
    ):
        return  # no library takes words in braces that are no term
    assert read_lss(write_lss(bank, ODD_LIBRARY), "x.lss", "x", ODD_LIBRARY).banks == (bank,)


def test_markup_and_braces_are_shown_and_do_not_run_in_limesurvey() -> None:
    odd = tuple(text.strip() for text in ODD if text.strip() and "{" not in text)
    items = tuple(
        Item(f"Q-{n}", text, "agree5", "one", ("S",)) for n, text in enumerate((*odd, "{approach}"))
    )
    bank = Bank("odd", "<i>{1+1}</i>", 1, items, (Section("one", "{SID}<script>"),))

    content = write_lss(bank, ODD_LIBRARY)

    root = ElementTree.fromstring(content)
    people_see = [
        node.text or "" for tag in ("question", "group_name", "surveyls_title") for node in root.iter(tag)
    ]
    assert not [text for text in people_see if set("<>{}") & set(text)]
    assert "working &lt;together&gt;" in people_see
    assert read_lss(content, "x.lss", "x", ODD_LIBRARY).banks == (bank,)


def test_every_code_is_one_that_limesurvey_takes_and_names_its_question() -> None:
    for bank in LIBRARY.banks:
        codes = codes_of(bank.items)
        assert all(re.fullmatch("[A-Za-z][A-Za-z0-9]{0,19}", code) for code in codes.values())
        assert [id_of(code) for code in codes.values()] == [item.id for item in bank.items]
    for odd in ("1-a", "zebra_z", "é.x", "zn", ""):
        assert id_of(code_of(odd)) == odd
    alike = codes_of([Item("a-1", "", ""), Item("A-1", "", ""), Item("x" * 30, "", "")])
    assert alike == {"a-1": "azd1", "A-1": "zq1", "x" * 30: "zq2"}


def test_a_text_that_was_changed_in_limesurvey_comes_back_changed_and_nothing_else_does() -> None:
    bank = LIBRARY.bank("permission_to_act")
    typed = b"<question>&lt;p&gt;I may &lt;b&gt;use&lt;/b&gt; my own judgement"
    content = written(bank.id).replace(b"<question>I can use my own judgement", typed)

    (found,) = read(content).banks

    changed = [item for item in found.items if item not in bank.items]
    assert [(item.id, item.text[:26]) for item in changed] == [("PTA-02", "I may use my own judgement")]
    assert replace(changed[0], text=bank.items[1].text) == bank.items[1]
    assert found.indices == bank.indices


def test_a_question_added_or_deleted_in_limesurvey_is_so_here() -> None:
    bank = LIBRARY.bank("letting_go")
    root = ElementTree.fromstring(written(bank.id))
    rows = root.find("questions/rows")
    assert rows is not None
    rows.remove(rows[2])
    for name, row in make_question("900", "T", "What else?").items():
        table = root.find(f"{name}/rows")
        assert table is not None
        table.extend(ElementTree.fromstring(make_survey(**{name: row})).find(f"{name}/rows") or [])

    (found,) = read(ElementTree.tostring(root)).banks

    kept = [item.id for number, item in enumerate(bank.items) if number != 2]
    assert sorted(item.id for item in found.items) == sorted([*kept, "Q900"])


def test_a_list_becomes_a_question_on_the_scale_with_these_labels() -> None:
    found = survey(
        make_question("1", "L", "<p>I am&nbsp;heard.</p>"), make_answers("1", *AGREE, "Does not apply to me")
    )

    (bank,) = found.banks
    assert (bank.id, bank.title, bank.sections) == (
        "staff_survey_2026",
        "Staff survey 2026",
        (Section("your_work", "Your work"),),
    )
    assert [(item.id, item.text, item.scale, item.na) for item in bank.items] == [
        ("Q1", "I am heard.", "agree5", True)
    ]
    assert found.scales == (LIBRARY.scale("agree5"),)
    assert found.report == ["Formatting was taken out of 1 text."]


def test_labels_the_other_way_round_are_told() -> None:
    found = survey(make_question("1"), make_answers("1", *AGREE[::-1]))

    assert found.report == ["Q1: its answers stood the other way round; agree5 has them low to high."]


def test_answers_that_no_scale_has_become_one_scale_for_all_that_have_them() -> None:
    found = survey(
        make_question("1"), make_answers("1", "Never", "Often", "Prefer not to say"),
        make_question("2", "!", "We are heard."), make_answers("2", "Never", "Often"),
    )  # fmt: skip

    (scale,) = found.scales
    assert (scale.id, scale.kind, scale.options) == (
        "staff_survey_2026_1",
        "choice",
        ((1, "Never"), (2, "Often")),
    )
    assert scale.nonsubstantive == (("pns", "Prefer not to say"),)
    assert {item.scale for item in found.banks[0].items} == {scale.id}
    assert found.report == [
        "New scale staff_survey_2026_1: Never, Often. It is not scored unless you make it a scored one."
    ]


def test_every_line_of_an_array_becomes_a_question() -> None:
    found = survey(
        make_question("1", "F", "So?"), make_lines("1", "We talk.", "We act."), make_answers("1", *AGREE),
        make_question("2", "C", "Is it so?"), make_lines("2", "We rest."),
    )  # fmt: skip

    assert [(item.id, item.text, item.scale) for item in found.banks[0].items] == [
        ("Q1-SQ1", "We talk.", "agree5"), ("Q1-SQ2", "We act.", "agree5"),
        ("Q2-SQ1", "We rest.", "staff_survey_2026_1"),
    ]  # fmt: skip


def test_a_survey_of_version_3_is_read_in_its_own_language() -> None:
    words = [
        {"gid": "1", "group_order": "1", "group_name": name, "language": language}
        for language, name in (("cy", "Gwaith"), ("en", "Work"))
    ]
    questions = [
        {
            "qid": "5",
            "gid": "1",
            "type": "T",
            "title": "Open",
            "question": text,
            "question_order": "1",
            "language": language,
        }
        for language, text in (("cy", "Beth?"), ("en", "What?"))
    ]
    content = make_survey(groups=words, group_l10ns=[], questions=questions).replace(
        b"<languages>", b"<languages><language>cy</language>"
    )

    found = read(content)

    assert [(item.text, item.scale) for item in found.banks[0].items] == [("What?", "open")]
    assert found.banks[0].sections[0].label == "Work"
    assert found.report == ["Other languages are left out: cy."]


def test_what_a_bank_has_no_place_for_is_told_line_by_line() -> None:
    tables = together(
        make_question("1", "T", "What?", relevance="Q0 == 'Y'", mandatory="Y"),
        make_question("2", "M", "Which?"), make_question("3", "N", "How many?"),
        make_question("4", "S", "Dear {TOKEN:FIRSTNAME}, how are you?"), make_question("5", "T", "x" * 161),
        make_question("6", "L", "Only one?"), make_answers("6", "One"),
        make_question("7", "O", "Why?", other="Y"), make_answers("7", *AGREE),
        {"conditions": [{"cid": "1"}], "quota": [{"id": "1"}, {"id": "2"}], "assessments": [{"id": "1"}],
         "question_attributes": [{"qid": "1", "attribute": "em_validation_q", "value": "a > b"}]},
    )  # fmt: skip

    found = read(make_survey(**tables))

    assert [item.id for item in found.banks[0].items] == ["Q1", "Q7"]
    assert found.report == [
        "Q1: the condition on which it is asked is left out; it is asked of everybody.",
        "Q2 is left out: multiple choice has no place in a bank.",
        "Q3 is left out: a number has no place in a bank.",
        "Q4 is left out: an expression in braces stands in it.",
        "Q5 is left out: its text has 161 characters and may have 1 to 160.",
        "Q6 is left out: it has 1 answer, and a scale has 2 to 10.",
        "Q7: its answer “Other” is left out.",
        "Q7: its box for a comment is left out.",
        "1 question had to be answered; here none has to be.",
        "Settings of questions are left out: em_validation_q.",
        "Left out with the survey: 1 condition between questions, 2 quotas, 1 assessment.",
    ]
