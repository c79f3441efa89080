"""Tables of what few surveys have, and of what is hidden: as their sections show them."""

import re
from collections.abc import Callable

import pytest

from pulse.dashboards import page_drivers, page_gaps, page_stages
from pulse.dashboards.downloads import find_sheet
from pulse.dashboards.page import Section
from pulse.dashboards.reading import Result, read_result
from pulse.dashboards.words import shown
from pulse.domain.disclosure.wording import HIDDEN_CELL
from pulse.results.exporting_rows import grid_of
from pulse.results.models import AttributeFigure
from tests.dashboards.attribute_cells import DECLARED, cell, make_page
from tests.dashboards.baseline import fields_of_gaps, make_result
from tests.dashboards.downloaded import Record, baseline, numbers
from tests.dashboards.factories import fields_of
from tests.results.stored import Fields, nowhere, store, store_group, store_wave


def rows_of(result: Result, name: str) -> list[Record]:
    sheet = find_sheet(result, [result.group], name)
    assert sheet is not None
    assert sheet.name == name
    grid = grid_of(sheet)
    return [dict(zip([column.head for column in grid.columns], row, strict=True)) for row in grid.rows]


def test_what_only_a_survey_of_whole_scales_has_is_that_of_the_page() -> None:
    tables: dict[str, Callable[[Result], Section | None]] = {
        "saydo": page_gaps.say_do,
        "stages": page_stages.stages,
        "goes-pta": lambda result: page_drivers.drivers(result)[0],
    }
    for result, name, columns in baseline():
        section = tables[name](result)
        assert section is not None
        for row, cells in zip(rows_of(result, name), section.table["rows"], strict=True):
            assert cells[0] in row.values()
            if name == "goes-pta":
                said = re.findall(r"\d+\.\d", " ".join(cells[1:3]))
                assert [f"{row[column]:.1f}" for column in columns] == said
            else:
                told = numbers(*(str(cell).replace("+", "") for cell in cells[1:6]))
                assert [shown(row[column]) for column in columns] == told[: len(columns)]


def test_a_side_of_a_gap_that_is_hidden_says_so_and_the_gap_over_all_has_no_sides() -> None:
    gaps = [fields for fields in fields_of_gaps((1, 60.0, 58.0)) if fields["measure"] != "TAA-E1"]
    rows = {row["What"]: row for row in rows_of(make_result(*gaps, fields_of(2.0, measure="SAYDO")), "saydo")}
    sides = {label: (row["Expected"], row["Experienced"]) for label, row in rows.items()}
    assert sides == {"All together": (None, None), "People": (60.0, "hidden")}


@pytest.mark.parametrize("name", ["saydo", "stages"])
def test_where_a_section_is_hatched_the_file_has_rows_that_give_its_reason(name: str) -> None:
    result = make_result(asked=(1, 2), stages=True)
    section = {"saydo": page_gaps.say_do, "stages": page_stages.stages}[name](result)
    assert section is not None
    rows = rows_of(result, name)
    assert {(row["Shown"], row["Why not"], row["Score"]) for row in rows} == {
        ("hidden", section.hidden, None)
    }


def test_what_a_survey_did_not_ask_is_no_table_of_it() -> None:
    result = make_result(asked=())
    names = ("saydo", "stages", "goes-pta", "goes-taa", "leaders", "feelings", "attributes")
    assert {name: find_sheet(result, [result.group], name) for name in names} == dict.fromkeys(names)


def test_attribute_tables_say_what_their_page_says_with_a_row_for_each_category() -> None:
    cells = (
        cell("service", "Short", n=1234),
        cell("service", "Short", "P1", 85.0, low=None, high=None, favourable=45, unfavourable=3, n=50),
        cell("service*grade", "Short | Band 6"),
    )
    rows = {(row["By"], row["Category"], row["What"]): row for row in attribute_rows(*cells)}
    shown_rows = {place: row for place, row in rows.items() if row["Shown"] == "yes"}

    question = shown_rows.pop(("Length of service", "Short", "I may try things."))
    page = {one.id: one for one in make_page(*cells).questions}["p1"].table
    said = next(row for row in page["rows"] if row[0] == "Length of service: Short")
    assert said[1:] == ["50", "90 % or more", "about 6 %", "85 or more"]
    assert (question["n"], question["Score"], question["Score stands for"]) == (50, 85.0, "or more")
    assert (question["Favourable, about %"], question["Share stands for"]) == (90, "favourable: or more")
    assert question["Unfavourable, about %"] == 6
    assert {place: (row["n"], row["Score"]) for place, row in shown_rows.items()} == {
        ("Length of service", "Short", "Permission to act"): (1234, 60.0),
        ("Length of service and NHS band", "Short | Band 6", "Permission to act"): (40, 60.0),
    }
    hidden = [row for row in rows.values() if row["Shown"] == "hidden"]
    why = HIDDEN_CELL % {"k": 5, "least": 20}
    assert {(row["Why not"], row["n"], row["Score"]) for row in hidden} == {(why, None, None)}
    places = [place for place in rows if place[0] == "Length of service and NHS band"]
    assert len(places) == 3 * 2


def attribute_rows(*cells: Fields) -> list[Record]:
    with nowhere():
        wave = store_wave(plan=DECLARED)
        group = store_group(wave)
        for fields in cells:
            store(AttributeFigure(group_id=group.id, **fields))
        return rows_of(read_result(wave, 0), "attributes")
