"""The product, used as it is used: a staff list, a programme, waves, sealed answers, a close, an export."""

import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import event, select

from pulse.db import db, writing
from pulse.directory.roster_file import read_roster
from pulse.directory.roster_import import import_roster
from pulse.directory.roster_queries import list_person_ids
from pulse.domain.sheets import closed_items
from pulse.invitations import queries as invitations
from pulse.invitations.codes import hash_token, make_token
from pulse.invitations.register import open_and_invite
from pulse.responses import queries as responses
from pulse.responses.sealing import Sheet, seal
from pulse.results.closing import close_wave
from pulse.results.exporting import write_csv
from pulse.results.released import read_everything, read_groups, read_tallies
from pulse.surveys import planning
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Programme, Wave, WaveMember
from pulse.surveys.plans import plan_of
from pulse.surveys.programmes import Details, create_programme
from pulse.surveys.question_sets import OWN
from tools.bench_place import make_application
from tools.bench_servers import make_settings

K = 10
TOP = "Everybody"
FIRST_DAY = date(2030, 1, 7)
_COLUMNS = "staff number,name,email,unit code,unit name,parent unit code,main post,leads people"


class PipelineFailed(Exception):
    """The product did not do what it does for a real survey; the message says at which wave."""


@dataclass(frozen=True)
class Shown:
    """One row of the export, read back. `units` are the numbers of the units in the group."""

    wave: int
    label: str
    group: int
    kind: str
    units: frozenset[int]
    measure: str
    n: int
    value: float | None
    low: float | None
    high: float | None
    change: float | None
    change_low: float | None
    change_high: float | None
    flagged: bool
    detail: dict[str, Any]


class Site:
    """An organisation of some size in a database of its own, below `folder`."""

    def __init__(self, folder: Path, sizes: Sequence[int]) -> None:
        folder.mkdir(parents=True)
        self.sizes = tuple(sizes)
        self._file, self._template = folder / "pulse.db", folder / "template.db"
        settings = make_settings(folder, f"sqlite:///{self._file}")
        self.keyring = _SteadyKeys(settings.key_dir)
        self.app = make_application(settings)
        with self.app.app_context():
            event.listen(db.engine, "connect", _hurry)
            import_roster(read_roster(roster_of(sizes)))
            db.session.remove()
            db.engine.dispose()
        shutil.copyfile(self._file, self._template)

    @contextmanager
    def fresh(self) -> Iterator[None]:
        """The staff list and nothing else. Ids start at 1 again: the bootstrap is seeded by a wave's id, and
        the same seed must give the same table whichever process did the work.
        """
        for leftover in self._file.parent.glob("pulse.db-*"):
            leftover.unlink()
        shutil.copyfile(self._template, self._file)
        with self.app.app_context():
            ids = list_person_ids()
            self.people = [ids[f"S{number}"] for number in range(sum(self.sizes))]
            try:
                yield
            finally:
                db.session.remove()
                db.engine.dispose()

    def start(
        self, *rotation: Sequence[str], name: str = "How things are", on: date = FIRST_DAY
    ) -> Programme:
        """A quarterly programme that asks these lists in turn, with its first wave in the calendar."""
        details = Details(
            name=name,
            purpose="To be compared with what is known.",
            organisation=TOP,
            question_set=OWN,
            item_ids=tuple(rotation[0]),
            rule="FREQ=MONTHLY;INTERVAL=3",
            starts_on=on,
            k=K,
        )
        eve = datetime(on.year, on.month, on.day, tzinfo=UTC)
        programme = create_programme(details, eve)
        if len(rotation) > 1:  # a list of one's own has one wave; only ready-made sets rotate
            with writing():
                programme.rotation = [list(items) for items in rotation]
        return programme

    def open(self, programme: Programme) -> Wave:
        """Open the planned wave with everybody in its register."""
        wave = surveys.find_last_wave(programme.id)
        if wave is None or open_and_invite(wave.id, self.keyring) != len(self.people):
            raise PipelineFailed("A planned wave did not open for everybody.")
        return wave

    def close(self, wave: Wave) -> list[Shown]:
        """Count and release the wave, plan the next, and read the figures from the exported table."""
        after = wave.closes_at + timedelta(minutes=1)
        if not close_wave(wave.id, after, self.keyring):
            raise PipelineFailed(f"Wave {wave.number} was not released: {surveys.get_wave(wave.id).problem}")
        with writing():
            planning.plan_next_wave(wave.programme, after)
        file = io.StringIO(newline="")
        write_csv(read_everything(wave), file)
        return [_read(row, self.sizes) for row in csv.DictReader(io.StringIO(file.getvalue(), newline=""))]

    def store(self, wave: Wave, sheets: Sequence[str], replied: npt.NDArray[np.bool_]) -> None:
        """Spend each link and store a sealed sheet, as a submission does but all in one transaction."""
        size, public_key, token_key = wave.sheet_bytes or 0, wave.public_key or b"", self.keyring.token_key()
        chosen = select(WaveMember.person_id, WaveMember.unit_id).where(WaveMember.wave_id == wave.id)
        with writing():
            homes = {row.person_id: row.unit_id for row in db.session.execute(chosen)}
            for one in np.flatnonzero(replied):
                person = self.people[one]
                if not invitations.claim_spent(hash_token(make_token(token_key, wave.id, person))):
                    raise PipelineFailed("A link was not there to be used.")
                sealed = seal(Sheet(homes[person], sheets[int(one)]), size, public_key)
                responses.add_envelope(wave.id, sealed)


