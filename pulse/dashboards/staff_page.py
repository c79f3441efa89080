"""The results as staff read them: the whole's headline figures of a released wave, and nothing else."""

from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from pulse.actions.summaries import ActionSummary, latest_actions
from pulse.dashboards import page_cards, page_scales, staff_words, svg, svg_trend, words, words_feelings
from pulse.dashboards.earlier_surveys import something_changed
from pulse.dashboards.reading import HEADLINES, Result, read_result, read_trends
from pulse.dashboards.words import shown
from pulse.dashboards.words_breaks import breaks
from pulse.dashboards.words_seen import interval, spoken
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.languages.texts import ENGLISH
from pulse.results.released import list_released, read_groups
from pulse.results.released_tables import ReleasedTrend
from pulse.results.released_types import ReleasedFigure
from pulse.surveys import queries as surveys
from pulse.surveys.languages import OwnWords, find_said, newest_plan, programme_in, texts_done
from pulse.surveys.models import Programme, Wave

_ACTIONS = 5
_UNASKED = N_("This survey did not ask about it.")


@dataclass(frozen=True)
class Headline:
    """One score in words and as a line; without a `figure`, why there is none."""

    id: str
    label: str
    meaning: str
    figure: ReleasedFigure | None
    #: "between 57 and 59"
    range: str
    hidden: bool
    why: str
    said: list[str]
    chart: Markup
    table: list[tuple[str, str, str]]


@dataclass(frozen=True)
class StaffPage:
    """Everything that the page of a released wave shows."""

    wave: Wave
    headline: str
    strong: str
    together: str
    headlines: list[Headline]
    dimensions: Markup
    table: list[tuple[str, str, str]]
    hidden: list[str]
    why_hidden: str
    #: which pattern hope and worry make, and what that means; both empty where it may not be said
    feelings: tuple[str, str]
    answered: str
    silent: str


@dataclass(frozen=True)
class Around:
    """What stands around it, also before anything is released."""

    programme: Programme
    #: released waves, newest first
    released: list[Wave]
    #: the wave under way or next, and where it stands; None if the newest one is out
    coming: Wave | None
    actions: list[ActionSummary]
    #: the survey's name and who asks, as the page says them
    said: OwnWords

    def says(self, now: datetime) -> str:
        return staff_words.coming(self.coming, now) if self.coming else ""


def around(programme: Programme, language: str = ENGLISH) -> Around:
    """The survey's released waves, and the one whose results come next; what people typed in a language."""
    released = list_released(programme.id)[::-1]
    words = find_said(language, texts_done(programme))
    actions = [
        replace(action, said=words.get(action.said, action.said), did=words.get(action.did, action.did))
        for action in latest_actions(programme.id, _ACTIONS)
    ]
    said = programme_in(programme, newest_plan(programme) if language != ENGLISH else {}, language)
    return Around(programme, released, _coming(programme), actions, said)


def find_wave(programme: Programme, number: int) -> Wave | None:
    """A wave of this survey by its number."""
    return next((wave for wave in surveys.list_waves(programme.id) if wave.number == number), None)


def _coming(programme: Programme) -> Wave | None:
    """The newest wave that has opened and is not out, else the next that is planned."""
    waves = sorted(surveys.list_waves(programme.id), key=lambda wave: wave.number, reverse=True)
    under_way = next((wave for wave in waves if wave.state in ("open", "closing", "held")), None)
    return under_way or next((wave for wave in reversed(waves) if wave.state == "planned"), None)


def build(wave: Wave) -> StaffPage | None:
    """The page of a released wave; None where too few answered to show anything."""
    if not read_groups(wave):
        return None
    result = read_result(wave)
    dimensions, facets = result.dimensions(), result.facets()
    hidden = result.hidden_dimensions()
    return StaffPage(
        wave=wave,
        headline=staff_words.headline(facets, dimensions),
        strong=staff_words.strong(dimensions),
        together=staff_words.together(dimensions),
        headlines=_headlines(result),
        dimensions=_chart(result) if dimensions or hidden else Markup(""),
        table=[_row(_(label), figure) for label, figure in dimensions],
        hidden=[_(label) for label in hidden],
        why_hidden=result.why_hides_dimensions,
        feelings=_feelings(result),
        answered=staff_words.answered(result.group),
        silent=staff_words.silent(result.group, result.trend_figure("PTA")),
    )


def _feelings(result: Result) -> tuple[str, str]:
    figure = result.trend_figure("AMB")
    if figure is None or "agreement" not in figure.detail:
        return "", ""
    return words_feelings.feelings_title(figure), words_feelings.feelings_lede(
        figure, result.figures.find("AMB.mixed")
    )


def _chart(result: Result) -> Markup:
    rows = result.dimensions()
    strong, weak = words.build_on(rows), words.look_at(rows)
    title = _("Six scores of 100, highest first")
    return svg.dots(
        rows, result.hidden_dimensions(), title=title, divide_after=len(strong), weakest=len(weak)
    )


def _headlines(result: Result) -> list[Headline]:
    """The three headlines; where a survey asked none of them, the scores that it did ask, as for leaders."""
    if not page_scales.asks_headlines(result):
        labels = page_scales.scales(result)
        found = read_trends(result, list(labels))
        return [_headline(result, name, labels[name], found[name], page_scales.LIMITS) for name in labels]
    trends = read_trends(result)
    # from the whole's own figures: the leaders' axis also has room for the teams', and would tell of them
    limits = page_cards.axis_limits([], trends.items())
    return [
        _headline(result, name, page_cards.CARD_LABELS[name], trends[name], limits[name])
        for name in HEADLINES
    ]


def _headline(
    result: Result, name: str, label: str, points: ReleasedTrend, limits: tuple[int, int]
) -> Headline:
    figure, hidden = result.trend_figure(name) or result.figure(name), result.hides_trend(name)
    least = result.figures.find("AMB.least") if name == "AMB" else None
    drawn = figure is not None and len(points) > 1
    return Headline(
        id=name.lower(),
        label=_(label),
        meaning=_(staff_words.MEANINGS.get(name, "")),
        figure=figure,
        range=spoken(figure) if figure is not None else "",
        hidden=hidden,
        why=result.why_hidden if hidden else _(_UNASKED),
        said=[staff_words.change(figure, least), *breaks(points)] if figure is not None else [],
        chart=svg_trend.trend(points, limits, title=_("%(score)s over the surveys", score=_(label)))
        if drawn
        else Markup(""),
        table=[_row(point.label, point.figure) for point in reversed(points.points)] if drawn else [],
    )


def _row(label: str, figure: ReleasedFigure | None) -> tuple[str, str, str]:
    """A line of the table beside a chart; a hole says that there is nothing."""
    if figure is None:
        return label, _("not shown"), ""
    return label, str(shown(figure.value)), interval(figure)


def noticed(around: Around, wave: Wave) -> str:
    """What people said of earlier surveys, beside what was done; empty where it may not be shown."""
    place = [one.id for one in around.released].index(wave.id)
    return staff_words.noticed(something_changed(around.programme.id, place + 1)[place])
