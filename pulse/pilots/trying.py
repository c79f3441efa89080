"""Which questions are being tried on people now, for the pages of the banks, which lie below."""

from collections.abc import Collection
from datetime import UTC, datetime

from pulse.pilots import queries
from pulse.pilots.piloting import is_open


def find_under_way(item_ids: Collection[str]) -> list[tuple[str, str]]:
    """(title, question) of each open pilot and each of these questions in it; see `pulse.banks.usage`."""
    now = datetime.now(UTC)
    return [
        (pilot.title, question["id"])
        for pilot, _testers, _done in queries.list_pilots()
        if is_open(pilot, now)
        for question in pilot.questions
        if question["id"] in item_ids
    ]
