"""Files brought in: read whole or refused in one sentence, and nothing is changed."""

import io
import zipfile

import pytest

from pulse.banks.exporting import MEDIA_TYPES, export_bank
from pulse.banks.importing import ImportRefused, read_upload
from pulse.banks.limits import MAX_BYTES
from pulse.banks.loading import get_supplied
from pulse.domain.instrument import Scale
from pulse.domain.instrument.comparing import compare_banks
from tests.banks.surveys import make_question, make_survey, together

LIBRARY = get_supplied()
YAML = """\
bank: ours
title: "Ours"
version: 1
scale: agree5
sections:
  - id: first
    label: "First"
    questions:
      - {id: O-1, text: "I am heard.", sources: [W-PEO-1]}
      - {id: O-2, text: "We are heard.", sources: [W-PEO-1]}
"""
SCALES = "id,text,scale,sources\nO-1,I am heard.,own3,W-PEO-1\n\n[Scales]\nscale,kind,options\n"


def refusal(name: str, content: bytes | str) -> str:
    with pytest.raises(ImportRefused) as refused:
        read_upload(name, content.encode() if isinstance(content, str) else content, LIBRARY)
    told = str(refused.value)
    assert told.endswith(".")
    assert "\n" not in told
    return told


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 20_000_000)
    return made.getvalue()


@pytest.mark.parametrize("ending", MEDIA_TYPES)
def test_supplied_banks_go_out_and_come_in_the_same_item_by_item(ending: str) -> None:
    for bank in LIBRARY.banks[:2] if ending in ("xlsx", "lss") else LIBRARY.banks:
        found = read_upload(f"{bank.id}.{ending}", export_bank(bank, LIBRARY, ending), LIBRARY)

        assert (found.banks, found.scales, found.report) == ((bank,), (), ())
        changes = compare_banks(bank, found.banks[0])
        assert [(change.id, change.change) for change in changes] == [
            (item.id, "same") for item in bank.items
        ]


def test_a_bank_of_another_name_comes_in_beside_the_others() -> None:
    found = read_upload("C:\\fakepath\\Ours.YAML", YAML.encode(), LIBRARY)

    assert [item.id for item in found.banks[0].items] == ["O-1", "O-2"]
    assert found.banks[0].items[0].place is not None
    assert str(found.banks[0].items[0].place) == "Ours.YAML, line 9"


