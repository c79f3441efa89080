"""The letter that asks a tester, and sending it: once for one link, and said where it did not leave."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from pulse.accounts.identity import SignedIn
from pulse.config import Settings
from pulse.db import writing
from pulse.domain.words import N_
from pulse.languages.choosing import speaking
from pulse.languages.texts import ENGLISH
from pulse.messages.mail import Mail
from pulse.messages.mailers import MailDelayed, MailRefused, MailUnavailable, mailer_from
from pulse.pilots import queries
from pulse.pilots.models import Pilot
from pulse.pilots.piloting import Link
from pulse.web.formatting import format_date, one_line, plural

#: said in the letter and on the first page, before anything else
NEVER_ANONYMOUS = N_(
    "This is not a survey, and it is never anonymous: your name stands beside what you write, and %(reader)s "
    "and everybody here who looks after the questions of surveys read it."
)
AFTERWARDS = N_(
    "What you write helps to word the questions. It is kept, with your name, until one of them deletes the "
    "pilot, and becomes part of no survey and no result."
)


@dataclass
class Sent:
    """Names of testers by what became of their letters; `why` says what kept mail from leaving at all."""

    told: list[str] = field(default_factory=list)
    #: the connection was lost while the letter was handed over
    unsure: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    why: str = ""


def letter_to(link: Link, pilot: Pilot, asker: SignedIn, base_url: str) -> Mail:
    """What a tester is told, in plain text. In English, whatever the page that sends it speaks."""
    with speaking(ENGLISH):
        return _letter(link, pilot, asker, base_url)


def _letter(link: Link, pilot: Pilot, asker: SignedIn, base_url: str) -> Mail:
    name = one_line(asker.full_name)
    paragraphs = [
        f"Hello {one_line(link.tester.name)},",
        f"{name} asks you to try {plural(len(pilot.questions), 'question')} before staff are asked them. You "
        "say what you think each one asks, and what is hard about it.",
        NEVER_ANONYMOUS % {"reader": name},
        AFTERWARDS,
        pilot.note,
        f"The questions, until {format_date(pilot.closes_on)}:\n{base_url}/pilot/{link.token}",
        "The link is yours alone: whoever opens it writes in your name. You need not take part, and nothing "
        "follows if you do not.",
    ]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    subject = f"Please try some questions: {one_line(pilot.title)}"
    return Mail(to=link.tester.email, subject=subject, text=f"{text}\n", kind="pilot")


def send_links(
    links: Iterable[Link], pilot: Pilot, asker: SignedIn, settings: Settings, clock: Callable[[], datetime]
) -> Sent:
    """Send each link once. When mail is away the rest are not tried: each try may wait for a minute.

    A letter that the server may have taken counts as sent, as everywhere: nobody gets two.
    """
    sent = Sent()
    with mailer_from(settings) as mailer:
        for link in links:
            name, mail = link.tester.name, letter_to(link, pilot, asker, settings.base_url)
            if sent.why:
                sent.waiting.append(name)
                continue
            try:
                mailer.send(mail)
            except MailRefused:
                sent.refused.append(name)
                continue
            except MailDelayed:
                sent.waiting.append(name)
                continue
            except MailUnavailable as error:
                sent.why = str(error)
                (sent.unsure if error.perhaps_taken else sent.waiting).append(name)
                if not error.perhaps_taken:
                    continue
            else:
                sent.told.append(name)
            with writing():
                queries.mark_told(queries.get_tester(pilot.id, link.tester.id), clock())
    return sent
