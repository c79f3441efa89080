"""The SQL of the question banks' history."""

from datetime import datetime

from sqlalchemy import func, select

from pulse.accounts.models import Account
from pulse.banks.models import BankRevision
from pulse.db import db

#: the content of a version that took the bank away
GONE = ""


def list_newest() -> tuple[tuple[str, int], ...]:
    """(document, number of its newest revision) of every document that was ever changed here, by name."""
    newest = select(BankRevision.document, func.max(BankRevision.number))
    rows = db.session.execute(newest.group_by(BankRevision.document).order_by(BankRevision.document))
    return tuple((document, number) for document, number in rows)


def list_standing() -> tuple[tuple[str, str], ...]:
    """(document, YAML) as each stands now, of every document that was ever changed here and is not gone."""
    newest = select(func.max(BankRevision.id)).group_by(BankRevision.document)
    rows = select(BankRevision.document, BankRevision.content).where(
        BankRevision.id.in_(newest), BankRevision.content != GONE
    )
    return tuple(
        (document, content) for document, content in db.session.execute(rows.order_by(BankRevision.document))
    )


def list_contents(words: str) -> list[str]:
    """Every version of any document in which these words stand."""
    found = select(BankRevision.content).where(BankRevision.content.contains(words, autoescape=True))
    return [content for content in db.session.scalars(found) if words in content]  # SQLite ignores capitals


def find_revision(document: str, number: int) -> BankRevision | None:
    statement = select(BankRevision).where(BankRevision.document == document, BankRevision.number == number)
    return db.session.scalar(statement)


def list_revisions(document: str) -> list[tuple[BankRevision, str]]:
    """Every revision with the name of who made it ("" for a command), the newest first."""
    statement = (
        select(BankRevision, func.coalesce(Account.full_name, ""))
        .outerjoin(Account, Account.id == BankRevision.account_id)
        .where(BankRevision.document == document)
        .order_by(BankRevision.number.desc())
    )
    return [(revision, name) for revision, name in db.session.execute(statement)]


def add_revision(
    document: str, number: int, content: str, *, act: str, what: str, why: str, now: datetime, by: int | None
) -> BankRevision:
    """The next version of a document; the caller holds the unit that writes, and `number` is the next."""
    revision = BankRevision(
        document=document,
        number=number,
        content=content,
        act=act,
        what=what,
        why=why,
        made_at=now,
        account_id=by,
    )
    db.session.add(revision)
    db.session.flush()
    return revision
