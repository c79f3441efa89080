"""What an organisation can hand to anybody who asks for its results: the whole's scores, and why no more."""

from dataclasses import dataclass

from pulse.dashboards import page_cards, page_scales, staff_words, words
from pulse.dashboards.page import Table
from pulse.dashboards.reading import Result, read_trends
from pulse.dashboards.words import FACET_LABELS, FACET_MEANINGS, shown
from pulse.dashboards.words_seen import interval
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import ReleasedTable, ReleasedTrend

LEFT_OUT = (
    (
        N_("Teams"),
        N_(
            "A team's scores are about people whom others can name. They are shown to those who lead the "
            "team and to those who run the survey, and are not published."
        ),
    ),
    (
        N_("Answers by length of service, grade or anything else of that kind"),
        N_("Set beside other facts that are published, such tables could point to a few people."),
    ),
    (N_("What people wrote"), N_("A way of writing, or what is told, can show who wrote it.")),
    (
        N_("Single answers"),
        N_("They do not exist any more: they were counted when the survey closed, and then destroyed."),
    ),
)


@dataclass(frozen=True)
class PublicPack:
    """One released wave, the whole that was asked, in whole points, and no more than staff are told."""

    result: Result
    headline: str
    headlines: list[tuple[str, list[str]]]
    tables: list[tuple[str, Table]]
    answered: str

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        return tuple((_(what), _(why)) for what, why in LEFT_OUT)


def build(result: Result) -> PublicPack:
    """Of the whole that was asked; raises ValueError for any other group."""
    if result.group.number:
        raise ValueError("Only the results of everybody who was asked are published.")
    labels, trends = _headlines(result)
    facets, dimensions = result.facets(), result.dimensions()
    named = facets.relabelled(lambda facet, _label: f"{_(FACET_LABELS[facet])}: {_(FACET_MEANINGS[facet])}")
    tables = [
        *((label, _trend_table(trends[name])) for name, label in labels.items() if trends[name]),
        (
            _("The six principles"),
            _levels(
                dimensions.relabelled(lambda label, _figure: _(label)),
                [_(label) for label in result.hidden_dimensions()],
                result.why_hides_dimensions,
            ),
        ),
        (
            _("The parts of permission to act"),
            _levels(named, [_(FACET_LABELS[one]) for one in result.hidden_facets()], result.why_hides_facets),
        ),
    ]
    return PublicPack(
        result=result,
        headline=words.headline(facets, dimensions) if facets or dimensions else "",
        headlines=[(label, _said(result, name)) for name, label in labels.items()],
        tables=[(title, table) for title, table in tables if table["rows"]],
        answered=staff_words.answered(result.group),
    )


def _headlines(result: Result) -> tuple[dict[str, str], dict[str, ReleasedTrend]]:
    """The scores that the leaders' page starts with."""
    alone = not page_scales.asks_headlines(result)
    names = page_scales.scales(result) if alone else page_cards.CARD_LABELS
    labels = {name: _(label) for name, label in names.items()}
    return labels, read_trends(result, list(labels))


def _said(result: Result, name: str) -> list[str]:
    figure = result.trend_figure(name) or result.figure(name)
    if figure is None:
        return [result.why_hidden if result.hides_trend(name) else _("This survey did not ask about it.")]
    least = result.figures.find("AMB.least") if name == "AMB" else None
    score = _(
        "%(score)s of 100 (95 %% interval: %(interval)s).",
        score=shown(figure.value),
        interval=interval(figure),
    )
    return [score, staff_words.change(figure, least), _(staff_words.MEANINGS.get(name, ""))]


def _trend_table(points: ReleasedTrend) -> Table:
    rows = [
        [one.label, shown(one.figure.value), interval(one.figure)]
        if one.figure
        else [one.label, _("not shown"), ""]
        for one in reversed(points.points)
    ]
    return {"headers": [_("Survey"), _("Score of 100"), _("95 % interval")], "rows": rows}


def _levels(rows: ReleasedTable, hidden: list[str], why: str) -> Table:
    cells: list[list[object]] = [[label, shown(one.value), interval(one)] for label, one in rows]
    cells += [[label, *[{"hidden": why}] * 2] for label in hidden]
    return {"headers": ["", _("Score of 100"), _("95 % interval")], "rows": cells}
