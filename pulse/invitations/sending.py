"""Sending what waits: invitations first, then one reminder to those who have not answered."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pulse.db import writing
from pulse.directory import queries as directory
from pulse.domain.sheets import minutes_to_answer
from pulse.invitations import letters, queries
from pulse.invitations.codes import make_token
from pulse.invitations.models import REFUSED, SENT, WAITING
from pulse.messages.mail import Mail
from pulse.messages.mailers import MailDelayed, Mailer, MailRefused, MailUnavailable
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of

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
    """Send every waiting invitation of an open wave; returns how many left. Stops when mail is away."""
    occasion, sent = occasion_of(wave), 0
    while people := _claim(lambda: queries.claim_waiting(wave.id, BATCH)):
        batch = _send_all(people, wave.id, occasion, letters.invitation, sender)
        with writing():
            queries.set_delivery(wave.id, batch.delivered, SENT)
            queries.set_delivery(wave.id, batch.refused, REFUSED)
            queries.set_delivery(wave.id, batch.left, WAITING)
            surveys.set_problem(wave.id, batch.problem)
        sent += len(batch.delivered)
        if batch.left:
            break
    return sent


def send_reminders(wave: Wave, sender: Sender, now: datetime) -> int:
    """Remind once, `remind_after_days` after opening, whoever has not answered; returns how many left.

    Claimed before sending: after a crash some may get no reminder, but nobody gets two.
    """
    due = wave.opens_at + timedelta(days=wave.programme.remind_after_days)
    if not wave.programme.remind_after_days or not due <= now < wave.closes_at:
        return 0
    occasion, sent = occasion_of(wave), 0
    while people := _claim(lambda: queries.claim_reminders(wave.id, 1, BATCH)):
        batch = _send_all(people, wave.id, occasion, letters.reminder, sender)
        sent += len(batch.delivered)
        if batch.left:  # mail is away: these did not leave, so the next tick may try them again
            with writing():
                queries.return_reminders(wave.id, batch.left, 0)
                surveys.set_problem(wave.id, batch.problem)
            break
    return sent


def occasion_of(wave: Wave) -> letters.Occasion:
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
    )


def _claim(claim: Callable[[], list[int]]) -> list[int]:
    with writing():
        return claim()


@dataclass
class _Batch:
    """Who was reached, who never will be, who is left for a later try, and why, for the wave's page."""

    delivered: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    problem: str | None = None


def _send_all(
    people: list[int], wave_id: int, occasion: letters.Occasion, letter: Letter, sender: Sender
) -> _Batch:
    """Send one letter each, until all are tried or mail is away for everybody."""
    contacts = directory.list_contacts(people)
    batch = _Batch()
    for position, person_id in enumerate(people):
        address = contacts.get(person_id, ("", None))[1]
        try:
            if not address:
                raise MailRefused("no address is held")
            sender.mailer.send(letter(occasion, address, sender.link(wave_id, person_id)))
            batch.delivered.append(person_id)
        except MailRefused:
            batch.refused.append(person_id)
        except MailDelayed:
            batch.left.append(person_id)
        except MailUnavailable as reason:
            batch.left += people[position:]
            batch.problem = f"Letters are waiting to be sent. {reason}"
            log.warning("letters of wave %s wait because mail is away", wave_id)
            break
    return batch