REFUSED = {
    "no ending": ("questions", YAML, "must end in .yaml, .csv, .xlsx or .lss"),
    "an old workbook": ("a.xls", b"\xd0\xcf\x11\xe0", "must end in .yaml, .csv, .xlsx or .lss"),
    "nothing": ("a.csv", b" \r\n", "The file is empty"),
    "over 10 MB": ("a.csv", b"x" * (MAX_BYTES + 1), "over 10 MB"),
    "a zip bomb": ("a.xlsx", bomb(), "unpacks to far more than a bank of questions"),
    "a workbook called CSV": ("a.csv", b"PK\x03\x04\0\0", "not text in UTF-8"),
    "an external entity": (
        "a.lss",
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><document>&x;</document>',
        "declares entities or a document type",
    ),
    "no bank": ("a.yaml", "documents: {}", "its first key must be bank, or scales"),
    "no UTF-8": ("a.yaml", YAML.replace("heard", "h\xe9ard").encode("latin-1"), "not UTF-8 text"),
    "an alias": ("a.yaml", "bank: &a x\nb: *a", "a.yaml, line 1: & and * shortcuts are not used"),
    "one id twice": (
        "a.yaml", YAML.replace("O-2", "O-1"),
        "a.yaml, line 10, O-1: this question id is already used in a.yaml, line 9",
    ),
    "an id of another bank": (
        "a.yaml", YAML.replace("O-2", "PEO-01"), "PEO-01: this question id is already used in",
    ),
    "the id of a measure": (
        "a.yaml", YAML.replace("O-2", "PTA"), "PTA: this measure id is already used in",
    ),
    "an id with a colon": ("a.yaml", YAML.replace("O-2", '"AMB:map"'), "AMB:map: this id cannot be used"),
    "an id with a point": ("a.csv", "id,text\nPTA.trust,I am heard.", "PTA.trust: this id cannot be used"),
    "an id that results need": ("a.yaml", YAML.replace("O-2", "RESPONSES"), "this id cannot be used"),
    "an id of 41 letters": ("a.yaml", YAML.replace("O-2", "O" * 41), "this id cannot be used"),
    "a direction turned": ("a.yaml", YAML.replace("I am", "I \\u202eam"), "cannot be seen; remove it"),
    "an uncountable wording": (
        "a.csv", "id,text,wording\nO-9,I am heard.,10000", "write a number up to 9,999",
    ),
    "two answers alike": ("a.csv", f'{SCALES}own3,choice,"1: Yes\n2: yes "', 'two answers read "yes"'),
    "two answers that look alike": (
        "a.csv", f'{SCALES}own3,choice,"1: Yes\n2: Ye\u2060s."', 'two answers read "yes"',
    ),
    "5,000 characters": (
        "a.yaml", YAML.replace("I am heard.", "x" * 5_000),
        "a.yaml, line 9, O-1: the text has 5000 characters and may have 160; shorten it.",
    ),
    "an unknown source": (
        "a.yaml", YAML.replace("W-PEO-1", "W-PEO-0", 1), 'source "W-PEO-0" is not in sources.yaml',
    ),
    "an unknown scale": (
        "a.csv", "id,text,scale\nO-1,I am heard.,agre5",
        'a.csv, line 2, O-1: scale "agre5" is not in scales.yaml',
    ),
    "two mistakes": ("a.yaml", YAML.replace("W-PEO-1", "X"), "(1 more to mend after it)."),
    "a bank called scales": ("scales.csv", "id,text\nO-1,I am heard.", "“scales” cannot name a bank"),
    "a bank called a path": ("a.yaml", YAML.replace("ours", "../ours"), "“../ours” cannot name a bank"),
    "equal codes": ("a.csv", f'{SCALES}own3,choice,"1: A\n1: B"', "each code stands once"),
    "a gap in codes": (
        "a.csv", f'{SCALES}own3,choice,"1: A\n3: B"', "own3: the codes of the options must go up by one",
    ),
    "another agree5": (
        "a.csv", f'{SCALES.replace("own3", "agree5")}agree5,choice,"1: A\n2: B"',
        "scale agree5 is not the one of that name here",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_refused_in_one_sentence(name: str, content: bytes | str, told: str) -> None:
    assert told in refusal(name, content)


def test_scales_that_are_new_come_with_the_bank_that_needs_them() -> None:
    content = f'{SCALES}own3,choice,"1: A\n2: B\n3: C"\nunused,choice,"1: A\n2: B"'

    found = read_upload("mine.csv", content.encode(), LIBRARY)

    assert found.scales == (Scale("own3", "choice", ((1, "A"), (2, "B"), (3, "C"))),)
    assert found.banks[0].id == "mine"


def test_a_file_of_scales_brings_those_that_are_new() -> None:
    content = 'scales:\n  own2:\n    kind: choice\n    options: {1: "A", 2: "B"}\nterms: {approach: "x"}\n'

    found = read_upload("scales.yaml", content.encode(), LIBRARY)

    assert (found.banks, found.scales) == ((), (Scale("own2", "choice", ((1, "A"), (2, "B"))),))
    assert found.report == ("Terms and swaps of the file are left out; set your own under scales and terms.",)


def test_questions_without_a_source_get_a_note_that_says_so() -> None:
    found = read_upload(
        "ours.csv", b"id,text,scale,note\nO-1,I am heard.,agree5,\nO-2,We are.,agree5,own", LIBRARY
    )

    notes = [item.note for item in found.banks[0].items]
    assert notes == ["brought in from a file; say where it comes from", "own"]
    assert found.report == ("Questions without a source: 1; a note says that they were brought in.",)


def test_markup_in_any_field_stays_the_text_it_is() -> None:
    script = "<script>alert(1)</script>"
    found = read_upload(
        "ours.csv", f"id,text,scale,note,section\nO-1,{script},agree5,{script},{script}".encode(), LIBRARY
    )

    bank = found.banks[0]
    assert (bank.items[0].text, bank.items[0].note, bank.sections[0].label) == (script, script, script)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("PEO-01,I am whole.,agree5", []),  # what the file lacks is retired, so nothing misses it
        (
            "PEO-03,I am whole.,uni5",
            ["LDR-PEO-03: it differs from PEO-03 in scale", "PEO: its questions use"],
        ),
    ],
)
def test_what_other_parts_would_have_wrong_is_told_and_not_refused(question: str, told: list[str]) -> None:
    rows = f"bank,id,text,scale,section,sources\nweir_six,{question},people,W-PEO-1"

    found = read_upload("weir_six.csv", rows.encode(), LIBRARY)

    assert [change.change for change in compare_banks(LIBRARY.bank("weir_six"), found.banks[0])].count(
        "missing"
    ) == 34
    elsewhere = [line for line in found.report if line.startswith("Elsewhere, to be mended before it can")]
    assert len(elsewhere) == len(told)
    assert all(part in line for part, line in zip(told, elsewhere, strict=True))


def test_a_survey_of_limesurvey_comes_in_under_its_title() -> None:
    found = read_upload("limesurvey_survey_7.lss", make_survey(**make_question("1", "T", "What?")), LIBRARY)

    assert (found.banks[0].id, found.banks[0].title) == ("staff_survey_2026", "Staff survey 2026")


def test_a_file_that_names_thousands_of_things_that_are_not_here_is_refused_at_once() -> None:
    rows = (f"O-{number},Text {number},agree5,N-{number},leaders" for number in range(3_000))

    told = refusal("ours.csv", "id,text,scale,compare with,audience\n" + "\n".join(rows))

    assert told.startswith(
        "ours.csv, line 2, O-0: it names a scale, source, pair, section or question that is not"
    )
    assert "as do 2999 after it" in told


def test_a_long_report_is_cut_and_says_so() -> None:
    parts = [make_question(str(number), "M") for number in range(2, 250)]

    report = read_upload("s.lss", make_survey(**together(make_question("1", "T"), *parts)), LIBRARY).report

    assert (len(report), report[-1]) == (201, "And 48 lines more.")
