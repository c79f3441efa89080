"""Bridges between an old and a new question: whether they agree, and lines that go on across one.

Like all comparisons it is a function of released figures alone: the means, spreads and counts of the two
questions in the whole organisation.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pulse.domain.measurement.equivalence import equivalence
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results import queries, released
from pulse.results.drafting import Drafting, History
from pulse.results.figures import Draft, Earlier
from pulse.results.metrics import Metric, metrics_of
from pulse.results.models import Figure
from pulse.results.released_types import ReleasedFigure
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of
from pulse.web.formatting import format_number

#: before the id of the new question, in the name of the figure
BRIDGE = "BRIDGE:"


class Carried(NamedTuple):
    """A bridge whose two sides agree, in the wave of this number."""

    number: int
    old: str
    new: str


def bridge_figures(drafting: Drafting) -> list[Draft]:
    """Of each bridge that this wave crossed: the new question less the old, where both may be shown.

    For the whole organisation, which the first group is. `low` and `high` are a 90 % interval, the one that
    goes with two one-sided tests.
    """
    top = drafting.blocks.groups[0]
    bridges = drafting.context.plan.get("bridges", ())
    shown = [pair for pair in bridges if all(top.id in drafting.shown.get(side, ()) for side in pair)]
    return [_figure(drafting, old, new) for old, new in shown]


def _figure(drafting: Drafting, old: str, new: str) -> Draft:
    halves = [drafting.moment(drafting.blocks.groups[0], side) for side in (old, new)]
    found = equivalence(*halves)
    detail: dict[str, Any] = {
        "old": old,
        "new": new,
        "n_old": halves[0].n,
        "n_new": halves[1].n,
        "p": found.p,
        "margin": found.margin,
        "same": found.same,
    }
    n = min(half.n for half in halves)
    return Draft(f"{BRIDGE}{new}", n, found.value, found.low, found.high, detail=detail)


def verdict_of(wave: Wave, new: str) -> str:
    """What the release of a wave says of its bridge to this question; empty where a side is not shown."""
    figure = _released(wave, new)
    return said(figure) if figure is not None else ""


def agrees(wave: Wave, new: str) -> bool:
    """Whether the bridge of a released wave to this question held."""
    figure = _released(wave, new)
    return figure is not None and bool(figure.detail["same"])


def _released(wave: Wave, new: str) -> ReleasedFigure | None:
    """Of the whole organisation, which comes first."""
    top = next(iter(released.read_groups(wave)), None)
    return released.read_figures(top, [f"{BRIDGE}{new}"]).find(f"{BRIDGE}{new}") if top else None


def said(figure: ReleasedFigure) -> str:
    """The verdict of a released bridge in a sentence or two."""
    detail = figure.detail
    old, new, margin = detail["old"], detail["new"], format_number(detail["margin"])
    above, low, high = (format_number(end, 1) for end in (figure.value, figure.low, figure.high))
    return _(
        _AGREE if detail["same"] else _DISAGREE,
        margin=margin,
        new=new,
        old=old,
        above=above,
        low=low,
        high=high,
        n_old=format_number(detail["n_old"]),
        n_new=format_number(detail["n_new"]),
    )


_AGREE = N_(
    "Bridged: the two wordings agree within %(margin)s points. %(new)s less %(old)s is %(above)s points (90 "
    "%% interval %(low)s to %(high)s; %(n_old)s and %(n_new)s answers)."
)
_DISAGREE = N_(
    "Not bridged: the two wordings were not shown to agree within %(margin)s points. %(new)s less %(old)s is "
    "%(above)s points (90 %% interval %(low)s to %(high)s; %(n_old)s and %(n_new)s answers)."
)


def carry(history: History, plan: dict[str, Any], programme_id: int, number: int) -> History:
    """The history of a wave, its lines carried over the bridges that earlier waves crossed."""
    bridges = _carried(programme_id, number)
    return carried(history, metrics_of(plan), bridges) if bridges else history


def _carried(programme_id: int, number: int) -> list[Carried]:
    """The bridges of earlier waves whose sides agree."""
    found = []
    for wave, release in queries.list_releases(programme_id):
        bridges = plan_of(wave).get("bridges", ()) if wave.number < number else ()
        figures: Mapping[str, Figure] = queries.find_organisation_figures(release.id) if bridges else {}
        for old, new in bridges:
            figure = figures.get(f"{BRIDGE}{new}")
            if figure is not None and figure.detail["same"]:
                found.append(Carried(wave.number, old, new))
    return found


def carried(history: History, metrics: Iterable[Metric], bridges: Sequence[Carried]) -> History:
    """What may be compared with scores that have the new question: waves before the bridge, by the old one.

    The wave of the bridge itself scored people on neither question, so such a score is not compared with it,
    but with the wave before.
    """
    lines = {metric.id: set(metric.items) for metric in metrics if not metric.pooled}
    return {
        (key, measure): [
            _by_new(one, bridges) for one in listed if not _on_bridge(one, lines.get(measure, set()), bridges)
        ]
        if measure in lines
        else listed
        for (key, measure), listed in history.items()
    }


def _by_new(one: Earlier, bridges: Sequence[Carried]) -> Earlier:
    """Bridges in the order of their waves: a question may have been replaced more than once."""
    items = one.items
    for bridge in sorted(bridges):
        if one.number < bridge.number:
            items = [bridge.new if item == bridge.old else item for item in items]
    return replace(one, items=items)


def _on_bridge(one: Earlier, items: set[str], bridges: Sequence[Carried]) -> bool:
    """Whether that wave left the question out of this score because it asked it by halves."""
    return any(one.number == bridge.number and bridge.new in items - {*one.items} for bridge in bridges)
