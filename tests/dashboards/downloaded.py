"""Downloads opened again, and numbers as a page prints them: for tests that set one beside the other."""

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pytest

from pulse.dashboards.reading import Result
from pulse.dashboards.words import shown
from tests.dashboards.baseline import fields_of_gaps, make_result
from tests.dashboards.factories import fields_of
from tests.dashboards.technical_figures import make_stages
from tests.dashboards.test_pages import Place
from tests.results.reopened import Rows, opened_csv, opened_ods, opened_xlsx

Record = dict[str, Any]
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def opened(content: bytes, ending: str) -> Rows:
    """The one table of a file; of a workbook its second sheet, after what it is about."""
    if ending == "csv":
        return opened_csv(content)
    sheets = (opened_xlsx if ending == "xlsx" else opened_ods)(content)
    assert next(iter(sheets)) == "About"
    return list(sheets.values())[1]


def fetch(
    place: Place, address: str, name: str, ending: str = "csv", who: str = "hr_analyst"
) -> list[Record]:
    """Rows of a download by column."""
    got = place.browser(who).get(f"{address}/tables/{name}.{ending}")
    assert got.status_code == 200, (address, name, ending)
    head, *rows = opened(got.data, ending)
    return [dict(zip(head, row, strict=True)) for row in rows]


def numbers(*cells: object) -> list[int]:
    """Whole numbers in cells of a page, in their order."""
    words = " ".join(str(cell) for cell in cells).replace(",", "").replace("\N{MINUS SIGN}", "-")
    return [int(one) for one in re.findall(r"-?\d+", words)]


def printed(row: Record, *columns: str) -> list[int]:
    """What a page prints of these columns."""
    return [shown(row[column]) for column in columns]


#: of tables: most are there, some only elsewhere, and some are no names at all
NAMES = (
    *("pta", "taa", "teams", "teams-trend", "funnel-pta", "all", "answers", "feelings", "response", "facets"),
    *("stages", "PTA", "a.b", "..", "%00", "%ff", "=1+1", "", "x" * 300, "all.csv", "\u2603"),
)
ENDINGS = ("csv", "csv", "csv", "xlsx", "ods", "CSV", "")
SCORE = ("Score", "95 % interval, low", "95 % interval, high", "n")


def assert_printed(row: Record, cells: Sequence[object]) -> None:
    """Score, interval and n are those that a page prints in these cells."""
    if row["Everyone answered"]:
        assert "everyone answered" in str(cells[1])
        assert printed(row, "Score", "n") == numbers(*cells)
    elif re.fullmatch(r"\d+ to \d+", str(cells[1])):
        assert printed(row, *SCORE) == numbers(*cells)
    else:  # a range of less than a point, to the tenth
        assert [f"{row[name]:.1f}" for name in SCORE[1:3]] == re.findall(r"\d+\.\d", str(cells[1]))


def assert_alike(one: Rows, other: Rows) -> None:
    """The same cells; XLSX keeps 16 digits of a number."""
    assert len(one) == len(other)
    for row, beside in zip(one, other, strict=True):
        assert [pytest.approx(cell, rel=1e-14) if isinstance(cell, float) else cell for cell in row] == beside


def baseline() -> Iterator[tuple[Result, str, list[str]]]:
    """Results of a survey that asked whole scales, a name that each has, and the columns of its table."""
    gaps = make_result(*fields_of_gaps((1, 60.0, 58.0), (2, 81.44, 50.0)))
    yield gaps, "saydo", ["Expected", "Experienced", *SCORE]
    stages = make_result(make_stages(), stages=True)
    yield stages, "stages", ["Score", "95 % interval, low", "95 % interval, high"]
    shares = [
        {"id": "PEO", "label": "People", "share": 0.1571, "low": 0.1, "high": 0.223, "johnson": 0.16},
        {"id": "POW", "label": "Power", "share": 0.0571, "low": 0.01, "high": 0.123, "johnson": 0.06},
    ]
    goes = fields_of(0.71, measure="GOES:PTA", detail={"label": "Permission to act", "shares": shares}, n=640)
    yield make_result(goes), "goes-pta", ["Share, %", "95 % interval, low", "95 % interval, high"]


def odd_address(rng: Random, right: list[str]) -> tuple[str, str]:
    """The address of a file, made of pieces that are right, nearly right and wrong; and its ending."""
    wrong = ["0", "-1", str(2**31), str(2**64), "x", "1.5", "\u0661"]
    groups = [*"0012345678012345678", "-1", "9" * 20, "", "0x0"]
    wave, ending = rng.choice(right * 9 + wrong), rng.choice(ENDINGS)
    return f"/results/{wave}/{rng.choice(groups)}/tables/{rng.choice(NAMES)}.{ending}", ending
