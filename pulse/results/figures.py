"""Every number of a release, computed once while it is written; pages only look them up.

Two kinds of number are kept apart. "How things are now" knows the headcount and corrects for it; a level
pooled over a rotation, and a change, never do (measurement design, section 0).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any

from pulse.domain.measurement.change import (
    FALSE_DISCOVERY_RATE,
    LEAST_CHANGE,
    Change,
    benjamini_hochberg,
    change,
    detectable_change,
    flag,
)
from pulse.domain.measurement.gaps import now_gap
from pulse.domain.measurement.intervals import NowInterval, level_mean, now_mean
from pulse.domain.measurement.moments import Moment, PooledSd, pooled_sd
from pulse.domain.measurement.trend import HEADLINE_FROM, LEAST_WAVES, fit_trend


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


class NotANumber(Exception):
    """A figure could not be worked out and came as no number, so nothing may be released."""


@dataclass(frozen=True)
class Earlier:
    """What an earlier release says of the same people-set and measure: its own wave's n, mean and SD."""

    number: int
    label: str
    n: int
    mean: float
    sd: float
    items: list[str]
    #: the wave whose item means adjusted it, for an adjusted level
    baseline: str | None = None

    def moment(self) -> Moment:
        return Moment.from_summary(self.n, self.mean, self.sd)


def now_figure(
    measure: str,
    moment: Moment,
    headcount: int | None,
    pooled: PooledSd | None,
    items: Sequence[str],
    before: Earlier | None,
    least: float = 0.0,
) -> Draft:
    """How things are now, and the change since the wave before if it asked the same items.

    Without a headcount there is no correction for it: even if everybody answers a score whose questions were
    shared out among people, what they would have said to the others' questions is not known. Bounds are cut
    to `least` (0, or -100 for a difference of two scores) and 100.
    """
    interval = now_mean(moment, headcount, pooled) if headcount is not None else level_mean(moment)
    draft = Draft(
        measure,
        moment.n,
        interval.value,
        max(least, interval.low),
        min(100.0, interval.high),
        detail=own_wave(moment, items)
        | {"everyone": isinstance(interval, NowInterval) and interval.everyone},
    )
    return _with_change(draft, moment, before)


def _with_change(draft: Draft, moment: Moment, before: Earlier | None) -> Draft:
    """Change flags use only the same items in both waves; otherwise there is no change to speak of."""
    if before is None or before.items != draft.detail["items"] or min(before.n, moment.n) < 2:
        return draft
    spread = pooled_sd([before.moment(), moment])
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
    line = fit_trend([one.number for one in waves], [level_mean(one.moment()) for one in waves])
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
    measure: str,
    moment: Moment | None,
    items: Sequence[str],
    earlier: Sequence[Earlier],
    cohorts: bool = False,
) -> Draft | None:
    """The level over the rotation's waves: the mean of each wave's mean, without population correction.

    `moment` is this wave's, None if it did not ask the measure. Its half-width is the mean of the waves'
    half-widths: whether the same people answered each time cannot be known, and if they did, more waves
    say nothing more about the others (as separate samples the interval held the truth in 83 to 91 % of
    simulated small teams only). With `cohorts` each wave asked other people, so that each
    counts once: the waves are one sample of all of them. None when no wave has two answers.
    """
    own = [moment] if moment is not None else []
    waves = [wave for wave in [*own, *(one.moment() for one in earlier)] if wave.n >= 2]
    if not waves:
        return None
    levels = [level_mean(wave) for wave in ([Moment.total(waves)] if cohorts else waves)]
    value = sum(level.value for level in levels) / len(levels)
    half = sum(level.high - level.value for level in levels) / len(levels)
    detail = (own_wave(moment, items) if moment else {}) | {"pooled": [one.label for one in earlier]}
    low, high = max(0.0, value - half), min(100.0, value + half)
    return Draft(measure, waves[0].n, value, low, high, detail=detail)


def gap_figure(
    pair: str, leaders: Moment, leaders_asked: int, staff: Moment, staff_asked: int, text: str
) -> Draft:
    """How much more (or less) favourable leaders are than staff on one paired question, as things are now."""
    gap = now_gap(leaders, leaders_asked, staff, staff_asked)
    detail = {
        "leaders": leaders.mean,
        "leaders_n": leaders.n,
        "staff": staff.mean,
        "staff_n": staff.n,
        "text": text,
    }
    return Draft(f"GAP:{pair}", leaders.n, gap.value, gap.low, gap.high, detail=detail)


def require_numbers(draft: Draft) -> Draft:
    """The same figure; raises NotANumber if anything in it is infinite or no number.

    A page would draw it as 0, or as nothing, and nobody would know. The degrees of freedom of a change are
    never written, and may be infinite.
    """
    moved = draft.change
    written = [draft.value, draft.low, draft.high, draft.q, draft.detectable, draft.detail]
    written += [moved.value, moved.low, moved.high] if moved else []
    if not all(isfinite(number) for number in _numbers_in(written)):
        raise NotANumber(
            f"A figure of {draft.measure} came out as no number: nothing is released and nothing is lost; "
            "tell who runs Pulse."
        )
    return draft


def _numbers_in(written: Any) -> Iterator[float]:
    if isinstance(written, float):
        yield written
    elif isinstance(written, Mapping):
        yield from _numbers_in(list(written.values()))
    elif isinstance(written, Sequence) and not isinstance(written, str):
        for one in written:
            yield from _numbers_in(one)


def with_detail(draft: Draft, more: dict[str, Any]) -> Draft:
    """The same figure with more beside it."""
    return replace(draft, detail=draft.detail | more)


def own_wave(moment: Moment, items: Sequence[str]) -> dict[str, Any]:
    """What later releases need of this wave alone."""
    sd = moment.sd if moment.n > 1 else 0.0
    return {"mean": moment.mean, "sd": sd, "items": list(items)}


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
