"""Ranges in words, and the smallest change that a survey could have shown: beside every chart. Pure."""

from collections.abc import Iterable
from math import ceil

from pulse.dashboards.words import shown
from pulse.domain.measurement.change import LEAST_CHANGE
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedFigure

EVERYONE = N_("everyone answered")
#: where two surveys cannot be compared
FIRST = N_(
    "This is the first survey in a while with these people and questions, so no change can be seen yet."
)


def interval(figure: ReleasedFigure) -> str:
    """The two ends in whole points; to a tenth where these are one point, and in words where that is too."""
    ends = _ends(figure)
    return ends if isinstance(ends, str) else _("%(low)s to %(high)s", low=ends[0], high=ends[1])


def _ends(figure: ReleasedFigure) -> tuple[str, str] | str:
    """Both ends as printed, or the words where there are none."""
    low, high = figure.low, figure.high
    if figure.detail.get("everyone") or low is None or high is None:
        return _(EVERYONE)
    if shown(low) != shown(high):
        return str(shown(low)), str(shown(high))
    if f"{low:.1f}" != f"{high:.1f}":
        return f"{low:.1f}", f"{high:.1f}"
    if low == high:
        return _("%(score)s, all alike", score=f"{low:.1f}")
    return _("%(score)s, give or take less than 0.1", score=f"{low:.1f}")


def spoken(figure: ReleasedFigure) -> str:
    """The same as it stands after a number: "between 57 and 59"; what is no range stays as it is."""
    ends = _ends(figure)
    return ends if isinstance(ends, str) else _("between %(low)s and %(high)s", low=ends[0], high=ends[1])


def score_words(figure: ReleasedFigure) -> str:
    """The score, its range and n in one sentence."""
    return _(
        "%(score)s of 100, %(range)s, n = %(n)s.",
        score=shown(figure.value),
        range=spoken(figure),
        n=f"{figure.n:,}",
    )


def seen(figure: ReleasedFigure) -> str:
    """The smallest change of one figure that could have been seen, or that there is nothing to compare."""
    return seen_of([figure])


def seen_of(figures: Iterable[ReleasedFigure]) -> str:
    """The same of several; of the least precise and the most precise one, where these differ.

    What is smaller than 5 points is never called a change, so it could not have been seen either.
    """
    compared = [
        ceil(max(figure.detectable, LEAST_CHANGE))
        for figure in figures
        if figure.detectable is not None and figure.change is not None
    ]
    if not compared:
        return _(FIRST)
    least, most = min(compared), max(compared)
    points = f"{least}" if least == most else _("%(low)s to %(high)s", low=least, high=most)
    return _("The smallest change that could have been seen: about %(points)s points.", points=points)
