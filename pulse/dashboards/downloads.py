"""What may be downloaded of one group in one wave, by name: the same figures as on its pages.

A name that this wave or group does not have leads nowhere; a place that a page shows as hidden is a row that
says so.
"""

from collections.abc import Callable, Mapping
from functools import partial

from pulse.dashboards import downloads_people as people
from pulse.dashboards import downloads_teams as teams
from pulse.dashboards.downloads_parts import Groups, hidden_here, trend_sheet
from pulse.dashboards.page_cards import CARD_LABELS
from pulse.dashboards.page_stages import STAGES, stages
from pulse.dashboards.reading import FACETS, HEADLINES, Result
from pulse.dashboards.words import FACET_LABELS
from pulse.languages.saying import gettext as _
from pulse.results.asked import trends_asked
from pulse.results.exporting_sheets import EverySheet, Field, FigureSheet, PartSheet, Sheet
from pulse.results.naming import name_of, names_of

#: every figure of the group: a table of its own, and a workbook of everything
ALL = "all"
#: what the measurement sets the principles beside (results.quality.OUTCOMES)
OUTCOMES = ("PTA", "TAA")
Make = Callable[[Result, Groups], Sheet | None]


def list_sheets(result: Result, groups: Groups) -> list[Sheet]:
    """Everything that this wave has of this group, for a reader who may open these groups."""
    made = (make(result, groups) for make in _MAKERS.values())
    return [sheet for sheet in made if sheet is not None]


def find_sheet(result: Result, groups: Groups, name: str) -> Sheet | None:
    """The sheet with this name; None where this wave or group has none, or there is no such name."""
    make = _MAKERS.get(name)
    return make(result, groups) if make is not None else None


def _headline(measure: str, result: Result, _groups: Groups) -> Sheet | None:
    label = CARD_LABELS[measure]
    return trend_sheet(
        measure.lower(), _("%(measure)s, survey by survey", measure=_(label)), result, {measure: label}
    )


def _facets_trend(result: Result, _groups: Groups) -> Sheet | None:
    asked = trends_asked(result.plan)
    labels = {f"PTA.{facet}": FACET_LABELS[facet] for facet in FACETS if f"PTA.{facet}" in asked}
    title = _("Permission to act, part by part and survey by survey")
    return trend_sheet("facets-trend", title, result, labels)


def _dimensions(result: Result, _groups: Groups) -> Sheet | None:
    rows, hidden = result.dimensions(), result.hidden_dimensions()
    if not rows and not hidden:
        return None
    places = hidden_here(result, hidden, result.why_hides_dimensions)
    return FigureSheet("dimensions", _("The six principles"), [rows], places)


def _facets(result: Result, _groups: Groups) -> Sheet | None:
    rows, hidden = result.facets(), result.hidden_facets()
    if not rows and not hidden:
        return None
    labelled = rows.relabelled(lambda facet, _: FACET_LABELS[facet])
    places = hidden_here(result, [FACET_LABELS[facet] for facet in hidden], result.why_hides_facets)
    return FigureSheet("facets", _("The four parts of permission to act"), [labelled], places)


def _leaders(result: Result, _groups: Groups) -> Sheet | None:
    gaps = result.gaps().relabelled(lambda _, gap: str(gap.detail["text"]))
    asked = any(measure["method"] == "leader_gap" for measure in result.plan["measures"])
    if not gaps and not (asked and result.group.kind == "organisation"):
        return None
    fields = [
        Field("Staff", "staff"),
        Field("Leaders", "leaders"),
        Field("Staff, n", "staff_n", "count"),
        Field("Leaders, n", "leaders_n", "count"),
    ]
    hidden = [] if gaps else hidden_here(result, ["Leaders beside staff"])
    return FigureSheet(
        "leaders", _("Leaders beside staff (score: leaders less staff)"), [gaps], hidden, fields
    )


def _stages(result: Result, _groups: Groups) -> Sheet | None:
    """Each stage; or a row that says why there is none, where the page has a hatched place."""
    title, figure, section = _("Stages of change"), result.figures.find(STAGES), stages(result)
    if figure is None or section is None:
        why = section.hidden if section is not None else ""
        return FigureSheet("stages", title, [], hidden_here(result, [title], why)) if why else None
    fields = [
        Field("Stage", "label", "text"),
        Field("Score", "value"),
        Field("95 % interval, low", "low"),
        Field("95 % interval, high", "high"),
        Field("z", "z"),
        Field("Standing", "standing", "text"),
    ]
    return PartSheet("stages", title, figure, "stages", fields)


def _goes(measure: str, result: Result, _groups: Groups) -> Sheet | None:
    """Shares of what people differ by, in per cent."""
    figure = result.figures.find(f"GOES:{measure}")
    if figure is None or not figure.detail.get("shares"):
        return None
    fields = [
        Field("What goes with it", "label", "text"),
        Field("Share, %", "share", scale=100),
        Field("95 % interval, low", "low", scale=100),
        Field("95 % interval, high", "high", scale=100),
        Field("Share by Johnson's weights, %", "johnson", scale=100),
    ]
    label = str(figure.detail.get("label", measure))
    return PartSheet(
        f"goes-{measure.lower()}",
        _("What goes together with %(measure)s", measure=_(label)),
        figure,
        "shares",
        fields,
    )


def _all(result: Result, _groups: Groups) -> Sheet | None:
    names = names_of(result.plan)
    labelled = result.figures.relabelled(lambda measure, _label: name_of(measure, names))
    return EverySheet(ALL, _("Every figure"), labelled)


_MAKERS: Mapping[str, Make] = {
    **{measure.lower(): partial(_headline, measure) for measure in HEADLINES},
    "facets-trend": _facets_trend,
    "facets": _facets,
    "dimensions": _dimensions,
    "feelings": people.feelings,
    "leaders": _leaders,
    "saydo": people.say_do,
    "stages": _stages,
    **{f"funnel-{measure.lower()}": partial(teams.funnel, measure) for measure in HEADLINES},
    **{f"goes-{measure.lower()}": partial(_goes, measure) for measure in OUTCOMES},
    "teams": teams.inside,
    "teams-trend": teams.trends,
    "response": people.response,
    "answers": people.answers,
    "attributes": people.attributes,
    ALL: _all,
}
