"""How the scored questions of a closed wave did: from its release alone, for the whole organisation.

Two things that a release holds are read and nothing else: covariance matrices, each of 100 people or more,
and how often each option was chosen where that may be shown. What is worked out of them is a function of
them, so it tells of no smaller set of people than they do.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TextIO

from pulse.banks.usage import Told
from pulse.dashboards import diagnostics_scales as scales
from pulse.dashboards.diagnostics_words import Rates, cannot_be_told, did_its_work, rates_of, remarks
from pulse.dashboards.reading import Result, list_all_released
from pulse.domain.measurement.diagnostics import ItemTotal, item_totals
from pulse.domain.measurement.items import round_shown
from pulse.domain.spreadsheets import defused
from pulse.languages.saying import gettext as _
from pulse.results.asked import items_asked
from pulse.results.released import read_groups, read_tallies
from pulse.results.released_together import read_co_moments
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of

Item = dict[str, Any]
#: as the page shows them: two decimals of a correlation, whole per cent
DECIMALS = 2
HEADERS = (
    *("Question", "Text", "With the others of its scale", "Low", "High", "Alpha with it"),
    *("Alpha without it", "People, whole scale", "Does not apply", "Rather not say", "Lowest score"),
    *("Highest score", "n", "In words"),
)


class Verdict(StrEnum):
    """Where a question stands on the page."""

    GOOD = "good"
    LOOK_AT = "look at"
    #: its interval reaches to both sides of the mark
    UNCLEAR = "unclear"
    #: nothing is known of how it goes with others, and nothing else stands out
    UNTOLD = "untold"


@dataclass(frozen=True)
class Question:
    """One scored question of the wave and what is known of how it did."""

    id: str
    text: str
    #: with the others of its scale; None, and why in a few words
    total: ItemTotal | None
    why_alone: str
    #: None where its answers are hidden, and why
    rates: Rates | None
    why_hidden: str
    verdict: Verdict
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Diagnosed:
    """Every scored question in the order asked, and which scales could be looked at as scales."""

    questions: list[Question]
    scales: list[str]

    def of(self, verdict: Verdict) -> list[Question]:
        return [one for one in self.questions if one.verdict is verdict]


def diagnose(result: Result) -> Diagnosed:
    """Of the whole organisation's result; raises NotReleased or Unsafe."""
    kept = read_co_moments(result.wave)
    totals = _totals(scales.usable(result.plan, kept))
    alone, tallies = scales.cells(result.plan, kept), read_tallies(result.group)
    questions = []
    for item in items_asked(result.plan):
        counts = tallies.find(item["id"])
        rates = rates_of(item, dict(counts.options)) if counts is not None else None
        why = alone.get(item["id"], _(scales.NO_SCALE))
        questions.append(_question(item, totals.get(item["id"]), why, rates, result.why_hides([item["id"]])))
    return Diagnosed(questions, scales.told(result.plan, kept))


def _totals(kept: scales.Kept) -> dict[str, ItemTotal]:
    """By question: a question scores in one scale only."""
    return {one.item: one for name in sorted(kept) for one in item_totals(kept[name])}


def _question(item: Item, total: ItemTotal | None, alone: str, rates: Rates | None, hidden: str) -> Question:
    verdict, sentences = _judged(total, rates)
    return Question(
        item["id"],
        item["text"],
        total,
        "" if total else alone,
        rates,
        "" if rates else hidden,
        verdict,
        sentences,
    )


def _judged(total: ItemTotal | None, rates: Rates | None) -> tuple[Verdict, tuple[str, ...]]:
    found = remarks(total, rates)
    if found:
        return Verdict.LOOK_AT, tuple(found)
    if total is None:
        return Verdict.UNTOLD, ()
    if total.good:
        return Verdict.GOOD, (did_its_work(total),)
    return Verdict.UNCLEAR, (cannot_be_told(total),)


def tells_of_scales(wave: Wave) -> bool:
    """Whether a released wave asked a scale whole, of enough people to say how its questions go together."""
    return bool(scales.usable(plan_of(wave), read_co_moments(wave)))


def find_last(item_id: str) -> Told | None:
    """The newest released wave with results that tells of this question; see `pulse.banks.usage`."""
    for wave in list_all_released():
        if _tells_of(wave, item_id) and read_groups(wave):
            return Told(wave.id, f"{wave.programme.name}, {wave.label}")
    return None


def _tells_of(wave: Wave, item_id: str) -> bool:
    return any(item["id"] == item_id for item in items_asked(plan_of(wave)))


def write_csv(found: Diagnosed, file: TextIO) -> None:
    """A row a question; shares from 0 to 1, and the reason where a number is not there."""
    writer = csv.writer(file)
    writer.writerow(HEADERS)
    for one in found.questions:
        row = [one.id, one.text, *_together(one), *_shares(one), " ".join(one.sentences)]
        writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in row])


def _together(one: Question) -> list[str | float]:
    if one.total is None:
        return [one.why_alone, "", "", "", "", ""]
    total = one.total
    numbers = (total.r, total.low, total.high, total.alpha, total.alpha_without)
    return [*(round_shown(number, DECIMALS) for number in numbers), total.n]


def _shares(one: Question) -> list[str | float]:
    if one.rates is None:
        return [one.why_hidden, "", "", "", ""]
    rates = one.rates
    shares = (rates.not_applying, rates.rather_not, rates.lowest[1], rates.highest[1])
    return [*("" if share is None else round_shown(share, DECIMALS) for share in shares), rates.n]
