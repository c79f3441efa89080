"""Pilots for tests."""

import secrets
from datetime import UTC, datetime, timedelta

from pulse.accounts.models import Account
from pulse.pilots.asking import Named
from pulse.pilots.models import Pilot
from pulse.pilots.piloting import Link, Plan, start_pilot
from pulse.web.formatting import LONDON
from tests.accounts.factories import make_account

JO = Named("Jo Tester", "jo@example.org")
SAM = Named("Sam Tester", "sam@example.org")


def make_plan(**values: object) -> Plan:
    """Two questions, one tester, two weeks."""
    defaults: dict[str, object] = {
        "title": "New questions",
        "note": "",
        "item_ids": ("PTA-01", "OPEN-01"),
        "testers": (JO,),
        "closes_on": datetime.now(LONDON).date() + timedelta(days=14),
        "once": secrets.token_hex(16),
    }
    return Plan(**(defaults | values))  # type: ignore[arg-type]


def make_pilot(account: Account | None = None, **values: object) -> tuple[Pilot, list[Link]]:
    """A stored pilot and the links of its testers, whom nobody has told."""
    return start_pilot(make_plan(**values), (account or make_account()).id, datetime.now(UTC))
