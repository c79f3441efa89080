"""The words of invitations and reminders: values made by pure functions."""

from dataclasses import dataclass
from datetime import datetime
from textwrap import fill
from typing import Final
from zoneinfo import ZoneInfo

from pulse.languages.saying import gettext as _
from pulse.languages.texts import ENGLISH
from pulse.messages.mail import Mail
from pulse.web.formatting import format_weekday, plural

#: characters in a line of a mail
_WIDTH: Final = 110


@dataclass(frozen=True)
class Occasion:
    """What a letter needs to know of the wave."""

    organisation: str
    programme: str
    purpose: str
    closes_at: datetime
    zone: str
    minutes: int
    k: int
    #: where everybody who was asked reads the results
    results_link: str
    #: in which these words are
    language: str = ENGLISH
    #: the same in every other language in which the wave is offered
    also: tuple["Occasion", ...] = ()

    @property
    def about(self) -> str:
        return plural(self.minutes, "minute")

    @property
    def last_day(self) -> str:
        return format_weekday(self.closes_at.astimezone(ZoneInfo(self.zone)))


def invitation(occasion: Occasion, to: str, link: str) -> Mail:
    """The first letter of a wave."""
    ask = _(
        "It takes about %(minutes)s. Please answer by %(day)s:",
        minutes=occasion.about,
        day=occasion.last_day,
    )
    sealed = _(
        "This link is yours alone: please do not forward it. It lets you answer once. Your answers are "
        "sealed before they are stored, counted together with others when the survey closes, and then "
        "destroyed; what you write in a text box is cut off from them and kept. No result is shown for fewer "
        "than %(k)s people.",
        k=occasion.k,
    )
    choice = _("You can choose not to take part. No page and no list shows anybody who did.")
    results = _(
        "The results come out soon after that day, for you and for those who lead at once. This link is the "
        "same for everybody who is asked, and needs no password:"
    )
    text = paragraphs(
        *(_("Hello,"), occasion.purpose, fold(ask), link, fold(sealed), fold(choice), fold(results)),
        *(occasion.results_link, occasion.organisation),
    )
    subject = _("%(survey)s: your questions", survey=occasion.programme)
    return Mail(to=to, subject=subject, text=text, kind="invitation")


def reminder(occasion: Occasion, to: str, link: str) -> Mail:
    """One more letter to those whose link has not been used."""
    still = _("There is still time to answer: the survey closes on %(day)s.", day=occasion.last_day)
    about = _("It takes about %(minutes)s.", minutes=occasion.about)
    unknown = _(
        "Only the system knows that this link has not been used yet; no person can see it, and it is "
        "forgotten when the survey closes. If you would rather not take part, you need do nothing."
    )
    results = _(
        "The results come out soon after that day, whether you answer or not. Everybody reads them here:"
    )
    text = paragraphs(
        *(_("Hello,"), f"{fold(still)}\n{fold(about)}", link, fold(unknown), fold(results)),
        *(occasion.results_link, occasion.organisation),
    )
    subject = _("%(survey)s: still open", survey=occasion.programme)
    return Mail(to=to, subject=subject, text=text, kind="reminder")


def paragraphs(*parts: str) -> str:
    """A letter of these parts, an empty line between them."""
    return "\n\n".join(parts) + "\n"


def fold(words: str) -> str:
    """A sentence in lines, for programs that show mail as it comes."""
    return fill(words, _WIDTH, break_long_words=False, break_on_hyphens=False)
