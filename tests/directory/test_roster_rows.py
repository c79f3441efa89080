"""Single rows that are wrong: each is named with its line and its fix, and nothing changes."""

import pytest
from flask import Flask

from pulse.directory.roster_file import read_roster
from pulse.directory.roster_import import ImportRefusedError, import_roster, preview_roster
from tests.directory.factories import make_org
from tests.directory.rosters import HEADINGS, SMALL, all_tables, make_csv

WITH_ATTRIBUTE = HEADINGS + ",attribute: Length of service"
#: rows after SMALL, so that the first is line 7 -> what is said
BAD_ROWS = {
    "conflicting names": (
        ["1,Ann Other,ann@example.org,S,South,C,no,no"],
        "Line 7: staff number “1” has another name on line 3: give the same name on both rows, "
        "or correct the staff number if these are two people.",
    ),
    "conflicting emails": (
        ["1,Ann Able,other@example.org,S,South,C,no,no"],
        "Line 7: staff number “1” has another email on line 3: give the same email on both rows, "
        "or correct the staff number if these are two people.",
    ),
    "the same post twice": (
        ["3,Cy Cole,,S,South,C,,"],
        "Line 7: staff number “3” already has a post in unit “S” on line 6: delete one of the two rows.",
    ),
    "two main posts": (
        ["1,Ann Able,ann@example.org,S,South,C,yes,yes"],
        "Line 7: staff number “1” already has a main post on line 3: keep “yes” on one of them.",
    ),
    "one email for two people": (
        ["4,Di Dean,BO@example.org,S,South,C,,"],
        "Line 7: the email of staff number “4” is also that of “2” on line 4: give each their own, "
        "or leave one blank.",
    ),
    "malformed email": (
        ["4,Di Dean,di at example.org,S,South,C,,"],
        "Line 7: the email of staff number “4” is not an e-mail address: correct it, or leave it blank.",
    ),
    "no staff number": (
        [",Di Dean,,S,South,C,,"],
        "Line 7: no staff number: fill it in, or clear the name and email if this row only describes a unit.",
    ),
    "no name": (["4,,,S,South,C,,"], "Line 7: staff number “4” has no name: fill in the name."),
    "no unit": (
        ["4,Di Dean,,,,,,"],
        "Line 7: staff number “4” has no unit code: fill in the unit of this post.",
    ),
    "neither yes nor no": (
        ["4,Di Dean,,S,South,C,,perhaps"],
        "Line 7: “leads people” of staff number “4” must be yes or no: change it to one of the two.",
    ),
    "unknown parent": (
        [",,,E,East,X,,"],
        "Line 7: the parent “X” of unit “E” is not a unit in this file: correct it, or add a row "
        "with that unit code.",
    ),
    "two parents": (
        ["4,Di Dean,,S,South,N,,"],
        "Line 7: unit “S” has another parent on line 5: give the same parent on both rows.",
    ),
    "two names of a unit": (
        ["4,Di Dean,,S,Southern,C,,"],
        "Line 7: unit “S” has another name on line 5: give the same name on both rows.",
    ),
    "its own parent": (
        [",,,E,East,E,,"],
        "Line 7: the parents of unit “E” lead back to itself (E > E): correct the parent of one of them.",
    ),
    "a cycle": (
        [",,,X,Ex,Y,,", ",,,Y,Why,Z,,", ",,,Z,Zed,X,,"],
        "Line 7: the parents of unit “X” lead back to itself (X > Y > Z > X): "
        "correct the parent of one of them.",
    ),
    "over-long name": (
        [f"4,{'D' * 201},,S,South,C,,"],
        "Line 7: “name” is longer than 200 characters: shorten it.",
    ),
    "over-long unit code": (
        [f"4,Di Dean,,{'S' * 81},South,C,,"],
        "Line 7: “unit code” is longer than 80 characters: shorten it.",
    ),
    "formula": (
        ['4,"=HYPERLINK(""x"")",,S,South,C,,'],
        "Line 7: “name” begins with “=”, as a formula does: remove that character.",
    ),
    "formula by another sign": (
        ["4,Di Dean,,S,@South,C,,"],
        "Line 7: “unit name” begins with “@”, as a formula does: remove that character.",
    ),
    "a line break": (
        ['4,"Di\nDean",,S,South,C,,'],
        "Line 7: “name” holds a line break or an invisible character: type the value again.",
    ),
    "a comma without quotation marks": (
        ["4,Dean, Di,di@example.org,S,South,C,yes,no"],
        "Line 7: 9 values under 8 headings: put quotation marks around a value that holds a comma.",
    ),
}


