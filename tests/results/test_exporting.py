"""The exported table is the release, whole and unrounded, and safe to open in a spreadsheet."""

import csv
import io
import json

import pytest
from flask import Flask

from pulse.results import queries
from pulse.results.exporting import COLUMNS, list_rows, write_csv
from pulse.results.released import read_everything
from pulse.results.released_tables import ReleasedTable
from tests.results.factories import (
    Released,
    make_council,
    make_quarterly,
    make_released_waves,
    make_site,
)
from tests.results.stored import make_export


@pytest.fixture(scope="module")
def second(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Released:
    """The second of two waves, so that there are changes."""
    site = make_site(tmp_path_factory.mktemp("exporting"))
    return make_released_waves(site, make_council(), make_quarterly(), 2)[1]


def written(table: ReleasedTable) -> list[dict[str, str]]:
    file = io.StringIO(newline="")
    write_csv(table, file)
    return list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))


def test_every_released_figure_is_a_row_in_display_order_and_then_by_measure(second: Released) -> None:
    rows = list_rows(read_everything(second.wave))
    expected = [
        (group.number, group.name, figure.measure)
        for group in second.groups
        for figure in sorted(queries.list_group_figures(group.id), key=lambda figure: figure.measure)
    ]

    assert len(expected) > len(second.groups) > 1
    assert [(row["group_number"], row["group"], row["measure"]) for row in rows] == expected
    assert {tuple(row) for row in rows} == {COLUMNS}


def test_a_row_says_whose_figure_it_is_and_what_it_is(second: Released) -> None:
    group = second.group("Unit C")
    figure = second.figures("Unit C")["PTA"]
    row = next(
        r for r in written(read_everything(second.wave)) if (r["group"], r["measure"]) == ("Unit C", "PTA")
    )

    assert (row["wave_number"], row["wave"], row["kind"]) == ("2", second.wave.label, "organisation")
    assert (int(row["headcount"]), int(row["responses"])) == (group.headcount, group.n)
    for column in ("n", "value", "low", "high", "change", "change_low", "change_high", "q", "detectable"):
        assert float(row[column]) == getattr(figure, column), column
    assert row["flagged"] == ("yes" if figure.flagged else "no")
    assert json.loads(row["detail"]) == figure.detail


def test_the_headcount_of_a_group_too_small_for_a_response_rate_is_left_out(second: Released) -> None:
    row = next(r for r in written(read_everything(second.wave)) if r["group"] == "Unit A2")
    assert second.group("Unit A2").headcount < 20
    assert (row["headcount"], row["about"]) == ("", "Mixed feelings")


def test_what_a_figure_does_not_have_is_left_empty(second: Released) -> None:
    row = next(r for r in written(read_everything(second.wave)) if r["measure"] == "POW-02")
    assert (row["change"], row["q"], row["detectable"]) == ("", "", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    name = f"{start}HYPERLINK(1)"
    assert written(make_export(group=name, label=name))[0]["group"] == f"'{name}"
    assert written(make_export(group=name, label=name))[0]["wave"] == f"'{name}"
    assert written(make_export(group=f"North{start}"))[0]["group"] == f"North{start}"


def test_a_number_below_zero_stays_a_number() -> None:
    row = written(make_export(value=-3.25, change=-1e-7))[0]
    assert (row["value"], row["change"]) == ("-3.25", "-1e-07")


def test_commas_quotation_marks_and_lines_in_a_name_come_back_as_they_were() -> None:
    name = 'Parks, "Green"\nSpaces'
    assert written(make_export(group=name))[0]["group"] == name


def test_figures_of_another_wave_stay_out(second: Released) -> None:
    assert [wave.number for wave, _ in queries.list_releases(second.wave.programme_id)] == [1, 2]
    assert {row["wave_number"] for row in list_rows(read_everything(second.wave))} == {2}
