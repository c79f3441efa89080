"""The SQL of drafts: what editors typed in the wizard and have not saved."""

from datetime import datetime

from sqlalchemy import delete, select

from pulse.db import count_changed, db
from pulse.domain.words import N_
from pulse.surveys.models import Programme
from pulse.surveys.queries import NotFound
from pulse.surveys.running_models import ProgrammeDraft


def add_draft(draft: ProgrammeDraft) -> ProgrammeDraft:
    db.session.add(draft)
    db.session.flush()
    return draft


def get_draft(draft_id: str, account_id: int) -> ProgrammeDraft:
    """Raises NotFound for one that is not this account's, just as for one that does not exist."""
    draft = db.session.get(ProgrammeDraft, draft_id)
    if draft is None or draft.account_id != account_id:
        raise NotFound(N_("There is no such draft: it may have been saved or removed."))
    return draft


def list_drafts(account_id: int) -> list[ProgrammeDraft]:
    """Of one account, the last changed first."""
    statement = select(ProgrammeDraft).where(ProgrammeDraft.account_id == account_id)
    return list(db.session.scalars(statement.order_by(ProgrammeDraft.changed_at.desc(), ProgrammeDraft.id)))


def delete_draft(draft_id: str, account_id: int) -> None:
    statement = delete(ProgrammeDraft).where(
        ProgrammeDraft.id == draft_id, ProgrammeDraft.account_id == account_id
    )
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})


def delete_drafts_before(moment: datetime) -> int:
    """Drafts that nobody has changed since; returns how many they were."""
    return count_changed(delete(ProgrammeDraft).where(ProgrammeDraft.changed_at < moment))


def lock_programme(programme_id: int) -> Programme:
    """The programme as it stands once nobody else is changing it, kept so until this unit ends."""
    statement = select(Programme).where(Programme.id == programme_id).with_for_update(key_share=True)
    programme = db.session.scalar(statement, execution_options={"populate_existing": True})
    if programme is None:
        raise NotFound(N_("There is no such programme."))
    return programme
