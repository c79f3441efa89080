"""One letter in every language of its wave: nobody knows who reads which, and nobody shall.

The other languages stand first and English last, so that whoever reads on finds the rest of the page.
"""

from dataclasses import replace

from pulse.invitations.handing_over import Letter
from pulse.invitations.letters import Occasion
from pulse.languages.choosing import PARAMETER, speaking
from pulse.languages.texts import ENGLISH
from pulse.messages.mail import Mail
from pulse.surveys.models import TEXT

#: the first line of a letter in several languages, for those who read English; so it is said in no other
_ENGLISH_BELOW = "English below."
_RULE = "-" * 20


def in_language(address: str, language: str) -> str:
    """An address of a page for staff that opens in this language: English needs no mark."""
    return address if language == ENGLISH else f"{address}?{PARAMETER}={language}"


def in_every_language(letter: Letter, occasion: Occasion, to: str, link: str, channel: str) -> Mail:
    """The letter, and where its wave is offered in more languages, in each of them."""
    english = _said(letter, occasion, to, link)
    if not occasion.also:
        return english
    others = [_said(letter, other, to, in_language(link, other.language)) for other in occasion.also]
    mails = [*others, english]
    subject = " / ".join(dict.fromkeys(mail.subject for mail in mails))
    return replace(english, subject=subject, text=_joined([mail.text for mail in mails], channel))


def _said(letter: Letter, occasion: Occasion, to: str, link: str) -> Mail:
    with speaking(occasion.language):
        return letter(occasion, to, link)


def _joined(texts: list[str], channel: str) -> str:
    """A text message has no line to spare: each line more is paid for."""
    if channel == TEXT:
        return "\n\n".join(texts)
    return f"{_ENGLISH_BELOW}\n\n" + f"\n{_RULE}\n\n".join(texts)
