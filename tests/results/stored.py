"""Released values for tests, made as they always are: rows are stored, and read through the gate.

The rows stand in a database of their own, in memory, that is empty again afterwards; so a test needs no
application, and nothing here goes round the seal.

    figure = make_released(value=60.0)
    table = make_table(("People", {"value": 70.0}), ("Power", {"value": 55.4}))
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from flask import Flask

from pulse.db import db, init_app
from pulse.directory.models import Unit
from pulse.results.models import Block as BlockRow
from pulse.results.models import Figure, Group, GroupBlock, Release, Tally
from pulse.results.released import (
    read_everything,
    read_feelings_map,
    read_figures,
    read_groups,
    read_tallies,
)
from pulse.results.released_maps import ReleasedMap
from pulse.results.released_tables import ReleasedTable, ReleasedTallies, ReleasedTrend
from pulse.results.released_trends import read_trends
from pulse.results.released_types import ReleasedFigure, ReleasedGroup
from pulse.surveys.models import Programme, Wave, WavePlan
from pulse.surveys.plans import digest_of
from tests.support.tables import load_models

Fields = dict[str, Any]
OPENED = datetime(2026, 10, 5, 8, tzinfo=UTC)
#: a measure that every wave here asked, so that a trend without a figure has none for another reason
PTA = {"id": "PTA", "label": "Permission", "method": "mean", "items": ["P1"], "facets": [], "pairs": []}
PLAN: Fields = {
    "items": [],
    "leader_items": [],
    "anchors": ["P1"],
    "cycle": 1,
    "measures": [PTA | {"need": 1}],
}


@cache
def _place() -> Flask:
    load_models()
    place = Flask(__name__)
    place.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    init_app(place)
    with place.app_context():
        db.create_all()
    return place


@contextmanager
def nowhere() -> Iterator[None]:
    """A database in memory; whatever is stored in it is gone afterwards."""
    with _place().app_context():
        try:
            yield
        finally:
            db.session.rollback()


def store(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def store_unit(name: str = "Parks") -> int:
    return int(store(Unit(code=name, name=name)).id)


def store_programme(name: str = "Staff survey") -> int:
    values: Fields = {"name": name, "purpose": "To know.", "organisation": "Council"}
    values |= {"rotation": [["P1"]], "rule": "FREQ=MONTHLY", "starts_on": OPENED.date()}
    return int(store(Programme(**values)).id)


def store_wave(
    number: int = 1,
    programme_id: int | None = None,
    *,
    k: int = 5,
    released_k: int = 0,
    plan: Fields = PLAN,
    **changes: Any,
) -> Wave:
    """A released wave called "Wave 1" and so on, without groups; `released_k` is that of its release, if not
    the wave's own.
    """
    opened = OPENED + timedelta(days=90 * number)
    values: Fields = {"programme_id": programme_id or store_programme(), "number": number, "k": k}
    values |= {"label": f"Wave {number}", "opens_at": opened, "closes_at": opened + timedelta(days=14)}
    wave: Wave = store(Wave(**(values | {"state": "released", "plan_sha256": digest_of(plan)} | changes)))
    store(WavePlan(wave_id=wave.id, plan=plan))
    counts = {"eligible": 60, "delivered": 60, "answered": 40}
    store(Release(wave_id=wave.id, released_at=opened, k=released_k or k, digest="", **counts))
    return wave


def store_group(wave: Wave, **changes: Any) -> Group:
    """A group of the wave: the whole organisation of 60, of whom 40 answered."""
    release = db.session.query(Release).filter_by(wave_id=wave.id).one()
    values: Fields = {"number": 0, "parent": None, "key": "whole", "kind": "organisation", "unit_id": None}
    values |= {"name": "Council", "headcount": 60, "n": 40, "depth": 0}
    group: Group = store(Group(release_id=release.id, **(values | changes)))
    return group


def store_figure(group: Group, **changes: Any) -> None:
    values: Fields = {"measure": "PTA", "n": group.n, "value": 60.0, "low": 56.0, "high": 64.0}
    values |= dict.fromkeys(("change", "change_low", "change_high", "q", "detectable"))
    values |= {"flagged": False, "detail": {"items": ["PTA-01"], "everyone": False}}
    store(Figure(group_id=group.id, **(values | changes)))


def make_group(**changes: Any) -> ReleasedGroup:
    """One published group, alone in its release."""
    with nowhere():
        wave = store_wave()
        store_group(wave, **changes)
        return read_groups(wave)[0]


def make_released(group: Fields | None = None, **fields: Any) -> ReleasedFigure:
    """One released figure with these fields; `group` changes whose it is."""
    return make_figures(fields, group=group).cells[0]


def make_figures(*rows: Fields, group: Fields | None = None) -> ReleasedTable:
    """Figures of one group as `read_figures` gives them: by measure, each measure once."""
    with nowhere():
        wave = store_wave()
        stored = store_group(wave, **(group or {}))
        for fields in rows:
            store_figure(stored, **fields)
        return read_figures(read_groups(wave)[0])


def make_table(*rows: tuple[str, Fields]) -> ReleasedTable:
    """Figures under these labels in this order, whatever their measures."""
    figures = make_figures(*(fields | {"measure": f"M{place:03}"} for place, (_, fields) in enumerate(rows)))
    labels = iter([label for label, _ in rows])
    return figures.relabelled(lambda _, figure: next(labels))


def make_export(label: str = "Wave 1", group: str = "Council", **fields: Any) -> ReleasedTable:
    """All figures of a wave with one group and one figure."""
    with nowhere():
        wave = store_wave(label=label)
        store_figure(store_group(wave, name=group), **fields)
        return read_everything(wave)


def make_trend(values: Sequence[Fields | None]) -> ReleasedTrend:
    """One wave after the other with these fields; None where these people had no figure of their own."""
    with nowhere():
        wave, key = None, ""
        for number, fields in enumerate([*values], 1):
            wave = store_wave(number, wave.programme_id if wave else None)
            if fields is not None:
                store_figure(store_group(wave), **fields)
        assert wave is not None
        if values[-1] is None:  # somebody looks at it, so the group is there, and its figure is not
            store_group(wave)
        key = read_groups(wave)[0].key
        return read_trends(wave, read_groups(wave), ["PTA"])[key, "PTA"]


def make_map(
    people: dict[str, int], k: int = 5, measure: str = "AMB", more: dict[str, int] | None = None
) -> ReleasedMap | None:
    """The map of a group of two blocks: `people` of one by "32" (hope 3, worry 2), `more` of the other."""
    with nowhere():
        wave = store_wave(k=k)
        group = store_group(wave, n=max(k, sum(people.values())))
        store_figure(group, measure=measure)
        for number, counts in enumerate((people, more or {})):
            block = store(BlockRow(release_id=group.release_id, number=number, n=sum(counts.values())))
            store(GroupBlock(group_id=group.id, block_id=block.id))
            for option, n in counts.items():
                store(Tally(block_id=block.id, item="AMB:map", option=option, n=n))
        return read_feelings_map(read_groups(wave)[0])


def make_tallies(*rows: tuple[str, dict[str, int]]) -> ReleasedTallies:
    """Option counts under these labels in this order; each question has a figure, so they may be read."""
    with nowhere():
        wave = store_wave()
        group = store_group(wave)
        block = store(BlockRow(release_id=group.release_id, number=0, n=group.n))
        store(GroupBlock(group_id=group.id, block_id=block.id))
        for item, counts in rows:
            store_figure(group, measure=item)
            for option, people in counts.items():
                store(Tally(block_id=block.id, item=item, option=option, n=people))
        return read_tallies(read_groups(wave)[0]).picked([item for item, _ in rows])
