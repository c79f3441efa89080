"""Files that cannot be read as a whole: one sentence each, and nothing changes."""

import pytest
from flask import Flask

from pulse.directory.roster_columns import template_csv
from pulse.directory.roster_file import read_roster
from pulse.directory.roster_import import import_roster
from pulse.directory.roster_reading import RosterError, read_table
from tests.directory.factories import make_org
from tests.directory.rosters import HEADINGS, SMALL, all_tables, make_csv

SAVE_AGAIN = "save it in the spreadsheet as “CSV UTF-8 (comma delimited)” and import that file"
EXAMPLE = "(`pulse roster template` prints an example)"
UNREADABLE = {
    "empty": (b"", "The roster file is empty: give a file with a heading line and a row for each post."),
    "blank lines": (
        b"\n , ,\n",
        "The roster file is empty: give a file with a heading line and a row for each post.",
    ),
    "no rows": (make_csv(), "The roster file has a heading line but no rows: add a row for each post."),
    "no heading line": (
        make_csv(*SMALL[1:], headings=SMALL[0]),
        "The roster file has no heading line: name the columns in line 1, such as staff number, name, email "
        f"and unit code {EXAMPLE}.",
    ),
    "missing column": (
        make_csv("1,Ann,N", headings="staff number,name,unit code"),
        "The roster file has no “email” column: add it, or give the column that holds it that heading "
        f"{EXAMPLE}.",
    ),
    "several missing columns": (
        make_csv("1,a@example.org", headings="staff number,email"),
        "The roster file has no “name” column: add it, or give the column that holds it that heading "
        f"{EXAMPLE}.",
    ),
    "the very same heading twice": (
        make_csv("1,Ann,a@example.org,N,b@example.org", headings="staff number,name,email,unit code,Email"),
        "The roster file has two columns headed “email”: delete or rename one of them.",
    ),
    "workbook": (
        b"PK\x03\x04\x14\x00",
        f"The roster file is a spreadsheet workbook, not a CSV file: {SAVE_AGAIN}.",
    ),
    "old workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        f"The roster file is a spreadsheet workbook, not a CSV file: {SAVE_AGAIN}.",
    ),
    "UTF-16": ("staff number".encode("utf-16"), f"The roster file is saved as UTF-16 text: {SAVE_AGAIN}."),
    "Windows-1252": (
        make_csv(*SMALL) + "4,Zoë Zed,,N,North,C,,\n".encode("cp1252"),
        f"The roster file is not in UTF-8 (line 7 is the first that is not): {SAVE_AGAIN}.",
    ),
    "NUL byte": (
        make_csv(SMALL[0], "1,An\0n,,N,North,C,,"),
        f"The roster file has a NUL byte on line 3: {SAVE_AGAIN}.",
    ),
    "open quotation mark": (
        make_csv(SMALL[0], '1,"Ann,,N,North,C,,', "2,Bo,,N,North,C,,"),
        "The roster file cannot be read from line 3 on: look there for a quotation mark that is not closed, "
        "and close or remove it.",
    ),
    "five attributes": (
        make_csv(
            "1,Ann,,N" + ",x" * 5,
            headings="staff number,name,email,unit code"
            + "".join(f",attribute: A{number}" for number in range(5)),
        ),
        "The roster file has 5 attribute columns: remove 1, at most 4 may be kept, because more would single "
        "people out.",
    ),
    "an attribute without letters": (
        make_csv("1,Ann,,N,x", headings="staff number,name,email,unit code,attribute: ??"),
        "The attribute heading “??” cannot be used: give each attribute its own short heading, such as "
        "“attribute: Length of service”.",
    ),
}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [pytest.param(*case, id=name) for name, case in UNREADABLE.items()],
)
def test_a_file_that_cannot_be_read_is_refused_with_one_sentence(
    app: Flask, content: bytes, sentence: str
) -> None:
    make_org()
    before = all_tables()
    with pytest.raises(RosterError) as refusal:
        import_roster(read_roster(content))
    assert str(refusal.value) == sentence
    assert all_tables() == before


def test_headings_that_mean_the_same_are_told_apart_by_preference() -> None:
    headings = "Assignment Number,Employee Number,Name,Email,Work Email,Unit code,Unit name,Parent"
    file = read_roster(make_csv("77-2,77,Ann,a@example.org,b@example.org,N,North,", headings=headings))
    (person,) = file.people.values()
    assert (person.staff_no, person.email) == ("77", "a@example.org")
    assert file.ignored == ("Assignment Number", "Work Email")


def test_two_attributes_with_one_code_are_refused() -> None:
    headings = "staff number,name,email,unit code,attribute: Pay band,attribute: Pay; band"
    with pytest.raises(
        RosterError, match="“Pay band” cannot be used: give each attribute its own short heading"
    ):
        read_roster(make_csv("1,Ann,,N,x,y", headings=headings))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_habit_of_spreadsheets_gives_the_same_people(separator: str, start: str, end: str) -> None:
    text = start + make_csv(*SMALL).decode().replace(",", separator).replace("\n", end)
    assert read_roster(text.encode()) == read_roster(make_csv(*SMALL))


def test_a_row_is_numbered_by_the_line_it_starts_on() -> None:
    table = read_table(b'a,b\n1,"two\nlines"\n\n2,x\n', "The file")
    assert [line for line, _ in table.rows] == [2, 5]


def test_the_template_is_a_file_without_faults() -> None:
    file = read_roster(template_csv().encode())
    assert not file.bad_rows
    assert file.people["1002"].posts == ("ADULTS-N", "ADULTS-S")
    assert [label for _, label in file.attributes] == ["Length of service", "Working pattern"]


def test_esr_style_headings_and_levels_are_recognised() -> None:
    headings = (
        "Employee Number,Last Name,First Name,E-mail Address,Org L1,Org L2,Org L3,Primary Assignment,Pay"
    )
    file = read_roster(
        make_csv(
            "10,Able,Ann,ann@example.org,Trust,Surgery,Ward 1,Y,30000",
            "11,Baker,Bo,,Trust,Medicine,,Y,40000",
            headings=headings,
        )
    )
    assert file.units is not None
    assert {unit.code: unit.parent_code for unit in file.units.values()} == {
        "Trust": None,
        "Surgery": "Trust",
        "Ward 1": "Surgery",
        "Medicine": "Trust",
    }
    assert file.people["10"].full_name == "Ann Able"
    assert [file.people[number].posts for number in ("10", "11")] == [("Ward 1",), ("Medicine",)]
    assert file.ignored == ("Pay",)


def test_itrent_style_headings_are_recognised() -> None:
    headings = "Personal Reference,Surname,Known As,Work_Email,Org Unit Reference,Org Unit Name,Parent"
    file = read_roster(make_csv("10,Able,Ann,ann@example.org,N,North,", headings=headings))
    assert file.people["10"].posts == ("N",)
    assert file.people["10"].full_name == "Ann Able"
    assert not file.bad_rows


def test_a_units_file_without_a_column_says_which() -> None:
    with pytest.raises(RosterError) as refusal:
        read_roster(make_csv(*SMALL), b"code,name\nN,North\n")
    assert str(refusal.value) == (
        "The units file has no “parent unit code” column: add it, or give the column that holds it "
        f"that heading {EXAMPLE}."
    )


def test_headings_match_in_any_case_and_with_any_spacing() -> None:
    file = read_roster(make_csv(*SMALL, headings=HEADINGS.upper().replace(" ", " _ ")))
    assert file == read_roster(make_csv(*SMALL))
