"""The charts of a results page as pictures for paper; a section without one is printed as its table."""

from collections.abc import Callable

from markupsafe import Markup

from pulse.dashboards import svg, svg_people, svg_trend, words
from pulse.dashboards.figures_gaps import sides_of
from pulse.dashboards.flags import marks_of, read_done
from pulse.dashboards.page_cards import CARD_LABELS, axis_limits
from pulse.dashboards.page_facets import ABOUT
from pulse.dashboards.page_gaps import pairs
from pulse.dashboards.page_stages import STAGES, drawable
from pulse.dashboards.reading import HEADLINES, Result, read_around, read_trends
from pulse.dashboards.words import FACET_LABELS
from pulse.domain.measurement.response import RATE_SHOWN_FROM
from pulse.languages.saying import gettext as _
from pulse.results.released import read_feelings_map
from pulse.results.released_tables import ReleasedTable

#: what should move a headline (as on the cards)
_MOVES = {"PTA": ABOUT, "AMB": frozenset({"AMB"}), "TAA": frozenset({"TAA", "SAYDO"})}
Draw = Callable[[Result], Markup]


def pictures(result: Result) -> dict[str, Markup]:
    """By the section's or card's id; whatever may not be shown, or was not asked, has none."""
    found = {name: draw(result) for name, draw in _DRAWN.items()}
    return {name: picture for name, picture in (found | _trends(result)).items() if picture}


def _trends(result: Result) -> dict[str, Markup]:
    """The lines of the three headlines, with the marks of what was done."""
    trends, done = read_trends(result), read_done(result)
    limits = axis_limits(read_around(result).tables.values(), trends.items())
    return {
        name.lower(): svg_trend.trend(
            trends[name],
            limits[name],
            marks_of(done.here(trends[name], _MOVES[name])),
            title=_("%(measure)s over the surveys", measure=_(CARD_LABELS[name])),
        )
        for name in HEADLINES
        if len(trends[name]) > 1
    }


def _dimensions(result: Result) -> Markup:
    rows = result.dimensions()
    strong, weak = len(words.build_on(rows)), len(words.look_at(rows))
    named = rows.relabelled(lambda label, _figure: _(label))
    hidden = [_(label) for label in result.hidden_dimensions()]
    drawn = svg.dots(named, hidden, title=_("Six principles"), weakest=weak, divide_after=strong)
    return drawn if rows else Markup("")


def _facets(result: Result) -> Markup:
    rows = result.facets()
    named = rows.relabelled(lambda facet, _figure: _(FACET_LABELS[facet]))
    hidden = [_(FACET_LABELS[facet]) for facet in result.hidden_facets()]
    weak = len(words.look_at(rows))
    drawn = svg.dots(named, hidden, title=_("Parts of permission to act"), weakest=weak)
    return drawn if rows else Markup("")


def _feelings(result: Result) -> Markup:
    found = read_feelings_map(result.group) if not result.hides_trend("AMB") else None
    return svg_people.feelings_map(found) if found is not None else Markup("")


def _say_do(result: Result) -> Markup:
    gaps = pairs(result).filtered(lambda _, gap: sides_of(gap, result.figures) is not None)
    experienced, expected = (_side(result, gaps, side) for side in ("experienced", "expected"))
    names, title = (_("Experienced"), _("Expected")), _("Expected and experienced")
    return svg.pairs(experienced, expected, names, title=title) if gaps else Markup("")


def _side(result: Result, gaps: ReleasedTable, side: str) -> ReleasedTable:
    """One side of every gap, under the gap's label."""
    labels: dict[str, str] = {}
    for label, gap in gaps:
        found = sides_of(gap, result.figures)
        if found is not None:
            labels[getattr(found, side).measure] = label
    return result.figures.picked(labels).relabelled(lambda measure, _: labels[measure])


def _leaders(result: Result) -> Markup:
    gaps = result.gaps().relabelled(lambda _, gap: str(gap.detail["text"]))
    return svg.dumbbell(gaps) if gaps else Markup("")


def _stages(result: Result) -> Markup:
    profile = result.figures.find(STAGES)
    if profile is None or not drawable(profile):
        return Markup("")
    rule = next((one.get("stage") or {} for one in result.plan["measures"] if one["id"] == STAGES), {})
    return svg.stages(profile, rule.get("threshold"))


def _response(result: Result) -> Markup:
    act = result.trend_figure("PTA")
    enough = result.group.headcount >= RATE_SHOWN_FROM and act is not None and act.value is not None
    return svg.bounds(act) if enough and act is not None else Markup("")


_DRAWN: dict[str, Draw] = {
    "dimensions": _dimensions,
    "facets": _facets,
    "feelings": _feelings,
    "saydo": _say_do,
    "leaders": _leaders,
    "stages": _stages,
    "response": _response,
}
