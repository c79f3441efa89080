"""What a page says of its numbers: one sentence a finding, or that there is none. Pure; no chart here."""

from collections.abc import Sequence
from math import ceil

from pulse.domain.measurement.change import LEAST_CHANGE
from pulse.domain.measurement.griffin import reading
from pulse.domain.measurement.items import round_shown
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.languages.saying import ngettext
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure

#: facet -> (when it is the strongest, when it is the weakest)
_FACET_WORDS = {
    "licence": (N_("People know they may act"), N_("People are not sure that they may act")),
    "room": (
        N_("There is time and space to try things"),
        N_("There is too little time and space to try things"),
    ),
    "learning": (N_("Mistakes are used to learn"), N_("Mistakes are not yet used to learn")),
    "trust": (N_("People feel trusted"), N_("Work is checked more than it needs to be")),
}
FACET_LABELS = {
    "licence": N_("Licence"),
    "room": N_("Room"),
    "learning": N_("Learning"),
    "trust": N_("Trust"),
}
FACET_MEANINGS = {
    "licence": N_("I know I may act"),
    "room": N_("time and space to try things"),
    "learning": N_("mistakes are for learning"),
    "trust": N_("checked less, stretched more"),
}
#: the same where they stand within a sentence about the weakest
_FACET_NAMES = FACET_LABELS | {"licence": N_("Licence to act"), "room": N_("Room to try things")}
#: half-way from neutral (50) to "agree" (75), and the neutral middle
_THERE, _MIDDLE = 62.5, 50.0


_NOTHING_APART = N_("No principle and no part of permission to act stands out.")
_NOTHING_SHOWN = N_("Too little may be shown here to say what stands out.")


def shown(value: float | None) -> int:
    """A figure as it is printed: whole points, rounded last."""
    return int(round_shown(value or 0.0))


def clear_gap(higher: ReleasedFigure, lower: ReleasedFigure) -> bool:
    """Whether two levels differ beyond doubt: their intervals do not touch."""
    return (higher.low or 0.0) > (lower.high or 0.0)


