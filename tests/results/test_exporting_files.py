"""Files of released values, opened again by other programs: the same cells, and none that runs."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulse.domain.spreadsheets import defused, holdable
from pulse.results.exporting_files import About, names_of, write_sheet
from pulse.results.exporting_ods import write_ods
from pulse.results.exporting_rows import grid_of
from pulse.results.exporting_sheets import EverySheet, Field, FigureSheet, Place, Sheet
from pulse.results.exporting_xlsx import write_xlsx
from tests.results.reopened import Rows, opened_csv, opened_ods, opened_xlsx
from tests.results.stored import Fields, make_export, make_group, make_table
from tests.support.injections import INJECTIONS

WRITERS = {"xlsx": (write_xlsx, opened_xlsx), "ods": (write_ods, opened_ods)}


def make_sheet(
    *rows: tuple[str, Fields], name: str = "facets", hidden: tuple[Place, ...] = ()
) -> FigureSheet:
    fields = [Field("Staff", "staff"), Field("Says", "says", "text"), Field("Size", "size", "count")]
    return FigureSheet(name, "The four parts", [make_table(*rows)], hidden, fields)


def make_about(survey: str = "Staff survey", team: str = "Council") -> About:
    return About(make_group().release, survey, team, "http://localhost/method")


def book(kind: str, *sheets: Sheet, about: About | None = None) -> bytes:
    file = io.BytesIO()
    WRITERS[kind][0](about or make_about(), sheets, file)
    return file.getvalue()


def reopened(kind: str, *sheets: Sheet, about: About | None = None) -> dict[str, Rows]:
    return WRITERS[kind][1](book(kind, *sheets, about=about))


def as_csv(sheet: Sheet) -> str:
    file = io.StringIO(newline="")
    write_sheet(sheet, file)
    return file.getvalue()


def expected(sheet: Sheet) -> Rows:
    grid = grid_of(sheet)
    return [[column.head for column in grid.columns], *map(list, grid.rows)]


DETAIL = {"staff": 48.25, "says": 'Some, "quoted"\nwords', "size": 1234, "nothing": None}
ROWS: tuple[tuple[str, Fields], ...] = (
    ("Licence", {"value": 61.0625, "change": -7.1, "detectable": 3.3, "detail": DETAIL}),
    ("Room", {}),
)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_workbook_has_the_cells_of_its_sheets(kind: str) -> None:
    sheet = make_sheet(*ROWS, hidden=(Place("Trust", "Hidden to protect people.", "Parks", "Wave 1"),))
    found = reopened(kind, sheet)

    assert list(found) == ["About", "facets"]
    assert found["facets"] == expected(sheet)
    row = dict(zip(*found["facets"][:2], strict=True))
    assert (row["Score"], row["Staff"], row["Size"], row["Says"]) == (61.0625, 48.25, 1234, DETAIL["says"])
    assert (row["Change"], row["More than noise"]) == (-7.1, "no")
    assert row["Smallest change that could have been seen"] == 5.0, "smaller is never called a change"


def test_a_csv_has_the_same_cells() -> None:
    sheet = make_sheet(*ROWS, hidden=(Place("Trust", "Hidden to protect people.", "Parks", "Wave 1"),))
    assert opened_csv(as_csv(sheet).encode()) == expected(sheet)


@pytest.mark.parametrize("kind", WRITERS)
def test_the_first_sheet_says_what_the_file_is(kind: str) -> None:
    rows = reopened(kind, make_sheet(*ROWS), about=make_about("Staff survey", "Parks"))["About"]
    facts = {str(row[0]): str(row[1]) for row in rows}
    assert facts["Survey"] == "Staff survey, Wave 1"
    assert (facts["Team"], facts["Released"]) == ("Parks", "3 January 2027")
    assert facts["Smallest number of people"] == (
        "No score here is of fewer than 5 people, and taking one group from another gives none of fewer. "
        "One option of a question may have been chosen by fewer."
    )
    assert facts["What hidden means"].startswith("Hidden to protect people: fewer than 5")
    assert facts["How each number is worked out"] == "http://localhost/method"
    assert facts["facets"] == "The four parts"


def test_a_place_that_is_hidden_is_a_row_that_says_so() -> None:
    rows = expected(make_sheet(("Licence", {}), hidden=(Place("Trust", "Too few.", "Parks", "Wave 1"),)))
    last = dict(zip(rows[0], rows[-1], strict=True))
    assert (last["What"], last["Team"], last["Shown"], last["Why not"]) == (
        "Trust",
        "Parks",
        "hidden",
        "Too few.",
    )
    assert {last[name] for name in ("n", "Score", "Staff", "Change")} == {None}


@pytest.mark.parametrize("kind", [*WRITERS, "csv"])
@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_runs_wherever_it_stands(kind: str, text: str) -> None:
    """As the name of a team, a survey, a question, a sheet, or a reason."""
    every = EverySheet(text, text, make_export(label=text, group=text, detail={"says": text}))
    sheet = make_sheet(
        (text, {"detail": {"says": text}}), name=text, hidden=(Place(text, text, text, text, text),)
    )
    if kind == "csv":
        for row in [
            *csv.reader(io.StringIO(as_csv(every), newline="")),
            *csv.reader(io.StringIO(as_csv(sheet), newline="")),
        ]:
            assert all(cell == defused(cell) or cell.startswith("'") or _is_number(cell) for cell in row)
        return
    found = reopened(kind, every, sheet, about=make_about(text, text))  # fails on a formula or link
    assert holdable(text) in [row[0] for row in found[list(found)[2]]]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=30), min_size=8, max_size=8))
def test_any_text_comes_back_as_a_text(texts: list[str]) -> None:
    rows: list[tuple[str, Fields]] = [(text, {}) for text in texts]
    sheet = make_sheet(*rows)
    for kind in WRITERS:
        labels = [row[2] or "" for row in reopened(kind, sheet)["facets"][1:]]
        assert labels == [_escaped(holdable(text), kind) for text in texts]
    read = list(csv.reader(io.StringIO(as_csv(sheet), newline="")))[1:]
    assert [row[2] for row in read] == [defused(text) for text in texts]


def _escaped(text: str, kind: str) -> str:
    """openpyxl does not undo the escape by which XLSX keeps a text such as _x0041_ from being an A."""
    import re

    return re.sub(r"(?=_x[0-9a-fA-F]{4}_)", "_x005F", text) if kind == "xlsx" else text


@pytest.mark.parametrize("kind", WRITERS)
def test_a_text_too_long_for_a_cell_is_cut_where_everybody_sees_it(kind: str) -> None:
    found = reopened(kind, make_sheet(("x" * 40_000, {})))["facets"][1][2]
    assert (len(found), found[-2:]) == (32_767, "x…")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_left_out(value: float) -> None:
    sheet = make_sheet(("Licence", {"detail": {"staff": value}}))
    assert expected(sheet)[1][expected(sheet)[0].index("Staff")] is None


def test_names_of_sheets_are_valid_and_all_different() -> None:
    found = names_of(
        ["About", "about", "", "History", "a/b:c*d?[e]\\f", "'quoted'", "x" * 40, "X" * 40, "=1"]
    )
    assert found == [
        "About", "about 2", "Sheet", "Sheet 2", "a b c d e f", "quoted", "x" * 31, f"{'X' * 29} 2", "=1",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_is_the_same_whenever_and_by_whomever_it_is_asked_for(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = book(kind, make_sheet(*ROWS))
    for name in ("USER", "LOGNAME", "HOME", "TMPDIR", "HOSTNAME"):
        monkeypatch.setenv(name, "/somewhere-else")
    assert book(kind, make_sheet(*ROWS)) == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {member.date_time for member in file.infolist()} == {(2027, 1, 3, 8, 0, 0)}
        everything = b"".join(file.read(member) for member in file.infolist()).decode()
        assert not file.testzip()
    assert "/home" not in everything
    assert "/tmp" not in everything
    assert "root" not in everything.replace("rootfile", "")


def test_headings_stay_in_sight_and_stand_out() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(book("xlsx", make_sheet(*ROWS))))["facets"]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])
    assert (sheet["E2"].number_format, sheet["D2"].number_format) == ("0.0", "#,##0")
    properties = openpyxl.load_workbook(io.BytesIO(book("xlsx", make_sheet(*ROWS)))).properties
    assert (properties.creator, properties.lastModifiedBy) in ((None, None), ("", ""))
    assert properties.created == datetime(2027, 1, 3, 8, tzinfo=UTC).replace(tzinfo=None)


def test_the_table_of_every_figure_is_that_of_the_command() -> None:
    table = make_export(detail={"since": "Autumn"})
    rows = expected(EverySheet("all", "Every figure", table))
    row = dict(zip(*rows, strict=True))
    assert (row["group"], row["value"], json.loads(str(row["detail"]))) == (
        "Council",
        60.0,
        {"since": "Autumn"},
    )


def test_an_open_document_says_first_what_it_is() -> None:
    content = book("ods", make_sheet(*ROWS))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        first = file.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert file.read(first) == b"application/vnd.oasis.opendocument.spreadsheet"
