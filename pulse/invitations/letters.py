"""The words of invitations and reminders: values made by pure functions."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pulse.messages.mail import Mail


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

    @property
    def about(self) -> str:
        return "1 minute" if self.minutes == 1 else f"{self.minutes} minutes"

    @property
    def last_day(self) -> str:
        local = self.closes_at.astimezone(ZoneInfo(self.zone))
        return f"{local:%A} {local.day} {local:%B}"


def invitation(occasion: Occasion, to: str, link: str) -> Mail:
    """The first letter of a wave."""
    text = f"""Hello,

{occasion.purpose}

It takes about {occasion.about}. Please answer by {occasion.last_day}:

{link}

This link is yours alone: please do not forward it. It lets you answer once. Your answers are sealed before
they are stored, counted together with others when the survey closes, and then destroyed; what you write in a
text box is cut off from them and kept. No result is shown for fewer than {occasion.k} people.

You can choose not to take part. No page and no list shows anybody who did.

The results come out soon after that day, for you and for those who lead at once. This link is the same for
everybody who is asked, and needs no password:

{occasion.results_link}

{occasion.organisation}
"""
    return Mail(to=to, subject=f"{occasion.programme}: your questions", text=text, kind="invitation")


def reminder(occasion: Occasion, to: str, link: str) -> Mail:
    """One more letter to those whose link has not been used."""
    text = f"""Hello,

There is still time to answer: the survey closes on {occasion.last_day}.
It takes about {occasion.about}.

{link}

Only the system knows that this link has not been used yet; no person can see it, and it is forgotten when the
survey closes. If you would rather not take part, you need do nothing.

The results come out soon after that day, whether you answer or not. Everybody reads them here:

{occasion.results_link}

{occasion.organisation}
"""
    return Mail(to=to, subject=f"{occasion.programme}: still open", text=text, kind="reminder")
