"""How the questions of a closed wave did: from its release alone, for the whole organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulse.dashboards.diagnostics_words import Rates, did_its_work, rates_of, remarks
from pulse.dashboards.frame import Frame, Groups, frame_of
from pulse.dashboards.page import Table
from pulse.dashboards.reading import Result
from pulse.dashboards.technical_parts import interval, signed
from pulse.dashboards.words import join
from pulse.domain.measurement.comoments import LEAST_PEOPLE
from pulse.domain.measurement.diagnostics import ItemTotal, item_totals
from pulse.results.asked import items_asked
from pulse.results.released import read_tallies
from pulse.results.released_together import read_co_moments

Item = dict[str, Any]
#: of a scale that was asked whole, and of every question
_TOGETHER = ("With the others of its scale", "Alpha with it", "Alpha without it")
_SHARES = ("Does not apply", "Rather not say", "At the lowest", "At the highest", "n")


@dataclass(frozen=True)
class Told:
    """One question in words."""

    id: str
    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Diagnostics:
    """The page. `scales` says which scales could be looked at as scales, and why the others could not."""

    frame: Frame
    good: list[Told]
    look_at: list[Told]
    #: questions that were asked without their whole scale, or of too few people
    untold: list[Told]
    scales: str
    table: Table


def build(result: Result, groups: Groups) -> Diagnostics:
    """What each scored question of the wave did, what is good first."""
    totals, rates = _totals(result), _rates(result)
    good, look_at, untold = [], [], []
    for item in items_asked(result.plan):
        total = totals.get(item["id"])
        found = remarks(total, rates.get(item["id"]))
        if found:
            look_at.append(Told(item["id"], item["text"], tuple(found)))
        elif total is not None:
            good.append(Told(item["id"], item["text"], (did_its_work(total),)))
        else:
            untold.append(Told(item["id"], item["text"], ()))
    scales, table = _scales(result), _table(result, totals, rates)
    return Diagnostics(frame_of(result, groups), good, look_at, untold, scales, table)


def _totals(result: Result) -> dict[str, ItemTotal]:
    """By question: of the scale that it scores in, which the wave asked whole."""
    measures = {measure["id"] for measure in result.plan["measures"]}
    kept = read_co_moments(result.wave)
    return {one.item: one for name in sorted(measures & kept.keys()) for one in item_totals(kept[name])}


def _rates(result: Result) -> dict[str, Rates]:
    """By question, of those whose counts may be shown."""
    tallies = read_tallies(result.group)
    found = {}
    for item in items_asked(result.plan):
        counts = tallies.find(item["id"])
        one = rates_of(item, dict(counts.options)) if counts is not None else None
        if one is not None:
            found[item["id"]] = one
    return found


def _scales(result: Result) -> str:
    """Why some scales cannot be looked at; empty where all can."""
    kept = read_co_moments(result.wave)
    scored = [one for one in result.plan["measures"] if one["method"] in ("mean", "mean_of_facets")]
    few = [one["label"] for one in scored if one.get("whole") and one["id"] not in kept]
    part = [one["label"] for one in scored if not one.get("whole")]
    said = []
    if part:
        said.append(
            f"{join(part)}: this survey asked only some of the questions, and how they go together is known "
            "only of a scale that is asked whole, as a baseline does."
        )
    if few:
        said.append(f"{join(few)}: fewer than {LEAST_PEOPLE} people answered all of its questions.")
    return " ".join(said)


def _table(result: Result, totals: Mapping[str, ItemTotal], rates: Mapping[str, Rates]) -> Table:
    """How questions go together has columns only where the wave asked a scale whole."""
    rows: list[list[Any]] = []
    for item in items_asked(result.plan):
        one = rates.get(item["id"])
        hidden = [{"hidden": result.why_hides([item["id"]])}] * len(_SHARES)
        shares = _shares(one) if one is not None else hidden
        together = _together(totals.get(item["id"])) if totals else []
        rows.append([f"{item['id']}: {item['text']}", *together, *shares])
    headers = ["Question", *(_TOGETHER if totals else ()), *_SHARES]
    return {"headers": headers, "rows": rows, "numeric": list(range(1, len(headers)))}


def _together(total: ItemTotal | None) -> list[str]:
    if total is None:
        return ["not asked whole", "", ""]
    between = interval(signed(total.low, 2), signed(total.high, 2))
    return [f"{signed(total.r, 2)} ({between})", f"{total.alpha:.2f}", f"{total.alpha_without:.2f}"]


def _shares(rates: Rates) -> list[Any]:
    shares = (rates.not_applying, rates.rather_not, rates.lowest[1], rates.highest[1])
    return [*(f"{100 * share:.0f} %" for share in shares), f"{rates.n:,}"]
