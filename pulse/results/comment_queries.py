"""Every SQL statement about comments: written at close, then only their status changes."""

import secrets
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import case, func, insert, select, update

from pulse.db import count_changed, db
from pulse.domain.disclosure.comments import LEAST_COMMENTS
from pulse.results.models import Comment, Group, Release
from pulse.surveys.models import Wave

Row = dict[str, Any]
WAITING, SHOWN, WITHHELD = STATUSES = ("waiting", "shown", "withheld")


class Standing(NamedTuple):
    """How far the comments to one question of one wave have been read."""

    wave_id: int
    item: str
    waiting: int
    shown: int
    withheld: int


def add_comments(release_id: int, groups: dict[int, int], rows: Sequence[Row]) -> None:
    """Store redacted comments, waiting to be read; `groups` are row ids by group number."""
    stored = [
        {
            "id": secrets.token_bytes(16),
            "release_id": release_id,
            "group_id": groups[row["group"]],
            "item": row["item"],
            "text": row["text"],
            "status": WAITING,
        }
        for row in rows
    ]
    if stored:
        db.session.execute(insert(Comment), stored)


def list_standing() -> list[Standing]:
    """Every question of every wave that has comments, newest wave first. For moderators only."""
    counts = (func.sum(case((Comment.status == status, 1), else_=0)) for status in STATUSES)
    statement = (
        select(Release.wave_id, Comment.item, *counts)
        .join(Release, Release.id == Comment.release_id)
        .join(Wave, Wave.id == Release.wave_id)
        .group_by(Release.wave_id, Wave.closes_at, Comment.item)
        .order_by(Wave.closes_at.desc(), Release.wave_id, Comment.item)
    )
    return [Standing(*row) for row in db.session.execute(statement)]


def list_to_read(
    wave_id: int, item: str, status: str, most: int, after: int = 0
) -> list[tuple[Comment, str]]:
    """Comments with one status and the name of their group, in the order of their random ids."""
    statement = (
        select(Comment, Group.name)
        .join(Release, Release.id == Comment.release_id)
        .join(Group, Group.id == Comment.group_id)
        .where(Release.wave_id == wave_id, Comment.item == item, Comment.status == status)
        .order_by(Comment.id)
        .offset(after)
        .limit(most)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def list_shown(group_id: int, item: str, most: int, after: int = 0) -> list[str]:
    """Texts that may be read with this very group, in the order of their random ids."""
    statement = (
        select(Comment.text)
        .where(Comment.group_id == group_id, Comment.item == item, Comment.status == SHOWN)
        .order_by(Comment.id)
        .offset(after)
        .limit(most)
    )
    return list(db.session.scalars(statement))


def count_shown(release_id: int) -> dict[tuple[int, str], int]:
    """(group id, item) -> comments of a release that may be read; no entry where fewer than 5 may."""
    statement = (
        select(Comment.group_id, Comment.item, func.count())
        .where(Comment.release_id == release_id, Comment.status == SHOWN)
        .group_by(Comment.group_id, Comment.item)
        .having(func.count() >= LEAST_COMMENTS)
    )
    return {(row[0], row[1]): row[2] for row in db.session.execute(statement)}


def count_shown_with(group_id: int, item: str) -> int:
    """Comments to a question that may be read with this very group; 0 where fewer than 5 may."""
    shown = (Comment.group_id == group_id, Comment.item == item, Comment.status == SHOWN)
    found = db.session.scalar(select(func.count()).select_from(Comment).where(*shown)) or 0
    return found if found >= LEAST_COMMENTS else 0


def set_status(wave_id: int, item: str, status: str, comment_ids: Collection[bytes]) -> int:
    """Give these comments a status; how many changed.

    Wave and question are asked for too, so that a form can change nothing but what its page shows.
    """
    release = select(Release.id).where(Release.wave_id == wave_id).scalar_subquery()
    statement = update(Comment).where(Comment.release_id == release, Comment.item == item)
    chosen = statement.where(Comment.id.in_(comment_ids), Comment.status != status)
    return count_changed(chosen.values(status=status))
