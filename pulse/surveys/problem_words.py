"""Why a wave waits or is held, in the language of a page.

The worker keeps the reason in English, in `Wave.problem`: which language a page will speak is not known then,
and the reason is read by commands too. What it says is known, so that a page can say it again. A fault that
nobody has met, and so no list names, is shown as it was kept.
"""

import re
from functools import cache

from pulse.domain.words import N_
from pulse.languages.choosing import current_language
from pulse.languages.saying import gettext as _
from pulse.languages.texts import ENGLISH
from pulse.surveys.unaskable import IDENTIFYING
from pulse.surveys.waves import NO_COHORT, NO_QUESTION

#: what stands before the reason why nothing can be sent; several such may follow one another
_WAITING = (
    N_("Letters are waiting to be sent."),
    N_("Text messages are waiting to be sent."),
    N_("Letters by post are waiting to be sent."),
)
#: sentences with a value in them, as they are made elsewhere; what has none is looked up as it is
_MADE = (
    NO_COHORT,
    NO_QUESTION,
    IDENTIFYING,
    # the gate, and what the worker finds when it opens a wave: actions.holding, actions.opening
    N_(
        "This wave waits for a response: nobody has said yet what was done about %(wave)s. To go on, post a "
        "response on the page of actions, and it opens within a minute."
    ),
    N_("This wave waits until %(wave)s has closed and its results are out, or it is given up."),
    N_(
        "This wave did not open: nobody had said what was done about %(wave)s before its time was over. Post "
        "a response before the next date."
    ),
    N_("This wave did not open: %(wave)s had not ended before its time was over."),
    N_("This wave opens on %(weekday)s %(day)s %(month)s: today is a closed day."),
    # an attribute that left the staff list: surveys.declared
    N_('The staff list has no attribute "%(code)s": it has no attributes.'),
    N_('The staff list has no attribute "%(code)s": choose among %(codes)s.'),
    N_(
        "%(attribute)s divides the people asked into %(categories)s categories, and %(most)s is the most: "
        "join some of them in the staff list, or leave this attribute out."
    ),
    # the count: results.closing, results.figures
    N_("A fault in the program stopped the count (%(fault)s): tell who runs it."),
    N_(
        "A figure of %(measure)s came out as no number: nothing is released and nothing is lost; tell who "
        "runs Pulse."
    ),
    # mail and texts: messages.smtp, messages.notify_replies
    N_("The mail server %(where)s refused the user or the password in MAIL_URL."),
    N_("The mail server %(where)s refused the sender (code %(code)s): check MAIL_FROM."),
    N_("The mail server %(where)s has no certificate that fits: check it, and the host in MAIL_URL."),
    N_("The mail server %(where)s cannot be reached: check MAIL_URL, and that the server is running."),
    N_("GOV.UK Notify replied with an error of its own (code %(code)s): letters wait until it is mended."),
    N_("GOV.UK Notify replied what this program does not know (code %(code)s): check NOTIFY_URL."),
    N_(
        "GOV.UK Notify takes no such letters from this service: check on its pages that the service is live, "
        "that it may send letters of this kind, and that the template in %(setting)s has no other fields."
    ),
    N_("GOV.UK Notify has no template with the id in %(setting)s: set it to one of your service."),
    N_("The template in %(setting)s is of another kind: set it to the id of one for %(kind)s."),
    N_("The template in %(setting)s lacks a field: it needs ((%(field)s)) in it."),
)
#: the same of sentences without a value that stand where the catalogue does not look
KNOWN = (
    # the count, and the end of a wave: results.closing, responses.sealing, results.giving_up
    N_(
        "There are not as many sealed answers as links that were used, so the database was changed by hand: "
        "nothing is released and nothing is lost; compare it with its backup."
    ),
    N_("The key file of this wave is another one's: put back its own; nothing is released or lost."),
    N_(
        "An envelope cannot be opened with this wave's key: nothing is released; put back the wave's own key "
        "file, or the database as its backup has it."
    ),
    N_(
        "An envelope holds something other than answers to this wave's questions, so the database was "
        "changed by hand: nothing is released; compare it with its backup."
    ),
    N_("Two independent counts of the same envelopes gave different totals."),
    N_(
        "A number of this wave would stand for too few people: nothing is released and nothing is lost; tell "
        "who runs Pulse."
    ),
    N_(
        "The numbers of this wave do not add up: nothing is released and nothing is lost; tell who runs "
        "Pulse."
    ),
    N_(
        "A table by attribute would give away too few people: nothing is released and nothing is lost; tell "
        "who runs Pulse."
    ),
    N_(
        "Some group would be shown as all of one mind on a question: nothing is released and nothing is "
        "lost; tell who runs Pulse."
    ),
    N_(
        "This wave was given up because its answers could not be opened. They are lost: the sealed answers "
        "and the list of who was asked were deleted, and there are no results."
    ),
    N_("Only a wave that is held or waits for its key can be given up."),
    N_("This wave has just moved on: reload the page to see where it stands."),
    # mail and texts: invitations.handing_over, messages
    N_("The mail server puts off one after the other: each is tried again within half an hour."),
    N_("The mail server keeps closing the connection: the mail will be tried again."),
    N_(
        "The mail server offers no encryption, so nothing was sent to it: set MAIL_URL to a server with "
        "STARTTLS, or to smtps://host:465."
    ),
    N_("The mail folder in MAIL_URL cannot be written to: check that it exists and has room."),
    N_(
        "GOV.UK Notify refused NOTIFY_API_KEY: set it to a live key of your service, and check that the "
        "clock of this machine is right."
    ),
    N_("GOV.UK Notify takes no more letters this minute: the others leave after it."),
    N_(
        "GOV.UK Notify takes no more letters today: the others leave tomorrow, or ask Notify for a higher "
        "limit."
    ),
    N_("GOV.UK Notify cannot be reached: letters wait until it can; check NOTIFY_URL if it is set."),
    N_("GOV.UK Notify did not reply in time: what it has not taken is sent later."),
    N_("Mail is not set up: set MAIL_URL to smtp://user:password@host:587 and start again."),
    N_("Texts are not set up: set NOTIFY_API_KEY and NOTIFY_TEXT_TEMPLATE and start again."),
    N_("Letters by post are not set up: set NOTIFY_API_KEY and NOTIFY_LETTER_TEMPLATE and start again."),
)
#: values that are words themselves
_SAID = frozenset(("weekday", "month", "kind"))
#: kinds of templates, as messages.notify_replies calls them
KINDS = (N_("e-mail"), N_("texts"), N_("letters"))
_BETWEEN = re.compile(f"({'|'.join(map(re.escape, _WAITING))})")


def say_problem(told: str) -> str:
    """What was kept, or refused, in English, in the language of the page."""
    if current_language() == ENGLISH:
        return told
    return " ".join(_say(part.strip()) for part in _BETWEEN.split(told) if part.strip())


def _say(sentence: str) -> str:
    for words in _MADE:
        found = _pattern(words).fullmatch(sentence)
        if found:
            return _(words, **{name: _valued(name, value) for name, value in found.groupdict().items()})
    return _(sentence)


def _valued(name: str, value: str) -> str:
    return _(value) if name in _SAID else value


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """What matches a sentence that was made of these words, with its values by name."""
    parts = re.split(r"%\((\w+)\)s", words)
    return re.compile(
        "".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    )
