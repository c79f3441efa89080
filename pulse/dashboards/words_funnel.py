"""A funnel of teams in words: where the open team lies, or how many lie outside what chance explains."""

from collections.abc import Sequence
from dataclasses import dataclass

from pulse.dashboards.page_cards import CARD_LABELS
from pulse.dashboards.page_units import telling_apart
from pulse.dashboards.technical_parts import points, spread_of
from pulse.domain.measurement.funnel import limits, more_than_chance
from pulse.results.released_types import ReleasedFigure

#: parts of all teams that lie outside the limits by chance alone
_NEAR, _FAR = 0.05, 0.002
_OUT, _FAR_OUT = "outside 95", "outside 99.8"
#: where a team may lie -> how a table says it
PLACES = {"inside": "Within both", _OUT: "Outside 95 %", _FAR_OUT: "Outside 99.8 %"}


@dataclass(frozen=True)
class Funnel:
    """The dots of one measure that the reader may open, and which of them stand for the open page.

    `whole` is the organisation's figure about telling teams apart; `marked` are the numbers of groups inside
    the open one, `own` is the open one itself if it takes part.
    """

    measure: str
    dots: Sequence[ReleasedFigure]
    whole: ReleasedFigure
    marked: frozenset[int]
    own: ReleasedFigure | None

    @property
    def said_of(self) -> Sequence[ReleasedFigure]:
        """The teams that are counted: those of the open part, or all where it is the whole or one team."""
        return [dot for dot in self.dots if dot.group.number in self.marked] or self.dots

    @property
    def all_teams(self) -> bool:
        """Whether the reader may open every team that was compared."""
        return int(self.whole.detail.get("units", 0)) <= len(self.dots)

    @property
    def centre(self) -> float:
        return float(self.whole.detail["centre"])

    def outside(self, *places: str) -> int:
        return sum(place_of(dot) in places for dot in self.said_of)


def place_of(dot: ReleasedFigure) -> str:
    """Where a team lies, as it was worked out at release; empty for a group that takes no part."""
    found = str(dot.detail.get("unit", {}).get("funnel", ""))
    team = dot.group.kind != "organisation" and dot.value is not None
    return found if team and found in PLACES else ""


def title(one: Funnel) -> str:
    """Where the open team lies; else how many teams lie further out than chance explains."""
    label = CARD_LABELS[one.measure]
    if one.own is not None:
        return f"{label}: {_own_place(one.own, one.centre)}"
    many, near, out = len(one.said_of), one.outside(_OUT, _FAR_OUT), one.outside(_FAR_OUT)
    if not near:
        return f"{label}: {_none_of(one)} outside the limits of chance"
    if not out:
        return (
            f"{label}: {_of_teams(one, near)} {_lie(near)} outside the 95 % limits, none outside the 99.8 %"
        )
    beyond = more_than_chance(many, out)
    how = "further out than chance explains" if beyond else "far out, as chance alone could put it"
    return f"{label}: {_of_teams(one, out)} {_lie(out)} {how}"


def _none_of(one: Funnel) -> str:
    if one.all_teams:
        return f"no team{_here(one)} lies"
    many = len(one.said_of)
    if many == 1:
        return "the one team that you may open does not lie"
    return f"none of the {many} teams that you may open lies"


def _of_teams(one: Funnel, some: int) -> str:
    """ "3 of 7 teams", or of those that the reader may open where there are others."""
    many = len(one.said_of)
    yours = "" if one.all_teams else "your "
    return f"{some} of {yours}{many} {'team' if many == 1 else 'teams'}{_here(one)}"


def _here(one: Funnel) -> str:
    return " here" if one.all_teams and len(one.said_of) < len(one.dots) else ""


def _own_place(own: ReleasedFigure, centre: float) -> str:
    side = "above" if (own.value or 0.0) > centre else "below"
    return {
        "inside": "this team lies where chance alone could put it",
        _OUT: f"this team lies {side} most others, as chance alone puts 1 team in 20",
        _FAR_OUT: f"this team lies further {side} the others than chance explains",
    }[place_of(own)]


def lede(one: Funnel) -> str:
    """What the marks are, and how far teams can be told apart at all."""
    marks = ""
    if one.own is not None:
        marks = " The diamond is this team."
    elif one.marked:
        marks = " Squares are the teams inside this part."
    advice = telling_apart({one.measure: str(one.whole.detail.get("advice", ""))})
    limits_of_chance = "Dashed: 95 % limits of chance; dotted: 99.8 %."
    return " ".join([f"Each dot is one team, without its name.{marks}", limits_of_chance, *advice])


def counted(one: Funnel) -> str:
    """How many lie outside the limits, beside how many would by chance alone; nothing of one team."""
    many = len(one.said_of)
    if many == 1:
        return ""
    near, far = one.outside(_OUT, _FAR_OUT), one.outside(_FAR_OUT)
    beyond = f"{far} outside the 99.8 % limits ({_about(_FAR * many)})" if far else "none outside the 99.8 %"
    lies = f"{near or 'none'} {_lie(near)} outside the 95 % limits"
    teams = f"the {many:,} teams inside this part" if many < len(one.dots) else f"{many:,} teams"
    return f"Of {teams}, {lies} ({_about(_NEAR * many)} would by chance alone) and {beyond}."


def note(one: Funnel) -> str:
    """Whose dots these are, n, and how far out a team must lie to be told from the rest."""
    teams = "the one team" if len(one.dots) == 1 else f"the {len(one.dots):,} teams"
    who = f"Dots: {teams} that you may open, n = {spread_of([dot.n for dot in one.dots])}."
    return " ".join(part for part in (who, counted(one), _seen(one), _own_score(one.own)) if part)


def _seen(one: Funnel) -> str:
    """The smallest distance from the mean outside the 95 % limits, for this team or one of middle size."""
    n = one.own.n if one.own is not None else sorted(dot.n for dot in one.dots)[len(one.dots) // 2]
    (_, high), _ = limits(one.centre, one.whole.detail["sd"], n)
    who = "This team" if one.own is not None else f"A team of {n}"
    return (
        f"{who} would lie outside the 95 % limits from {high - one.centre:.0f} points above or below the "
        f"mean of all teams, {points(one.centre)}."
    )


def _own_score(own: ReleasedFigure | None) -> str:
    if own is None or own.detail["unit"].get("shrunk") is None:
        return ""
    drawn = points(own.detail["unit"]["shrunk"])
    return f"Its own score is {points(own.value)}; drawn to the mean of all teams it is {drawn}."


def _lie(many: int) -> str:
    return "lies" if many == 1 else "lie"


def _about(expected: float) -> str:
    return f"about {expected:.0f}" if expected >= 1 else "fewer than 1"
