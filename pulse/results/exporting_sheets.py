"""Tables to be written to files: what may stand in one, and its columns and rows.

Every number in a sheet is looked up in a released value; words beside it, such as labels and reasons, are
plain text. Where a page has a hatched place, the sheet has a row that says "hidden" and why.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pulse.results.released_maps import ReleasedMap
from pulse.results.released_tables import ReleasedCells, ReleasedTable, ReleasedTallies, ReleasedTrend
from pulse.results.released_types import ReleasedFigure, ReleasedGroup

Cell = str | int | float | None
#: how a column is written: words, a whole number, a score, or a number whose third decimal matters
Kind = Literal["text", "count", "score", "fine"]


@dataclass(frozen=True)
class Column:
    """One column; `kind` decides its width and how its numbers are shown."""

    head: str
    kind: Kind


@dataclass(frozen=True)
class Grid:
    """Columns and rows of cells as they are written: numbers unrounded, None where there is none."""

    columns: tuple[Column, ...]
    rows: list[tuple[Cell, ...]]


@dataclass(frozen=True)
class Place:
    """A row without a number: whose and what it would be, `word` in its place, and the reason."""

    what: str
    why: str
    team: str = ""
    survey: str = ""
    word: str = "hidden"


@dataclass(frozen=True)
class Field:
    """One more column: what a figure's detail holds at `path`, such as "unit.shrunk"; times `scale`."""

    head: str
    path: str
    kind: Kind = "score"
    scale: int = 1

    @property
    def column(self) -> Column:
        return Column(self.head, self.kind)

    def of(self, detail: Any) -> Cell:
        """None where there is nothing, or no single value, at that path."""
        for step in self.path.split("."):
            detail = detail.get(step) if isinstance(detail, Mapping) else None
        if isinstance(detail, bool) or not isinstance(detail, str | int | float):
            return None
        return detail if isinstance(detail, str) else detail * self.scale


@dataclass(frozen=True)
class Beside:
    """A column of further figures under the same labels; "hidden" at a label of `asked` that has none."""

    head: str
    figures: ReleasedTable
    asked: frozenset[str]


@dataclass(frozen=True)
class FigureSheet:
    """Figures, a row each; `told` are columns of words about a figure."""

    name: str
    title: str
    tables: Sequence[ReleasedTable]
    hidden: Sequence[Place] = ()
    fields: Sequence[Field] = ()
    beside: Sequence[Beside] = ()
    told: Sequence[tuple[str, Callable[[ReleasedFigure], str]]] = ()
    #: whether to say how many answered in the team, beside how many the figure is of
    answered: bool = False


@dataclass(frozen=True)
class TrendSheet:
    """Trends, each under its label: a row a survey, newest first; `reasons` by (label, survey)."""

    name: str
    title: str
    trends: Sequence[tuple[str, ReleasedTrend]]
    reasons: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    hidden: Sequence[Place] = ()


@dataclass(frozen=True)
class PartSheet:
    """What one figure is made of: a row for each entry of the list that its detail holds at `path`."""

    name: str
    title: str
    figure: ReleasedFigure
    path: str
    fields: Sequence[Field]


@dataclass(frozen=True)
class AnswerSheet:
    """Option counts of five-point questions, with the figure of each.

    `tallies` and `figures` are labelled by the question's code. `words` says what each code asks, `options`
    are its answers from the lowest score to the highest, and `judged` those with favourable answers.
    """

    name: str
    title: str
    tallies: ReleasedTallies
    figures: ReleasedTable
    words: Mapping[str, str]
    options: Mapping[str, Sequence[str]]
    judged: frozenset[str]
    hidden: Sequence[Place] = ()


@dataclass(frozen=True)
class CellSheet:
    """Cells of attribute tables of a group; `families` and `measures` say their codes in words."""

    name: str
    title: str
    group: ReleasedGroup
    cells: ReleasedCells
    families: Mapping[str, str]
    measures: Mapping[str, str]
    #: (family, category, measure) in words
    hidden: Sequence[tuple[str, str, str]] = ()
    why: str = ""


@dataclass(frozen=True)
class MapSheet:
    """How hopeful and how worried people are at once; `labels` say how much, and `why` is said of blanks."""

    name: str
    title: str
    map: ReleasedMap
    labels: Sequence[str]
    why: str


@dataclass(frozen=True)
class FunnelSheet:
    """One measure of teams that take part in its funnel, without their names but for the `own` group's.

    `whole` is the organisation's figure of how far teams lie apart, and `placed` says where a dot lies.
    """

    name: str
    title: str
    dots: Sequence[ReleasedFigure]
    whole: ReleasedFigure
    own: int
    placed: Callable[[ReleasedFigure], str]


@dataclass(frozen=True)
class ResponseSheet:
    """Who answered, and between which scores all the others could move each of these figures."""

    name: str
    title: str
    group: ReleasedGroup
    figures: ReleasedTable


@dataclass(frozen=True)
class EverySheet:
    """Every figure of the table with all that is known of it: see `results.exporting`."""

    name: str
    title: str
    table: ReleasedTable


Sheet = (
    FigureSheet
    | TrendSheet
    | PartSheet
    | AnswerSheet
    | CellSheet
    | MapSheet
    | FunnelSheet
    | ResponseSheet
    | EverySheet
)
