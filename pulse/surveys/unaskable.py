"""A last look before anybody is asked: whether a plan holds what could tell who answers.

Nothing like it can be saved, but a question may be older than a rule, and a unit of the staff list may have
become small since. A wave that is open goes on with what it froze; the next one waits and says why.
"""

from pulse.banks.identifying import find_blocked_question
from pulse.banks.store import get_library
from pulse.domain.sheets import Plan, all_items
from pulse.domain.words import N_

IDENTIFYING = N_(
    "Question %(item)s could tell who answers: change what this survey asks, or the words of the question."
)


def find_unaskable(plan: Plan) -> str:
    """The id of the first question of a plan that could tell who answers, in any language; "" if none."""
    items = list(all_items(plan))
    said = [
        item | words["items"].get(item["id"], {})
        for words in plan.get("languages", {}).values()
        for item in items
    ]
    return find_blocked_question([*items, *said], get_library())
