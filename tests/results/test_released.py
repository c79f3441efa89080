"""Reading a release: all that was stored and nothing more, and nothing at all where a rule is broken."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from pulse.db import db
from pulse.domain.disclosure import HARD_FLOOR
from pulse.results import queries
from pulse.results.models import AttributeFigure, Release
from pulse.results.queries import NotReleased
from pulse.results.released import (
    Unsafe,
    list_released,
    read_attributes,
    read_everything,
    read_figures,
    read_groups,
    read_measures,
    read_statuses,
    read_tallies,
    read_wave,
)
from pulse.results.released_comments import count_comments
from pulse.results.released_trends import read_trends
from pulse.results.released_types import thawed
from pulse.surveys.models import Wave
from tests.results.factories import Released, make_council, make_quarterly, make_released_waves, make_site
from tests.results.stored import nowhere, store, store_figure, store_group, store_programme, store_wave

FIELDS = ("measure", "n", "value", "low", "high", "change", "q", "flagged", "detectable")


@pytest.fixture(scope="module")
def second(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Released:
    """The second of two waves that the real gate released."""
    site = make_site(tmp_path_factory.mktemp("reading"))
    return make_released_waves(site, make_council(), make_quarterly(), 2)[1]


def test_every_stored_figure_is_read_and_no_other(second: Released) -> None:
    for group in read_groups(second.wave):
        stored = {row.measure: row for row in queries.list_group_figures(group.id)}
        table = read_figures(group)
        assert table.labels == tuple(sorted(stored))
        for measure, figure in table:
            row = stored[measure]
            assert [getattr(figure, one) for one in FIELDS] == [getattr(row, one) for one in FIELDS]
            assert thawed(figure.detail) == row.detail


def test_groups_and_statuses_are_read_as_they_were_stored(second: Released) -> None:
    groups = read_groups(second.wave)
    assert [(one.number, one.key, one.name, one.n) for one in groups] == [
        (row.number, row.key, row.name, row.n) for row in second.groups
    ]
    stored = queries.list_statuses(second.release.id)
    assert {(one.unit_id, one.status, one.reason) for one in read_statuses(second.wave)} == {
        (row.unit_id, row.status, row.reason) for row in stored
    }


def test_some_measures_of_every_group_come_at_once(second: Released) -> None:
    tables = read_measures(read_groups(second.wave), ["PTA", "AMB"])
    assert sorted(tables) == [group.number for group in second.groups]
    assert {label for table in tables.values() for label in table.labels} == {"PTA", "AMB"}
    assert len(read_everything(second.wave)) == len(queries.list_figures(second.release.id))


def test_counts_are_read_of_the_questions_that_are_shown_and_of_no_other(second: Released) -> None:
    """Blocks keep counts of every question; what is hidden of a group must not come in through them."""
    group = read_groups(second.wave)[-1]
    kept = {item for item, _, _ in queries.list_tallies(group.id)}
    shown = set(read_figures(group).labels)
    assert set(read_tallies(group).labels) == kept & shown
    assert kept - shown
    for item, counts in read_tallies(group):
        assert sum(counts.counts) == sum(n for name, _, n in queries.list_tallies(group.id) if name == item)


def test_released_waves_are_listed_oldest_first(second: Released) -> None:
    assert [wave.number for wave in list_released(second.wave.programme_id)] == [1, 2]


def test_cells_of_attribute_tables_are_read_by_family_and_measure() -> None:
    with nowhere():
        wave = store_wave()
        group = store_group(wave)
        for category, n in (("G5", 22), ("G3", 31)):
            cell: dict[str, Any] = {"family": "grade", "category": category, "n": n}
            store(AttributeFigure(group_id=group.id, measure="RESPONSES", **cell))
            more: dict[str, Any] = {
                "value": 61.3,
                "low": 55.0,
                "high": 67.0,
                "favourable": 12,
                "unfavourable": 6,
            }
            store(AttributeFigure(group_id=group.id, measure="P1", **cell, **more))
        cells = read_attributes(wave, 0)

        column = cells.of("grade", "P1")
        assert column.labels == ("G3", "G5")
        first = column.cells[0]
        assert (first.n, first.value, first.favourable, first.group.name) == (31, 61.3, 12, "Council")
        assert len(cells) == 4
        assert len(cells.of("grade", "P2")) == len(read_attributes(wave, 9)) == 0


READS: dict[str, Callable[[Wave], object]] = {
    "wave": read_wave,
    "groups": read_groups,
    "figures": lambda wave: [read_figures(group) for group in read_groups(wave)],
    "measures": lambda wave: read_measures(read_groups(wave)),
    "statuses": read_statuses,
    "tallies": lambda wave: [read_tallies(group) for group in read_groups(wave)],
    "attributes": lambda wave: read_attributes(wave, 0),
    "everything": read_everything,
    "comments": count_comments,
    "trends": lambda wave: read_trends(wave, read_groups(wave), ["PTA"]),
}


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("released_k", [7, 12])
def test_a_release_with_another_threshold_than_its_wave_shows_nothing(name: str, released_k: int) -> None:
    with nowhere():
        good, bad = store_wave(k=8), store_wave(k=8, released_k=released_k, programme_id=store_programme("B"))
        for wave in (good, bad):
            store_figure(store_group(wave))
        READS[name](good)
        with pytest.raises(Unsafe, match="threshold"):
            READS[name](bad)


@pytest.mark.parametrize(
    ("name", "small"),
    [
        *((name, "group") for name in sorted(set(READS) - {"wave", "comments", "statuses"})),
        *((name, "figure") for name in ("figures", "measures", "everything", "tallies")),
        ("attributes", "cell"),
    ],
)
def test_a_group_a_figure_or_a_cell_of_fewer_than_the_threshold_shows_nothing(name: str, small: str) -> None:
    with nowhere():
        wave = store_wave()
        group = store_group(wave, n=4 if small == "group" else 40)
        store_figure(group, n=4 if small == "figure" else 40)
        cell: dict[str, Any] = {"family": "grade", "category": "G5", "measure": "RESPONSES"}
        store(AttributeFigure(group_id=group.id, n=4 if small == "cell" else 40, **cell))
        with pytest.raises(Unsafe, match="fewer people than the threshold"):
            READS[name](wave)


def test_a_level_of_earlier_waves_keeps_to_the_floor_that_held_then() -> None:
    with nowhere():
        wave = store_wave(k=20)
        group = store_group(wave)
        store_figure(group, measure="POW:level", n=HARD_FLOOR, detail={"pooled": ["Wave 0"]})
        assert read_figures(read_groups(wave)[0]).find("POW:level") is not None
        store_figure(group, measure="PEO:level", n=HARD_FLOOR - 1, detail={"pooled": ["Wave 0"]})
        with pytest.raises(Unsafe):
            read_figures(read_groups(wave)[0])


@pytest.mark.parametrize("state", ["open", "closing", "held"])
def test_a_wave_that_is_not_released_has_nothing_to_read(state: str) -> None:
    with nowhere():
        wave = store_wave(state=state)
        with pytest.raises(NotReleased, match="no result yet"):
            read_groups(wave)


def test_the_release_of_another_wave_is_never_read_in_its_place() -> None:
    with nowhere():
        wave = store_wave()
        db.session.query(Release).filter_by(wave_id=wave.id).delete()
        store_wave(2, wave.programme_id)
        with pytest.raises(NotReleased):
            read_wave(wave)
