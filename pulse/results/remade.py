"""A measure made otherwise, or of questions that ask something else, is compared with no earlier one."""

from collections.abc import Iterator
from typing import Any

from pulse.domain.instrument.asked import weigh_frozen
from pulse.domain.instrument.changing import Change
from pulse.domain.sheets import all_items
from pulse.results import queries
from pulse.results.drafting import History
from pulse.surveys.plans import plan_of
from pulse.surveys.rewordings import make_of


def of_same_make(history: History, plan: dict[str, Any], programme_id: int, number: int) -> History:
    """The history without what waves before `number` scored by other rules than `plan`, or asked otherwise.

    Which questions a score is made of is kept with each figure, and compared there.
    """
    earlier = {
        wave.number: plan_of(wave)
        for wave, _release in queries.list_releases(programme_id)
        if wave.number < number
    }
    remade = {before: set(_remade(its, plan)) for before, its in earlier.items()}
    turned = {before: set(_turned(its, plan)) for before, its in earlier.items()}
    return {
        (key, name): [
            one
            for one in listed
            if _measure_of(name) not in remade.get(one.number, ())
            and turned.get(one.number, set()).isdisjoint(one.items)
        ]
        for (key, name), listed in history.items()
    }


def _remade(before: dict[str, Any], plan: dict[str, Any]) -> Iterator[str]:
    now = {measure["id"]: make_of(measure) for measure in plan["measures"]}
    for measure in before["measures"]:
        if make_of(measure) != now.get(measure["id"], make_of(measure)):
            yield measure["id"]


def _turned(before: dict[str, Any], plan: dict[str, Any]) -> Iterator[str]:
    """Questions that ask something else by the same id."""
    now = {item["id"]: item for item in all_items(plan)}
    for item in all_items(before):
        if weigh_frozen(item, now.get(item["id"], item)) is Change.MEANING:
            yield item["id"]


def _measure_of(name: str) -> str:
    """The measure that a score, a part or a level is of."""
    return name.partition(".")[0].partition(":")[0]
