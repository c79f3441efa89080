"""A pilot: a few named people say what each question means to them, before anybody is surveyed.

It holds no answers to questions and is never anonymous: what somebody writes stands beside their name.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError

from pulse.banks.loading import freeze_items
from pulse.banks.store import get_library
from pulse.db import writing
from pulse.languages.saying import gettext as _
from pulse.pilots import queries
from pulse.pilots.asking import MOST_TESTERS, Named, PilotError, check_day
from pulse.pilots.models import Pilot, PilotTester
from pulse.web.formatting import LONDON

#: 160 random bits in figures and the letters a to f: no mail program leaves the last one out of a link
_TOKEN_BYTES = 20


@dataclass(frozen=True)
class Plan:
    """What a form asks for. `once` names the form, so that sending it twice makes one pilot."""

    title: str
    note: str
    item_ids: tuple[str, ...]
    testers: tuple[Named, ...]
    closes_on: date
    once: str


class Link(NamedTuple):
    """A tester and the token of their link, which is stored nowhere."""

    tester: PilotTester
    token: str


def start_pilot(plan: Plan, account_id: int, now: datetime) -> tuple[Pilot, list[Link]]:
    """The pilot with its questions frozen, and a link for each tester.

    The same form once more makes nothing, and has no links to send. Raises PilotError.
    """
    check_day(plan.closes_on, now.astimezone(LONDON).date())
    try:
        with writing():
            standing = queries.find_by_once(plan.once)
            if standing is None:
                return _made(plan, account_id, now)
    except IntegrityError:  # PostgreSQL lets both presses begin; the other one has made it
        standing = queries.find_by_once(plan.once)
        if standing is None:
            raise
    return standing, []


def _made(plan: Plan, account_id: int, now: datetime) -> tuple[Pilot, list[Link]]:
    pilot = Pilot(
        title=plan.title,
        note=plan.note,
        questions=freeze_items(get_library(), plan.item_ids),
        made_at=now,
        account_id=account_id,
        closes_on=plan.closes_on,
        once=plan.once,
    )
    queries.add(pilot)
    return pilot, [_invited(pilot.id, each) for each in plan.testers]


def _invited(pilot_id: int, named: Named) -> Link:
    token = secrets.token_hex(_TOKEN_BYTES)
    tester = PilotTester(pilot_id=pilot_id, name=named.name, email=named.email, token_hash=hash_of(token))
    queries.add(tester)
    return Link(tester, token)


def invite_more(pilot_id: int, testers: Sequence[Named], now: datetime) -> list[Link]:
    """More testers of a pilot that has begun, and a link for each; all or none. Raises PilotError."""
    with writing():
        pilot = queries.hold_pilot(pilot_id)
        if not is_open(pilot, now):
            raise PilotError("testers", _("This pilot has closed: begin another one."))
        there = {tester.email for tester in queries.list_testers(pilot_id)}
        again = next((named.name for named in testers if named.email in there), "")
        if again:
            raise PilotError(
                "testers", _("The address of %(name)s is in this pilot already: leave it out.", name=again)
            )
        if len(there) + len(testers) > MOST_TESTERS:
            raise PilotError(
                "testers",
                _(
                    "A pilot has %(most)s testers at most, and with these it would have %(many)s: leave some "
                    "out.",
                    most=MOST_TESTERS,
                    many=len(there) + len(testers),
                ),
            )
        return [_invited(pilot_id, each) for each in testers]


def remove_tester(pilot_id: int, tester_id: int, now: datetime) -> None:
    """Take out a tester who has written nothing; their link opens nothing any more. Raises PilotError."""
    with writing():
        if not is_open(queries.get_pilot(pilot_id), now):
            raise PilotError("", _("This pilot has closed, so its testers stay."))
        try:
            tester = queries.hold_tester(tester_id, pilot_id)
        except queries.NotFound:  # the other of two presses was faster
            raise PilotError("", _("This tester is not in the pilot any more.")) from None
        if tester.finished_at or queries.list_comments_of(tester_id):
            raise PilotError("", _("%(name)s has written already, so they stay.", name=tester.name))
        queries.remove_tester(tester)


def hash_of(token: str) -> bytes:
    """What is kept of a token: 160 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).digest()


def renew_link(pilot_id: int, tester_id: int, seen: str, now: datetime) -> Link:
    """Another link for a tester, to be sent; the old one opens nothing any more.

    `seen` is `mark_of` the tester as the page showed them: pressed twice, it renews once. Raises PilotError.
    """
    with writing():
        tester = queries.hold_tester(tester_id, pilot_id)
        if not is_open(queries.get_pilot(pilot_id), now):
            raise PilotError("", _("This pilot has closed, so no link was sent."))
        if mark_of(tester) != seen:
            raise PilotError("", _("This link was sent again a moment ago, so nothing was sent now."))
        token = secrets.token_hex(_TOKEN_BYTES)
        tester.token_hash, tester.told_at = hash_of(token), None
        return Link(tester, token)


def mark_of(tester: PilotTester) -> str:
    """Changes when the tester gets another link; tells nothing of the link."""
    return hashlib.sha256(b"seen" + tester.token_hash).hexdigest()[:16]


def is_open(pilot: Pilot, now: datetime) -> bool:
    """Whether comments are still taken."""
    return pilot.closed_at is None and now.astimezone(LONDON).date() <= pilot.closes_on


def close_pilot(pilot_id: int, now: datetime) -> None:
    """Take no more comments; what was written stays until the pilot is deleted."""
    with writing():
        pilot = queries.get_pilot(pilot_id)
        pilot.closed_at = pilot.closed_at or now


def delete_pilot(pilot_id: int) -> None:
    """The pilot, its testers' names and addresses, and everything they wrote."""
    with writing():
        queries.get_pilot(pilot_id)
        queries.remove_pilot(pilot_id)
