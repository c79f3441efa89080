"""What a form for a pilot asks for, read and bounded: testers, questions and the last day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from pulse.banks.store import get_library
from pulse.domain.instrument.problems import suggestion
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say
from pulse.messages.mail import BadMailError, check_address
from pulse.pilots.models import NAME_LENGTH
from pulse.web.formatting import one_line, plural

MOST_TESTERS = 12
#: more than the largest supplied bank; nobody comments on so many with care
MOST_QUESTIONS = 50
MOST_DAYS = 60
#: of an id that is told back
_LONGEST_TOLD = 40


class PilotError(ValueError):
    """It cannot be done; one sentence says what to do. `field` is the field of the form it belongs to."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class Named(NamedTuple):
    """Somebody to be asked."""

    name: str
    email: str


def read_testers(lines: str) -> tuple[Named, ...]:
    """Name and address of each line, "Jo Bloggs, jo.bloggs@example.gov.uk"; raises PilotError for the first
    line that is not that. Blank lines count as lines, and are passed over.
    """
    filled = [(number, line) for number, line in enumerate(lines.splitlines(), 1) if line.strip()]
    if not filled:
        raise PilotError("testers", _("Write at least one tester: a name, a comma and an e-mail address."))
    if len(filled) > MOST_TESTERS:
        raise PilotError(
            "testers",
            _(
                "A pilot has %(most)s testers at most, and these are %(many)s: leave some out.",
                most=MOST_TESTERS,
                many=len(filled),
            ),
        )
    found: list[Named] = []
    for number, line in filled:
        found.append(_tester(number, line, found))
    return tuple(found)


def _tester(number: int, line: str, before: Iterable[Named]) -> Named:
    name, comma, address = one_line(line).rpartition(",")
    name = name.strip()
    if not (comma and name):
        raise PilotError(
            "testers", _("Line %(line)s needs a name, a comma and an e-mail address.", line=number)
        )
    if len(name) > NAME_LENGTH:
        raise PilotError(
            "testers",
            _("The name in line %(line)s is longer than %(most)s characters.", line=number, most=NAME_LENGTH),
        )
    try:
        email = check_address(address.strip()).lower()
    except BadMailError:
        raise PilotError(
            "testers",
            _(
                "Line %(line)s does not end in one e-mail address: write it as person@example.gov.uk.",
                line=number,
            ),
        ) from None
    if email in {each.email for each in before}:
        raise PilotError(
            "testers", _("The address in line %(line)s is there twice: keep it once.", line=number)
        )
    return Named(name, email)


def read_questions(words: str, bank_id: str) -> tuple[str, ...]:
    """All questions of the bank that are not retired, then the ids typed with spaces, commas or lines between
    them; each once. Raises PilotError.
    """
    library = get_library()
    whole = [item.id for item in library.bank(bank_id).items if not item.retired] if bank_id else []
    ids = tuple(dict.fromkeys([*whole, *words.replace(",", " ").split()]))
    if not ids:
        raise PilotError("item_ids", _("Choose a bank, or name at least one question, such as PTA-01."))
    for item_id in ids:
        if item_id not in library:
            told = item_id[:_LONGEST_TOLD]
            near = suggestion(told, (item.id for item in library.all_items()))
            raise PilotError(
                "item_ids", _('There is no question "%(id)s" in any bank; %(near)s', id=told, near=say(near))
            )
    if len(ids) > MOST_QUESTIONS:
        raise PilotError(
            "item_ids",
            _(
                "A pilot has %(most)s questions at most, and these are %(many)s: name fewer.",
                most=MOST_QUESTIONS,
                many=len(ids),
            ),
        )
    return ids


def check_day(closes_on: date, today: date) -> None:
    """Raises PilotError for a day that is past, or so far off that nobody would remember."""
    if closes_on < today:
        raise PilotError("closes_on", _("This day is past: give a day from today on."))
    if closes_on > today + timedelta(days=MOST_DAYS):
        raise PilotError("closes_on", _("Give a day within %(days)s.", days=plural(MOST_DAYS, "day")))
