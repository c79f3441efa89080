"""Banks as tables in CSV and XLSX: all of them come back, nothing runs, and harmful files are refused."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings

from pulse.banks import limits
from pulse.banks.incoming import Read
from pulse.banks.limits import MAX_CELL, MAX_ROWS, ImportRefused
from pulse.banks.loading import get_supplied
from pulse.banks.table_files import TableFile, read_csv, read_xlsx, write_csv, write_xlsx
from pulse.banks.table_reading import read_tables
from pulse.banks.tables import tables_of
from pulse.banks.writing import UnwritableError
from pulse.domain.instrument import Bank, Item, Section
from tests.banks.odd_banks import LIBRARY as ODD_LIBRARY
from tests.banks.odd_banks import ODD, banks
from tests.support.injections import INJECTIONS

LIBRARY = get_supplied()
FORMATS: dict[str, tuple[Callable[..., bytes], Callable[[bytes, str], TableFile]]] = {
    "csv": (write_csv, read_csv),
    "xlsx": (write_xlsx, read_xlsx),
}
BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
#: the four words of the workbook that make_zip makes
WORDS = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>id</t></si>'
    b"<si><t>text</t></si><si><t>Q</t></si><si><t>%s</t></si></sst>"
)


def back(bank: Bank, ending: str) -> Read:
    write, read = FORMATS[ending]
    return read_tables(read(write(tables_of([bank], ODD_LIBRARY)), f"x.{ending}"), "x", ODD_LIBRARY)


def read_lines(*lines: str, encoding: str = "utf-8") -> Read:
    return read_tables(read_csv("\r\n".join(lines).encode(encoding), "ours.csv"), "ours", LIBRARY)


def make_bank(text: str) -> Bank:
    item = Item("A-1", text, "agree5", "first", note=text)
    return Bank("small", text, 1, (item,), (Section("first", text),))


def make_zip(**parts: bytes) -> bytes:
    """A workbook of ours with some parts in place of its own or besides; __ in a name stands for /."""
    own = {f"{name.replace('__', '/')}.xml": body for name, body in parts.items()}
    made = io.BytesIO(write_xlsx({"Questions": [["id", "text"], ["Q", "T"]]}))
    with zipfile.ZipFile(made) as book:
        kept = {name: book.read(name) for name in book.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name, body in (kept | own).items():
            book.writestr(name, body)
    return made.getvalue()


@pytest.mark.parametrize("ending", FORMATS)
def test_all_supplied_banks_come_back_from_one_file_item_by_item(ending: str) -> None:
    write, read = FORMATS[ending]

    found = read_tables(read(write(tables_of(LIBRARY.banks, LIBRARY)), f"all.{ending}"), "all", LIBRARY)

    assert found.banks == LIBRARY.banks
    assert sorted(scale.id for scale in found.scales) == ["agree5", "open", "uni5", "yes4"]
    assert set(found.scales) == set(LIBRARY.scales)
    assert (found.problems, found.report) == ([], [])


@pytest.mark.parametrize("ending", FORMATS)
@given(bank=banks())
@settings(max_examples=10)
def test_any_bank_comes_back_or_is_refused(ending: str, bank: Bank) -> None:
    bank = replace(bank, items=tuple(replace(item, anchor=False) for item in bank.items))
    try:
        found = back(bank, ending)
    except UnwritableError:
        return
    assert found.banks == (bank,)


#: trimmed, as every form and file has them
TRIMMED = [text.strip() for text in ODD if text.strip()]
NOT_HELD = ("a\r\nb", "\x07", "_x000D_", "\x00=1+1", "\x1b=1+1")


@pytest.mark.parametrize("ending", FORMATS)
def test_every_odd_text_comes_back(ending: str) -> None:
    held = [text for text in TRIMMED if text not in NOT_HELD]
    items = tuple(Item(f"Q-{n}", text, "agree5", "first", note=text) for n, text in enumerate(held))
    bank = replace(make_bank("Small"), items=items)

    assert len(held) > 60
    assert back(bank, ending).banks == (bank,)


@pytest.mark.parametrize("text", [*NOT_HELD, "x" * (MAX_CELL + 1)])
@pytest.mark.parametrize("ending", FORMATS)
def test_a_text_that_a_spreadsheet_would_not_give_back_is_refused(ending: str, text: str) -> None:
    with pytest.raises(UnwritableError, match="export the bank as YAML"):
        back(make_bank(text), ending)


@pytest.mark.parametrize("text", [text.strip() for text in INJECTIONS if text.isprintable()])
def test_no_cell_runs_in_either_format(text: str) -> None:
    sheets = tables_of([make_bank(text)], LIBRARY)

    lines = list(csv.reader(io.StringIO(write_csv(sheets).decode("utf-8-sig"))))
    cells = [
        cell.value
        for row in openpyxl.load_workbook(io.BytesIO(write_xlsx(sheets)))["Questions"]
        for cell in row
    ]

    assert lines[1][3] == f"'{text}"
    assert f"'{text}" in cells
    assert text not in cells


def test_a_list_of_questions_needs_only_ids_and_texts() -> None:
    read = read_lines("id;text;scale", "Q-1;I am heard;agree5", ";;", 'Q-2;"We ask; they say";agree5')

    bank = read.banks[0]
    assert (bank.id, bank.title, bank.version) == ("ours", "Ours", 1)
    assert [(item.id, item.text, item.section) for item in bank.items] == [
        ("Q-1", "I am heard", "questions"),
        ("Q-2", "We ask; they say", "questions"),
    ]


def test_headings_become_sections_and_columns_that_are_not_known_are_told() -> None:
    read = read_lines(
        "ID,Question,Heading,Owner",
        "Q-1,One,Our  place,me",
        "Q-2,Two,Our people,me",
        "Q-3,Three,Our  place,me",
    )

    assert [(section.id, section.label) for section in read.banks[0].sections] == [
        ("our_place", "Our  place"),
        ("our_people", "Our people"),
    ]
    assert [item.id for item in read.banks[0].items] == ["Q-1", "Q-3", "Q-2"]
    assert read.report == ["The column “Owner” of Questions is not used."]


@pytest.mark.parametrize("columns", [range(18), (0, 2, 3)])  # all of them; bank, id and text
def test_questions_alone_leave_the_rest_of_a_bank_as_it_stands(columns: Iterable[int]) -> None:
    bank = LIBRARY.bank("ambivalence")
    rows = tables_of([bank], LIBRARY)["Questions"]
    questions = [[row[column] for column in columns] for row in rows]

    read = read_tables(read_csv(write_csv({"Questions": questions}), "x.csv"), "x", LIBRARY)

    assert read.banks == (bank,)
    assert read.report == ["The file has no table of measures: those of ambivalence stay as they are."]


def test_an_unmarked_file_of_windows_is_read_with_its_dashes() -> None:
    content = "id,text\r\nQ-1,Dim problem \u2013 it\u2019s fine".encode("cp1252")

    file = read_csv(content, "x.csv")

    assert not file.sure
    assert read_tables(file, "x", LIBRARY).banks[0].items[0].text == "Dim problem \u2013 it\u2019s fine"


def test_numbers_and_ticks_of_a_workbook_are_read_as_typed() -> None:
    book = openpyxl.Workbook()
    for row in (("id", "text", "wording", "reverse"), ("Q-1", "One", 2.0, True), ("Q-2", 3, None, False)):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)

    items = read_tables(read_xlsx(made.getvalue(), "x.xlsx"), "x", LIBRARY).banks[0].items

    assert [(item.text, item.wording, item.reverse) for item in items] == [("One", 2, True), ("3", 1, False)]


def test_a_mistake_in_a_row_is_told_by_its_line() -> None:
    problems = read_lines("id,text,reverse,wording", "Q-1,One,maybe,x").problems

    assert [str(problem) for problem in problems] == [
        'ours.csv, line 2, Q-1: reverse is "maybe"; write yes or no.',
        'ours.csv, line 2, Q-1: wording is "x"; write a number from 1 to 99999.',
    ]


REFUSED_CSV = {
    "no heading": ("I am heard.,agree5", "ours.csv: the first line must head the columns, one of them “id”"),
    "no question": ("id,text", "The file has no questions"),
    "an open quotation": ('id,text\nQ-1,"I am', "cannot be read from line 2 on"),
    "a text of 5,001": ("id,text\nQ-1," + "x" * (MAX_CELL + 1), "line 2, holds a text of 5,001 characters"),
    "many rows": ("id,text" + "\nQ,x" * (MAX_ROWS + 1), "over 5,000 rows"),
    "many lines": ("id,text\nQ,x" + "\n" * 100_001 + "Q,y", "over 5,000 rows"),
    "many headings": ("id,text,section" + "".join(f"\nQ,x,s{n}" for n in range(301)), "over 300 sections"),
    "many columns": ("id,text" + ",a" * 60, "over 60 columns"),
    "one scale twice": (
        "id,text\nQ,x\n\n[Scales]\nscale,kind\na,text\na,text",
        "line 7: the scale a is there twice",
    ),
    "one table twice": (
        "id,text\nQ,x\n[Pairs]\nid\n[Pairs]\nid",
        "line 5: the table \\[Pairs\\] is there twice",
    ),
    "one bank twice": ("id,text\nQ,x\n[Banks]\nbank\nours\nours", "line 6: the bank ours is there twice"),
    "labels without codes": ("id,text,waived\nQ,x,because", "“because” must be a code, a colon and words"),
}


@pytest.mark.parametrize(("text", "told"), REFUSED_CSV.values(), ids=REFUSED_CSV)
def test_a_csv_that_cannot_be_read_is_refused_in_one_sentence(text: str, told: str) -> None:
    with pytest.raises(ImportRefused, match=told) as refused:
        read_lines(text)
    assert str(refused.value).endswith(".")


REFUSED_XLSX = {
    "no archive": (b"PK\x03\x04 nothing", "not a workbook that can be opened"),
    "another archive": (make_zip(**{"[Content_Types]": b"<x/>"}), "not a workbook that can be opened"),
    "a bomb": (make_zip(xl__bomb=b"\0" * 30_000_000), "unpacks to far more"),
    "entities": (make_zip(xl__sharedStrings=BOMB + WORDS % b"&b;"), "not a workbook that can be opened"),
}


@pytest.mark.parametrize(("content", "told"), REFUSED_XLSX.values(), ids=REFUSED_XLSX)
def test_a_workbook_that_could_do_harm_is_refused_in_one_sentence(content: bytes, told: str) -> None:
    with pytest.raises(ImportRefused, match=told):
        read_xlsx(content, "x.xlsx")


def test_a_workbook_over_the_limit_is_refused_whatever_its_parts_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED", 5_000)

    with pytest.raises(ImportRefused, match="unpacks to far more"):
        read_xlsx(make_zip(), "x.xlsx")


def test_the_same_workbook_without_entities_is_read() -> None:
    file = read_xlsx(make_zip(xl__sharedStrings=WORDS % b"plain"), "x.xlsx")

    assert file.tables["questions"].rows == ((2, ("Q", "plain")),)
