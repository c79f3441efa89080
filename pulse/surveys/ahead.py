"""What a programme would ask in a wave that has not opened: its questions, and how long they take."""

from collections.abc import Sequence
from typing import Any

from pulse.domain.sheets import Plan, minutes_to_answer
from pulse.languages.saying import gettext as _
from pulse.surveys.models import Programme, Wave
from pulse.surveys.plans import build_plan
from pulse.surveys.unaskable import IDENTIFYING, find_unaskable

_NOTHING: Plan = {"items": [], "leader_items": [], "anchors": []}


def next_number(past: Sequence[Wave]) -> int:
    """The number of the wave that opens next, given the programme's waves, oldest first."""
    if not past:
        return 1
    return past[-1].number if past[-1].state == "planned" else past[-1].number + 1


def plan_ahead(programme: Programme, number: int) -> tuple[Plan, str]:
    """What the wave would ask, and "" or, when a question may be asked no more, why it could not open."""
    try:
        plan = build_plan(programme, number)
    except KeyError as error:
        return dict(_NOTHING), _(
            "Question %(item)s is in no bank any more: change what this survey asks.", item=error.args[0]
        )
    unaskable = find_unaskable(plan)
    return plan, _(IDENTIFYING, item=unaskable) if unaskable else ""


def forms_of(plan: Plan) -> list[list[dict[str, Any]]]:
    """The items of each form of the wave, without the leaders': one, or one for each block of people."""
    blocks = plan.get("blocks")
    if not blocks:
        return [list(plan["items"])]
    return [[item for item in plan["items"] if item["id"] in set(block)] for block in blocks]


def minutes_of(plan: Plan, *, leads: bool = False) -> int:
    """Whole minutes that the longest form of the wave takes; `leads`: with the leaders' questions."""
    more = list(plan["leader_items"]) if leads else []
    return max(minutes_to_answer(items + more) for items in forms_of(plan))


def questions_of(plan: Plan) -> int:
    """How many questions its longest form has, without the leaders'."""
    return max(len(items) for items in forms_of(plan))
