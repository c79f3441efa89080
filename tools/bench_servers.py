"""What the benchmarks run against: a durable PostgreSQL, and gunicorn with 2 workers of 4 threads."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pulse.config import Settings
from tests.support import postgres

#: every commit is on disk before it is acknowledged, as PostgreSQL does unless told otherwise
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_GUNICORN = ("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket")
_QUIET = ("--log-level", "error")
_START_SECONDS = 30


class DurablePostgres(postgres.PostgresServer):
    """The tests' server, with everything on that the tests switch off to save time."""

    options = postgres.PostgresServer.options | _DURABLE

    def create(self, name: str) -> str:
        """A new, empty database; its SQLAlchemy address."""
        return postgres.create_postgres_database(str(self.folder), name)


def driver_address(url: str) -> str:
    """What the driver itself takes: PostgreSQL without SQLAlchemy's `+psycopg`, SQLite as a path."""
    return url.removeprefix("sqlite:///") if url.startswith("sqlite") else url.replace("+psycopg", "")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_settings(home: Path, database_url: str, port: int = 5000) -> Settings:
    """Settings as for real use, but over plain http on the loopback."""
    return Settings(
        home=home,
        database_url=database_url,
        secret_key="measured-not-kept-" * 3,
        key_dir=home / "keys",
        base_url=f"http://127.0.0.1:{port}",
        mail_url=f"mailbox:{home / 'mail'}",
        mail_from="Pulse <pulse@example.org>",
        demo=False,
    )


def environment_of(settings: Settings) -> dict[str, str]:
    """The same settings for another process."""
    return {
        "PULSE_HOME": str(settings.home),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "PULSE_KEY_DIR": str(settings.key_dir),
        "PULSE_BASE_URL": settings.base_url,
    }


@contextmanager
def serving(application: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    """`application` under gunicorn on the loopback until the block ends."""
    with tempfile.TemporaryFile() as log:
        process = start_gunicorn(application, port, environment, log, (*_GUNICORN, *_QUIET))
        try:
            wait_for(port, process)
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)
            log.seek(0)
            if said := log.read().decode(errors="replace").strip():
                print(f"{application} said:\n{said[-2000:]}", file=sys.stderr)


def start_gunicorn(
    application: str,
    port: int,
    environment: dict[str, str],
    log: IO[bytes],
    options: Sequence[str] = _GUNICORN,
) -> "subprocess.Popen[bytes]":
    """gunicorn as the README starts it, in a process group of its own.

    All that it and its workers say goes to `log`. It may not answer yet.
    """
    command = [sys.executable, "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{port}", application]
    return subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log, process_group=0)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until the port takes connections; raises RuntimeError when the process ended or took too long."""
    for _ in range(_START_SECONDS * 20):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("gunicorn did not start")
