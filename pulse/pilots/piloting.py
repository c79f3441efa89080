"""A pilot: a few named people say what each question means to them, before anybody is surveyed.

It holds no answers to questions and is never anonymous: what somebody writes stands beside their name.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pulse.banks.loading import freeze_items
from pulse.banks.store import get_library
from pulse.db import writing
from pulse.domain.instrument.problems import suggestion
from pulse.messages.mail import BadMailError, check_address
from pulse.pilots import queries
from pulse.pilots.models import COMMENT_LENGTH, NAME_LENGTH, Pilot, PilotComment, PilotTester
from pulse.web.formatting import LONDON, one_line, plural

MOST_TESTERS = 12
MOST_QUESTIONS = 60
MOST_DAYS = 60


class PilotError(ValueError):
    """It cannot be done; one sentence says what to do. `field` is the field of the form it belongs to."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class Named(NamedTuple):
    """Somebody to be asked."""

    name: str
    email: str


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


def read_testers(lines: str) -> tuple[Named, ...]:
    """Name and address of each line, "Jo Bloggs, jo.bloggs@example.gov.uk"; raises PilotError for the first
    line that is not that.
    """
    found: list[Named] = []
    for number, line in enumerate(lines.splitlines(), 1):
        if line.strip():
            found.append(_tester(number, line, found))
    if not found:
        raise PilotError("testers", "Write at least one tester: a name, a comma and an e-mail address.")
    if len(found) > MOST_TESTERS:
        raise PilotError(
            "testers",
            f"A pilot has {MOST_TESTERS} testers at most, and these are {len(found)}: leave some out.",
        )
    return tuple(found)


def _tester(number: int, line: str, before: Sequence[Named]) -> Named:
    name, comma, address = one_line(line).rpartition(",")
    name = name.strip()
    if not (comma and name):
        raise PilotError("testers", f"Line {number} needs a name, a comma and an e-mail address.")
    if len(name) > NAME_LENGTH:
        raise PilotError("testers", f"The name in line {number} is longer than {NAME_LENGTH} characters.")
    try:
        email = check_address(address.strip()).lower()
    except BadMailError:
        raise PilotError(
            "testers", f"Line {number} does not end in one e-mail address: write it as person@example.gov.uk."
        ) from None
    if email in {each.email for each in before}:
        raise PilotError("testers", f"The address in line {number} is there twice: keep it once.")
    return Named(name, email)


def read_questions(words: str, bank_id: str) -> tuple[str, ...]:
    """Ids typed with spaces, commas or lines between them; of nothing typed, all offered ones of the bank."""
    library = get_library()
    ids = tuple(dict.fromkeys(words.replace(",", " ").split()))
    if not ids and bank_id:
        ids = tuple(item.id for item in library.bank(bank_id).items if not item.retired)
    for item_id in ids:
        if item_id not in library:
            near = suggestion(item_id, (item.id for item in library.all_items()))
            raise PilotError("item_ids", f'There is no question "{item_id}" in any bank; {near}')
    if not ids:
        raise PilotError("item_ids", "Choose a bank, or name at least one question, such as PTA-01.")
    if len(ids) > MOST_QUESTIONS:
        raise PilotError(
            "item_ids",
            f"A pilot has {MOST_QUESTIONS} questions at most, and these are {len(ids)}: name fewer.",
        )
    return ids


def check_day(closes_on: date, today: date) -> None:
    """Raises PilotError for a day that is past, or so far off that nobody would remember."""
    if closes_on < today:
        raise PilotError("closes_on", "This day is past: give a day from today on.")
    if closes_on > today + timedelta(days=MOST_DAYS):
        raise PilotError("closes_on", f"Give a day within {plural(MOST_DAYS, 'day')}.")


def start_pilot(plan: Plan, account_id: int, now: datetime) -> tuple[Pilot, list[Link]]:
    """The pilot with its questions frozen, and a link for each tester.

    The same form once more makes nothing, and has no links to send. Raises PilotError.
    """
    check_day(plan.closes_on, now.astimezone(LONDON).date())
    with writing():
        standing = queries.find_by_once(plan.once)
        if standing is not None:
            return standing, []
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
    token = secrets.token_urlsafe(24)
    tester = PilotTester(pilot_id=pilot_id, name=named.name, email=named.email, token_hash=hash_of(token))
    queries.add(tester)
    return Link(tester, token)


def hash_of(token: str) -> bytes:
    """What is kept of a token: 192 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).digest()


def renew_link(pilot_id: int, tester_id: int, seen: str) -> Link:
    """Another link for a tester, to be sent; the old one opens nothing any more.

    `seen` is `mark_of` the tester as the page showed them: pressed twice, it renews once. Raises PilotError.
    """
    with writing():
        tester = queries.get_tester(pilot_id, tester_id)
        if mark_of(tester) != seen:
            raise PilotError("", "This link was sent again a moment ago, so nothing was sent now.")
        token = secrets.token_urlsafe(24)
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


class Written(NamedTuple):
    """What somebody typed about one question."""

    meaning: str
    remark: str


def too_long(written: Mapping[str, Written]) -> str:
    """The first question whose comment is too long; "" if none is."""
    return next((item_id for item_id, each in written.items() if max(map(len, each)) > COMMENT_LENGTH), "")


def save_comments(tester_id: int, written: Mapping[str, Written], now: datetime, *, finished: bool) -> None:
    """Keep what a tester wrote, question by question; an emptied question is forgotten."""
    with writing():
        kept = {comment.item_id: comment for comment in queries.list_comments_of(tester_id)}
        for item_id, each in written.items():
            _keep(tester_id, item_id, each, kept.get(item_id), now)
        tester = queries.get_tester(None, tester_id)
        if finished:
            tester.finished_at = tester.finished_at or now


def _keep(tester_id: int, item_id: str, written: Written, kept: PilotComment | None, now: datetime) -> None:
    if kept is None:
        if any(written):
            queries.add(
                PilotComment(tester_id=tester_id, item_id=item_id, **written._asdict(), changed_at=now)
            )
    elif not any(written):
        queries.remove_comment(kept)
    elif (kept.meaning, kept.remark) != tuple(written):
        kept.meaning, kept.remark, kept.changed_at = *written, now
