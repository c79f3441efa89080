"""How each text stands in a language, and the rules by which it changes: who translated, who reviewed.

Nobody reviews what they wrote. Two people review a text that is easily turned round (`Text.twice`). Whatever
is changed is a draft again. Nothing is written over: each act adds a version.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError

from pulse.db import writing
from pulse.languages import queries
from pulse.languages.catalogue import entries, question_draft
from pulse.languages.checking import TranslationRefused, check_note, check_words, tidy
from pulse.languages.models import DRAFT, REVIEWED, Translation
from pulse.languages.saying import forget
from pulse.languages.saying import gettext as _
from pulse.languages.texts import PAGE, PAGE_PLURAL, Text

MISSING = "missing"
_AT_ONCE = 500


class Standing(NamedTuple):
    """A text as it stands. `number` is the version, 0 for what nobody here has touched."""

    text: Text
    words: str = ""
    #: MISSING, DRAFT or REVIEWED
    state: str = MISSING
    number: int = 0
    note: str = ""
    made_at: datetime | None = None
    translator_id: int | None = None
    reviewer_id: int | None = None
    second_reviewer_id: int | None = None

    @property
    def reviewed(self) -> bool:
        """Whether it may be shown to people who are asked."""
        return self.state == REVIEWED and (not self.text.twice or self.second_reviewer_id is not None)

    @property
    def half(self) -> bool:
        """Whether one of two people has reviewed it."""
        return bool(self.words) and self.text.twice and self.reviewer_id is not None and not self.reviewed

    @property
    def kind(self) -> str:
        """MISSING, DRAFT or REVIEWED, as it counts."""
        return self.state if self.state != REVIEWED or self.reviewed else DRAFT


class ChangedMeanwhile(TranslationRefused):
    """Somebody else saved this text since it was shown; nothing is written over."""

    def __init__(self, theirs: Standing) -> None:
        super().__init__(_("Somebody else has changed this translation since you opened it."))
        self.theirs = theirs


def find_standing(language: str, texts: Iterable[Text]) -> list[Standing]:
    """Each text as it stands, in the order given; the same text twice is there once."""
    wanted = {text.key: text for text in texts}
    contexts = sorted({context for context, _source in wanted})
    rows: dict[tuple[str, str], Translation] = {}
    for start in range(0, len(contexts), _AT_ONCE):
        for row in queries.list_newest(language, contexts[start : start + _AT_ONCE]):
            rows[row.context, row.source] = row
    return [
        as_standing(text, rows[key]) if key in rows else _supplied(language, text)
        for key, text in wanted.items()
    ]


def find_one(language: str, text: Text) -> Standing:
    """One text as it stands."""
    versions = queries.list_versions(language, text)
    return as_standing(text, versions[0]) if versions else _supplied(language, text)


def _supplied(language: str, text: Text) -> Standing:
    """What came with the program, which nobody here has touched; of a question never more than a draft."""
    if text.context not in (PAGE, PAGE_PLURAL):
        words = question_draft(language, text)
        return Standing(text, words, DRAFT if words else MISSING)
    entry = entries(language).get(text.key)
    if entry is None or not entry.words:
        return Standing(text)
    return Standing(text, entry.words, DRAFT if entry.machine else REVIEWED)


def as_standing(text: Text, row: Translation) -> Standing:
    """A version of a text."""
    people = row.translator_id, row.reviewer_id, row.second_reviewer_id
    return Standing(text, row.text, row.state, row.number, row.note, row.made_at, *people)


def not_reviewed(language: str, texts: Iterable[Text]) -> list[Text]:
    """Those of the texts that may not be shown in the language yet; the same text twice is there once."""
    return [standing.text for standing in find_standing(language, texts) if not standing.reviewed]


def find_words(language: str, texts: Iterable[Text]) -> dict[tuple[str, str], str]:
    """`Text.key` -> reviewed words, of those texts that are reviewed."""
    return {each.text.key: each.words for each in find_standing(language, texts) if each.reviewed}


def why_not_review(standing: Standing, reviewer_id: int) -> str:
    """Why this person cannot review the text as it stands, in a sentence; "" if they can."""
    if not standing.words:
        return _("There are no words to review yet: write them first.")
    if standing.reviewed:
        return _("This text is reviewed already.")
    if standing.translator_id == reviewer_id:
        return _("You wrote these words yourself: somebody else must review them.")
    if standing.half and standing.reviewer_id == reviewer_id:
        return _("You have reviewed this reversed question already: a second person must review it too.")
    return ""


def draft(
    language: str, text: Text, words: str, note: str, editor_id: int | None, now: datetime, *, seen: int
) -> Standing:
    """Save words as a draft by this editor, None for a command. `seen`: the version that was shown.

    Another note alone leaves the state as it is. Raises TranslationRefused, and ChangedMeanwhile.
    """
    words, note = tidy(text, words), check_note(note)
    check_words(language, text, words)
    before = find_one(language, text)
    if before.number != seen:
        raise ChangedMeanwhile(before)
    if words != before.words:
        after = Standing(text, words, DRAFT, note=note, translator_id=editor_id)
    elif note == before.note or (before.reviewed and not before.number):
        raise TranslationRefused(_("You have changed nothing: write other words, or another note."))
    else:
        after = before._replace(note=note)
    return _add(language, after._replace(made_at=now), seen)


def review(language: str, text: Text, reviewer_id: int, now: datetime, *, seen: int) -> Standing:
    """Say that this person has read the words and they are right; of some texts, two people must.

    Raises TranslationRefused when the rules forbid it, and ChangedMeanwhile.
    """
    before = find_one(language, text)
    if before.number != seen:
        raise ChangedMeanwhile(before)
    refused = why_not_review(before, reviewer_id)
    if refused:
        raise TranslationRefused(refused)
    check_words(language, text, before.words)  # a supplied draft, or one from before a rule
    return _add(language, _after_review(before, reviewer_id, now), seen)


def _after_review(before: Standing, reviewer_id: int, now: datetime) -> Standing:
    if not before.text.twice:
        return before._replace(state=REVIEWED, reviewer_id=reviewer_id, made_at=now)
    if before.half:
        return before._replace(state=REVIEWED, second_reviewer_id=reviewer_id, made_at=now)
    return before._replace(state=DRAFT, reviewer_id=reviewer_id, made_at=now)


def _add(language: str, after: Standing, seen: int) -> Standing:
    """The next version, if `seen` is still the newest."""
    try:
        with writing():
            standing = find_one(language, after.text)
            if standing.number != seen:
                raise ChangedMeanwhile(standing)
            queries.add_version(_row(language, after._replace(number=seen + 1)))
    except IntegrityError:  # PostgreSQL lets two begin at once, and only one of them end
        raise ChangedMeanwhile(find_one(language, after.text)) from None
    forget()
    return after._replace(number=seen + 1)


def _row(language: str, after: Standing) -> Translation:
    if after.made_at is None:
        raise ValueError("a version was made at some time")
    return Translation(
        language=language,
        context=after.text.context,
        source_sha256=after.text.sha256,
        number=after.number,
        source=after.text.source,
        text=after.words,
        state=after.state,
        made_at=after.made_at,
        note=after.note,
        translator_id=after.translator_id,
        reviewer_id=after.reviewer_id,
        second_reviewer_id=after.second_reviewer_id,
    )
