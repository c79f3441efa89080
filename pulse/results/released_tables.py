"""Rows of released values under labels. What is made of a table, by the operations here, is a table again.

The promise is that of `results.released_types`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, Self, TypeVar, final

from pulse.results.released_types import (
    _SEAL,
    Forged,
    ReleasedCell,
    ReleasedCounts,
    ReleasedFigure,
    ReleasedGroup,
    _Released,
)

Cell = TypeVar("Cell")


@dataclass(frozen=True, slots=True)
class _Labelled(_Released, Generic[Cell]):
    """An immutable sequence of (label, released value); what is made of one is of the same type."""

    rows: tuple[tuple[str, Cell], ...]

    def __iter__(self) -> Iterator[tuple[str, Cell]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> tuple[str, Cell]:
        return self.rows[place]

    def __contains__(self, label: object) -> bool:
        return any(label == known for known, _ in self.rows)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for label, _ in self.rows)

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for _, cell in self.rows)

    def find(self, label: str) -> Cell | None:
        """The first with this label."""
        return next((cell for known, cell in self.rows if known == label), None)

    def picked(self, labels: Iterable[str]) -> Self:
        """The rows with these labels in this order; a label that is not there is left out."""
        known = dict(reversed(self.rows))
        return self._with((label, known[label]) for label in labels if label in known)

    def filtered(self, keep: Callable[[str, Cell], bool]) -> Self:
        return self._with(row for row in self.rows if keep(*row))

    def sorted(self, key: Callable[[str, Cell], Any]) -> Self:
        """Ascending; rows with the same key keep their order."""
        return self._with(sorted(self.rows, key=lambda row: key(*row)))

    def relabelled(self, label: Callable[[str, Cell], str]) -> Self:
        return self._with((label(*row), row[1]) for row in self.rows)

    def _with(self, rows: Iterable[tuple[str, Cell]]) -> Self:
        return type(self)(_SEAL, tuple(rows))


@final
class ReleasedTable(_Labelled[ReleasedFigure]):
    """Figures under labels: what a chart is drawn from and a file is written from."""

    __slots__ = ()


def table_of(rows: Iterable[tuple[str, ReleasedFigure]]) -> ReleasedTable:
    """Released figures, maybe of several groups, under these labels; raises Forged for anything else."""
    kept = tuple(rows)
    if not all(isinstance(cell, ReleasedFigure) for _, cell in kept):
        raise Forged("A table of released values holds released figures.")
    return ReleasedTable(_SEAL, kept)


@final
class ReleasedTallies(_Labelled[ReleasedCounts]):
    """Option counts under labels, a question each."""

    __slots__ = ()

    def ordered(self, options: Callable[[str, ReleasedCounts], Iterable[str]]) -> Self:
        """Each question's counts along these options."""
        return self._with((label, counts.along(options(label, counts))) for label, counts in self.rows)


@final
class ReleasedCells(_Labelled[ReleasedCell]):
    """Cells of attribute tables of one group; the label is the category."""

    __slots__ = ()

    def of(self, family: str, measure: str) -> Self:
        """One column of one table: the shown categories of a family on one measure."""
        return self.filtered(lambda _, cell: (cell.family, cell.measure) == (family, measure))


#: why a wave has no figure for a set of people: it has one; their unit counted other teams then; they had no
#: result of their own; the score was not asked; it is hidden
Gap = Literal["", "others", "none", "unasked", "hidden"]


@final
@dataclass(frozen=True, slots=True)
class ReleasedPoint(_Released):
    """One wave of a trend."""

    label: str
    figure: ReleasedFigure | None
    gap: Gap


@final
@dataclass(frozen=True, slots=True)
class ReleasedTrend(_Released):
    """One measure over the waves so far for one set of people, from the first wave that has it on.

    `before` says why it starts only there, and is empty for a line that starts with the programme.
    """

    group: ReleasedGroup
    points: tuple[ReleasedPoint, ...]
    before: Gap

    def __iter__(self) -> Iterator[ReleasedPoint]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    def __getitem__(self, place: int) -> ReleasedPoint:
        return self.points[place]

    @property
    def figures(self) -> tuple[ReleasedFigure, ...]:
        return tuple(point.figure for point in self.points if point.figure is not None)
