"""The roster pages: the tree, an upload, its preview, and the import."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from pulse.db import db
from pulse.directory.models import RosterUpload
from pulse.directory.queries import count_people
from pulse.directory.roster_file import read_roster
from pulse.directory.roster_import import import_roster
from pulse.directory.roster_uploads import KEPT_FOR, hold_upload, open_upload, purge_uploads
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.directory.conftest import Send
from tests.directory.factories import make_org
from tests.directory.rosters import HEADINGS, SMALL, all_tables, make_csv

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


def _upload(send: Send, content: bytes, **more: object) -> str:
    """The address of the preview."""
    response = send("/roster/", file=(io.BytesIO(content), "roster.csv"), **more)
    assert response.status_code == 303, response.text
    return response.headers["Location"]


def _count_staff() -> int:
    """Seen afresh: requests use a session of their own."""
    db.session.rollback()
    return count_people()


def _count_uploads() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(RosterUpload)) or 0


def test_the_tree_shows_units_with_headcounts_and_no_names(administrator: FlaskClient) -> None:
    org = make_org()
    page = administrator.get("/roster/").text
    assert "Unit A</a> (A): 4 people" in page
    assert "Member" not in page
    assert "example.org" not in page.replace("administrator", "").partition("<main")[2]
    branch = administrator.get(f"/roster/?unit={org.units['A'].id}").text
    assert "Unit A1</a> (A1): 2 people" in branch
    assert administrator.get("/roster/?unit=999999").status_code == 404


def test_an_upload_is_previewed_and_then_applied(administrator: FlaskClient, send: Send) -> None:
    make_org(people_each=0)
    before = {name: rows for name, rows in all_tables().items() if name != "roster_upload"}
    address = _upload(send, make_csv(*SMALL))
    page = administrator.get(address).text
    assert {name: rows for name, rows in all_tables().items() if name != "roster_upload"} == before
    assert "Joiners: 3" in page
    assert "2 in N and S" in page
    assert "Ann Able" not in page
    response = send(f"{address}/apply")
    assert (response.status_code, response.headers["Location"]) == (303, "/roster/")
    assert "Roster imported: 3 joiners," in administrator.get("/roster/").text
    assert (_count_staff(), _count_uploads()) == (3, 0)


def test_a_units_file_may_be_uploaded_beside_it(administrator: FlaskClient, send: Send) -> None:
    roster = make_csv("1,Ann,,N", headings="staff number,name,email,unit code")
    units = (io.BytesIO(b"code,name,parent code\nN,North,\n"), "units.csv")
    assert "Units added: 1" in administrator.get(_upload(send, roster, units=units)).text


def test_bad_rows_are_listed_with_their_fix_and_the_file_is_not_kept(send: Send) -> None:
    content = make_csv(*SMALL, "4,,,S,South,C,,")
    before = all_tables()
    response = send("/roster/", file=(io.BytesIO(content), "roster.csv"))
    assert response.status_code == 422
    assert "Line 7: staff number “4” has no name: fill in the name." in response.text
    assert "Apply" not in response.text
    assert all_tables() == before


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose the roster file."),
        (
            {"file": (b"PK\x03\x04", "roster.xlsx")},
            "The roster file is a spreadsheet workbook, not a CSV file",
        ),
        ({"file": (b"", "roster.csv")}, "The roster file is empty: give a file with a heading line"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_on_the_form(
    send: Send, data: dict[str, tuple[bytes, str]], sentence: str
) -> None:
    response = send("/roster/", **{name: (io.BytesIO(raw), called) for name, (raw, called) in data.items()})
    assert response.status_code == 422
    assert sentence in response.text
    assert "There is a problem" in response.text
    assert "<title>Error: Roster" in response.text


def test_many_leavers_must_be_ticked(administrator: FlaskClient, send: Send) -> None:
    make_org()
    address = _upload(send, make_csv(*SMALL))
    assert "8 of 8 people would leave" in administrator.get(address).text
    assert send(f"{address}/apply").headers["Location"] == address
    assert "Nothing was imported: 8 of 8 people would leave" in administrator.get(address).text
    assert _count_staff() == 8
    send(f"{address}/apply", allow_many_leavers="y")
    assert _count_staff() == 3


def test_cancelling_deletes_the_upload(administrator: FlaskClient, send: Send) -> None:
    address = _upload(send, make_csv(*SMALL))
    send(f"{address}/cancel")
    assert _count_uploads() == 0
    assert administrator.get(address).headers["Location"] == "/roster/"
    assert "That upload is no longer kept: upload the file again." in administrator.get("/roster/").text
    assert send(f"{address}/apply").headers["Location"] == "/roster/"
    assert _count_staff() == 0


def test_an_import_by_somebody_else_ends_every_preview(administrator: FlaskClient, send: Send) -> None:
    address = _upload(send, make_csv(*SMALL))
    import_roster(read_roster(make_csv("9,Zed,,N,,,,")))
    send(f"{address}/apply")
    assert "That upload is no longer kept" in administrator.get("/roster/").text
    assert _count_staff() == 1


def test_an_upload_comes_back_as_it_went_in_and_is_gone_after_a_day(app: Flask) -> None:
    headings = f"{HEADINGS},attribute: Grade,Salary"
    file = read_roster(make_csv(*(f"{row},G5,SECRET PAY" for row in SMALL), headings=headings))
    upload_id = hold_upload(file, NOW)
    assert open_upload(upload_id, NOW + KEPT_FOR) == file
    with pytest.raises(LookupError):
        open_upload(upload_id, NOW + KEPT_FOR + timedelta(seconds=1))
    assert purge_uploads(NOW + KEPT_FOR) == 0
    assert purge_uploads(NOW + KEPT_FOR + timedelta(seconds=1)) == 1
    assert _count_uploads() == 0


def test_a_form_without_its_token_changes_nothing(administrator: FlaskClient, send: Send) -> None:
    address = _upload(send, make_csv(*SMALL))
    before = all_tables()
    assert administrator.post(f"{address}/apply").status_code == 400
    assert administrator.post(f"{address}/cancel").status_code == 400
    assert administrator.post("/roster/").status_code == 400
    assert all_tables() == before


def test_the_template_can_be_downloaded(administrator: FlaskClient) -> None:
    response = administrator.get("/roster/template.csv")
    assert response.mimetype == "text/csv"
    assert not read_roster(response.data).bad_rows


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_enters(site: Flask, role: Role) -> None:
    client = sign_in(site.test_client(), make_account(role))
    for address in ("/roster/", "/roster/template.csv", "/roster/uploads/x"):
        assert client.get(address).status_code == 403
    assert site.test_client().get("/roster/").status_code in (302, 303)
