"""The people of the simulation: they answer, their leaders respond; and what the database holds at last."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import text

from pulse.config import Settings
from pulse.db import db
from pulse.domain.sheets import asked_of, is_closed
from pulse.invitations.codes import make_token
from pulse.responses.submission import Standing, submit
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Programme, Wave
from pulse.surveys.plans import plan_of
from tests.actions.factories import respond_to_all
from tests.results.factories import Said, Voter, sheet_of
from tests.simulation import organisation


class Run(NamedTuple):
    """A wave as the database has it at the end."""

    wave_id: int
    programme: str
    zone: str
    nation: str
    cohorts: int
    number: int
    opens_at: datetime
    closes_at: datetime
    state: str
    problem: str | None
    remind_at: list[str]
    releases: int


#: (wave, person) -> when the answer was sent
_answered: dict[tuple[int, int], datetime] = {}


def work(settings: Settings, order: tuple[str, Any]) -> Any:
    """What the simulation asks of the people."""
    what, given = order
    acts: dict[str, Callable[[Settings, Any], Any]] = {"found": _found, "answer": _answer}
    acts |= {"agenda": _agenda, "tell": _tell}
    found = acts[what](settings, given)
    db.session.rollback()
    return found


def _found(_settings: Settings, given: tuple[int, int]) -> None:
    seed, zones = given
    db.create_all()
    organisation.found(Random(seed), organisation.ZONES[:zones])


def _answer(settings: Settings, given: tuple[datetime, int]) -> int:
    """Some of those who have not answered do; leaders respond to what was released."""
    now, seed = given
    rng, key, sent = Random(seed), Keyring(settings.key_dir), 0
    for wave in surveys.list_waves_in("open"):
        wave_id, plan = wave.id, plan_of(wave)
        for person_id in surveys.list_member_ids(wave_id):
            if (wave_id, person_id) not in _answered and rng.random() < 0.06:
                said = _say(plan, wave_id, person_id, rng)
                token = make_token(key.token_key(), wave_id, person_id)
                if submit(token, said, {}) is Standing.OPEN:
                    _answered[wave_id, person_id] = now
                    sent += 1
    respond_to_all(now)
    return sent


def _say(plan: dict[str, Any], wave_id: int, person_id: int, rng: Random) -> str:
    member = surveys.find_member(wave_id, person_id)
    leads = member is not None and member.leads
    items = [item for item in asked_of(plan, leads) if is_closed(item)]
    answers = {item["id"]: str(rng.choice(item["options"])[0]) for item in items}
    return sheet_of(plan, Said(Voter("", person_id, leads), answers))


def _agenda(_settings: Settings, given: tuple[datetime, datetime]) -> list[datetime]:
    """When something is due in between."""
    first, last = given
    moments: list[datetime] = []
    for wave in surveys.list_waves_in("planned", "open"):
        moments += [wave.opens_at, wave.closes_at, *map(datetime.fromisoformat, wave.remind_at)]
    return sorted({moment for moment in moments if first <= moment < last})


def _tell(_settings: Settings, _given: None) -> dict[str, Any]:
    """Every wave, who was invited to each, and who answered when."""
    addresses = dict(_rows("SELECT id, email FROM person"))
    invited = _rows("SELECT wave_id, person_id, delivery FROM invitation")
    releases = dict(_rows("SELECT wave_id, count(*) FROM release GROUP BY wave_id"))
    runs = [
        _run_of(wave, releases.get(wave.id, 0))
        for programme in surveys.list_programmes()
        for wave in surveys.list_waves(programme.id)
    ]
    return {"addresses": addresses, "invited": invited, "runs": runs, "answered": dict(_answered)}


def _rows(statement: str) -> list[Any]:
    return [tuple(row) for row in db.session.execute(text(statement))]


def _run_of(wave: Wave, releases: int) -> Run:
    programme: Programme = wave.programme
    return Run(
        *(wave.id, programme.name, programme.zone, programme.nation, programme.cohorts, wave.number),
        *(wave.opens_at, wave.closes_at, wave.state, wave.problem, list(wave.remind_at), releases),
    )


def day_after(moment: datetime) -> datetime:
    return moment + timedelta(days=1)
