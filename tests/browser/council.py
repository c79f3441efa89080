"""A small council for the browser: six teams, three of them too small to be shown alone, and its surveys.

Everything is made by the application's own steps: import, programme, ticks, sealed envelopes, release.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import select

from pulse.actions.promises import Promise, add_promise
from pulse.config import Settings
from pulse.db import db
from pulse.directory.models import Person
from pulse.directory.roster_file import read_roster
from pulse.directory.roster_import import import_roster
from pulse.domain.sheets import is_closed
from pulse.invitations.codes import make_token
from pulse.responses.submission import Standing, submit
from pulse.surveys import programmes, queries
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Programme, Wave
from pulse.surveys.plans import plan_of
from pulse.worker import tick
from tests.surveys.factories import make_details

SURVEY = "How we work here"
COMMENT = (
    "More time for each visit.\nAsk me on 07700 900123, or whoever knows the streets and is not in an office."
)
HEADINGS = (
    "staff number,name,email,unit code,unit name,parent unit code,leads people,attribute: Length of service"
)
UNITS = (
    ",,,COUNCIL,Brook Valley Council,,,",
    ",,,ADULTS,Adult services,COUNCIL,,",
    ",,,PLACES,Places,COUNCIL,,",
)
#: team -> (name, the unit above it, how many people); the first of a team leads it
TEAMS = {
    "NORTH": ("Reablement north", "ADULTS", 14),
    "SOUTH": ("Reablement south", "ADULTS", 14),
    "SHARED": ("Shared lives", "ADULTS", 3),
    "PARKS": ("Parks", "PLACES", 14),
    "WARDENS": ("Wardens", "PLACES", 5),
    "STREETS": ("Street cleaning", "PLACES", 8),
}
HEADCOUNT = sum(count for _, _, count in TEAMS.values())
FIRST_DAY = date(2026, 1, 12)


def roster(*more: str) -> bytes:
    """The council's staff as a CSV file; `more` rows come last."""
    people = [
        f"{team}-{i},Person {name} {i},{address(team, i)},{team},{name},{above},"
        f"{'yes' if i == 1 else ''},{'Under 2 years' if i % 2 else '2 years or more'}"
        for team, (name, above, count) in TEAMS.items()
        for i in range(1, count + 1)
    ]
    return "\n".join([HEADINGS, *UNITS, *people, *more, ""]).encode()


def address(team: str, number: int) -> str:
    """The e-mail address of one member of a team; numbers start at 1."""
    return f"{team}.{number}@brookvalley.example".lower()


def import_staff() -> None:
    """The whole roster, as the command imports it."""
    import_roster(read_roster(roster()))


def make_survey(**details: object) -> Programme:
    """A quarterly programme from `FIRST_DAY`, its first wave in the calendar."""
    values: dict[str, object] = {
        "name": SURVEY,
        "purpose": "We work with what is strong. We ask every three months how that feels from the inside.",
        "organisation": "Brook Valley Council",
        "starts_on": FIRST_DAY,
        "ask_leaders": True,
    }
    eve = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC)
    return programmes.create_programme(make_details(**(values | details)), eve)


def run_wave(programme: Programme, settings: Settings, seed: int = 1) -> Wave:
    """Let the planned wave open, be answered, close and be released on its own dates, then plan the next."""
    wave_id, opens_at, closes_at = _due(programme)
    tick(opens_at, settings)
    answer_all(queries.get_wave(wave_id), settings, seed=seed)
    tick(closes_at + timedelta(minutes=1), settings)
    tick(closes_at + timedelta(minutes=2), settings)
    db.session.expire_all()
    return queries.get_wave(wave_id)


def open_next_wave(programme: Programme, settings: Settings) -> Wave:
    """The planned wave, open now for as long as the programme says."""
    wave_id, _, _ = _due(programme)
    now = datetime.now(UTC)
    programmes.open_wave_now(wave_id, now)
    tick(now, settings)
    db.session.expire_all()
    return queries.get_wave(wave_id)


def _due(programme: Programme) -> tuple[int, datetime, datetime]:
    wave = queries.find_last_wave(programme.id)
    assert wave is not None
    assert wave.state == "planned"
    return wave.id, wave.opens_at, wave.closes_at


def answer_all(wave: Wave, settings: Settings, *, seed: int = 1, but: Iterable[str] = ()) -> int:
    """Everybody except `but` (addresses) and the last of each team answers by their own link; how many did.

    Sheets are random and lean towards agreement, so that every chart has something to draw; each comments.
    """
    rng = np.random.default_rng(seed)
    plan, left_out = plan_of(wave), {*but, *(address(team, TEAMS[team][2]) for team in ("NORTH", "PARKS"))}
    people = [one for one in db.session.scalars(select(Person)) if one.email not in left_out]
    links = {one.id: link_code(wave, one.email, settings) for one in people}
    leads = {one.id: one.leads for one in people}
    written = {item["id"]: COMMENT for item in plan["items"] if not is_closed(item)}
    for person_id, token in links.items():
        assert submit(token, _sheet(plan, leads[person_id], rng), written) is Standing.OPEN
    return len(people)


def _sheet(plan: dict[str, Any], leads: bool, rng: np.random.Generator) -> str:
    """A character for each question, the leaders' last; whoever leads nobody leaves those out."""
    everyone = [_pick(item["options"], rng) for item in plan["items"] if is_closed(item)]
    return "".join(
        everyone + [_pick(item["options"], rng) if leads else "-" for item in plan["leader_items"]]
    )


def _pick(options: list[list[Any]], rng: np.random.Generator) -> str:
    weights = np.arange(1, len(options) + 1)
    return str(options[rng.choice(len(options), p=weights / weights.sum())][0])


def link_code(wave: Wave, email: str | None, settings: Settings) -> str:
    """The code at the end of a person's link."""
    person_id = db.session.scalars(select(Person.id).where(Person.email == email)).one()
    return make_token(Keyring(settings.key_dir).token_key(), wave.id, person_id)


def promise(wave: Wave, **values: object) -> None:
    """What was done about a wave's results."""
    told: dict[str, object] = {
        "wave_id": wave.id,
        "said": "There is no time to try things out.",
        "did": "Every team has half a day a month that no meeting may take.",
        "owner": "Head of Reablement",
        "due_on": (wave.closes_at + timedelta(days=60)).date(),
        "measure": "PTA",
    }
    add_promise(Promise(**(told | values)), datetime.now(UTC))  # type: ignore[arg-type]
