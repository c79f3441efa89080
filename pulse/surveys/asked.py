"""Which surveys ask a question, for the pages of the banks: in their rotation, or in waves that opened."""

from collections import defaultdict
from collections.abc import Collection

from pulse.banks.usage import Use
from pulse.surveys import queries
from pulse.surveys.models import Programme
from pulse.surveys.plans import plan_of


def find_uses(item_ids: Collection[str]) -> dict[str, list[Use]]:
    """Of each of these questions that any survey asks or asked; see `pulse.banks.usage`."""
    found: dict[str, list[Use]] = defaultdict(list)
    for programme in queries.list_programmes():
        ahead = _ahead(programme)
        asked = _opened_waves(programme)
        for item_id in item_ids:
            if item_id in ahead or asked.get(item_id):
                found[item_id].append(Use(programme.name, item_id in ahead, asked.get(item_id, 0)))
    return dict(found)


def _ahead(programme: Programme) -> set[str]:
    """A planned bridge needs both of its questions, also while the survey is paused."""
    rotation = programme.rotation if programme.active else []
    return {item for wave in [*rotation, *programme.bridges] for item in wave}


def _opened_waves(programme: Programme) -> dict[str, int]:
    """Question -> in how many waves that opened."""
    times: dict[str, int] = defaultdict(int)
    for wave in queries.list_waves(programme.id):
        if wave.plan_sha256 is not None:
            plan = plan_of(wave)
            for item in [*plan["items"], *plan["leader_items"]]:
                times[item["id"]] += 1
    return times
