"""Columns that several kinds of sheet have: whose, the score, its change, and whether it may be shown."""

from pulse.domain.measurement.change import LEAST_CHANGE
from pulse.results.exporting_sheets import Cell, Column, Place
from pulse.results.released_types import ReleasedFigure

WHO = (Column("Survey", "text"), Column("Team", "text"))
WHAT = Column("What", "text")
SCORE = (
    Column("n", "count"),
    Column("Score", "score"),
    Column("95 % interval, low", "score"),
    Column("95 % interval, high", "score"),
)
#: an interval of a team in which everyone answered has no width to speak of
EVERYONE = Column("Everyone answered", "text")
SCORED = (*SCORE, EVERYONE)
CHANGE = (
    Column("Change", "score"),
    Column("Change, low", "score"),
    Column("Change, high", "score"),
    Column("More than noise", "text"),
    Column("Smallest change that could have been seen", "score"),
)
SHOWN = (Column("Shown", "text"), Column("Why not", "text"))
YES: tuple[Cell, Cell] = ("yes", None)


def score(figure: ReleasedFigure) -> tuple[Cell, ...]:
    """n, score and interval, and whether that is of everyone."""
    everyone = "yes" if figure.detail.get("everyone") else None
    return figure.n, figure.value, figure.low, figure.high, everyone


def change(figure: ReleasedFigure) -> tuple[Cell, ...]:
    """Empty where there is no survey to compare with; what is too small to be called a change is said so."""
    if figure.change is None:
        return (None,) * len(CHANGE)
    seen = max(figure.detectable or 0.0, LEAST_CHANGE)
    flagged = "yes" if figure.flagged else "no"
    return figure.change, figure.change_low, figure.change_high, flagged, seen


def place_row(place: Place, between: int) -> tuple[Cell, ...]:
    """`between` are the empty cells after WHO and WHAT and before SHOWN."""
    return (place.survey, place.team, place.what, *(None,) * between, place.word, place.why)
