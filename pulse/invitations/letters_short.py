"""The words of texts and of letters by post: values made by pure functions, as in `letters`.

A text is one or two SMS segments long, for which its sender pays. A letter by post is printed by GOV.UK
Notify, from words alone: it can bear no QR code, so it has the short code that slips have, to be typed at the
site's page for codes, and the link without what a browser adds by itself.
"""

import math
import unicodedata
from urllib.parse import urlsplit

from pulse.invitations.letters import Occasion, paragraphs
from pulse.languages.saying import gettext as _
from pulse.messages.mail import Mail

#: GSM 03.38, the alphabet of which 160 characters fit one text
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: what has a plain twin there
_TWINS = {
    ord("\N{LEFT SINGLE QUOTATION MARK}"): "'",
    ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'",
    ord("\N{LEFT DOUBLE QUOTATION MARK}"): '"',
    ord("\N{RIGHT DOUBLE QUOTATION MARK}"): '"',
    ord("\N{EN DASH}"): "-",
    ord("\N{EM DASH}"): "-",
}
#: the longest names of an organisation and a survey that leave room for the rest
_LONGEST_NAME = 32
_ONE, _EACH_OF_MANY = 160, 153


def text_invitation(occasion: Occasion, to: str, link: str) -> Mail:
    """The first letter of a wave as a text."""
    text = _(
        "%(who)s asks: %(survey)s. %(minutes)s, until %(day)s. Answers are counted together; taking part is "
        "your choice. Your link is yours alone: %(link)s",
        **_filled(occasion, link),
    )
    return _text(occasion, to, text, "invitation")


def text_reminder(occasion: Occasion, to: str, link: str) -> Mail:
    """One more text to those whose link has not been used."""
    text = _(
        "%(who)s: %(survey)s closes on %(day)s. Only the system knows that your link is unused, no person "
        "does. %(minutes)s, if you wish: %(link)s",
        **_filled(occasion, link),
    )
    return _text(occasion, to, text, "reminder")


def _filled(occasion: Occasion, link: str) -> dict[str, str]:
    who, survey = _name(occasion.organisation), _name(occasion.programme)
    return {
        **{"who": who, "survey": survey, "minutes": occasion.about},
        **{"day": occasion.last_day, "link": link},
    }


def posted_invitation(occasion: Occasion, to: str, link: str, code: str) -> Mail:
    """The first letter of a wave on paper; `to` is the envelope, whose first line is the name."""
    asks = _(
        "%(who)s asks you to take part. It takes about %(minutes)s. Please answer by %(day)s, on a phone or "
        "a computer.",
        who=occasion.organisation,
        minutes=occasion.about,
        day=occasion.last_day,
    )
    alone = _(
        "The code is yours alone: please give it to nobody else. It lets you answer once. In its place you "
        "can type this address, which does the same: %(address)s",
        address=short_link(link),
    )
    text = paragraphs(
        *(_("Dear colleague,"), occasion.purpose, asks),
        _("1. Go to %(address)s", address=short_link(code_page(link))),
        _("2. Type this code: %(code)s", code=code),
        *(alone, *_promises(occasion), occasion.organisation),
    )
    subject = _("%(survey)s: your questions", survey=occasion.programme)
    return Mail(to=to, subject=subject, text=text, kind="invitation")


def _promises(occasion: Occasion) -> tuple[str, str, str]:
    sealed = _(
        "Your answers are sealed before they are stored, counted together with others when the survey "
        "closes, and then destroyed; what you write in a text box is cut off from them and kept. No "
        "result is shown for fewer than %(k)s people.",
        k=occasion.k,
    )
    choice = _(
        "You can choose not to take part. No page and no list shows anybody who did, and you get no other "
        "letter about this survey."
    )
    results = _(
        "The results come out soon after that day, for you and for those who lead at once. Everybody reads "
        "them at %(address)s",
        address=short_link(occasion.results_link),
    )
    return sealed, choice, results


def code_page(link: str) -> str:
    """Where a code is typed, on the site that the link leads to."""
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}/code"


def short_link(link: str) -> str:
    """As people type it: browsers add https:// by themselves, and the page itself offers its languages."""
    return link.removeprefix("https://").partition("?")[0]


def sms_segments(text: str) -> int:
    """How many texts it is sent and paid as; 0 if a character of it is not in the SMS alphabet."""
    if not _GSM.issuperset(text):
        return 0
    return 1 if len(text) <= _ONE else math.ceil(len(text) / _EACH_OF_MANY)


def _text(occasion: Occasion, to: str, text: str, kind: str) -> Mail:
    return Mail(to=to, subject=occasion.programme, text=_plain(text), kind=kind)


def _name(given: str) -> str:
    plain = _plain(given)
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[: _LONGEST_NAME - 3].rstrip()}..."


def _plain(given: str) -> str:
    """In the SMS alphabet: one letter outside it, such as ŵ, would more than double the price of the text."""
    return "".join(map(_in_alphabet, given.translate(_TWINS)))


def _in_alphabet(character: str) -> str:
    if character in _GSM:
        return character
    return "".join(part for part in unicodedata.normalize("NFKD", character) if part in _GSM)
