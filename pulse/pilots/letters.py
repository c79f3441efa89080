"""The letter that asks a tester, and sending it: once for one link, and said where it did not leave."""

from collections.abc import Callable, Iterable
from datetime import datetime

from pulse.accounts.identity import SignedIn
from pulse.config import Settings
from pulse.db import writing
from pulse.messages.mail import BadMailError, Mail
from pulse.messages.mailers import mailer_from
from pulse.messages.transport import MailDelayed, MailRefused, MailUnavailable
from pulse.pilots import queries
from pulse.pilots.models import Pilot
from pulse.pilots.piloting import Link
from pulse.web.formatting import format_date, one_line, plural

#: said in the letter and on the first page, before anything else
NEVER_ANONYMOUS = (
    "This is not a survey, and it is never anonymous: what you write stands beside your name, and {reader} "
    "and the people who look after the questions read it."
)


def letter_to(link: Link, pilot: Pilot, asker: SignedIn, base_url: str) -> Mail:
    """What a tester is told, in plain text."""
    paragraphs = [
        f"Hello {one_line(link.tester.name)},",
        f"{one_line(asker.full_name)} asks you to try {plural(len(pilot.questions), 'question')} before "
        "staff are asked them. You say what you think each one asks, and what is hard about it.",
        NEVER_ANONYMOUS.format(reader=one_line(asker.full_name)),
        pilot.note,
        f"The questions, until {format_date(pilot.closes_on)}:\n{base_url}/pilot/{link.token}",
        "You need not take part. Nothing follows if you do not.",
    ]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    subject = f"Please try some questions: {one_line(pilot.title)}"
    return Mail(to=link.tester.email, subject=subject, text=f"{text}\n", kind="pilot")


def send_links(
    links: Iterable[Link], pilot: Pilot, asker: SignedIn, settings: Settings, clock: Callable[[], datetime]
) -> list[str]:
    """Names of the testers whose letters did not leave; the others are noted as told."""
    silent: list[str] = []
    with mailer_from(settings) as mailer:
        for link in links:
            try:
                mailer.send(letter_to(link, pilot, asker, settings.base_url))
            except (BadMailError, MailRefused, MailDelayed, MailUnavailable):
                silent.append(link.tester.name)
                continue
            with writing():
                queries.mark_told(queries.get_tester(pilot.id, link.tester.id), clock())
    return silent
