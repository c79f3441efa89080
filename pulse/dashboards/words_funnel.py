"""A funnel of teams in words: where the open team lies, or how many lie outside what chance explains."""

from collections.abc import Sequence
from dataclasses import dataclass

from pulse.dashboards.page_cards import CARD_LABELS
from pulse.dashboards.page_units import telling_apart
from pulse.dashboards.technical_parts import points, spread_of
from pulse.domain.measurement.funnel import limits, more_than_chance
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedFigure
from pulse.web.formatting import plural

#: parts of all teams that lie outside the limits by chance alone
_NEAR, _FAR = 0.05, 0.002
_OUT, _FAR_OUT = "outside 95", "outside 99.8"
#: where a team may lie -> how a table says it
PLACES = {"inside": N_("Within both"), _OUT: N_("Outside 95 %"), _FAR_OUT: N_("Outside 99.8 %")}
_OWN_PLACES = {
    ("inside", False): N_("this team lies where chance alone could put it"),
    ("inside", True): N_("this team lies where chance alone could put it"),
    (_OUT, False): N_("this team lies below most others, as chance alone puts 1 team in 20"),
    (_OUT, True): N_("this team lies above most others, as chance alone puts 1 team in 20"),
    (_FAR_OUT, False): N_("this team lies further below the others than chance explains"),
    (_FAR_OUT, True): N_("this team lies further above the others than chance explains"),
}
#: for one team and for several
_NEAR_OUT_TITLES = (
    N_("%(teams)s lies outside the 95 %% limits, none outside the 99.8 %%"),
    N_("%(teams)s lie outside the 95 %% limits, none outside the 99.8 %%"),
)
_BEYOND_TITLES = (
    N_("%(teams)s lies further out than chance explains"),
    N_("%(teams)s lie further out than chance explains"),
)
_FAR_OUT_TITLES = (
    N_("%(teams)s lies far out, as chance alone could put it"),
    N_("%(teams)s lie far out, as chance alone could put it"),
)
_COUNTED = (
    N_(
        "Of %(teams)s, %(some)s lies outside the 95 %% limits (%(chance)s would by chance alone) and %(far)s."
    ),
    N_("Of %(teams)s, %(some)s lie outside the 95 %% limits (%(chance)s would by chance alone) and %(far)s."),
)
_COUNTED_NONE = N_(
    "Of %(teams)s, none lie outside the 95 %% limits (%(chance)s would by chance alone) and %(far)s."
)


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
    return f"{_(CARD_LABELS[one.measure])}: {_place_of_teams(one)}"


def _place_of_teams(one: Funnel) -> str:
    if one.own is not None:
        return _(_OWN_PLACES[place_of(one.own), (one.own.value or 0.0) > one.centre])
    many, near, out = len(one.said_of), one.outside(_OUT, _FAR_OUT), one.outside(_FAR_OUT)
    if not near:
        return _none_of(one)
    if not out:
        return _(_NEAR_OUT_TITLES[near != 1], teams=_of_teams(one, near))
    titles = _BEYOND_TITLES if more_than_chance(many, out) else _FAR_OUT_TITLES
    return _(titles[out != 1], teams=_of_teams(one, out))


def _none_of(one: Funnel) -> str:
    if one.all_teams:
        here = len(one.said_of) < len(one.dots)
        return (
            _("no team here lies outside the limits of chance")
            if here
            else _("no team lies outside the limits of chance")
        )
    many = len(one.said_of)
    if many == 1:
        return _("the one team that you may open does not lie outside the limits of chance")
    return _("none of the %(many)s teams that you may open lies outside the limits of chance", many=many)


def _of_teams(one: Funnel, some: int) -> str:
    """ "3 of 7 teams", or of those that the reader may open where there are others."""
    teams = plural(len(one.said_of), "team")
    if not one.all_teams:
        return _("%(some)s of your %(teams)s", some=some, teams=teams)
    if len(one.said_of) < len(one.dots):
        return _("%(some)s of %(teams)s here", some=some, teams=teams)
    return _("%(some)s of %(teams)s", some=some, teams=teams)


def lede(one: Funnel) -> str:
    """What the marks are, and how far teams can be told apart at all."""
    said = [_("Each dot is one team, without its name.")]
    if one.own is not None:
        said.append(_("The diamond is this team."))
    elif one.marked:
        said.append(_("Squares are the teams inside this part."))
    advice = telling_apart({one.measure: str(one.whole.detail.get("advice", ""))})
    return " ".join([*said, _("Dashed: 95 % limits of chance; dotted: 99.8 %."), *advice])


def counted(one: Funnel) -> str:
    """How many lie outside the limits, beside how many would by chance alone; nothing of one team."""
    many = len(one.said_of)
    if many == 1:
        return ""
    near, out = one.outside(_OUT, _FAR_OUT), one.outside(_FAR_OUT)
    far = _("none outside the 99.8 %")
    if out:
        far = _("%(far)s outside the 99.8 %% limits (%(chance)s)", far=out, chance=_about(_FAR * many))
    teams = plural(many, "team")
    if many < len(one.dots):
        teams = _("the %(teams)s inside this part", teams=teams)
    values = {"teams": teams, "chance": _about(_NEAR * many), "far": far}
    return _(_COUNTED[near != 1], some=near, **values) if near else _(_COUNTED_NONE, **values)


def note(one: Funnel) -> str:
    """Whose dots these are, n, and how far out a team must lie to be told from the rest."""
    n = spread_of([dot.n for dot in one.dots])
    who = _("Dots: the one team that you may open, n = %(n)s.", n=n)
    if len(one.dots) != 1:
        teams = plural(len(one.dots), "team")
        who = _("Dots: the %(teams)s that you may open, n = %(n)s.", teams=teams, n=n)
    return " ".join(part for part in (who, counted(one), _seen(one), _own_score(one.own)) if part)


def _seen(one: Funnel) -> str:
    """The smallest distance from the mean outside the 95 % limits, for this team or one of middle size."""
    n = one.own.n if one.own is not None else sorted(dot.n for dot in one.dots)[len(one.dots) // 2]
    (_low, high), _far = limits(one.centre, one.whole.detail["sd"], n)
    away = {"points": f"{high - one.centre:.0f}", "mean": points(one.centre)}
    if one.own is not None:
        return _(
            "This team would lie outside the 95 %% limits from %(points)s points above or below the mean of "
            "all teams, %(mean)s.",
            **away,
        )
    return _(
        "A team of %(n)s would lie outside the 95 %% limits from %(points)s points above or below the mean "
        "of all teams, %(mean)s.",
        n=n,
        **away,
    )


def _own_score(own: ReleasedFigure | None) -> str:
    if own is None or own.detail["unit"].get("shrunk") is None:
        return ""
    return _(
        "Its own score is %(score)s; drawn to the mean of all teams it is %(drawn)s.",
        score=points(own.value),
        drawn=points(own.detail["unit"]["shrunk"]),
    )


def _about(expected: float) -> str:
    return _("about %(many)s", many=f"{expected:.0f}") if expected >= 1 else _("fewer than 1")
