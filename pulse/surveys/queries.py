"""Every SQL statement about programmes and waves."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, insert, select, update

from pulse.db import count_changed, db
from pulse.domain.words import N_
from pulse.surveys.models import Programme, Wave, WaveMember, WavePlan, WaveUnit

#: asked with every answer, on the table and not on the class: that halves what it costs
_wave = cast(Table, Wave.__table__)
_LOCK_OPEN = select(_wave.c.id).where(_wave.c.id == bindparam("wave"), _wave.c.state == "open")
_LOCK_OPEN = _LOCK_OPEN.with_for_update(read=True)


class NotFound(LookupError):
    """No such programme or wave."""


def list_programmes() -> list[Programme]:
    return list(db.session.scalars(select(Programme).order_by(Programme.name)))


def list_active_programmes() -> list[Programme]:
    return list(db.session.scalars(select(Programme).where(Programme.active).order_by(Programme.id)))


def get_programme(programme_id: int) -> Programme:
    programme = db.session.get(Programme, programme_id)
    if programme is None:
        raise NotFound(N_("There is no such programme."))
    return programme


def find_programme_named(name: str) -> Programme | None:
    return db.session.scalar(select(Programme).where(func.lower(Programme.name) == name.lower()))


def add_programme(programme: Programme) -> Programme:
    db.session.add(programme)
    db.session.flush()
    return programme


def get_wave(wave_id: int) -> Wave:
    wave = find_wave(wave_id)
    if wave is None:
        raise NotFound(N_("There is no such wave."))
    return wave


def find_wave(wave_id: int) -> Wave | None:
    return db.session.get(Wave, wave_id)


def lock_wave(wave_id: int) -> Wave:
    """The wave as it stands once nobody else is changing it, kept so until this unit ends.

    What is decided by reading the wave needs this on PostgreSQL: between a plain read and the update the
    worker may open it, or somebody else replace its key. On SQLite the unit has the only write lock.
    """
    statement = select(Wave).where(Wave.id == wave_id).with_for_update(of=Wave, key_share=True)
    wave = db.session.scalar(statement, execution_options={"populate_existing": True})
    if wave is None:
        raise NotFound(N_("There is no such wave."))
    return wave


def add_wave(wave: Wave) -> Wave:
    db.session.add(wave)
    db.session.flush()
    return wave


def list_waves(programme_id: int) -> list[Wave]:
    """Oldest first."""
    return list(
        db.session.scalars(select(Wave).where(Wave.programme_id == programme_id).order_by(Wave.number))
    )


def list_waves_in(*states: str) -> list[Wave]:
    return list(db.session.scalars(select(Wave).where(Wave.state.in_(states)).order_by(Wave.id)))


def find_last_wave(programme_id: int) -> Wave | None:
    """The wave with the highest number, whatever its state."""
    statement = select(Wave).where(Wave.programme_id == programme_id).order_by(Wave.number.desc()).limit(1)
    return db.session.scalar(statement)


def delete_planned_waves(programme_id: int) -> None:
    """Take a wave that has not opened out of the calendar; nothing refers to it yet."""
    statement = delete(Wave).where(Wave.programme_id == programme_id, Wave.state == "planned")
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})


def list_due_to_open(now: datetime) -> list[Wave]:
    return _list_due("planned", Wave.opens_at <= now)


def list_due_to_close(now: datetime) -> list[Wave]:
    return _list_due("open", Wave.closes_at <= now)


def _list_due(state: str, due: ColumnElement[bool]) -> list[Wave]:
    return list(db.session.scalars(select(Wave).where(Wave.state == state, due).order_by(Wave.opens_at)))


def claim_state(wave_id: int, before: str, after: str) -> bool:
    """Move a wave from one state to the next; False if another process was first.

    On PostgreSQL the update waits for every submission that holds the wave's share lock: this is how
    writers drain before the envelopes are opened.
    """
    statement = update(Wave).where(Wave.id == wave_id, Wave.state == before).values(state=after)
    return count_changed(statement) == 1


def ask_again(wave_id: int) -> bool:
    """Have the worker look at a held wave once more: it has no known problem any more. False if not held."""
    statement = update(Wave).where(Wave.id == wave_id, Wave.state == "held")
    return count_changed(statement.values(problem=None)) == 1


def list_asked_again() -> list[Wave]:
    return [wave for wave in list_waves_in("held") if wave.asked_again]


def set_scrub_due(wave_id: int, due: bool) -> None:
    get_wave(wave_id).scrub_due = due


def drop_handed_key(wave_id: int) -> None:
    """Forget the guardians' key on its way to the worker, also one that came since the wave was read."""
    count_changed(update(Wave).where(Wave.id == wave_id).values(handed_key=None))


