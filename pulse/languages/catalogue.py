"""The supplied catalogue as a list of texts: what each page string says, whether a person has reviewed it,
and which strings staff may meet; and drafts of the supplied questions.

`saying` reads the compiled catalogue, which knows words alone; this reads the written one, with its flags.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from pulse.languages.texts import PAGE, Text, plural_text

CATALOGUES = Path(__file__).parent / "translations"
#: flags of an entry that no person has reviewed
_UNREVIEWED = frozenset(("machine-drafted", "fuzzy"))
#: Whatever is said in these files may meet somebody who is asked: on the way in, on the form, afterwards, in
#: a letter or on the results page of staff. A wave is offered in a language only when all of it is reviewed,
#: so a file too many costs a few reviews, and one too few lets an unread sentence through.
STAFF_PATHS: tuple[str, ...] = (
    "pulse/responses/",
    # the first screen, codes, kiosks, closed doors
    "pulse/invitations/templates/invitations/start.html",
    "pulse/invitations/templates/invitations/code.html",
    "pulse/invitations/templates/invitations/closed_door.html",
    "pulse/invitations/templates/invitations/kiosk",
    "pulse/invitations/templates/invitations/slips/",
    "pulse/invitations/views.py",
    "pulse/invitations/kiosk_views.py",
    "pulse/invitations/forms.py",
    "pulse/invitations/codes.py",
    "pulse/invitations/slip_pages.py",
    # letters and what is announced
    "pulse/invitations/letters",
    "pulse/invitations/announcing.py",
    "pulse/invitations/sending.py",
    "pulse/messages/templates/messages/mail.html",
    # what stands around these pages
    "pulse/web/templates/web/survey_base.html",
    "pulse/web/templates/web/footer.html",
    "pulse/web/templates/web/languages.html",
    "pulse/web/templates/web/kiosk.html",
    "pulse/web/templates/web/error.html",
    "pulse/web/templates/web/macros/survey.html",
    "pulse/web/templates/web/macros/asked.html",
    "pulse/web/templates/web/macros/kiosk.html",
    "pulse/web/templates/web/macros/fields.html",
    "pulse/web/templates/web/macros/hidden.html",
    "pulse/web/errors.py",
    "pulse/web/formatting.py",
    "pulse/web/haste.py",
    "pulse/web/kiosk.py",
    "pulse/web/turns.py",
    "pulse/domain/anonymity.py",
    "pulse/domain/sheets.py",
    "pulse/surveys/languages.py",
    "pulse/surveys/plans.py",
    "pulse/surveys/templates/surveys/paper/",
    "pulse/surveys/templates/surveys/poster/",
    # the results that everybody invited may read
    "pulse/dashboards/staff_",
    "pulse/dashboards/templates/dashboards/staff",
    "pulse/dashboards/templates/dashboards/_staff.html",
    "pulse/dashboards/words.py",
    "pulse/dashboards/words_breaks.py",
    "pulse/dashboards/words_seen.py",
    "pulse/dashboards/words_feelings.py",
    "pulse/dashboards/page_cards.py",
    "pulse/dashboards/page_scales.py",
    "pulse/dashboards/svg",
    "pulse/dashboards/earlier_surveys.py",
    # names of dimensions and facets, which results say
    "question_banks/",
    "pulse/actions/summaries.py",
)


class Entry(NamedTuple):
    """A page string. `words`: of one with plural forms, a form a line; "" while there are none."""

    text: Text
    words: str
    #: no person has reviewed the words
    machine: bool
    #: the files that say it
    places: tuple[str, ...]

    @property
    def for_staff(self) -> bool:
        """Whether somebody who is asked may meet it."""
        return any(place.startswith(STAFF_PATHS) for place in self.places)


def entries(language: str) -> Mapping[tuple[str, str], Entry]:
    """`Text.key` -> every page string, in the order of the catalogue; none if there is no catalogue."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    return _entries(path, path.stat().st_mtime_ns)[0] if path.exists() else {}


def question_draft(language: str, text: Text) -> str:
    """The supplied draft of a question, an answer or what stands before them; "" if there is none."""
    path = CATALOGUES / language / "LC_MESSAGES" / "questions.po"
    return _drafts(path, path.stat().st_mtime_ns).get(text.key, "") if path.exists() else ""


@lru_cache(maxsize=4)
def _drafts(path: Path, _changed: int) -> Mapping[tuple[str, str], str]:
    with path.open("rb") as file:
        return {(str(one.context), str(one.id)): str(one.string) for one in read_po(file) if one.id}


def staff_texts(language: str) -> list[Text]:
    """Every page string that staff may meet."""
    return [entry.text for entry in entries(language).values() if entry.for_staff]


def is_for_staff(language: str, text: Text) -> bool:
    """Whether it is a page string that staff may meet."""
    entry = entries(language).get(text.key)
    return entry is not None and entry.for_staff


def other_texts(language: str) -> list[Text]:
    """Every other page string: those that only accounts see."""
    return [entry.text for entry in entries(language).values() if not entry.for_staff]


def count_forms(language: str) -> int:
    """How many plural forms the language has; Welsh has five."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    known = _entries(path, path.stat().st_mtime_ns)[1] if path.exists() else 0
    return known or Catalog(locale=language).num_plurals


@lru_cache(maxsize=4)
def _entries(path: Path, _changed: int) -> tuple[Mapping[tuple[str, str], Entry], int]:
    """By when the file was changed, so that each process reads each version once."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    found = [
        _entry(message.id, message.string, message.flags, [str(place) for place, _ in message.locations])
        for message in catalogue
        if message.id
    ]
    return {entry.text.key: entry for entry in found}, catalogue.num_plurals


def _entry(msgid: object, said: object, flags: set[str], places: list[str]) -> Entry:
    if isinstance(msgid, tuple | list):
        text = plural_text(str(msgid[0]), str(msgid[1]))
    else:
        text = Text(PAGE, str(msgid))
    forms = [str(form or "") for form in said] if isinstance(said, tuple | list) else [str(said or "")]
    words = "\n".join(forms) if all(forms) else ""
    return Entry(text, words, bool(_UNREVIEWED & flags), tuple(places))
