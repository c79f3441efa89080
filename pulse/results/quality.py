"""How good the questions are, and what goes together, from co-moments of the whole organisation.

Only a wave that asks a scale whole can tell, and only while its envelopes are open are people's answers side
by side. What is kept for good is a covariance matrix of 100 people or more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.domain.disclosure.blocks import Blocks
from pulse.domain.measurement.comoments import CoMoments, kept_people
from pulse.domain.measurement.drivers import LEAST_PEOPLE, MOST_SCORES, goes_together
from pulse.domain.measurement.items import round_shown
from pulse.domain.measurement.reliability import cronbach_alpha, omega_total
from pulse.domain.measurement.validity import correlation_interval
from pulse.results.counting import Sheets
from pulse.results.drafting import Context
from pulse.results.feelings import FEELINGS
from pulse.results.figures import Draft
from pulse.results.metrics import Metric, metrics_of, whole_metrics
from pulse.results.scoring import find_item, item_scores, values_of

#: what a page asks: which principles go together with these?
OUTCOMES = ("PTA", "TAA")
#: people's scores on whole scales side by side, and on mixed feelings beside feeling torn
SCALES, TORN = "scales", "TORN"
#: of every figure here: finer ones would say more of people than of questions
DECIMALS = 3
KeptCoMoments = dict[str, CoMoments]
Scores = npt.NDArray[np.float64]
#: a block of each person, -1 for none
Places = npt.NDArray[np.int64]


def co_moments(sheets: Sheets, where: Places, blocks: Blocks, context: Context) -> KeptCoMoments:
    """Every covariance matrix that this wave allows, by name; `where[person]` is a block number, -1 none.

    People in no block are in no matrix. The people of a matrix are nobody, or k or more, of every block,
    group, and category of an attribute in the whole organisation that has k people or more. Of such a block,
    group or category they leave out nobody, or k or more: of all people, and of those with each of the
    matrix's scores where k or more have it. So it is with those of each earlier matrix. Combinations of
    several matrices and groups, and categories within groups, are not guarded.
    """
    inside = where >= 0
    partitions = _partitions(sheets, where, blocks)
    found: KeptCoMoments = {}
    for name, (columns, published) in _sets(sheets, context.plan).items():
        if len(columns) < 2:
            continue
        # the same chance for each, so that as far as may be the same people are left out of all
        rng = np.random.default_rng(context.seed)
        table = np.column_stack(list(columns.values()))[inside]
        totals = np.column_stack([table, *(scores[inside] for scores in published)])
        mask = kept_people(totals, context.k, rng, partitions)
        kept = CoMoments.from_scores(tuple(columns), table[mask], context.k, rng)
        if kept is not None:
            partitions.append(mask.astype(np.int64))
            found[name] = kept
    return found


def _partitions(sheets: Sheets, where: Places, blocks: Blocks) -> list[Places]:
    """People in some block, told apart by block, by group level by level, and by each declared attribute."""
    inside = where >= 0
    level: dict[int, int] = {}
    tables: list[Places] = []
    for group in blocks.groups:
        depth = level[group.id] = 0 if group.parent_id is None else level[group.parent_id] + 1
        if depth == len(tables):
            tables.append(np.full(len(blocks.blocks), -1, dtype=np.int64))
        tables[depth][group.block_ids.start : group.block_ids.stop] = group.id
    levels = [table[where[inside]] for table in tables]
    return [where[inside], *levels, *(values[inside] for values in sheets.attributes.values())]


def _sets(sheets: Sheets, plan: dict[str, Any]) -> dict[str, tuple[dict[str, Scores], list[Scores]]]:
    """Name -> scores to put side by side, and more scores of the same answers that have published totals."""
    whole = whole_metrics(plan)
    people = {name: values_of(metric, sheets, plan) for name, metric in whole.items()}
    sets = {
        name: ({item: item_scores(sheets, find_item(plan, item)) for item in metric.items}, [people[name]])
        for name, metric in whole.items()
    }
    return sets | {SCALES: (people, []), f"{FEELINGS}:{TORN}": (_feelings(sheets, plan), [])}


def _feelings(sheets: Sheets, plan: dict[str, Any]) -> dict[str, Scores]:
    """The index of mixed feelings, and how torn the same people say they are."""
    torn = next((m for m in plan["measures"] if m["id"] == TORN and m["person_score"]), None)
    feelings = next((metric for metric in metrics_of(plan) if metric.id == FEELINGS), None)
    if torn is None or feelings is None:
        return {}
    said = Metric(TORN, tuple(torn["items"]), "mean", need=torn["need"])
    return {metric.id: values_of(metric, sheets, plan) for metric in (feelings, said)}


def quality_figures(kept: Mapping[str, CoMoments], context: Context) -> list[Draft]:
    """Reliability of each whole scale, the check on mixed feelings, and what goes together."""
    labels = {measure["id"]: measure["label"] for measure in context.plan["measures"]}
    figures = [
        _reliability(name, found, labels[name]) for name, found in sorted(kept.items()) if name in labels
    ]
    pair = kept.get(f"{FEELINGS}:{TORN}")
    figures.append(_validity(pair) if pair is not None else None)
    scales = kept.get(SCALES)
    if scales is not None and scales.n >= LEAST_PEOPLE:
        figures += [_goes_with(outcome, scales, context, labels) for outcome in OUTCOMES]
    return [figure for figure in figures if figure is not None]


def _reliability(name: str, found: CoMoments, label: str) -> Draft | None:
    """Alpha with its interval, and omega where one factor fits; None where nobody differs from anybody."""
    try:
        alpha = cronbach_alpha(found)
    except ValueError:
        return None
    detail = {"omega": _omega(found), "items": list(found.items), "label": label}
    return _rounded(Draft(f"ALPHA:{name}", found.n, alpha.value, alpha.low, alpha.high, detail=detail))


def _omega(found: CoMoments) -> float | None:
    try:
        return round_shown(omega_total(found), DECIMALS)
    except ValueError:
        return None


def _validity(pair: CoMoments) -> Draft | None:
    """Whether people with a high index of mixed feelings also say that they feel torn."""
    try:
        r = float(pair.correlation()[0, 1])
    except ValueError:
        return None
    low, high = correlation_interval(r, pair.n)
    return _rounded(Draft(f"VALID:{FEELINGS}", pair.n, r, low, high))


def _goes_with(outcome: str, scales: CoMoments, context: Context, labels: Mapping[str, str]) -> Draft | None:
    """Shares of what an outcome has in common with other scales: never a cause."""
    measures = {measure["id"]: measure for measure in context.plan["measures"]}
    predictors = _predictors(scales.items, measures)
    if outcome not in scales.items or len(predictors) < 2:
        return None
    rng = np.random.default_rng(context.seed)
    try:
        found = goes_together(scales.subset((outcome, *predictors)), outcome, rng)
    except ValueError:
        return None
    shares = [
        {
            "id": one.id,
            "label": labels[one.id],
            "share": round_shown(one.lmg, DECIMALS),
            "low": round_shown(one.low, DECIMALS),
            "high": round_shown(one.high, DECIMALS),
            "johnson": round_shown(one.johnson, DECIMALS),
        }
        for one in found.shares
    ]
    detail = {"label": labels[outcome], "shares": shares}
    return _rounded(Draft(f"GOES:{outcome}", scales.n, found.r2, detail=detail))


def _rounded(draft: Draft) -> Draft:
    value, low, high = (
        None if number is None else round_shown(number, DECIMALS)
        for number in (draft.value, draft.low, draft.high)
    )
    return replace(draft, value=value, low=low, high=high)


def _predictors(scales: Sequence[str], measures: Mapping[str, dict[str, Any]]) -> list[str]:
    """The principles: scales of which more is better, other than the outcomes themselves."""
    better = [name for name in scales if measures[name]["direction"] == "higher_is_better"]
    return [name for name in better if name not in OUTCOMES][:MOST_SCORES]
