"""The one way from a stored release to anything that shows it: pages, charts, exports, and what may come.

What these functions return cannot be made anywhere else (`results.released_types` says how far that goes).
They look up and compute nothing. Each fails closed: a wave that is not released has nothing to read, and a
release that is not the wave's own, has another threshold than the wave, one below the hard floor, or holds
a group or a figure of fewer people than its threshold, raises Unsafe and shows nothing at all. That is a
second look at what `results.release` wrote, cheap enough for every page; it is not the gate itself, and
`pulse anonymity verify` checks the digest over every row.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pulse.domain.disclosure import HARD_FLOOR
from pulse.results import queries, released_queries
from pulse.results.feelings import FEELINGS, MAP
from pulse.results.models import AttributeFigure, Figure, Group, Release
from pulse.results.naming import name_of, names_of
from pulse.results.queries import NotReleased
from pulse.results.released_maps import ReleasedMap, map_of
from pulse.results.released_tables import ReleasedCells, ReleasedTable, ReleasedTallies
from pulse.results.released_types import (
    _SEAL,
    ReleasedCell,
    ReleasedCounts,
    ReleasedFigure,
    ReleasedGroup,
    ReleasedStatus,
    ReleasedWave,
    frozen,
)
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of

__all__ = [
    "NotReleased",
    "Unsafe",
    "list_released",
    "read_attributes",
    "read_everything",
    "read_feelings_map",
    "read_figures",
    "read_groups",
    "read_measures",
    "read_statuses",
    "read_tallies",
    "read_wave",
]


class Unsafe(RuntimeError):
    """What is stored is not what the gate writes; the message says which rule it breaks, and nothing else."""


def list_released(programme_id: int) -> list[Wave]:
    """Released waves of a programme, oldest first."""
    return [wave for wave, _ in queries.list_releases(programme_id)]


def read_wave(wave: Wave) -> ReleasedWave:
    """What the release of a wave says of itself; raises NotReleased or Unsafe, as all functions here do."""
    return _wave(wave, _release_of(wave))


def read_groups(wave: Wave) -> list[ReleasedGroup]:
    """Every published group in display order; none where too few answered to show anything."""
    release = _release_of(wave)
    return _groups(_wave(wave, release), queries.list_groups(release.id))


def read_figures(group: ReleasedGroup, measures: Sequence[str] = ()) -> ReleasedTable:
    """Every figure of a group, or of some measures, labelled by its measure."""
    return _table(_figure(group, figure) for figure in queries.list_group_figures(group.id, measures))


def read_measures(groups: Sequence[ReleasedGroup], measures: Sequence[str] = ()) -> dict[int, ReleasedTable]:
    """Some measures, or all, of groups of one wave: by the group's number, each table labelled by measure."""
    known = {group.id: group for group in groups}
    found: dict[int, list[ReleasedFigure]] = {group.number: [] for group in groups}
    for wave_id in {group.release.wave_id for group in groups}:
        for figure in queries.list_figures(queries.get_release(wave_id).id, measures):
            if figure.group_id in known:
                group = known[figure.group_id]
                found[group.number].append(_figure(group, figure))
    return {number: _table(figures) for number, figures in found.items()}


def read_statuses(wave: Wave) -> list[ReleasedStatus]:
    """What a reader is told of each unit."""
    rows = queries.list_statuses(_release_of(wave).id)
    return [ReleasedStatus(_SEAL, row.unit_id, row.status, row.reason) for row in rows]


def read_tallies(group: ReleasedGroup, items: Sequence[str] = ()) -> ReleasedTallies:
    """Option counts of a group's questions, all or some, by question: of those that it has a figure of."""
    figures = read_figures(group, items)
    shown = set(figures.labels)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for item, figure in figures:  # one that rotates by person has no tally: blocks have too few of it
        counts[item].update(figure.detail.get("counts", {}))
    for item, option, people in queries.list_tallies(group.id, items):
        if item in shown:
            counts[item][option] += people
    return ReleasedTallies(
        _SEAL,
        tuple(
            (item, ReleasedCounts(_SEAL, group, tuple(sorted(one.items()))))
            for item, one in counts.items()
            if one
        ),
    )


