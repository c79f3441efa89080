"""Databases that go away and come back: a server stopped, one that hangs, a file that somebody locked."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from tests.support import postgres
from tools.bench_servers import DurablePostgres


class FailingPostgres(DurablePostgres):
    """A durable server of one's own that can be stopped, started again on the same files, and frozen."""

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """A fast shutdown, as by an administrator who updates it, and a start afterwards."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=60)
        try:
            yield
        finally:
            self._process = self._run(postgres._binaries())

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Every process of the server stands still: connections stay open and nothing is answered."""
        with psycopg.connect(self._conninfo("postgres"), autocommit=True) as connection:
            os.kill(self._process.pid, signal.SIGSTOP)
            rows = connection.execute("SELECT pid FROM pg_stat_activity").fetchall()
        others = [int(pid) for (pid,) in rows]
        held = [pid for pid in [self._process.pid, *others] if _signal(pid, signal.SIGSTOP)]
        try:
            yield
        finally:
            for pid in held:
                _signal(pid, signal.SIGCONT)


def _signal(pid: int, which: signal.Signals) -> bool:
    try:
        os.kill(pid, which)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program holds the SQLite file for writing."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")
