"""A whole installation for the fault runs: its web processes can be killed and started again."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from flask import Flask

from pulse.config import Settings
from pulse.db import db
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from tools.bench_place import make_application, open_survey
from tools.bench_servers import environment_of, free_port, make_settings, start_gunicorn, wait_for

APPLICATION = "pulse.app:create_app()"
_BOOTED = re.compile(rb"Booting worker with pid: (\d+)")
_SECONDS = 120


@dataclass
class Web:
    """gunicorn as the README starts it, always on the same port; what it says is in `log`."""

    port: int
    environment: Mapping[str, str]
    log: Path
    application: str = APPLICATION
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = start_gunicorn(self.application, self.port, dict(self.environment), log)
        wait_for(self.port, self.process)

    def stop(self) -> None:
        """As systemd stops it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=_SECONDS)

    def kill_something(self, rng: Random) -> None:
        """kill -9 of one worker, of every worker, or of all of it, which is then started again."""
        workers = self._workers()
        chosen = rng.choice(("one", "workers", "everything"))
        if chosen == "everything" or not workers:
            self.kill()
            self.start()
            return
        for worker in workers if chosen == "workers" else [rng.choice(workers)]:
            os.kill(worker, signal.SIGKILL)

    def kill(self) -> None:
        """The master and its workers at once, as when the machine takes the whole service away."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=_SECONDS)

    def _workers(self) -> list[int]:
        """Those that live, by what the master said."""
        booted = [int(pid) for pid in _BOOTED.findall(self.log.read_bytes())]
        return [pid for pid in booted[-8:] if self._is_ours(pid)]

    def _is_ours(self, pid: int) -> bool:
        assert self.process is not None
        try:
            return os.getpgid(pid) == self.process.pid
        except ProcessLookupError:
            return False


@dataclass(frozen=True)
class Installation:
    """One open wave of `people`, served."""

    settings: Settings
    app: Flask
    web: Web
    wave_id: int

    @property
    def keyring(self) -> Keyring:
        return Keyring(self.settings.key_dir)

    def close_wave(self) -> str:
        """Close the wave by the worker's own command, in a process of its own; what it said."""
        with self.app.app_context():
            due = surveys.get_wave(self.wave_id).closes_at + timedelta(minutes=1)
            db.session.remove()
        done = run_pulse(self.web.environment, "tick", "--now", due.isoformat())
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr


@contextmanager
def installed(
    folder: Path, url: str, people: int, application: str = APPLICATION, **more: str
) -> Iterator[Installation]:
    """The installation with its web processes running; `more` are settings for them."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = make_settings(folder / "home", url, free_port())
    app = make_application(settings)
    with app.app_context():
        wave_id = open_survey(people, "Faulty days", Keyring(settings.key_dir))
        db.session.remove()
    environment = environment_of(settings) | more
    web = Web(int(settings.base_url.rpartition(":")[2]), environment, folder / "web.log", application)
    try:
        web.start()
        yield Installation(settings, app, web, wave_id)
    finally:
        web.stop()
        with app.app_context():
            db.engine.dispose()


def run_pulse(environment: Mapping[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    """`pulse ...` in a process of its own."""
    command = [sys.executable, "-c", "from pulse.app import main; main()", *words]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, timeout=_SECONDS
    )
