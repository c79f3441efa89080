"""Behind the numbers: how good the questions are, and what goes together. For the whole organisation only."""

from collections.abc import Iterator
from dataclasses import replace

from pulse.dashboards import technical_words as texts
from pulse.dashboards.page_drivers import drivers, drivers_table
from pulse.dashboards.reading import Result
from pulse.dashboards.technical_parts import (
    Block,
    block,
    charted,
    coefficient,
    interval,
    signed,
    spread,
    tagged,
    whole,
)
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedFigure

#: customary marks for alpha (Nunnally 1978), in words
_HOLDS = ((0.8, N_("Well")), (0.7, N_("Well enough")))
_LOOSE = N_("Loosely")
_ADVICE = {
    "compare": N_("Yes"),
    "with care": N_("With care"),
    "organisation only": N_("No"),
}


def reliability(result: Result) -> Block | None:
    """Alpha with its interval, and omega, of every scale that was asked whole."""
    rows = [
        [
            label,
            coefficient(figure.value),
            _between(figure),
            coefficient(figure.detail.get("omega")),
            whole(len(figure.detail.get("items", [])) or None),
            whole(figure.n),
            _holds(figure.value),
        ]
        for _name, label, figure in tagged(result, "ALPHA")
    ]
    return block("reliability", texts.RELIABILITY, rows)


def _between(figure: ReleasedFigure) -> str:
    return interval(coefficient(figure.low), coefficient(figure.high))


def _holds(alpha: float | None) -> str:
    if alpha is None:
        return ""
    return _(next((words for least, words in _HOLDS if round(alpha, 2) >= least), _LOOSE))


def validity(result: Result) -> Block | None:
    """Whether the index of mixed feelings rises with what people say outright."""
    rows = [
        [
            _("%(measure)s and feeling torn", measure=label),
            signed(figure.value, 2),
            _between(figure),
            whole(figure.n),
        ]
        for _name, label, figure in tagged(result, "VALID")
    ]
    return block("validity", texts.VALIDITY, rows)


def goes_together(result: Result) -> Iterator[Block]:
    """For each outcome, the part of people's differences that goes with each principle."""
    charts = {section.id: section for section in drivers(result)}
    for name, label, figure in tagged(result, "GOES"):
        text = replace(texts.GOES, title=_("What goes together with “%(measure)s”", measure=label))
        block_id, table = f"goes-{name.lower()}", drivers_table(figure)
        found = charted(block_id, text, table, charts.get(block_id), texts.GOES.words[1:])
        if found is not None:
            yield found


def bridges(result: Result) -> Block | None:
    """Whether the two wordings of a question agree that halves of the people were asked."""
    rows = [
        [
            _("%(old)s became %(new)s", old=figure.detail["old"], new=figure.detail["new"]),
            signed(figure.value, 1),
            interval(signed(figure.low, 1), signed(figure.high, 1)),
            whole(figure.detail["n_old"]),
            whole(figure.detail["n_new"]),
            _("Yes") if figure.detail["same"] else _("No"),
        ]
        for _name, _label, figure in tagged(result, "BRIDGE")
        if "same" in figure.detail
    ]
    return block("bridges", texts.BRIDGES, rows)


def units(result: Result) -> Block | None:
    """Whether teams differ enough to be set beside each other at all."""
    rows = [
        [
            label,
            coefficient(figure.detail.get("icc1")),
            coefficient(figure.detail.get("icc2", figure.value)),
            whole(figure.detail.get("units")),
            spread(figure.detail.get("tau")),
            _(_ADVICE.get(figure.detail.get("advice", ""), "")),
        ]
        for _name, label, figure in tagged(result, "UNITS")
    ]
    return block("units", texts.UNITS, rows)
