"""The page of staff in plain words: short sentences, and none that says more than the leaders' page does."""

from datetime import datetime

from pulse.dashboards import words
from pulse.dashboards.earlier_surveys import SaidChanged
from pulse.dashboards.words import shown
from pulse.domain.measurement.response import RATE_SHOWN_FROM, mean_bounds
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure, ReleasedGroup
from pulse.surveys.models import Wave
from pulse.web.formatting import format_date

#: what each headline asks, in the words of those who answered
MEANINGS = {
    "PTA": "Do people feel that they may act, and have the time and the trust to? 100 is the best score.",
    "AMB": "Do people feel hope and worry at once? A high score means that many do. It is not a bad mark.",
    "TAA": "Does the work here use what people can do? 100 is the best score.",
}

_NOTHING_STRONG = "No one thing stands out as the strongest."


def change(figure: ReleasedFigure, least: ReleasedFigure | None = None) -> str:
    """What became of a headline since the last survey; the same verdict as `words.change_words` gives."""
    full, way = words.change_words(figure, least)
    since = figure.detail.get("since", "the last survey")
    if way == "first":
        return "There is no earlier score to compare it with."
    if way == "none":
        return f"No clear change since {since}."
    if not figure.flagged:  # a steady trend, where no single step is clear
        line = figure.detail["trend"]
        verb = "risen" if way == "up" else "fallen"
        return f"It has {verb} bit by bit, by {abs(shown(line['rise']))} since {line['since']}."
    verb = "Up" if way == "up" else "Down"
    faint = " Fewer people feel strongly either way." if "feel strongly" in full else ""
    return f"{verb} {abs(shown(figure.change))} since {since}. That is more than chance.{faint}"


def headline(facets: ReleasedTable, dimensions: ReleasedTable) -> str:
    """What is strong, as on the leaders' page and without what is weak; `strong` says where nothing is."""
    if not facets and not dimensions:
        return words.headline(facets, dimensions)
    return words.strength(facets, dimensions) or ("" if dimensions else _NOTHING_STRONG)


def strong(dimensions: ReleasedTable) -> str:
    """What clearly stands out at the top, or that nothing does."""
    found = words.build_on(dimensions)
    if not found:
        return _NOTHING_STRONG if dimensions else ""
    named = [
        f"{label.lower()} ({shown(one.value)} of 100)" for label in found if (one := dimensions.find(label))
    ]
    return f"What stands out most: {words.join(named)}."


def together(dimensions: ReleasedTable) -> str:
    found = words.look_at(dimensions)
    return f"To look at together: {words.join([label.lower() for label in found])}." if found else ""


def noticed(said: SaidChanged) -> str:
    """How many saw something change because of a survey; empty where that may not be shown."""
    if not said.shown:
        return ""
    return (
        f"{said.share} of 100 people say that something has changed because of an earlier survey. "
        f"Of all who were asked it may be {said.low} to {said.high} in 100."
    )


def answered(group: ReleasedGroup) -> str:
    """Who answered; no share of a few people, as on the leaders' page."""
    if group.headcount < RATE_SHOWN_FROM:
        return f"{group.n:,} people answered."
    share = shown(100 * group.n / group.headcount)
    return f"{group.n:,} of {group.headcount:,} people answered ({share}\N{NO-BREAK SPACE}%)."


def silent(group: ReleasedGroup, act: ReleasedFigure | None) -> str:
    """How far those who did not answer could move the first score; empty where that is not said."""
    if group.headcount < RATE_SHOWN_FROM or act is None or act.value is None:
        return ""
    low, high = mean_bounds(act.value, act.n, act.stands_for)
    return (
        "We do not know what the others think. If they had all said the lowest or all the highest, the score "
        f"for permission to act would lie between {shown(low)} and {shown(high)}."
    )


def coming(wave: Wave, now: datetime) -> str:
    """Where a survey stands whose results are not out: nothing that a check or a delay could make untrue."""
    if wave.state == "planned":
        return f"It is planned for {format_date(wave.opens_at)}."
    if wave.state == "open" and now < wave.closes_at:
        return f"It is open until {format_date(wave.closes_at)}. The results come out here soon after."
    if wave.state == "held":
        return "It is closed for now, and something has to be looked at first. The results are not out yet."
    if wave.state == "cancelled":
        return "It was stopped. There are no results of it."
    return "It has closed. The results are not out yet. They will be on this page."
