"""Downloads of teams side by side: only those that the reader may open."""

from collections.abc import Sequence

from pulse.dashboards.downloads_parts import Groups, hidden_here, reasons_of
from pulse.dashboards.page_cards import CARD_LABELS
from pulse.dashboards.reading import HEADLINES, Inside, Result, Unshown, read_around, read_trends_of
from pulse.dashboards.words_feelings import feelings_word
from pulse.dashboards.words_funnel import PLACES, place_of
from pulse.domain.disclosure.wording import hidden_measure
from pulse.languages.saying import gettext as _
from pulse.results.asked import trends_asked
from pulse.results.exporting_sheets import FigureSheet, FunnelSheet, Place, Sheet, TrendSheet
from pulse.results.released import read_measures
from pulse.results.released_types import ReleasedFigure


def inside(result: Result, groups: Groups) -> Sheet | None:
    """Headlines of the groups directly inside this one, by name."""
    shown, unshown = _inside(result, groups)
    if not shown and not unshown:
        return None
    tables = [
        one.figures.picked(HEADLINES).relabelled(lambda measure, _label: CARD_LABELS[measure])
        for one in shown
    ]
    hidden = [place for one in shown for place in _missing(result, one)]
    here, labels = result.wave.label, CARD_LABELS.values()
    hidden += [Place(label, unit.reason, unit.name, here) for unit in unshown for label in labels]
    told = [("Hope and worry", _pattern)]
    return FigureSheet("teams", _("Teams side by side"), tables, hidden, told=told, answered=True)


def _pattern(figure: ReleasedFigure) -> str:
    return feelings_word(figure) if figure.measure == "AMB" else ""


def _missing(result: Result, one: Inside) -> list[Place]:
    """Headlines without a figure: hidden, or not asked of anybody in a way that can be shown."""
    asked, group = trends_asked(result.plan), one.group
    missing = [measure for measure in HEADLINES if measure not in one.figures]
    why, unasked = hidden_measure(group.release.k), "This survey did not ask for it."
    return [
        Place(CARD_LABELS[measure], why, group.name, result.wave.label)
        if measure in asked
        else Place(CARD_LABELS[measure], unasked, group.name, result.wave.label, "not asked")
        for measure in missing
    ]


def _inside(result: Result, groups: Groups) -> tuple[list[Inside], Sequence[Unshown]]:
    """As on the results page: why a team is not shown is told to whoever may open all the teams beside it."""
    around, readable = read_around(result), {group.number for group in groups}
    kept = [one for one in around.inside if one.group.number in readable]
    apart = [unit for unit in around.unshown if unit.status in ("higher", "left_out")]
    return kept, apart if len(kept) == len(around.inside) else []


def trends(result: Result, groups: Groups) -> Sheet | None:
    """Permission to act of the groups directly inside this one, survey by survey."""
    if "PTA" not in trends_asked(result.plan):
        return None
    shown, unshown = _inside(result, groups)
    found = read_trends_of(result, [one.group for one in shown])
    lines = [(CARD_LABELS["PTA"], found[one.group.key]) for one in shown]
    here = result.wave.label
    hidden = [Place(CARD_LABELS["PTA"], unit.reason, unit.name, here) for unit in unshown]
    if not lines and not hidden:
        return None
    why = hidden_measure(result.release.k)
    hidden += [Place(label, why, line.group.name, here) for label, line in lines if not len(line)]
    title = _("Permission to act, team by team and survey by survey")
    return TrendSheet("teams-trend", title, lines, reasons_of(lines), hidden)


def funnel(measure: str, result: Result, groups: Groups) -> Sheet | None:
    """Teams that the reader may open and that were compared, as on the page: without names or ranks."""
    name, title = (
        f"funnel-{measure.lower()}",
        _("%(measure)s: are teams different?", measure=_(CARD_LABELS[measure])),
    )
    tables = read_measures(groups, [measure, f"UNITS:{measure}"]).values()
    wholes = [whole for table in tables if (whole := table.find(f"UNITS:{measure}")) is not None]
    dots = [dot for table in tables if (dot := table.find(measure)) is not None and place_of(dot)]
    if not wholes or not wholes[0].detail.get("sd") or not dots:
        return None
    if result.hides_trend(measure):
        return FigureSheet(name, title, [], hidden_here(result, [CARD_LABELS[measure]]))
    return FunnelSheet(name, title, dots, wholes[0], result.group.number, lambda dot: PLACES[place_of(dot)])