def read_feelings_map(group: ReleasedGroup) -> ReleasedMap | None:
    """Hope and worry of each person at once; None unless index and map may be shown."""
    index = [_figure(group, row) for row in released_queries.list_figures_of([group.id], [FEELINGS])]
    return map_of(group, dict(released_queries.list_options(group.id, MAP))) if index else None


def read_attributes(wave: Wave, number: int) -> ReleasedCells:
    """Every shown cell of the attribute tables of group `number`, labelled by category.

    Empty where nothing was declared or nothing may be shown, and for a group that is not there.
    """
    group = next((group for group in read_groups(wave) if group.number == number), None)
    rows = released_queries.list_cells(group.id) if group is not None else []
    return ReleasedCells(_SEAL, tuple((row.category, _cell(group, row)) for row in rows if group is not None))


def read_everything(wave: Wave) -> ReleasedTable:
    """Every figure of a wave, in display order of groups, then by measure; labelled in words."""
    names = names_of(plan_of(wave))
    tables = read_measures(read_groups(wave))
    figures = (figure for number in sorted(tables) for figure in tables[number].cells)
    return _table(figures).relabelled(lambda measure, _: name_of(measure, names))


def _release_of(wave: Wave) -> Release:
    """The wave's own release, if its threshold is the one that staff were promised."""
    if wave.state != "released":
        raise NotReleased("This wave has no result yet.")
    release = queries.get_release(wave.id)
    _check(release, wave)
    return release


def _check(release: Release, wave: Wave) -> None:
    if release.wave_id != wave.id:
        raise Unsafe("The release is of another wave.")
    if not release.k == wave.k >= HARD_FLOOR:
        raise Unsafe("The release has another threshold than its wave, or one below the hard floor.")


def _wave(wave: Wave, release: Release) -> ReleasedWave:
    _check(release, wave)
    return ReleasedWave(
        _SEAL,
        wave_id=wave.id,
        programme_id=wave.programme_id,
        number=wave.number,
        label=wave.label,
        k=release.k,
        released_at=release.released_at,
        eligible=release.eligible,
        delivered=release.delivered,
        answered=release.answered,
        softened=release.softened,
    )


def _groups(release: ReleasedWave, rows: Iterable[Group]) -> list[ReleasedGroup]:
    return [_group(release, row) for row in rows]


def _group(release: ReleasedWave, row: Group) -> ReleasedGroup:
    if row.n < release.k:
        raise Unsafe("A group holds fewer people than the threshold of its release.")
    return ReleasedGroup(
        _SEAL,
        release=release,
        id=row.id,
        number=row.number,
        parent=row.parent,
        key=row.key,
        kind=row.kind,
        unit_id=row.unit_id,
        name=row.name,
        headcount=row.headcount,
        n=row.n,
        depth=row.depth,
    )


def _figure(group: ReleasedGroup, row: Figure) -> ReleasedFigure:
    """A level that only earlier waves asked keeps to the floor that held in them."""
    earlier = "pooled" in row.detail and "mean" not in row.detail
    if row.n < (HARD_FLOOR if earlier else group.release.k):
        raise Unsafe("A figure stands for fewer people than the threshold of its release.")
    return ReleasedFigure(
        _SEAL,
        group=group,
        measure=row.measure,
        n=row.n,
        value=row.value,
        low=row.low,
        high=row.high,
        change=row.change,
        change_low=row.change_low,
        change_high=row.change_high,
        q=row.q,
        flagged=row.flagged,
        detectable=row.detectable,
        detail=frozen(row.detail),
    )


def _cell(group: ReleasedGroup, row: AttributeFigure) -> ReleasedCell:
    if row.n < group.release.k:
        raise Unsafe("A cell stands for fewer people than the threshold of its release.")
    return ReleasedCell(
        _SEAL,
        group=group,
        family=row.family,
        category=row.category,
        measure=row.measure,
        n=row.n,
        value=row.value,
        low=row.low,
        high=row.high,
        favourable=row.favourable,
        unfavourable=row.unfavourable,
    )


def _table(figures: Iterable[ReleasedFigure]) -> ReleasedTable:
    ordered = sorted(figures, key=lambda figure: (figure.group.number, figure.measure))
    return ReleasedTable(_SEAL, tuple((figure.measure, figure) for figure in ordered))
