"""The only SQL on pilots."""

from datetime import datetime

from sqlalchemy import delete, func, select

from pulse.db import db
from pulse.domain.words import N_
from pulse.pilots.models import Pilot, PilotComment, PilotTester


class NotFound(LookupError):
    """There is no such pilot, or no such tester in it."""


def list_pilots() -> list[tuple[Pilot, int, int]]:
    """Each pilot, how many testers it has, and how many have finished; the newest first."""
    finished = func.count(PilotTester.finished_at)
    rows = db.session.execute(
        select(Pilot, func.count(PilotTester.id), finished)
        .outerjoin(PilotTester, PilotTester.pilot_id == Pilot.id)
        .group_by(Pilot.id)
        .order_by(Pilot.id.desc())
    )
    return [(pilot, testers, done) for pilot, testers, done in rows]


def get_pilot(pilot_id: int) -> Pilot:
    """Raises NotFound."""
    found = db.session.get(Pilot, pilot_id)
    if found is None:
        raise NotFound(N_("There is no such pilot."))
    return found


def hold_pilot(pilot_id: int) -> Pilot:
    """Nobody else adds testers to it until this unit ends. Raises NotFound."""
    found = db.session.get(Pilot, pilot_id, with_for_update=True)
    if found is None:
        raise NotFound(N_("There is no such pilot."))
    return found


def find_by_once(once: str) -> Pilot | None:
    """The pilot that was made with this form."""
    return db.session.scalar(select(Pilot).where(Pilot.once == once))


def list_testers(pilot_id: int) -> list[PilotTester]:
    """In the order in which they were written down."""
    wanted = select(PilotTester).where(PilotTester.pilot_id == pilot_id).order_by(PilotTester.id)
    return list(db.session.scalars(wanted))


def get_tester(pilot_id: int, tester_id: int) -> PilotTester:
    """Raises NotFound, also for a tester of another pilot than the one named."""
    found = db.session.get(PilotTester, tester_id)
    if found is None or pilot_id != found.pilot_id:
        raise NotFound(N_("This pilot has no such tester."))
    return found


def hold_tester(tester_id: int, pilot_id: int | None = None) -> PilotTester:
    """As it stands now, and nobody else changes it or what they wrote until this unit ends: of two saves, or
    of two presses of a button, the second sees what the first has done. Raises NotFound.
    """
    found = db.session.get(PilotTester, tester_id, with_for_update=True)
    if found is None or pilot_id not in (None, found.pilot_id):
        raise NotFound(N_("This pilot has no such tester."))
    return found


def find_tester(token_hash: bytes) -> PilotTester | None:
    """Whose link it is."""
    return db.session.scalar(select(PilotTester).where(PilotTester.token_hash == token_hash))


def list_comments(pilot_id: int) -> list[tuple[PilotTester, PilotComment]]:
    """Everything that was written in a pilot, by tester in their order."""
    rows = db.session.execute(
        select(PilotTester, PilotComment)
        .join(PilotComment, PilotComment.tester_id == PilotTester.id)
        .where(PilotTester.pilot_id == pilot_id)
        .order_by(PilotTester.id, PilotComment.id)
    )
    return [(tester, comment) for tester, comment in rows]


def list_comments_of(tester_id: int) -> list[PilotComment]:
    """What one tester wrote."""
    return list(db.session.scalars(select(PilotComment).where(PilotComment.tester_id == tester_id)))


def add(row: Pilot | PilotTester | PilotComment) -> None:
    """Store a row, and give it its id; the caller holds the unit that writes."""
    db.session.add(row)
    db.session.flush()


def remove_comment(comment: PilotComment) -> None:
    """A tester emptied both boxes."""
    db.session.delete(comment)


def remove_tester(tester: PilotTester) -> None:
    """One who has written nothing."""
    db.session.delete(tester)


def remove_pilot(pilot_id: int) -> None:
    """The pilot, its testers and everything they wrote."""
    testers = select(PilotTester.id).where(PilotTester.pilot_id == pilot_id)
    db.session.execute(delete(PilotComment).where(PilotComment.tester_id.in_(testers)))
    db.session.execute(delete(PilotTester).where(PilotTester.pilot_id == pilot_id))
    db.session.execute(delete(Pilot).where(Pilot.id == pilot_id))


def mark_told(tester: PilotTester, now: datetime) -> None:
    """The mail server took their letter."""
    tester.told_at = now
