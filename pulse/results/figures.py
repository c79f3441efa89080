"""Every number of a release, computed once while it is written; pages only look them up.

Two kinds of number are kept apart. "How things are now" knows the headcount and corrects for it; a level
pooled over a rotation, and a change, never do (measurement design, section 0).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import Any

import numpy as np

from pulse.domain.measurement.agreement import agreement
from pulse.domain.measurement.change import (
    FALSE_DISCOVERY_RATE,
    LEAST_CHANGE,
    Change,
    benjamini_hochberg,
    change,
    detectable_change,
    flag,
)
from pulse.domain.measurement.intervals import level_mean, now_gap, now_mean
from pulse.domain.measurement.moments import Moment, PooledSd
from pulse.domain.measurement.trend import HEADLINE_FROM, LEAST_WAVES, fit_trend

#: two-sided 95 % of the normal, for a mean of several waves' means
_Z = 1.959964


@dataclass(frozen=True)
class Draft:
    """One figure before it is written; the fields are those of `results.models.Figure`."""

    measure: str
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    change: Change | None = None
    q: float | None = None
    detectable: float | None = None
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def flagged(self) -> bool:
        """More than noise: q <= .05 and at least 5 points."""
        return self.change is not None and self.q is not None and flag(self.change, self.q)


@dataclass(frozen=True)
class Earlier:
    """What an earlier release says of the same people-set and measure: its own wave's n, mean and SD."""

    number: int
    label: str
    n: int
    mean: float
    sd: float
    items: list[str]

    def moment(self) -> Moment:
        return Moment.from_summary(self.n, self.mean, self.sd)


def now_figure(
    measure: str,
    moment: Moment,
    headcount: int,
    pooled: PooledSd | None,
    items: Sequence[str],
    before: Earlier | None,
) -> Draft:
    """How things are now, and the change since the wave before if it asked the same items."""
    interval = now_mean(moment, headcount, pooled)
    draft = Draft(
        measure,
        moment.n,
        interval.value,
        max(0.0, interval.low),
        min(100.0, interval.high),
        detail=own_wave(moment, items) | {"everyone": interval.everyone},
    )
    return _with_change(draft, moment, before)


def _with_change(draft: Draft, moment: Moment, before: Earlier | None) -> Draft:
    """Change flags use only the same items in both waves; otherwise there is no change to speak of."""
    if before is None or before.items != draft.detail["items"] or min(before.n, moment.n) < 2:
        return draft
    spread = before.moment() + Moment.from_summary(moment.n, before.mean, moment.sd)
    return replace(
        draft,
        change=change(before.moment(), moment),
        detectable=detectable_change(spread.sd, before.n, moment.n),
        detail=draft.detail | {"since": before.label},
    )


def with_trend(draft: Draft, number: int, earlier: Sequence[Earlier]) -> Draft:
    """Adds the straight line through all waves of the same people and items, where there are enough.

    SEs are without population correction: a trend is not about these people on one day.
    """
    same = [one for one in earlier if one.items == draft.detail["items"]]
    own = Earlier(number, "", draft.n, draft.detail["mean"], draft.detail["sd"], draft.detail["items"])
    waves = [one for one in [own, *same] if one.n > 1 and one.sd > 0]
    if len(waves) < LEAST_WAVES:
        return draft
    ses = [one.moment().se for one in waves]
    line = fit_trend([one.number for one in waves], [one.mean for one in waves], ses)
    span = max(one.number for one in waves) - min(one.number for one in waves)
    found = {"slope": line.slope, "low": line.low, "high": line.high, "p": line.p, "waves": line.waves}
    return with_detail(draft, {"trend": found | {"rise": line.slope * span, "since": waves[-1].label}})