def join(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(words) == 1:
        return words[0]
    return _("%(some)s and %(last)s", some=", ".join(words[:-1]), last=words[-1])


def build_on(dimensions: ReleasedTable) -> list[str]:
    """The one or two dimensions that clearly stand above the next; none if none does."""
    for many in (2, 1):
        if len(dimensions) > many and clear_gap(dimensions[many - 1][1], dimensions[many][1]):
            return list(dimensions.labels[:many])
    return []


def look_at(dimensions: ReleasedTable) -> list[str]:
    """The one or two dimensions (or facets) that lie clearly below the one before; none if none does."""
    for many in (1, 2):
        if len(dimensions) > many and clear_gap(dimensions[-many - 1][1], dimensions[-many][1]):
            return list(dimensions.labels[-many:])
    return []


def dimensions_title(dimensions: ReleasedTable) -> str:
    strong = [_(label).lower() for label in build_on(dimensions)]
    if not strong:
        return _("No principle clearly stands out as the strongest")
    return _("Build on %(names)s", names=join(strong))


def facets_title(facets: ReleasedTable) -> str:
    """Names the weakest part, or says that none is clearly weaker."""
    weak = look_at(facets)
    if not weak:
        return _("No part of permission to act is clearly weaker than the others")
    if len(weak) == 2:
        names = join([_(_FACET_NAMES[facet]) for facet in weak])
        return _("%(names)s are the weakest parts of permission to act", names=names)
    if _told_yes(facets):
        return _("Told yes, given no time")
    return _("%(name)s is the weakest part of permission to act", name=_(_FACET_NAMES[weak[0]]))


def _lacking(facets: ReleasedTable) -> bool:
    """Whether the one weakest part lies below the neutral middle with its whole interval."""
    weakest = facets[-1][1] if len(look_at(facets)) == 1 else None
    return weakest is not None and weakest.high is not None and weakest.high < _MIDDLE


def _told_yes(facets: ReleasedTable) -> bool:
    """Whether people know that they may act, and have no time to."""
    there = (facets[0][1].value or 0.0) >= _THERE
    return there and _lacking(facets) and (facets[0][0], facets[-1][0]) == ("licence", "room")


def headline(facets: ReleasedTable, dimensions: ReleasedTable) -> str:
    """The page in one or two short sentences, what is strong first.

    A part of permission to act is said to be there only from half-way to "agree" on, and to be lacking only
    where its interval lies below the neutral middle; between the two it is only the weakest part.
    """
    if not facets and not dimensions:
        return _(_NOTHING_SHOWN)
    weak = look_at(facets)
    if weak and _told_yes(facets):
        return _("People know they may act. They do not have the time to.")
    lacking = bool(weak) and _lacking(facets)
    lack = f"{_(_FACET_WORDS[weak[0]][1])}." if lacking else f"{facets_title(facets)}." if weak else ""
    return " ".join(part for part in (strength(facets, dimensions), lack) if part) or _(_NOTHING_APART)


def strength(facets: ReleasedTable, dimensions: ReleasedTable) -> str:
    """What is strong, in one sentence: empty where nothing clearly is."""
    if look_at(facets) and (facets[0][1].value or 0.0) >= _THERE:
        return f"{_(_FACET_WORDS[facets[0][0]][0])}."
    return f"{dimensions_title(dimensions)}." if build_on(dimensions) else ""


def trend_words(figure: ReleasedFigure) -> tuple[str, str] | None:
    """A steady rise or fall that no single step shows; None where there is none beyond noise."""
    line = figure.detail.get("trend", {})
    if not line.get("flagged"):
        return None
    up = line["slope"] > 0
    by = {"each": f"{abs(line['slope']):.1f}", "all": abs(shown(line["rise"])), "since": line["since"]}
    if up:
        return _(
            "Rising steadily, by %(each)s a survey, %(all)s since %(since)s: more than noise", **by
        ), "up"
    return _("Falling steadily, by %(each)s a survey, %(all)s since %(since)s: more than noise", **by), "down"


def change_words(
    figure: ReleasedFigure, least: ReleasedFigure | None = None, seen: bool = True
) -> tuple[str, str]:
    """(sentence, up/down/none/first). For mixed feelings `least` guards against reading indifference as torn.

    A step since the last survey comes first, then a steady trend, then what could have been `seen`, if that
    is not said beside it.
    """
    steady = trend_words(figure)
    if not figure.flagged and steady is not None:
        return steady
    if figure.change is None:
        return _("No recent survey with the same people and questions to compare with"), "first"
    since = figure.detail.get("since") or _("the last survey")
    if not figure.flagged:
        # what is smaller than 5 points is never called a change, so it could not have been seen either
        least_seen = ceil(max(figure.detectable or 0.0, LEAST_CHANGE))
        visible = " " + _("(we could have seen %(points)s)", points=least_seen) if seen else ""
        return _("No change beyond noise since %(since)s", since=since) + visible, "none"
    up = figure.change > 0
    by = {"points": abs(shown(figure.change)), "since": since}
    way = "up" if up else "down"
    sentence = (
        _("Up %(points)s since %(since)s: more than noise", **by)
        if up
        else _("Down %(points)s since %(since)s: more than noise", **by)
    )
    if faded(figure, least):
        sentence += _(", but because fewer people feel strongly either way")
    return sentence, way


def faded(figure: ReleasedFigure, least: ReleasedFigure | None) -> bool:
    """Whether mixed feelings moved because fewer people feel strongly either way."""
    if figure.change is None or least is None or least.change is None:
        return False  # unknown is not "no change"
    return reading(figure.change, least.change) == "less engaged"


def made_of(name: str, items: Sequence[str], scale: Sequence[str]) -> str:
    """What a headline is made of: the whole `scale`, or the few questions that can carry a trend.

    Mixed feelings are counted in pairs of questions. Empty where the figure does not name its questions.
    """
    pairs = name == "AMB"
    count = len(items) // 2 if pairs else len(items)
    if not count:
        return ""
    return _whole_scale(count, pairs) if set(items) == set(scale) else _some_of_it(count, pairs)


def _whole_scale(count: int, pairs: bool) -> str:
    if count == 2:
        both = N_("from both questions of the scale"), N_("from both pairs of questions of the scale")
        return _(both[pairs])
    if pairs:
        return ngettext(
            "from the one pair of questions of the scale",
            "from all %(num)s pairs of questions of the scale",
            count,
        )
    return ngettext("from the one question of the scale", "from all %(num)s questions of the scale", count)


def _some_of_it(count: int, pairs: bool) -> str:
    if pairs:
        return ngettext(
            "from one of its pairs of questions, asked every time",
            "from %(num)s of its pairs of questions, asked every time",
            count,
        )
    return ngettext(
        "from one of its questions, asked every time",
        "from %(num)s of its questions, asked every time",
        count,
    )


def gaps_title(gaps: ReleasedTable) -> str:
    """Leaders against staff, in one sentence."""
    sure = [figure for figure in gaps.cells if (figure.low or 0) > 0 or (figure.high or 0) < 0]
    if not sure:
        return _("No gap between leaders and staff beyond what these answers can show")
    above = sum((figure.value or 0.0) > 0 for figure in sure)
    if above == len(sure):
        return _("Leaders see it rosier than staff")
    if above == 0:
        return _("Staff see it rosier than leaders")
    return _("Leaders and staff see things differently")


def lede(dimensions: ReleasedTable, act: ReleasedFigure | None) -> str:
    """The line under the headline: what is strong, then whether permission to act moved."""
    strong = build_on(dimensions)
    named = join([_(label).lower() for label in strong]) if strong else ""
    parts = [_("What is strong: %(names)s.", names=named) if strong else ""]
    if act is not None:
        change, way = change_words(act)
        how = f"{change[0].lower()}{change[1:]}"
        parts.append(f"{change}." if way == "first" else _("Permission to act: %(change)s.", change=how))
    return " ".join(part for part in parts if part)
