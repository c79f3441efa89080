"""How the questions of a closed wave did, as a page for the whole organisation."""

from dataclasses import dataclass
from typing import Any

from pulse.dashboards.diagnostics_reading import Diagnosed, Question, Verdict, diagnose, tells_of_scales
from pulse.dashboards.diagnostics_words import Rates
from pulse.dashboards.frame import Frame, Groups, frame_of
from pulse.dashboards.page import Table
from pulse.dashboards.reading import Result
from pulse.dashboards.technical_parts import coefficient, interval
from pulse.domain.measurement.diagnostics import ItemTotal
from pulse.domain.measurement.items import round_shown
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.surveys.models import Wave
from pulse.web.formatting import format_number

#: of a scale that was asked whole, and of every question
_TOGETHER = (
    N_("With the others of its scale"),
    N_("95 % interval"),
    N_("Alpha with it"),
    N_("Alpha without it"),
)
_SHARES = (N_("Does not apply"), N_("Rather not say"), N_("Lowest score"), N_("Highest score"), "n")


@dataclass(frozen=True)
class Diagnostics:
    """The page: what did its work first, and all of it as a table."""

    frame: Frame
    found: Diagnosed
    table: Table

    @property
    def good(self) -> list[Question]:
        return self.found.of(Verdict.GOOD)

    @property
    def look_at(self) -> list[Question]:
        return self.found.of(Verdict.LOOK_AT)

    @property
    def unclear(self) -> list[Question]:
        return self.found.of(Verdict.UNCLEAR)

    @property
    def untold(self) -> list[Question]:
        return self.found.of(Verdict.UNTOLD)

    @property
    def whole_elsewhere(self) -> Wave | None:
        """Where nothing is known here of how questions go together: the newest survey that tells it."""
        others = [wave for wave in self.frame.waves if wave.id != self.frame.wave.id]
        return None if self.has_totals else next(filter(tells_of_scales, others), None)

    @property
    def has_totals(self) -> bool:
        """Whether the wave asked any scale whole, of enough people."""
        return any(one.total for one in self.found.questions)


def build(result: Result, groups: Groups) -> Diagnostics:
    """Of the whole organisation's result, for a reader who may open these groups."""
    found = diagnose(result)
    return Diagnostics(frame_of(result, groups), found, table_of(found))


def table_of(found: Diagnosed) -> Table:
    """How questions go together has columns only where the wave asked a scale whole. Their words stand above
    the table: in it they would make it several times as long on a telephone."""
    together = any(one.total for one in found.questions)
    rows: list[list[Any]] = [
        [one.id, *(_together(one) if together else ()), *_shares(one)] for one in found.questions
    ]
    headers = [_(label) for label in (N_("Question"), *(_TOGETHER if together else ()), *_SHARES)]
    return {"headers": headers, "rows": rows, "numeric": list(range(1, len(headers)))}


def _together(one: Question) -> list[str]:
    total: ItemTotal | None = one.total
    if total is None:
        return [one.why_alone, "", "", ""]
    between = interval(coefficient(total.low), coefficient(total.high))
    return [coefficient(total.r), between, coefficient(total.alpha), coefficient(total.alpha_without)]


def _shares(one: Question) -> list[Any]:
    rates: Rates | None = one.rates
    if rates is None:
        return [{"hidden": one.why_hidden}] * len(_SHARES)
    shares = (rates.not_applying, rates.rather_not, rates.lowest[1], rates.highest[1])
    return [*("" if share is None else _percent(share) for share in shares), format_number(rates.n)]


def _percent(share: float) -> str:
    return f"{format_number(round_shown(100 * share))} %"
