"""A real PostgreSQL server for one process of tests, started with PULSE_TEST_DATABASE=postgresql.

It listens on a socket in a folder that only its own user may enter, and on no port. Durability is off: what
is tested survives no power cut.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from tools.programs import find_postgresql

_USER = "pulse"
_START_SECONDS = 60
_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "timezone": "UTC",
}
#: what the tests' own server adds. Autovacuum takes samples in a transaction of its own, which may last for
#: seconds on a loaded machine; a scrub rightly waits for it, and a test of a scrub would fail by chance.
WITHOUT_AUTOVACUUM = {"autovacuum": "off"}


class PostgresServer:
    """A server with its files in a new temporary folder; `stop` ends it and removes them."""

    options: dict[str, str] = _OPTIONS

    def __init__(self, **more: str) -> None:
        """`more` are options beside those of the class."""
        self.options = self.options | more
        self.folder = Path(tempfile.mkdtemp(prefix="pulse-pg-"))
        self._account = _server_account()
        if self._account:
            os.chown(self.folder, self._account.pw_uid, self._account.pw_gid)
        self._process = self._start(_binaries())

    def _start(self, binaries: Path) -> subprocess.Popen[bytes]:
        data = self.folder / "data"
        self._as_server_user(
            [binaries / "initdb", "-D", data, "-U", _USER, "-E", "UTF8", "--locale=C", "-A", "trust", "-N"]
        ).wait()
        return self._run(binaries)

    def _run(self, binaries: Path) -> subprocess.Popen[bytes]:
        """Start the server on the files that are there."""
        options = self.options | {"unix_socket_directories": str(self.folder)}
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        process = self._as_server_user([binaries / "postgres", "-D", self.folder / "data", *flags])
        try:
            self._wait_until_it_answers(process)
        except BaseException:
            process.kill()
            raise
        return process

    def _as_server_user(self, command: list[Path | str]) -> subprocess.Popen[bytes]:
        """PostgreSQL refuses to run as root, so root starts it as somebody else."""
        account = self._account
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
                preexec_fn=_end_with_the_tests,
            )

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        for _ in range(_START_SECONDS * 10):
            try:
                psycopg.connect(self._conninfo("postgres")).close()
                return
            except psycopg.OperationalError:
                if process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not start:\n{self._log.read_text()[-2000:]}")

    @property
    def _log(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.log"

    def _conninfo(self, database: str) -> str:
        return f"host={self.folder} user={_USER} dbname={database}"

    def stop(self) -> None:
        """A fast shutdown: open transactions are rolled back, then every file is removed."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._log.unlink(missing_ok=True)


def create_postgres_database(folder: str, name: str) -> str:
    """A new, empty database on the server whose socket is in `folder`; its SQLAlchemy address."""
    with psycopg.connect(f"host={folder} user={_USER} dbname=postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql+psycopg://{_USER}@/{name}?host={folder}"


def _end_with_the_tests() -> None:
    """Linux stops the server when the process that started it is gone, however that ended."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGINT)


def _server_account() -> pwd.struct_passwd | None:
    """Whose account runs the server: our own, unless we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError(
        "PostgreSQL cannot run as root, and there is no account 'postgres' or 'nobody' to use."
    )


def _binaries() -> Path:
    folder = find_postgresql()
    if folder is None:
        raise RuntimeError(
            "PostgreSQL is not installed: run `make test` as root, or `apt-get install postgresql`."
        )
    return folder
