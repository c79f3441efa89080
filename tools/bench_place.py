"""An invented organisation with one open wave, made the way real ones are: a roster, a programme, a wave."""

import csv
import io
import secrets
from datetime import UTC, datetime, timedelta

from flask import Flask

from pulse.app import create_app
from pulse.config import Settings
from pulse.db import db
from pulse.directory.roster_file import read_roster
from pulse.directory.roster_import import import_roster
from pulse.domain.sheets import asked_of, is_closed
from pulse.invitations.codes import make_token
from pulse.invitations.register import open_and_invite
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of
from pulse.surveys.programmes import Details, create_programme
from tests.support.tables import load_models

_COLUMNS = ("staff number", "name", "email", "unit code", "unit name", "parent unit code", "leads people")
_PEOPLE_A_TEAM = 15


def make_application(settings: Settings) -> Flask:
    """The application on an empty database with every table."""
    load_models()
    app = create_app(settings)
    with app.app_context():
        db.create_all()
    return app


def roster_of(people: int) -> bytes:
    """A roster file: teams of 15 below one organisation, four attributes, all names made up."""
    out = io.StringIO()
    writer = csv.writer(out)
    attributes = ("Length of service", "Working pattern", "Grade band", "Where you work")
    writer.writerow([*_COLUMNS, *(f"attribute: {label}" for label in attributes)])
    writer.writerow(["", "", "", "TOP", "Everywhere", "", "", "", "", "", ""])
    for number in range(people):
        team = number // _PEOPLE_A_TEAM
        post = [f"T{team}", f"Team {team}", "TOP", "yes" if number % _PEOPLE_A_TEAM == 0 else "no"]
        values = [
            f"{number % 4} years",
            f"Pattern {number % 3}",
            f"Grade {number % 5}",
            f"Place {number % 3}",
        ]
        writer.writerow([f"S{number}", f"Person {number}", f"p{number}@bench.example", *post, *values])
    return out.getvalue().encode()


def open_survey(people: int, name: str, keyring: Keyring) -> int:
    """Import the people (again), make a programme and open its first wave; returns the wave's id."""
    import_roster(read_roster(roster_of(people)))
    now = datetime.now(UTC)
    details = Details(
        name=name,
        purpose="To be measured.",
        organisation="Everywhere",
        question_set="quarterly",
        rule="FREQ=MONTHLY;INTERVAL=3",
        starts_on=(now + timedelta(days=2)).date(),
        open_days=14,
        ask_leaders=True,
    )
    programme_id = create_programme(details, now).id
    wave = surveys.find_last_wave(programme_id)
    if wave is None:
        raise RuntimeError("the programme planned no wave")
    wave_id = wave.id
    open_and_invite(wave_id, keyring)
    return wave_id


def list_tokens(wave_id: int, keyring: Keyring) -> list[str]:
    """Every link of the wave in random order, as people answer in none."""
    key = keyring.token_key()
    tokens = [make_token(key, wave_id, person_id) for person_id in surveys.list_member_ids(wave_id)]
    secrets.SystemRandom().shuffle(tokens)
    return tokens


def answers_body(wave: Wave) -> str:
    """A form body that chooses the third option of every closed question."""
    closed = (item for item in asked_of(plan_of(wave), leads=False) if is_closed(item))
    return "&".join(f"{item['id']}={item['options'][2][0]}" for item in closed)
