"""Planted shapes: mixed feelings of each kind, stages out of order, and levels over questions that rotate."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from tools.validate.people import Answers, Crowd, Planted
from tools.validate.questions import HOPE, POW, PTA, PTA_ITEMS, STAGES, TOC_ITEMS, WORRY
from tools.validate.scenarios import Run
from tools.validate.seen import Label, Rotated, Seen
from tools.validate.site import FIRST_DAY, Shown, Site
from tools.validate.truth import questions, truth_of

#: centres of hope and worry in points, one camp or two
FEELINGS = {
    "torn": ((85.0, 85.0),),
    "split": ((100.0, -5.0), (-5.0, 100.0)),
    "indifferent": ((5.0, 5.0),),
    "hopeful": ((85.0, 10.0),),
}
#: points of each stage in turn; 62.5 is where one begins to be in place
STAGE_LEVELS = {"in order": (80.0, 76.0, 48.0, 38.0), "uneven": (80.0, 46.0, 80.0, 38.0)}
_LEAST = 20
#: a baseline asks their measures whole; then a wave asks what is easy to agree with, the next what is hard
SCALES: dict[str, tuple[str, ...]] = {"POW": POW, "PTA.licence": PTA["licence"]}
EASY, HARD = ("POW-01", "POW-02", "PTA-01"), ("POW-04", "POW-05", "PTA-03")
_ALL = (*POW, *PTA_ITEMS)
_EASIER, _MIDDLE, _RISE_A_WAVE = 12.0, 56.0, 3.0
_A_YEAR_ON = date(FIRST_DAY.year + 1, FIRST_DAY.month, FIRST_DAY.day)


def shapes(site: Site, name: str, rng: np.random.Generator) -> Iterator[Seen]:
    """One wave; units take turns in four kinds of feelings, and some have their stages out of order."""
    units = range(len(site.sizes))
    kinds = [list(FEELINGS)[unit % len(FEELINGS)] for unit in units]
    orders = [list(STAGE_LEVELS)[unit % 3 % 2] for unit in units]
    planted = Planted(
        shifts={
            (unit, stage): points
            for unit in units
            for stage, points in zip(STAGES, STAGE_LEVELS[orders[unit]], strict=True)
        },
        feelings={unit: FEELINGS[kinds[unit]] for unit in units},
    )
    crowd = Crowd(site.sizes, rng, np.zeros(len(site.sizes)))
    items = (HOPE, WORRY, *TOC_ITEMS)
    run = Run(site, site.start(items), crowd, dict.fromkeys(TOC_ITEMS, 0.0), rng, name)
    _, _, shown = run.wave(items, planted)
    for row in (row for row in shown if row.kind == "unit" and row.n >= _LEAST):
        (unit,) = row.units
        if row.measure == "AMB" and "pattern" in row.detail:
            yield Label(kinds[unit], str(row.detail["pattern"]), row.n)
        if row.measure == "TOC":
            yield Label(orders[unit], "uneven" if row.detail["uneven"] else "in order", row.n)


def rotating(site: Site, name: str, rng: np.random.Generator) -> Iterator[Seen]:
    """A baseline, then a wave of easy and a wave of hard questions, while everybody rises a little."""
    crowd = Crowd(site.sizes, rng)
    levels = dict.fromkeys(_ALL, _MIDDLE)
    levels |= dict.fromkeys(EASY, _MIDDLE + _EASIER) | dict.fromkeys(HARD, _MIDDLE - _EASIER)
    Run(site, site.start(_ALL), crowd, levels, rng, name).wave(_ALL)
    run = Run(site, site.start(EASY, HARD, name="In turns", on=_A_YEAR_ON), crowd, levels, rng, name)
    asked: list[tuple[Answers, list[Shown]]] = []
    for number in range(1, 3):
        rise = {
            (unit, part): number * _RISE_A_WAVE for unit in range(len(site.sizes)) for part in ("POW", "PTA")
        }
        _, answers, shown = run.wave(_ALL, Planted(shifts=rise))
        asked.append((answers, shown))
        yield from _rotated(run, asked)


def _rotated(run: Run, asked: list[tuple[Answers, list[Shown]]]) -> Iterator[Rotated]:
    """The latest wave's adjusted levels of units, over the waves that each says it is pooled from."""
    for row in asked[-1][1]:
        measure, _, kind = row.measure.partition(":")
        if kind == "adjusted" and measure in SCALES and row.kind != "organisation" and row.value is not None:
            pooled = [one for one in asked if one[1][0].label in {row.label, *row.detail["pooled"]}]
            raws = [_raw(shown, row.units, SCALES[measure]) for _, shown in pooled]
            truths = [truth_of(run.crowd, questions(SCALES[measure], a), row.units) for a, _ in pooled]
            if None not in raws:
                raw = float(np.mean([one for one in raws if one is not None]))
                truth = float(np.mean(truths))
                yield Rotated(
                    run.name, measure, len(pooled), row.value, row.low or 0.0, row.high or 0.0, raw, truth
                )


def _raw(shown: list[Shown], units: frozenset[int], items: tuple[str, ...]) -> float | None:
    """The plain mean of the questions that the wave asked of a scale, None where one is not shown."""
    found = [
        row.value for row in shown if row.units == units and row.measure in items and row.value is not None
    ]
    wanted = {row.measure for row in shown} & set(items)
    return float(np.mean(found)) if len(found) == len(wanted) else None
