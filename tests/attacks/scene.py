"""The stage: a council's survey by the product's own steps, answered over HTTP, with copies taken on the way.

This file, `weak` and the attacks on frozen waves know the product; the other attackers get a database, its
files, the key directory and pages, and share no code with it.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask

from pulse.app import create_app
from pulse.db import db, writing
from pulse.directory.models import Person
from pulse.domain.sheets import is_closed
from pulse.invitations.codes import make_code
from pulse.invitations.paper import enter_codes
from pulse.invitations.participation import bring_rates_up_to_date
from pulse.invitations.register import open_and_invite
from pulse.invitations.sending import send_waiting
from pulse.responses.submission import Standing, submit
from pulse.results.closing import close_wave
from pulse.surveys import guardians
from pulse.surveys import queries as surveys
from pulse.surveys.planning import plan_next_wave
from pulse.surveys.plans import plan_of
from tests.attacks.raw import PostgresRaw, SqliteRaw, raw_of
from tests.attacks.record import Size
from tests.attacks.said import Said
from tests.attacks.weak import Weaknesses
from tests.conftest import make_settings
from tests.responses.answering import send, start
from tests.results.factories import NOW, Council, Site, make_council, make_quarterly, make_site
from tests.support.tables import load_models

#: closed questions of five banks: enough that no two people send the same; and a text box
CLOSED = [f"PTA-{number:02}" for number in range(1, 12)]
CLOSED += ["AMB-P1", "AMB-N1", "AMB-P2", "AMB-N2", "TAA-G1", "TAA-G2", "LET-01", "POW-01", "SUR-01"]
TEXT_BOX = "OPEN-01"
#: above the least that a programme may have, so that there is something to lower it to
K = 12
MARKER = "zqplanted"
#: people of each team without an e-mail address
ON_PAPER = 2


@dataclass(frozen=True)
class Place:
    """Where scenes are played: a folder for files, and new, empty databases by name."""

    folder: Path
    new_database: Callable[[str], str]


@dataclass
class Scene:
    """One installation with one council. Everything random comes from `rng`."""

    app: Flask
    raw: SqliteRaw | PostgresRaw
    site: Site
    keys: Path
    size: Size
    rng: Random
    council: Council = field(init=False)
    programme_id: int = field(init=False)
    wave_id: int = field(init=False)
    #: who has no e-mail address, and gets a slip of paper
    on_paper: list[int] = field(init=False)
    #: how many guardians hold the key of each wave; 0 if the worker does
    holders: int = 0
    #: the questions with a text box
    boxes: tuple[str, ...] = (TEXT_BOX,)
    key_texts: list[str] = field(default_factory=list)
    weaknesses: Weaknesses | None = None
    said: dict[int, Said] = field(default_factory=dict)

    def open_survey(self) -> None:
        """Everybody of the council is asked; invitations have left."""
        tree: dict[str, tuple[str | None, int]] = {"C": (None, 0)}
        tree |= {f"T{number}": ("C", self.size.team) for number in range(1, self.size.teams + 1)}
        with self.app.app_context():
            self.council = make_council(tree)
            self.on_paper = [one for one, voter in self.council.people.items() if voter.number <= ON_PAPER]
            with writing():
                for person_id in self.on_paper:
                    db.session.get_one(Person, person_id).email = None
            mode = {"key_mode": "guardian"} if self.holders else {}
            self.programme_id = make_quarterly(rotation=[[*CLOSED, *self.boxes]], k=K, **mode).id
            self.open_wave()

    def open_wave(self) -> None:
        """The programme's next wave, a quarter after its last."""
        with self.app.app_context():
            last = surveys.find_last_wave(self.programme_id)
            now = last.closes_at + timedelta(days=80) if last else NOW
            with writing():
                wave = plan_next_wave(surveys.get_programme(self.programme_id), now)
                assert wave is not None
                self.wave_id = wave.id
            if self.holders:
                self.key_texts = guardians.make_key(self.wave_id, self.holders)
                guardians.test_key(self.wave_id, self.key_texts)
            assert open_and_invite(self.wave_id, self.site.keyring) > 0
            send_waiting(surveys.get_wave(self.wave_id), self.site.sender)
            enter_codes(self.wave_id, self.site.keyring.token_key())
        self.said = {}

    def choose_people(self) -> list[int]:
        """As many of each team as answer, in an order of their own."""
        chosen: list[int] = []
        for unit in sorted({voter.unit for voter in self.council.people.values()}):
            team = [person for person, voter in self.council.people.items() if voter.unit == unit]
            chosen += self.rng.sample(team, self.size.answering)
        self.rng.shuffle(chosen)
        return chosen

    def write(self, person_id: int) -> Said:
        """What this person will send: any options, and a comment with a word that stands nowhere else."""
        with self.app.app_context():
            plan = plan_of(surveys.get_wave(self.wave_id))
        choices = {
            item["id"]: str(self.rng.choice(item["options"])[0]) for item in plan["items"] if is_closed(item)
        }
        letters = "".join(self.rng.choices("abcdefghijklmnop", k=12))
        voter = self.council.people[person_id]
        return Said(
            person_id=person_id,
            unit_id=self.council.units[voter.unit],
            token=self.token(person_id),
            choices=choices,
            comment=f"{MARKER}{letters} is what I would change",
        )

    def token(self, person_id: int) -> str:
        return self.site.token(self.wave_id, person_id)

    def codes(self) -> list[str]:
        """What stands on the slips of those without an e-mail address, as printed and as typed."""
        key = self.site.keyring.token_key()
        printed = [make_code(key, self.wave_id, person_id) for person_id in self.on_paper]
        return [*printed, *(code.replace(" ", "") for code in printed)]

    def answer(self, people: Iterable[int]) -> None:
        """Each follows the link, fills the form in and sends it, in a browser of their own."""
        for person_id in people:
            said = self.said[person_id] = self.write(person_id)
            if self.weaknesses:
                self.weaknesses.listen_to(said)
            browser = self.app.test_client()
            sent = send(browser, start(browser, said.token), said.choices | {TEXT_BOX: said.comment})
            assert sent.status_code == 303, sent.text

    def answer_quickly(self, people: Iterable[int]) -> None:
        """The same without the pages."""
        for person_id in people:
            said = self.said[person_id] = self.write(person_id)
            with self.app.app_context():
                assert submit(said.token, said.sheet, {TEXT_BOX: said.comment}) is Standing.OPEN

    def close(self) -> bool:
        """Close on the wave's own day; False if it was held."""
        if isinstance(self.raw, PostgresRaw):
            with self.raw.connect() as connection:
                connection.execute("ANALYZE")  # as the server does by itself within minutes of many answers
        with self.app.app_context():
            closes_at = surveys.get_wave(self.wave_id).closes_at
            return close_wave(self.wave_id, closes_at + timedelta(minutes=1), self.site.keyring)

    def count_rates(self, now: datetime) -> None:
        """What the worker does first each day."""
        with self.app.app_context():
            bring_rates_up_to_date(now)

    def opens_at(self) -> datetime:
        with self.app.app_context():
            return surveys.get_wave(self.wave_id).opens_at

    def wave(self) -> dict[str, Any]:
        """The wave's row as it is stored now."""
        return next(row for row in self.raw.rows("wave") if row["id"] == self.wave_id)

    def key_file(self) -> Path:
        return self.keys / f"wave-{self.wave_id}.key"

    def files(self) -> list[Path]:
        """Everything on disk that belongs to the installation."""
        home = self.app.config["PULSE"].home
        return sorted({*(path for path in home.rglob("*") if path.is_file()), *self.raw.files()})

    def leave(self) -> None:
        with self.app.app_context():
            db.engine.dispose()


def make_scene(
    place: Place,
    name: str,
    size: Size,
    *,
    weak: bool = False,
    holders: int = 0,
    boxes: tuple[str, ...] = (TEXT_BOX,),
    seed: int = 20261005,
) -> Scene:
    """A new installation on a new database, its survey open."""
    url = place.new_database(name)
    home = place.folder / name
    os.makedirs(home, mode=0o700)
    load_models()
    app = create_app(make_settings(home, database_url=url))
    app.config["TESTING"] = True
    weaknesses = None
    with app.app_context():
        db.create_all()
        if weak:
            weaknesses = Weaknesses(app)
    # the seed says what people answer; keys, links' hashes and envelopes are random all the same
    site, keys, rng = make_site(home), home / "keys", Random(seed)
    scene = Scene(app, raw_of(url), site, keys, size, rng, holders, boxes=boxes, weaknesses=weaknesses)
    scene.open_survey()
    return scene
