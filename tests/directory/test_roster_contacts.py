"""Mobile numbers and postal addresses on the staff list: read, checked, counted, and gone with leavers."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.directory.queries import Reach, list_reach
from pulse.directory.roster_columns import ROSTER_HEADINGS, match_headings
from pulse.directory.roster_contacts import BadContact, read_phone, read_post
from pulse.directory.roster_file import read_roster
from pulse.directory.roster_import import preview_roster
from pulse.directory.roster_queries import list_person_ids
from pulse.directory.roster_reading import RosterError
from pulse.directory.roster_telling import tell_reach
from tests.directory.conftest import Send
from tests.directory.rosters import all_tables, import_rows, make_csv

HEADINGS = "staff number,name,email,unit code,unit name,parent unit code,Mobile,Address Line 1,Town,Postcode"
TREE = ",,,C,Council,,,,,"
ANN = "1,Ann Able,ann@example.org,C,,,07700 900123,1 High St,Sampleton,zz11zz"
BO = "2,Bo Baker,,C,,,+447700900456,,,"
CY = "3,Cy Cole,,C,,,,1 High St,Sampleton,ZZ1 1ZZ"
DI = "4,Di Dean,,C,,,,,,"


def read(*rows: str, headings: str = HEADINGS) -> Any:
    return read_roster(make_csv(TREE, *rows, headings=headings))


@pytest.mark.parametrize(
    "written",
    [
        "07700 900123",
        "7700900123",
        "+44 7700 900123",
        "0044 7700-900-123",
        "+44 (0)7700 900123",
        "447700900123",
    ],
)
def test_a_mobile_number_is_kept_as_e_164_however_it_is_written(written: str) -> None:
    assert read_phone(written) == "+447700900123"


def test_a_mobile_number_abroad_needs_its_country_code() -> None:
    assert read_phone("+33 6 12 34 56 78") == "+33612345678"
    assert read_phone("") == ""


@pytest.mark.parametrize(
    "written", ["020 7946 0018", "07700 90012", "07700 900123 or 07700 900456", "4.47E+11", "x"]
)
def test_what_takes_no_texts_is_refused(written: str) -> None:
    with pytest.raises(BadContact, match="correct it, or leave it blank"):
        read_phone(written)


def test_an_address_is_its_lines_with_the_postcode_last() -> None:
    at = match_headings(["Address Line 1", "Address 2", "Town", "County", "Post Code"], ROSTER_HEADINGS).at
    assert read_post(["Flat 2", "1 High St", "Sampleton,", "", "sw1a1aa"], at) == (
        "Flat 2\n1 High St\nSampleton\nSW1A 1AA"
    )
    assert read_post([""] * 5, at) == ""


def test_an_address_of_many_lines_still_leaves_room_for_the_name() -> None:
    headings = [*(f"Address Line {n}" for n in range(1, 5)), "Town", "County", "Postcode"]
    at = match_headings(headings, ROSTER_HEADINGS).at
    assert read_post([*"abcdef", "ZZ1 1ZZ"], at) == "a\nb\nc\nd\ne, f\nZZ1 1ZZ"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "4,Di Dean,,C,,,0207 946,,,",
            "Line 3: the mobile number of staff number “4” is not a mobile number that takes texts: correct "
            "it, or leave it blank.",
        ),
        (
            "4,Di Dean,,C,,,,1 High St,Sampleton,",
            "Line 3: the address of staff number “4” has no UK postcode: fill it in, or leave the whole "
            "address blank.",
        ),
        (
            "4,Di Dean,,C,,,,1 High St,Sampleton,SW1A \uff11AA",
            "Line 3: the address of staff number “4” has no UK postcode: fill it in, or leave the whole "
            "address blank.",
        ),
        (
            "4,Di Dean,,C,,,,1 High St,Sampleton,\u00df1 1AA",
            "Line 3: the address of staff number “4” has no UK postcode: fill it in, or leave the whole "
            "address blank.",
        ),
        (
            "4,Di Dean,,C,,,,,,ZZ1 1ZZ",
            "Line 3: the address of staff number “4” has no first line: fill it in, or leave the whole "
            "address blank.",
        ),
        (
            "4,Di Dean,,C,,,,(c/o Cole),Sampleton,ZZ1 1ZZ",
            "Line 3: the address of staff number “4” has a line that cannot be printed: begin each line "
            "with a letter or figure.",
        ),
    ],
)
def test_a_bad_contact_is_one_sentence_with_its_line_and_its_fix(row: str, sentence: str) -> None:
    file = read(row)
    assert [str(bad) for bad in file.bad_rows] == [sentence]
    assert "4" in file.mentioned


def test_one_number_for_two_people_is_refused_and_one_address_is_not() -> None:
    file = read(ANN, BO.replace("+447700900456", "0 7700 900123"), CY)
    assert [str(bad) for bad in file.bad_rows] == [
        "Line 4: the mobile number of staff number “2” is also that of “1” on line 3: give each their own, "
        "or leave one blank."
    ]


def test_two_rows_of_a_person_may_not_name_two_numbers() -> None:
    file = read(ANN, ",,,D,Dee,C,,,,", ANN.replace(",C,", ",D,").replace("900123", "900124"))
    assert [str(bad) for bad in file.bad_rows] == [
        "Line 5: staff number “1” has another mobile number on line 3: give the same mobile number on both "
        "rows, or correct the staff number if these are two people."
    ]


def test_a_town_without_a_street_is_where_people_work_and_is_not_read() -> None:
    headings = "staff number,name,email,unit code,unit name,parent unit code,Town,Telephone"
    file = read("1,Ann,,C,,,Sampleton,020 7946 0018", headings=headings)
    assert (file.bad_rows, file.ignored) == ((), ("Town", "Telephone"))


def test_address_lines_without_a_postcode_column_are_one_sentence() -> None:
    with pytest.raises(RosterError, match="has no “postcode” column: add it"):
        read(
            "1,Ann,,C,,,1 High St",
            headings="staff number,name,email,unit code,unit name,parent unit code,Address Line 1",
        )


def test_what_is_imported_reaches_people_and_a_second_import_changes_nothing(app: Flask) -> None:
    import_rows(TREE, ANN, BO, CY, DI, headings=HEADINGS)
    ids = list_person_ids()
    assert list_reach(ids.values()) == {
        ids["1"]: Reach("ann@example.org", "+447700900123", "Ann Able\n1 High St\nSampleton\nZZ1 1ZZ"),
        ids["2"]: Reach("", "+447700900456", ""),
        ids["3"]: Reach("", "", "Cy Cole\n1 High St\nSampleton\nZZ1 1ZZ"),
        ids["4"]: Reach(),
    }
    before = all_tables()
    assert import_rows(TREE, ANN, BO, CY, DI, headings=HEADINGS).is_empty
    assert all_tables() == before


def test_a_changed_number_is_told_by_its_name_and_not_its_value(app: Flask) -> None:
    import_rows(TREE, ANN, BO, headings=HEADINGS)
    plan = import_rows(TREE, ANN.replace("123", "789"), BO.replace("+447700900456", ""), headings=HEADINGS)
    assert [(change.record.staff_no, change.fields) for change in plan.changed] == [
        ("1", ("mobile number",)),
        ("2", ("mobile number",)),
    ]
    assert list_reach(list_person_ids().values())[list_person_ids()["2"]].phone == ""


def test_number_and_address_go_with_a_leaver_and_come_back_with_a_returner(app: Flask) -> None:
    import_rows(TREE, ANN, BO, headings=HEADINGS)
    import_rows(TREE, BO, headings=HEADINGS, allow_many_leavers=True)
    (ann,) = (row for row in all_tables()["person"] if "Ann Able" in row)
    assert "ann@example.org" in ann
    assert not any("7700" in str(value) or "High" in str(value) for value in ann)
    import_rows(TREE, ANN, BO, headings=HEADINGS)
    assert list_reach([list_person_ids()["1"]])[list_person_ids()["1"]].phone == "+447700900123"


def test_the_preview_counts_how_people_are_reached_and_shows_nobody(
    send: Send, administrator: FlaskClient
) -> None:
    content = make_csv(TREE, ANN, BO, CY, DI, headings=HEADINGS)
    told = (
        "People in the file: 1 with an e-mail address, 2 with a mobile number, 2 with a postal address, "
        "1 with none of these, to be given a slip."
    )
    assert tell_reach(preview_roster(read_roster(content))) == told
    shown = send("/roster/", file=(BytesIO(content), "roster.csv"))
    page = administrator.get(shown.location).text
    assert told in page
    assert "900123" not in page
    assert "High St" not in page