def with_trend_flags(drafts: Iterable[Draft]) -> list[Draft]:
    """Says which trends are more than noise: Benjamini-Hochberg over all, from six waves and 5 points on."""
    listed = list(drafts)
    tested = [index for index, draft in enumerate(listed) if "trend" in draft.detail]
    p_values = [listed[index].detail["trend"]["p"] for index in tested]
    if not tested:
        return listed
    for index, q in zip(tested, benjamini_hochberg(p_values), strict=True):
        line = listed[index].detail["trend"]
        sure = bool(q <= FALSE_DISCOVERY_RATE) and line["waves"] >= HEADLINE_FROM
        flagged = sure and abs(line["rise"]) >= LEAST_CHANGE
        listed[index] = with_detail(listed[index], {"trend": line | {"flagged": flagged}})
    return listed


def level_figure(
    measure: str, moment: Moment | None, items: Sequence[str], earlier: Sequence[Earlier]
) -> Draft | None:
    """The level over the rotation's waves: the mean of each wave's mean, without population correction.

    `moment` is this wave's, None if it did not ask the measure. SE = sqrt(sum of squared SEs) / waves,
    because different waves are separate samples. None when no wave has two answers.
    """
    own = [moment] if moment is not None else []
    waves = [wave for wave in [*own, *(one.moment() for one in earlier)] if wave.n >= 2]
    if not waves:
        return None
    value = sum(wave.mean for wave in waves) / len(waves)
    half = _Z * sqrt(sum(wave.se**2 for wave in waves)) / len(waves)
    if len(waves) == 1:
        half = level_mean(waves[0]).high - value
    detail = (own_wave(moment, items) if moment else {}) | {"pooled": [one.label for one in earlier]}
    low, high = max(0.0, value - half), min(100.0, value + half)
    return Draft(measure, waves[0].n, value, low, high, detail=detail)


def gap_figure(
    pair: str, leaders: Moment, leaders_asked: int, staff: Moment, staff_asked: int, text: str
) -> Draft:
    """How much more (or less) favourable leaders are than staff on one paired question, as things are now."""
    value, low, high = now_gap(leaders, leaders_asked, staff, staff_asked)
    detail = {"leaders": leaders.mean, "leaders_n": leaders.n, "staff": staff.mean, "text": text}
    return Draft(f"GAP:{pair}", leaders.n, value, low, high, detail=detail)


def with_detail(draft: Draft, more: dict[str, Any]) -> Draft:
    """The same figure with more beside it."""
    return replace(draft, detail=draft.detail | more)


def own_wave(moment: Moment, items: Sequence[str]) -> dict[str, Any]:
    """What later releases need of this wave alone."""
    sd = moment.sd if moment.n > 1 else 0.0
    return {"mean": moment.mean, "sd": sd, "items": list(items)}


def feelings_detail(cells: Mapping[str, int], seed: int) -> dict[str, Any]:
    """Torn or split: the 5 x 5 map's net attitude in five bands and van der Eijk's agreement on them.

    `cells` maps "32" (positive 3, negative 2) to people. The bootstrap is seeded by the wave, so that the
    same envelopes always give the same release.
    """
    bands = [0] * 5
    for cell, people in cells.items():
        if cell.isdigit():
            bands[_band(int(cell[0]) - int(cell[1]))] += people
    if not sum(bands):
        return {"bands": bands}
    found = agreement(bands, np.random.default_rng(seed))
    return {
        "bands": bands,
        "agreement": found.value,
        "agreement_low": found.low,
        "agreement_high": found.high,
        "verdict": found.verdict,
    }


def _band(net: int) -> int:
    """-4..4 in five bands: clearly against, rather against, balanced, rather for, clearly for."""
    return (net > -3) + (net > -1) + (net > 0) + (net > 2)


def with_q_values(drafts: Iterable[Draft]) -> list[Draft]:
    """Benjamini-Hochberg over every change that readers see together."""
    listed = list(drafts)
    tested = [index for index, draft in enumerate(listed) if draft.change is not None]
    p_values = [listed[index].change.p for index in tested]  # type: ignore[union-attr]
    if not tested:
        return listed
    for index, q in zip(tested, benjamini_hochberg(p_values), strict=True):
        listed[index] = replace(listed[index], q=float(q))
    return listed
