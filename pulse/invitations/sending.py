"""Sending what waits: invitations first, then one reminder to those who have not answered."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pulse.db import writing
from pulse.directory import queries as directory
from pulse.domain.sheets import minutes_to_answer
from pulse.invitations import letters, queries
from pulse.invitations.codes import make_token, mark_address
from pulse.invitations.models import REFUSED, SENT, WAITING
from pulse.messages.mail import Mail
from pulse.messages.mailers import MailDelayed, Mailer, MailRefused, MailUnavailable
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of
from pulse.surveys.staff_link import staff_link

log = logging.getLogger(__name__)
#: claimed together: few enough that a crash repeats little, enough that commits do not dominate
BATCH = 200
Letter = Callable[[letters.Occasion, str, str], Mail]


@dataclass(frozen=True)
class Sender:
    """What sending needs beside the database."""

    mailer: Mailer
    token_key: bytes
    base_url: str

    def link(self, wave_id: int, person_id: int) -> str:
        return f"{self.base_url}/a/{make_token(self.token_key, wave_id, person_id)}"


def send_waiting(wave: Wave, sender: Sender) -> int:
    """Send every waiting invitation of an open wave; returns how many left. Stops when mail is away.

    Which address each goes to is noted before it leaves: a letter that a worker may have sent before it
    died goes out again to that address, or not at all.
    """
    occasion, sent = occasion_of(wave, sender.base_url), 0
    while people := _claim_waiting(wave.id, sender):
        batch = _send_all(people, wave.id, occasion, letters.invitation, sender)
        with writing():
            queries.set_delivery(wave.id, batch.delivered, SENT)
            queries.set_delivery(wave.id, batch.refused, REFUSED)
            queries.set_delivery(wave.id, batch.left, WAITING)
            queries.set_sent_to(wave.id, dict.fromkeys(batch.refused + batch.left))
            surveys.set_problem(wave.id, batch.problem)
        sent += len(batch.delivered)
        if batch.left:
            break
    return sent


def send_reminders(wave: Wave, sender: Sender, now: datetime) -> bool:
    """Remind once, on the first of `reminder_days`, whoever has not answered; True if it was done now.

    A reminder goes only to the very address that the invitation went to: whoever changes addresses on the
    staff list must not get the letters of those who have not answered. For the same reason True does not
    say that any letter left. Claimed before sending: after a crash some may get no reminder, nobody two.
    """
    days = wave.programme.reminder_days
    due = wave.opens_at + timedelta(days=days[0] if days else 0)
    if not days or not due <= now < wave.closes_at:
        return False
    occasion, done = occasion_of(wave, sender.base_url), False
    while (people := _claim_reminders(wave.id, sender)) is not None:
        done = True
        batch = _send_all(people, wave.id, occasion, letters.reminder, sender)
        with writing():  # when mail is away: these did not leave, so the next tick may try them again
            queries.return_reminders(wave.id, batch.left, 0)
            surveys.set_problem(wave.id, batch.problem)
        if batch.left:
            break
    return done


def occasion_of(wave: Wave, base_url: str) -> letters.Occasion:
    """The wave in the words of its letters."""
    programme = wave.programme
    return letters.Occasion(
        organisation=programme.organisation,
        programme=programme.name,
        purpose=programme.purpose,
        closes_at=wave.closes_at,
        zone=programme.zone,
        minutes=minutes_to_answer(plan_of(wave)["items"]),
        k=wave.k,
        results_link=staff_link(programme, base_url),
    )


def _claim_waiting(wave_id: int, sender: Sender) -> dict[int, str]:
    """Person -> address of a batch of invitations, noted with them; "" for who must get none."""
    with writing():
        noted = queries.claim_waiting(wave_id, BATCH)
        marked = _marked(wave_id, list(noted), sender)
        queries.set_sent_to(wave_id, {who: mark for who, (_, mark) in marked.items() if noted[who] is None})
    return {who: address if noted[who] in (None, mark) else "" for who, (address, mark) in marked.items()}


def _claim_reminders(wave_id: int, sender: Sender) -> dict[int, str] | None:
    """Person -> address of a batch of reminders; None when everybody has had theirs."""
    with writing():
        noted = queries.claim_reminders(wave_id, 1, BATCH)
        if noted is None:
            return None
        marked = _marked(wave_id, list(noted), sender)
    return {who: address for who, (address, mark) in marked.items() if address and noted[who] == mark}


def _marked(wave_id: int, people: list[int], sender: Sender) -> dict[int, tuple[str, bytes]]:
    """Person -> the address that the staff list has now, and its mark."""
    contacts = directory.list_contacts(people)
    addresses = {who: contacts.get(who, ("", None))[1] or "" for who in people}
    return {who: (one, mark_address(sender.token_key, wave_id, who, one)) for who, one in addresses.items()}


@dataclass
class _Batch:
    """Who was reached, who never will be, who is left for a later try, and why, for the wave's page."""

    delivered: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    problem: str | None = None


def _send_all(
    people: dict[int, str], wave_id: int, occasion: letters.Occasion, letter: Letter, sender: Sender
) -> _Batch:
    """Send one letter each, until all are tried or mail is away for everybody."""
    batch = _Batch()
    for position, (person_id, address) in enumerate(people.items()):
        try:
            if not address:
                raise MailRefused("there is no address to send it to")
            sender.mailer.send(letter(occasion, address, sender.link(wave_id, person_id)))
            batch.delivered.append(person_id)
        except MailRefused:
            batch.refused.append(person_id)
        except MailDelayed:
            batch.left.append(person_id)
        except MailUnavailable as reason:
            batch.left += list(people)[position:]
            batch.problem = f"Letters are waiting to be sent. {reason}"
            log.warning("letters of wave %s wait because mail is away", wave_id)
            break
    return batch
