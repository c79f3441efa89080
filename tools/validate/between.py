"""Between units: replies that differ by unit, which weighting must mend, and units that do not differ."""

from collections.abc import Iterator

import numpy as np

from tools.validate.people import Crowd, draw_levels
from tools.validate.questions import EXPECTED, HOPE, PTA_ITEMS, TAA, WORRY
from tools.validate.scenarios import EVERYTHING, Run, intervals
from tools.validate.seen import Advice, Placed, Seen, Weighted
from tools.validate.site import Shown, Site
from tools.validate.truth import SCORES, truth_of

ASKED = (*PTA_ITEMS, *TAA, *EXPECTED, HOPE, WORRY)
#: points of the lowest and highest unit beside the middle; the higher it is, the more of its people reply
_FURTHEST, _FEWEST, _MOST = 15.0, 0.3, 0.8
#: feelings go with the rest by halves only, and what is expected rises with what is experienced
_DIFFERENT = ("UNITS:PTA", "UNITS:TAA")
#: more is expected of everybody than they experience
_EXPECTED_ABOVE = 12.0


def unequal(site: Site, name: str, rng: np.random.Generator) -> Iterator[Seen]:
    """One wave in which the better units reply more often, but within a unit chance alone decides."""
    count = len(site.sizes)
    place = rng.permutation(count) / (count - 1)
    crowd = Crowd(site.sizes, rng, _FURTHEST * (2.0 * place - 1.0))
    levels = draw_levels(ASKED, rng)
    levels |= {item: levels[item] + _EXPECTED_ABOVE for item in EXPECTED}
    replied = rng.random(crowd.unit.size) < (_FEWEST + (_MOST - _FEWEST) * place)[crowd.unit]
    run = Run(site, site.start(ASKED), crowd, levels, rng, name)
    _, answers, shown = run.wave(ASKED, replied=replied)
    # of the whole organisation it is known beforehand that its plain figures must be wrong
    yield from intervals(run, answers, [row for row in shown if row.kind != "organisation"])
    for row in (row for row in shown if "weighted" in row.detail):
        found = row.detail["weighted"]
        truth = truth_of(crowd, SCORES[row.measure](answers), row.units)
        yield Weighted(
            row.measure, True, found["value"], found["low"], found["high"], truth, raw=row.value or 0.0
        )
    yield from _advice([row for row in shown if row.measure in _DIFFERENT], real=True)


def alike(site: Site, name: str, rng: np.random.Generator) -> Iterator[Seen]:
    """One wave of units whose people are drawn from one and the same crowd."""
    crowd = Crowd(site.sizes, rng, np.zeros(len(site.sizes)))
    run = Run(site, site.start(EVERYTHING), crowd, draw_levels(EVERYTHING, rng), rng, name)
    _, _, shown = run.wave(EVERYTHING)
    yield from _advice(shown, real=False)
    for row in (row for row in shown if row.measure in SCORES and "unit" in row.detail):
        yield Placed(row.measure, str(row.detail["unit"]["funnel"]))


def _advice(shown: list[Shown], real: bool) -> Iterator[Advice]:
    for row in shown:
        kind, _, measure = row.measure.partition(":")
        if kind == "UNITS" and measure in SCORES:
            yield Advice(measure, real, str(row.detail["advice"]))
