"""A backup as an administrator takes it: of SQLite the file and its log, of PostgreSQL `pg_basebackup`."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.attacks.raw import PostgresRaw, Raw, SqliteRaw, wal_and_tables
from tests.support.postgres import _end_with_the_tests
from tools.programs import find_postgresql

_WAIT_SECONDS = 60


class Backup:
    """A copy that stays as it was; `restored` reads it as a database."""

    def __init__(self, raw: SqliteRaw | PostgresRaw) -> None:
        self._raw = raw
        # not in a test's own folder: the server's user may not enter that, and a socket's path must be short
        self.folder = Path(tempfile.mkdtemp(prefix="pulse-backup-"))
        if isinstance(raw, SqliteRaw):
            for path in raw.files():
                shutil.copyfile(path, self.folder / path.name)
        else:
            _base_backup(raw, self.folder)

    def files(self) -> list[Path]:
        """What there is to search: tables and log."""
        if isinstance(self._raw, SqliteRaw):
            return sorted(self.folder.iterdir())
        databases = [path for path in (self.folder / "base").iterdir() if path.name.isdecimal()]
        return sorted({path for one in databases for path in wal_and_tables(self.folder, int(one.name))})

    @contextmanager
    def restored(self) -> Iterator[Raw]:
        """The copy as a database; on PostgreSQL a server runs on it for as long."""
        if isinstance(self._raw, SqliteRaw):
            yield SqliteRaw(self.folder / self._raw.path.name)
            return
        process = _server_on(self.folder)
        database = psycopg.conninfo.conninfo_to_dict(self._raw.conninfo)["dbname"]
        try:
            yield _wait_for(f"host={self.folder} user=pulse dbname={database}", process)
        finally:
            process.terminate()
            process.wait(timeout=_WAIT_SECONDS)

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _program(name: str) -> str:
    """Beside `initdb`, or where that is a link to."""
    folder = find_postgresql()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed.")
    places = (folder, (folder / "initdb").resolve().parent)
    found = shutil.which(name, path=os.pathsep.join(map(str, places))) or shutil.which(name)
    if found is None:
        raise RuntimeError(f"PostgreSQL's {name} is not installed.")
    return found


def _base_backup(raw: PostgresRaw, folder: Path) -> None:
    """With the log that was written meanwhile, so that it can be started."""
    host = psycopg.conninfo.conninfo_to_dict(raw.conninfo)["host"]
    command = ["-h", str(host), "-U", "pulse", "-D", str(folder), "-X", "stream", "-c", "fast", "-N"]
    done = subprocess.run([_program("pg_basebackup"), *command], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"pg_basebackup failed: {done.stderr}")


def _server_on(folder: Path) -> "subprocess.Popen[bytes]":
    """A second server on the copy. It refuses to be root, so root starts it as a folder's usual owner."""
    owner = _unprivileged_owner()
    if owner is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, *owner)
    folder.chmod(0o700)
    options = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off"}
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [_program("postgres"), "-D", str(folder), *flags],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=owner[0] if owner else None,
        group=owner[1] if owner else None,
        extra_groups=[] if owner else None,
        preexec_fn=_end_with_the_tests,
    )


def _unprivileged_owner() -> tuple[int, int] | None:
    from tests.support.postgres import _server_account

    account = _server_account()
    return (account.pw_uid, account.pw_gid) if account else None


def _wait_for(conninfo: str, process: "subprocess.Popen[bytes]") -> PostgresRaw:
    for _ in range(_WAIT_SECONDS * 10):
        try:
            return PostgresRaw(conninfo)
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError("The backup does not start as a server.")
