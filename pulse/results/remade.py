"""A measure that is made otherwise is another score: it is compared with no earlier one."""

from typing import Any

from pulse.results import queries
from pulse.results.drafting import History
from pulse.surveys.plans import plan_of
from pulse.surveys.rewordings import make_of


def of_same_make(history: History, plan: dict[str, Any], programme_id: int, number: int) -> History:
    """The history without the scores of waves before `number` that scored them by other rules than `plan`.

    Which questions a score is made of is kept with each figure, and compared there.
    """
    now = {measure["id"]: make_of(measure) for measure in plan["measures"]}
    other = {
        (wave.number, measure["id"])
        for wave, _release in queries.list_releases(programme_id)
        if wave.number < number
        for measure in plan_of(wave)["measures"]
        if measure["id"] in now and make_of(measure) != now[measure["id"]]
    }
    return {
        (key, name): [one for one in listed if (one.number, _measure_of(name)) not in other]
        for (key, name), listed in history.items()
    }


def _measure_of(name: str) -> str:
    """The measure that a score, a part or a level is of."""
    return name.partition(".")[0].partition(":")[0]
