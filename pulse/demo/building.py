"""Building the whole demo in its own folder, from an empty database to a wave that is open now."""

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import flask_migrate
import numpy as np
from flask import Flask
from sqlalchemy import event

from pulse.accounts.managing import AccountDetails, add_account
from pulse.accounts.passwords import random_password
from pulse.config import Settings
from pulse.db import db
from pulse.demo.attitudes import Crowd
from pulse.demo.facts import RISING, TOLD
from pulse.demo.folder import Notes, empty, schema_version, write_notes
from pulse.demo.history import (
    BASELINE_BEFORE,
    DECLARED_WAVES,
    Pipeline,
    Tell,
    declare_attributes,
    plan_guarded_survey,
    run_baseline,
    run_open_wave,
    run_past_wave,
    start_programme,
)
from pulse.demo.people import Staff, invent_people, roster_csv
from pulse.demo.place import DOMAIN, Size, list_places
from pulse.directory import roster_queries
from pulse.directory.roster_file import read_roster
from pulse.directory.roster_import import import_roster
from pulse.messages.mailers import mailer_from
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.web.access import Role

SEED = 20270
CreateApp = Callable[[Settings], Flask]

ACCOUNTS = {
    Role.ADMINISTRATOR: ("admin", "Sam Administrator"),
    Role.OD_EDITOR: ("editor", "Ode Editor"),
    Role.HR_ANALYST: ("analyst", "Hal Analyst"),
    Role.LEADER: ("leader", "Lee Leader"),
    Role.UNION_OBSERVER: ("union", "Una Observer"),
}


def build_demo(
    create_app: CreateApp,
    settings: Settings,
    now: datetime,
    tell: Tell,
    *,
    size: Size | None = None,
    seed: int = SEED,
) -> Notes:
    """Build the demo in `settings.home`, which the caller holds; what was there is taken away first."""
    size = size or Size()
    empty(settings.home)
    app = create_app(settings)
    with app.app_context(), _hurrying():
        tell("The tables", 0)
        create_tables()
        notes = _fill(settings, now, tell, size, seed)
    write_notes(settings.home, notes)
    return notes


def create_tables() -> None:
    """All tables, by the migrations that a real installation runs."""
    flask_migrate.upgrade()


@contextmanager
def _hurrying() -> Iterator[None]:
    """Let SQLite not wait for the disk while the demo is built: half a demo is thrown away anyway, and some
    twelve thousand durable commits would take minutes. Only connections of this block are concerned.
    """
    engine = db.engine

    def hurry(connection: Any, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA synchronous=OFF")

    event.listen(engine, "connect", hurry)
    try:
        yield
    finally:
        db.session.remove()
        event.remove(engine, "connect", hurry)
        engine.dispose()


def _fill(settings: Settings, now: datetime, tell: Tell, size: Size, seed: int) -> Notes:
    people = invent_people(size, np.random.default_rng(seed))
    tell("The staff list", 0)
    _import(people, size, settings.home)
    password = random_password()
    accounts = _add_accounts(size, password, now)
    answering = _choose_answering(people)
    ids = roster_queries.list_person_ids()
    pipeline = Pipeline(
        crowd=Crowd(people, seed),
        person_ids=[ids[one.staff_no] for one in people],
        kept_back=frozenset(answering.values()),
        keyring=Keyring(settings.key_dir),
        mailer=mailer_from(settings),
        base_url=settings.base_url,
        seed=seed,
        tell=tell,
    )
    _run_waves(pipeline, now, size.past_waves)
    plan_guarded_survey(now)
    return Notes(
        schema=schema_version(),
        base_url=settings.base_url,
        secret_key=settings.secret_key,
        password=password,
        accounts=accounts,
        answering={who: pipeline.person_ids[index] for who, index in answering.items()},
    )


def _import(people: list[Staff], size: Size, folder: Path) -> None:
    """Through the same door as any staff list; the file stays, for trying the import page."""
    file = folder / "roster.csv"
    file.write_text(roster_csv(people, size), encoding="utf-8")
    import_roster(read_roster(file.read_bytes()))


def _run_waves(pipeline: Pipeline, now: datetime, past_waves: int) -> None:
    programme = surveys.get_programme(start_programme(now, past_waves))
    for number in range(1, past_waves + 1):
        if number == past_waves - BASELINE_BEFORE + 1:
            run_baseline(surveys.list_waves(programme.id)[-1], pipeline)
        if number == past_waves - DECLARED_WAVES + 1:
            declare_attributes(programme)
        run_past_wave(programme, pipeline, last=number == past_waves)
    run_open_wave(programme, pipeline)


def _add_accounts(size: Size, password: str, now: datetime) -> dict[str, str]:
    """One account a role, all with the same password; the leader's unit is the one where permission rises."""
    unit = next(place.code for place in list_places(size) if place.name == RISING)
    added = {}
    for role, (local, name) in ACCOUNTS.items():
        email = f"{local}@{DOMAIN}"
        code = unit if role is Role.LEADER else ""
        add_account(email, AccountDetails(full_name=name, role=role, unit_code=code), now, password=password)
        added[role.value] = email
    return added


def _choose_answering(people: list[Staff]) -> dict[str, int]:
    """Indexes of three people whose links a visitor may use."""
    plain = {index: one for index, one in enumerate(people) if one.email and one.at.level == 3}
    told = next(index for index, one in plain.items() if TOLD in one.at.path and not one.leads)
    leader = next(index for index, one in plain.items() if RISING in one.at.path and one.leads)
    staff = next(
        index for index, one in plain.items() if not one.leads and not {TOLD, RISING} & set(one.at.path)
    )
    return {"staff": staff, "leader": leader, "told but no time": told}


def new_secret() -> str:
    """A signing key for one demo: sessions of one never fit another."""
    return secrets.token_urlsafe(48)