class _SteadyKeys(Keyring):
    """The key of a wave made of its id: chance in the count comes from it, and a run must be repeatable."""

    def create_wave_key(self, wave_id: int) -> bytes:
        path = self._wave_path(wave_id)
        path.unlink(missing_ok=True)
        self._write_new(path, sha256(str(wave_id).encode()).digest())
        return bytes(self.load_wave_key(wave_id).public_key)


def tallies_of(wave: Wave, item: str) -> dict[int, dict[str, int]]:
    """Released counts of one question: group number -> option -> people."""
    found: dict[int, dict[str, int]] = {}
    for group in read_groups(wave):
        counts = read_tallies(group).find(item)
        found[group.number] = dict(counts.options) if counts else {}
    return found


def items_of(wave: Wave) -> list[str]:
    """The questions of an open wave in the order of a sheet."""
    return closed_items(plan_of(wave))


def roster_of(sizes: Sequence[int]) -> bytes:
    """A staff list: units below one top, people in the order of units."""
    places = [unit for unit, people in enumerate(sizes) for _ in range(people)]
    rows = [f",,,TOP,{TOP},,,"]
    rows += [
        f"S{number},Person {number},p{number}@example.org,{name_of(unit)},{name_of(unit)},TOP,,"
        for number, unit in enumerate(places)
    ]
    return "\n".join([_COLUMNS, *rows, ""]).encode()


def name_of(unit: int) -> str:
    return f"U{unit:02}"


def units_in(group: str, headcount: int | None, sizes: Sequence[int]) -> frozenset[int]:
    """The units behind a group's name; raises PipelineFailed if they have another headcount together.

    `headcount` is None where a group is too small for it to be told.
    """
    parts = [name_of(unit) for unit in range(len(sizes))] if group == TOP else group.split(" + ")
    units = frozenset(int(part.removeprefix("U")) for part in parts)
    if headcount is not None and sum(sizes[unit] for unit in units) != headcount:
        raise PipelineFailed(f"The group {group} does not have the headcount of its units.")
    return units


def _read(row: dict[str, str], sizes: Sequence[int]) -> Shown:
    def number(name: str) -> float | None:
        return float(row[name]) if row[name] else None

    return Shown(
        wave=int(row["wave_number"]),
        label=row["wave"],
        group=int(row["group_number"]),
        kind=row["kind"],
        units=units_in(row["group"], int(row["headcount"]) if row["headcount"] else None, sizes),
        measure=row["measure"],
        n=int(row["n"]),
        value=number("value"),
        low=number("low"),
        high=number("high"),
        change=number("change"),
        change_low=number("change_low"),
        change_high=number("change_high"),
        flagged=row["flagged"] == "yes",
        detail=json.loads(row["detail"]),
    )


def _hurry(connection: Any, _record: object) -> None:
    """A database that is thrown away need not wait for the disk."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")
