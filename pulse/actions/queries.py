"""Every SQL statement about actions."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from pulse.actions.models import Action
from pulse.db import db
from pulse.surveys.models import Wave, WaveUnit


class NotFound(LookupError):
    """No such action."""


class Listed(NamedTuple):
    """An action with the names of its wave and unit, both as they stood at the time."""

    action: Action
    wave_label: str
    unit_name: str | None


def get_action(action_id: int) -> Action:
    action = db.session.get(Action, action_id)
    if action is None:
        raise NotFound("There is no such action.")
    return action


def add_action(action: Action) -> Action:
    db.session.add(action)
    db.session.flush()
    return action


def list_actions(programme_id: int, limit: int | None = None) -> list[Listed]:
    """The newest wave first, and within a wave the action entered last."""
    rows = db.session.execute(_listed(Action.programme_id == programme_id).limit(limit))
    return [Listed(action, wave_label, unit_name) for action, wave_label, unit_name in rows]


def list_answers(wave_id: int) -> list[Listed]:
    """The answers to one wave, the one entered last first."""
    rows = db.session.execute(_listed(Action.wave_id == wave_id))
    return [Listed(action, wave_label, unit_name) for action, wave_label, unit_name in rows]


def list_done(programme_id: int) -> list[Listed]:
    """Actions that are done, in the order in which they were."""
    done = (Action.programme_id == programme_id) & (Action.state == "done") & Action.done_on.is_not(None)
    rows = db.session.execute(_listed(done).order_by(None).order_by(Action.done_on, Action.id))
    return [Listed(action, wave_label, unit_name) for action, wave_label, unit_name in rows]


def list_open(programme_id: int) -> list[Action]:
    """What is promised or under way, the earliest day first."""
    statement = (
        select(Action)
        .where(Action.programme_id == programme_id, Action.state.in_(("promised", "doing")))
        .order_by(Action.due_on, Action.id)
    )
    return list(db.session.scalars(statement))


def count_actions(wave_id: int) -> int:
    """How many answers a wave has had; 0 holds a programme's next wave back."""
    statement = select(func.count()).select_from(Action).where(Action.wave_id == wave_id)
    return db.session.scalar(statement) or 0


def _listed(condition: ColumnElement[bool]) -> Select[Action, str, str]:
    unit = (WaveUnit.wave_id == Action.wave_id) & (WaveUnit.unit_id == Action.unit_id)
    return (
        select(Action, Wave.label, WaveUnit.name)
        .join(Wave, Wave.id == Action.wave_id)
        .outerjoin(WaveUnit, unit)
        .where(condition)
        .order_by(Wave.number.desc(), Action.id.desc())
    )
