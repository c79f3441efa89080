"""The only SQL on translations."""

from collections.abc import Collection, Iterable

from sqlalchemy import func, select

from pulse.db import db
from pulse.languages.models import REVIEWED, Translation
from pulse.languages.texts import Text

#: SQLite binds some 32,000 values in one statement; ours stay far below
_AT_ONCE = 500


def list_newest(language: str, contexts: Collection[str]) -> list[Translation]:
    """The newest version of each text of these contexts."""
    newest = (
        select(func.max(Translation.id))
        .where(Translation.language == language, Translation.context.in_(contexts))
        .group_by(Translation.context, Translation.source_sha256)
    )
    return list(db.session.scalars(select(Translation).where(Translation.id.in_(newest))))


def list_versions(language: str, text: Text) -> list[Translation]:
    """Every version of one text, newest first."""
    wanted = select(Translation).where(
        Translation.language == language,
        Translation.context == text.context,
        Translation.source_sha256 == text.sha256,
    )
    return list(db.session.scalars(wanted.order_by(Translation.number.desc())))


def list_texts(language: str, contexts: Collection[str]) -> list[tuple[str, str, str, str]]:
    """(context, English, words, state) of the newest version of each text."""
    return [(row.context, row.source, row.text, row.state) for row in list_newest(language, contexts)]


def last_change(language: str) -> int:
    """Rises with every change of a translation into the language; 0 without any."""
    return db.session.scalar(select(func.max(Translation.id)).where(Translation.language == language)) or 0


def find_reviewed(language: str, texts: Iterable[Text]) -> dict[tuple[str, str], str]:
    """`Text.key` -> reviewed words, of those texts whose newest version is reviewed."""
    wanted = {text.key for text in texts}
    places = sorted({context for context, _ in wanted})
    found: dict[tuple[str, str], str] = {}
    for start in range(0, len(places), _AT_ONCE):
        contexts = places[start : start + _AT_ONCE]
        for context, source, words, state in list_texts(language, contexts):
            if state == REVIEWED and (context, source) in wanted:
                found[context, source] = words
    return found


def add_version(row: Translation) -> None:
    """A version more; the caller holds the unit that writes."""
    db.session.add(row)
