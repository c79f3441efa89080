"""What is planted, and what of the export is compared with what is known. One run is one organisation."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.intervals import now_proportion
from pulse.surveys.models import Programme, Wave
from tools.validate.people import (
    NOTHING,
    Answers,
    Crowd,
    Planted,
    Points,
    draw_levels,
    reply_at_random,
    reply_by_feeling,
)
from tools.validate.questions import HOPE, POW, PTA_ITEMS, TAA, WORRY, question
from tools.validate.seen import Check, Interval, Level, Moved, Seen
from tools.validate.site import Shown, Site, items_of, tallies_of
from tools.validate.truth import SCORES, favourable, truth_of

EVERYTHING = (*PTA_ITEMS, *TAA, *POW, HOPE, WORRY)
#: what EVERYTHING has scores of: it does not ask what is expected of people
_KNOWN = {name: score for name, score in SCORES.items() if name != "SAYDO"}
#: the question whose favourable share is looked at
SHARE_OF = "PTA-01"
#: log odds of replying by how content somebody is, a standard deviation
SLOPE = 0.6
_RISE = 15.0
_STEADY_WAVES = 6
#: enough invented people to know what a unit like this one comes to in the long run
_MANY = 2000


@dataclass(frozen=True)
class Run:
    """One organisation in one programme: all that its waves share."""

    site: Site
    programme: Programme
    crowd: Crowd
    levels: Mapping[str, float]
    rng: np.random.Generator
    name: str

    def wave(
        self,
        items: Collection[str],
        planted: Planted = NOTHING,
        replied: npt.NDArray[np.bool_] | None = None,
    ) -> tuple[Wave, Answers, list[Shown]]:
        """One wave from its opening to its export, with what everybody would have answered to `items`."""
        wave = self.site.open(self.programme)
        answers = self.crowd.answer(tuple(items), self.levels, self.rng, planted)
        who = reply_at_random(self.crowd, self.rng) if replied is None else replied
        self.site.store(wave, answers.sheets(items_of(wave), self.rng), who)
        return wave, answers, self.site.close(wave)


def start_run(site: Site, name: str, rng: np.random.Generator, items: tuple[str, ...]) -> Run:
    """A new organisation whose every wave asks `items`; inside `site.fresh()`."""
    crowd = Crowd(site.sizes, rng)
    return Run(site, site.start(items), crowd, draw_levels(items, rng), rng, name)


def steady(site: Site, name: str, rng: np.random.Generator) -> Iterator[Seen]:
    """Six waves of the same people, whose days differ and whose minds do not."""
    run = start_run(site, name, rng, EVERYTHING)
    asked: list[Answers] = []
    for number in range(_STEADY_WAVES):
        wave, answers, shown = run.wave(EVERYTHING)
        asked = [*asked[-1:], answers]
        yield from intervals(run, answers, shown)
        yield from _shares(run, wave, answers, shown)
        yield from checks(run, shown, frozenset(), frozenset())
        yield from moves(run, shown, asked, {})
        if number == 0:  # later waves ask the same people, whose lot it was to be in this unit
            yield from drawn_together(shown, long_run(run, NOTHING)[0])


def changing(site: Site, name: str, rng: np.random.Generator) -> Iterator[Seen]:
    """Two waves; between them a quarter of the units rise by 15 points in all but their feelings."""
    run = start_run(site, name, rng, EVERYTHING)
    count = len(site.sizes)
    units = frozenset(int(unit) for unit in rng.choice(count, count // 4, replace=False))
    parts = frozenset({"PTA", "TAA", "POW"})
    risen = Planted(shifts={(unit, part): _RISE for unit in units for part in parts})
    before, after = long_run(run, NOTHING, risen)
    _, then, first = run.wave(EVERYTHING)
    yield from drawn_together(first, before)
    _, now, shown = run.wave(EVERYTHING, risen)
    yield from checks(run, shown, units, parts)
    planted = {measure: after[measure] - before[measure] for measure in before}
    yield from moves(run, shown, [then, now], planted)


def selective(site: Site, name: str, rng: np.random.Generator) -> Iterator[Seen]:
    """One wave in which content people reply more often: what no interval can know."""
    run = start_run(site, name, rng, PTA_ITEMS)
    replied = reply_by_feeling(run.crowd, "PTA", SLOPE, rng)
    _, answers, shown = run.wave(PTA_ITEMS, replied=replied)
    yield from intervals(run, answers, [row for row in shown if row.measure == "PTA"])


def intervals(run: Run, answers: Answers, shown: list[Shown]) -> Iterator[Interval]:
    """Every figure whose truth is known, with its interval."""
    wanted = {row.measure for row in shown} & SCORES.keys()
    scores = {measure: SCORES[measure](answers) for measure in wanted}
    for row in shown:
        if row.measure in scores and row.value is not None and row.low is not None and row.high is not None:
            truth = truth_of(run.crowd, scores[row.measure], row.units)
            yield Interval(row.measure, row.kind == "organisation", row.value, row.low, row.high, truth)


def _shares(run: Run, wave: Wave, answers: Answers, shown: list[Shown]) -> Iterator[Interval]:
    """The favourable share of one question, where its figure is shown, from the released counts."""
    counts, scores = tallies_of(wave, SHARE_OF), favourable(SHARE_OF, answers)
    for row in (row for row in shown if row.measure == SHARE_OF):
        agree = [counts[row.group].get(str(option), 0) for option in range(1, 6)]
        found = now_proportion(sum(agree[3:]), sum(agree), sum(run.site.sizes[unit] for unit in row.units))
        truth = truth_of(run.crowd, scores, row.units)
        whole = row.kind == "organisation"
        yield Interval(f"{SHARE_OF} favourable", whole, found.value, found.low, found.high, truth)


def checks(run: Run, shown: list[Shown], units: frozenset[int], parts: frozenset[str]) -> Iterator[Check]:
    """Every change and trend that was tested; real where one of `parts` moved in one of `units`."""
    for row in shown:
        item = "-" in row.measure
        moved = (question(row.measure).part if item else row.measure.partition(".")[0]) in parts
        real, planted = moved and bool(row.units & units), moved and row.units <= units
        if row.change is not None:
            # readers see all groups' figures together, and each group's questions together
            page = f"{run.name}/{row.wave}/{row.group if item else 'figures'}"
            wrong = planted and row.flagged and row.change < 0
            yield Check("questions" if item else "figures", page, real, planted, row.flagged, wrong)
        if "flagged" in row.detail.get("trend", {}):
            flagged = bool(row.detail["trend"]["flagged"])
            yield Check("trends", f"{run.name}/{row.wave}/trends", real, planted, flagged)


def moves(
    run: Run, shown: list[Shown], asked: Sequence[Answers], planted: Mapping[str, Points]
) -> Iterator[Moved]:
    """Every change of a known figure since the wave before, as everybody `asked` would have answered the two.

    Beside it stands the change `planted` in each unit by measure, 0 if not said.
    """
    sizes = np.array(run.site.sizes)
    scores = {name: [score(answers) for answers in asked] for name, score in _KNOWN.items()}
    for row in shown:
        if row.measure in scores and row.change is not None:
            units = sorted(row.units)
            then, now = (truth_of(run.crowd, one, units) for one in scores[row.measure])
            change = planted.get(row.measure, np.zeros(sizes.size))
            truth = float(np.average(change[units], weights=sizes[units]))
            low, high = row.change_low or 0.0, row.change_high or 0.0
            whole = row.kind == "organisation"
            yield Moved(row.measure, whole, row.change, low, high, truth, everybody=now - then)


def long_run(run: Run, *planted: Planted) -> list[dict[str, Points]]:
    """Each unit's levels by measure if it had very many people like its own, with each of these planted."""
    count = len(run.site.sizes)
    many, seed = Crowd([_MANY] * count, run.rng, run.crowd.levels), int(run.rng.integers(2**32))
    levels = []
    for one in planted:
        # the same days for the same people, so that only what is planted differs
        answers = many.answer(EVERYTHING, run.levels, np.random.default_rng(seed), one)
        scores = {name: score(answers) for name, score in _KNOWN.items()}
        levels.append(
            {
                name: np.nanmean(parts.reshape(-1, count, _MANY), axis=2).mean(axis=0)
                for name, parts in scores.items()
            }
        )
    return levels


def drawn_together(shown: list[Shown], expected: Mapping[str, Points]) -> Iterator[Level]:
    """Single units whose level is also shown drawn towards the others, beside their level in the long run."""
    for row in shown:
        drawn = row.detail.get("unit", {}).get("shrunk")
        if row.kind == "unit" and row.measure in expected and drawn is not None and row.value is not None:
            (unit,) = row.units
            yield Level(row.measure, row.value, float(drawn), float(expected[row.measure][unit]))
