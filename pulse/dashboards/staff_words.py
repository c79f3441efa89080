"""The page of staff in plain words: short sentences, and none that says more than the leaders' page does."""

from datetime import datetime

from pulse.dashboards import words
from pulse.dashboards.earlier_surveys import SaidChanged
from pulse.dashboards.words import shown
from pulse.domain.measurement.response import RATE_SHOWN_FROM, mean_bounds
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure, ReleasedGroup
from pulse.surveys.models import Wave
from pulse.web.formatting import format_date

#: what each headline asks, in the words of those who answered
MEANINGS = {
    "PTA": N_("Do people feel that they may act, and have the time and the trust to? 100 is the best score."),
    "AMB": N_(
        "Do people feel hope and worry at once? A high score means that many do. It is not a bad mark."
    ),
    "TAA": N_("Does the work here use what people can do? 100 is the best score."),
}

_NOTHING_STRONG = N_("No one thing stands out as the strongest.")


def change(figure: ReleasedFigure, least: ReleasedFigure | None = None) -> str:
    """What became of a headline since the last survey; the same verdict as `words.change_words` gives."""
    _full, way = words.change_words(figure, least)
    since = figure.detail.get("since") or _("the last survey")
    if way == "first":
        return _("There is no earlier score to compare it with.")
    if way == "none":
        return _("No clear change since %(since)s.", since=since)
    if not figure.flagged:  # a steady trend, where no single step is clear
        line = figure.detail["trend"]
        by = {"points": abs(shown(line["rise"])), "since": line["since"]}
        if way == "up":
            return _("It has risen bit by bit, by %(points)s since %(since)s.", **by)
        return _("It has fallen bit by bit, by %(points)s since %(since)s.", **by)
    by = {"points": abs(shown(figure.change)), "since": since}
    if way == "up":
        said = _("Up %(points)s since %(since)s. That is more than chance.", **by)
    else:
        said = _("Down %(points)s since %(since)s. That is more than chance.", **by)
    return f"{said} {_('Fewer people feel strongly either way.')}" if words.faded(figure, least) else said


def headline(facets: ReleasedTable, dimensions: ReleasedTable) -> str:
    """What is strong, as on the leaders' page and without what is weak; `strong` says where nothing is."""
    if not facets and not dimensions:
        return words.headline(facets, dimensions)
    return words.strength(facets, dimensions) or ("" if dimensions else _(_NOTHING_STRONG))


def strong(dimensions: ReleasedTable) -> str:
    """What clearly stands out at the top, or that nothing does."""
    found = words.build_on(dimensions)
    if not found:
        return _(_NOTHING_STRONG) if dimensions else ""
    named = [
        _("%(name)s (%(score)s of 100)", name=_(label).lower(), score=shown(one.value))
        for label in found
        if (one := dimensions.find(label))
    ]
    return _("What stands out most: %(names)s.", names=words.join(named))


def together(dimensions: ReleasedTable) -> str:
    found = words.look_at(dimensions)
    named = words.join([_(label).lower() for label in found]) if found else ""
    return _("To look at together: %(names)s.", names=named) if found else ""


def noticed(said: SaidChanged) -> str:
    """How many saw something change because of a survey; empty where that may not be shown."""
    if not said.shown:
        return ""
    return _(
        "%(share)s of 100 people say that something has changed because of an earlier survey. "
        "Of all who were asked it may be %(low)s to %(high)s in 100.",
        share=said.share,
        low=said.low,
        high=said.high,
    )


def answered(group: ReleasedGroup) -> str:
    """Who answered; no share of a few people, as on the leaders' page."""
    if group.headcount < RATE_SHOWN_FROM:
        return _("%(n)s people answered.", n=f"{group.n:,}")
    share = shown(100 * group.n / group.headcount)
    return _(
        "%(n)s of %(all)s people answered (%(share)s\N{NO-BREAK SPACE}%%).",
        n=f"{group.n:,}",
        all=f"{group.headcount:,}",
        share=share,
    )


def silent(group: ReleasedGroup, act: ReleasedFigure | None) -> str:
    """How far those who did not answer could move the first score; empty where that is not said."""
    if group.headcount < RATE_SHOWN_FROM or act is None or act.value is None:
        return ""
    low, high = mean_bounds(act.value, act.n, act.stands_for)
    return _(
        "We do not know what the others think. If they had all said the lowest or all the highest, the score "
        "for permission to act would lie between %(low)s and %(high)s.",
        low=shown(low),
        high=shown(high),
    )


def coming(wave: Wave, now: datetime) -> str:
    """Where a survey stands whose results are not out: nothing that a check or a delay could make untrue."""
    if wave.state == "planned":
        return _("It is planned for %(day)s.", day=format_date(wave.opens_at))
    if wave.state == "open" and now < wave.closes_at:
        day = format_date(wave.closes_at)
        return _("It is open until %(day)s. The results come out here soon after.", day=day)
    if wave.state == "held":
        return _(
            "It is closed for now, and something has to be looked at first. The results are not out yet."
        )
    if wave.state == "cancelled":
        return _("It was stopped. There are no results of it.")
    return _("It has closed. The results are not out yet. They will be on this page.")
