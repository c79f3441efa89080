"""Which surveys ask a question, for the pages of the banks: in their rotation, or in waves that opened."""

from collections import defaultdict
from collections.abc import Collection

from pulse.banks.usage import Use
from pulse.domain.instrument.freezing import Frozen
from pulse.domain.sheets import all_items
from pulse.surveys import queries
from pulse.surveys.models import Programme
from pulse.surveys.plans import plan_of
from pulse.surveys.rewordings import last_worded


def find_uses(item_ids: Collection[str]) -> dict[str, list[Use]]:
    """Of each of these questions that any survey asks or asked; see `pulse.banks.usage`."""
    found: dict[str, list[Use]] = defaultdict(list)
    for programme in queries.list_programmes():
        ahead = {item for wave in [*programme.rotation, *programme.bridges] for item in wave}
        asked = _opened_waves(programme)
        for item_id in item_ids:
            if item_id in ahead or asked.get(item_id):
                again = item_id in ahead
                use = Use(programme.name, again and programme.active, asked.get(item_id, 0))
                found[item_id].append(use._replace(paused=again and not programme.active))
    return dict(found)


def find_asked(item_ids: Collection[str]) -> dict[str, list[Frozen]]:
    """Of each of these questions that surveys asked: how, once for each; see `pulse.banks.usage`."""
    found: dict[str, list[Frozen]] = defaultdict(list)
    for programme in queries.list_programmes():
        opened = [wave for wave in queries.list_waves(programme.id) if wave.plan_sha256 is not None]
        worded = last_worded(opened)
        for item_id in worded.keys() & item_ids:
            found[item_id].append(worded[item_id])
    return dict(found)


def _opened_waves(programme: Programme) -> dict[str, int]:
    """Question -> in how many waves that opened."""
    times: dict[str, int] = defaultdict(int)
    for wave in queries.list_waves(programme.id):
        if wave.plan_sha256 is not None:
            plan = plan_of(wave)
            for item in all_items(plan):
                times[item["id"]] += 1
    return times