def _bad_rows(content: bytes, units: bytes | None = None) -> list[str]:
    """What is said of each bad row, after proving that the import is refused and changes nothing."""
    make_org()
    before = all_tables()
    file = read_roster(content, units)
    with pytest.raises(ImportRefusedError) as refusal:
        import_roster(file, allow_many_leavers=True)
    assert all_tables() == before
    return [str(row) for row in refusal.value.plan.bad_rows]


@pytest.mark.parametrize(
    ("rows", "sentence"), [pytest.param(*case, id=name) for name, case in BAD_ROWS.items()]
)
def test_a_bad_row_is_named_with_its_line_and_its_fix(app: Flask, rows: list[str], sentence: str) -> None:
    assert _bad_rows(make_csv(*SMALL, *rows)) == [sentence]


def test_every_bad_row_is_reported_at_once_in_order(app: Flask) -> None:
    rows = [",Di Dean,,S,South,C,,", "5,,,S,South,C,,", "6,Flo Fox,nowhere,S,South,C,,"]
    assert [row.partition(":")[0] for row in _bad_rows(make_csv(*SMALL, *rows))] == [
        "Line 7",
        "Line 8",
        "Line 9",
    ]


def test_an_unknown_unit_without_a_described_tree_says_how_to_describe_it(app: Flask) -> None:
    content = make_csv("A1-1,Ann,,A1", "9,Bo,,ZZ", headings="staff number,name,email,unit code")
    assert _bad_rows(content) == [
        "Line 3: unit “ZZ” is not known: correct it, or add the columns unit name and parent "
        "unit code, which make new units known."
    ]


def test_a_unit_that_the_units_file_lacks_is_unknown(app: Flask) -> None:
    content = make_csv("1,Ann,,N", "2,Bo,,S", headings="staff number,name,email,unit code")
    assert _bad_rows(content, b"code,name,parent code\nN,North,\n") == [
        "Line 3: unit “S” is not known: correct it, or add that unit to the units file."
    ]


def test_bad_rows_of_the_units_file_name_that_file(app: Flask) -> None:
    units = b"code,name,parent code\nN,North,X\n,Nameless,\nM,=1+1,\nA,Ay,B\nB,Bee,A\n"
    assert _bad_rows(make_csv("1,Ann,,N", headings="staff number,name,email,unit code"), units) == [
        "Units file, line 2: the parent “X” of unit “N” is not a unit in this file: correct it, or add "
        "a row with that unit code.",
        "Units file, line 3: no unit code: fill it in, or delete the row.",
        "Units file, line 4: “name” begins with “=”, as a formula does: remove that character.",
        "Units file, line 5: the parents of unit “A” lead back to itself (A > B > A): correct the "
        "parent of one of them.",
    ]


def test_an_over_long_attribute_is_a_bad_row(app: Flask) -> None:
    rows = [f"{row},{'long ' * 17 if row.startswith('1,') else ''}" for row in SMALL]
    assert _bad_rows(make_csv(*rows, headings=WITH_ATTRIBUTE)) == [
        "Line 3: “attribute: Length of service” is longer than 80 characters: shorten it."
    ]


def test_somebody_in_a_bad_row_is_not_taken_for_a_leaver(app: Flask) -> None:
    make_org()
    plan = preview_roster(read_roster(make_csv("A1-1,,,A1", headings="staff number,name,email,unit code")))
    assert "A1-1" not in {person.staff_no for person in plan.leavers}
    assert len(plan.leavers) == 7


def test_blank_cells_of_further_rows_contradict_nothing() -> None:
    file = read_roster(make_csv(*SMALL, "3,Cy Cole,cy@example.org,N,,,,yes"))
    assert not file.bad_rows
    assert file.people["3"].email == "cy@example.org"
    assert file.people["3"].leads


def test_a_lone_dash_is_a_value_and_not_a_formula() -> None:
    file = read_roster(make_csv(*(f"{row},-" for row in SMALL), headings=WITH_ATTRIBUTE))
    assert not file.bad_rows
    assert file.people["1"].attributes == {"length_of_service": "-"}
