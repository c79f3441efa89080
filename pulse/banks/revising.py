"""Keeping a new version of a document: checked as a whole, numbered, never over somebody else's."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy.exc import IntegrityError

from pulse.banks import queries, store
from pulse.banks.identifying import newly_blocked
from pulse.banks.loading import BankError, load_library
from pulse.banks.writing import UnwritableError, write_bank, write_scales, write_sources
from pulse.db import writing
from pulse.domain.instrument import Bank, Library
from pulse.domain.instrument.naming import name_subject
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say

SCALES, SOURCES = "scales", "sources"
#: makes a new version of the newest one; raises EditError
Revision = Callable[[Library, Bank], Bank]
LONGEST_WHY = 300


class EditError(Exception):
    """The edit cannot be kept; one sentence that says what to do.

    `field` is the one to mend, or ""; `fields` are all that may mend it, the likeliest first: a form shows
    the sentence at the first of them that it has.
    """

    def __init__(self, sentence: str, *fields: str) -> None:
        super().__init__(sentence)
        self.field = fields[0] if fields else ""
        self.fields = fields


class Identifying(EditError):
    """Something that people would read could tell who answers."""


class ChangedMeanwhile(EditError):
    """Somebody else has changed the same piece since it was shown: `theirs` is how it stands now."""

    def __init__(self, theirs: Any) -> None:
        super().__init__(
            _("Somebody else has changed this since you opened it. Nothing of yours is saved yet.")
        )
        self.theirs = theirs


@dataclass(frozen=True)
class Editor:
    """Who edits, when and why."""

    now: datetime
    why: str = ""
    #: None for a command on the server
    account_id: int | None = None


def fingerprint(piece: Any) -> str:
    """Of an item, a section or the words, as it was shown: the same until it is changed. 16 hex digits."""
    return hashlib.sha256(repr(piece).encode()).hexdigest()[:16]


def check_seen(piece: Any, seen: str) -> None:
    """Raise ChangedMeanwhile unless the piece is still as it was when its form was shown."""
    if fingerprint(piece) != seen:
        raise ChangedMeanwhile(piece)


def get_bank(library: Library, bank_id: str) -> Bank:
    """Raises EditError."""
    try:
        return library.bank(bank_id)
    except KeyError:
        raise EditError(_("There is no such bank: it may have been renamed or deleted.")) from None


def is_own(document: str) -> bool:
    """Whether it was ever changed here; what was not is the supplied file."""
    return any(name == document for name, _ in queries.list_newest())


def revise_bank(bank_id: str, change: Revision, editor: Editor, *, act: str, what: str) -> Library:
    """The bank as `change` makes it of the newest, kept; the library with it. Raises EditError."""

    def write(library: Library) -> str:
        return write_bank(change(library, get_bank(library, bank_id)))

    return _revise(bank_id, write, editor, act, what)


def add_bank(
    bank_id: str, make: Callable[[Library], Bank], editor: Editor, *, act: str, what: str
) -> Library:
    """A bank that is not there yet, or a supplied one that becomes one's own, as `make` has it.

    `make` sees the newest library, and whatever it finds there nobody changes before the bank is kept.
    Raises EditError.
    """
    return _revise(bank_id, lambda library: write_bank(make(library)), editor, act, what)


def remove_bank(bank_id: str, check: Callable[[Library], None], editor: Editor) -> Library:
    """The library without a bank, whose versions stay. `check` sees the newest; it may raise EditError."""

    def write(library: Library) -> str:
        check(library)
        return queries.GONE

    return _revise(bank_id, write, editor, "retired", "deleted")


def revise_scales(change: Callable[[Library], Library], editor: Editor, *, act: str, what: str) -> Library:
    """Scales and words as `change` makes them. Raises EditError."""

    def write(library: Library) -> str:
        changed = change(library)
        return write_scales(changed.scales, changed.terms, changed.swaps)

    return _revise(SCALES, write, editor, act, what)


def revise_sources(
    change: Callable[[Library], Library], editor: Editor, *, what: str, act: str = "edited"
) -> Library:
    """Documents and their points as `change` makes them. Raises EditError."""

    def write(library: Library) -> str:
        changed = change(library)
        return write_sources(changed.documents, changed.sources)

    return _revise(SOURCES, write, editor, act, what)


def _revise(document: str, write: Callable[[Library], str], editor: Editor, act: str, what: str) -> Library:
    """Checked, numbered and kept in one unit that writes; whatever is wrong, nothing is changed."""
    if len(editor.why) > LONGEST_WHY:
        raise EditError(_("Say why in up to %(most)s characters.", most=LONGEST_WHY), "why")
    try:
        with writing():
            store.forget()
            before = store.get_library()
            content = write(before)
            standing = dict(queries.list_standing()) | {document: content}
            library = _load({name: text for name, text in standing.items() if text}, before)
            refuse_identifying(before, library)
            number = dict(queries.list_newest()).get(document, 0) + 1
            queries.add_revision(
                *(document, number, content),
                act=act,
                what=what[:300],
                why=editor.why,
                now=editor.now,
                by=editor.account_id,
            )
    except UnwritableError as error:
        raise EditError(str(error)) from None
    except IntegrityError:
        raise EditError(_("Somebody else saved at the same moment. Look again, and save again.")) from None
    finally:
        store.forget()
    return library


def refuse_identifying(before: Library, after: Library) -> None:
    """Raises Identifying for words that `before` had not, as the form of a question would refuse them."""
    blocked = newly_blocked(before, after)
    if blocked is not None:
        sentence = f"{blocked.read.subject}: {say(blocked.found.why)}"
        raise Identifying(sentence, blocked.read.field)


def _load(changed: dict[str, str], before: Library) -> Library:
    try:
        return load_library(changed=changed)
    except BankError as error:
        _refuse(error, before)


def _refuse(error: BankError, before: Library) -> NoReturn:
    """The first problem in words of the pages: without file and line, and with names that a page shows."""
    first = error.problems[0]
    said = say(first.on_page or first.message)
    subject = name_subject(before, error.library or before, first.subject)
    is_named = not subject or said.startswith(f"{first.subject} ")
    sentence = said if is_named else f"{subject}: {said}"
    raise EditError(sentence[:1].upper() + sentence[1:], *first.fields) from None