def await_handed_key(wave_id: int, problem: str, tried: bytes | None) -> None:
    """Say what a closed wave waits for, unless another key than the one tried has been handed in since."""
    unchanged = (Wave.state == "closing") & Wave.handed_key.is_not_distinct_from(tried)
    statement = update(Wave).where(Wave.id == wave_id, unchanged)
    count_changed(statement.values(problem=problem, handed_key=None))


def list_waves_to_scrub() -> list[Wave]:
    """Waves that ended, and whose deleted rows have not been overwritten for certain."""
    return list(db.session.scalars(select(Wave).where(Wave.scrub_due).order_by(Wave.id)))


def set_problem(wave_id: int, problem: str | None) -> None:
    """Why a wave is held, or that nothing holds it any more."""
    get_wave(wave_id).problem = problem


def set_running_rate(wave_id: int, rate: int, day: date) -> None:
    wave = get_wave(wave_id)
    wave.running_rate, wave.rate_day = rate, day


def lock_open_wave(wave_id: int) -> bool:
    """Hold the wave open until this transaction ends; False if it is not open (any more)."""
    return db.session.execute(_LOCK_OPEN, {"wave": wave_id}).first() is not None


def find_plan(wave_id: int) -> WavePlan | None:
    """What the wave froze when it opened; None before that."""
    return db.session.get(WavePlan, wave_id)


def get_plan(wave_id: int) -> WavePlan:
    plan = find_plan(wave_id)
    if plan is None:
        raise NotFound(N_("This wave has not opened yet, so it has no plan."))
    return plan


def add_plan(plan: WavePlan) -> None:
    db.session.add(plan)
    db.session.flush()


def get_frozen(wave_id: int) -> dict[str, Any]:
    """What a wave's seal vouches for beside its population, as it stands in the database now."""
    columns = (Wave.id, Wave.public_key, Wave.key_mode, Wave.k, Wave.sheet_bytes, Wave.plan_sha256)
    more = (Wave.profile, Wave.audience_unit_id, Wave.closes_at, WavePlan.plan)
    statement = select(*columns, *more).outerjoin(WavePlan).where(Wave.id == wave_id)
    return dict(db.session.execute(statement).one()._mapping)


def iterate_population(wave_id: int) -> Iterator[dict[str, Any]]:
    """Every frozen unit, then every frozen person, each as its columns; few at a time in memory."""
    for model, order in ((WaveUnit, WaveUnit.unit_id), (WaveMember, WaveMember.person_id)):
        table = cast(Table, model.__table__)
        statement = select(table).where(table.c.wave_id == wave_id).order_by(order)
        for row in db.session.execute(statement.execution_options(yield_per=2000)):
            yield dict(row._mapping)


def list_wave_units(wave_id: int) -> list[WaveUnit]:
    statement = select(WaveUnit).where(WaveUnit.wave_id == wave_id).order_by(WaveUnit.unit_id)
    return list(db.session.scalars(statement))


def add_wave_units(rows: Sequence[dict[str, object]]) -> None:
    if rows:
        db.session.execute(insert(WaveUnit), rows)


def add_members(rows: Sequence[dict[str, object]]) -> None:
    if rows:
        db.session.execute(insert(WaveMember), rows)


def find_member(wave_id: int, person_id: int) -> WaveMember | None:
    return db.session.get(WaveMember, (wave_id, person_id))


def list_member_ids(wave_id: int) -> list[int]:
    statement = select(WaveMember.person_id).where(WaveMember.wave_id == wave_id)
    return list(db.session.scalars(statement.order_by(WaveMember.person_id)))


def count_members(wave_id: int) -> int:
    statement = select(func.count()).select_from(WaveMember).where(WaveMember.wave_id == wave_id)
    return db.session.scalar(statement) or 0


def count_leaders(wave_id: int) -> int:
    """Members who were also asked the leaders' questions."""
    statement = select(func.count()).select_from(WaveMember)
    return db.session.scalar(statement.where(WaveMember.wave_id == wave_id, WaveMember.leads)) or 0


def delete_members(wave_id: int) -> None:
    """After close the headcounts in `wave_unit` are enough; who stood where is nobody's business."""
    db.session.execute(delete(WaveMember).where(WaveMember.wave_id == wave_id))


def list_waves_by_id(wave_ids: Iterable[int]) -> list[Wave]:
    return list(db.session.scalars(select(Wave).where(Wave.id.in_(list(wave_ids))).order_by(Wave.opens_at)))


def count_members_of(wave_ids: Iterable[int]) -> int:
    """Entries of the frozen population of any of these waves."""
    statement = select(func.count()).select_from(WaveMember).where(WaveMember.wave_id.in_(list(wave_ids)))
    return db.session.scalar(statement) or 0
