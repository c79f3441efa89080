"""A worker that is killed where a test says.

A process of its own, because nothing survives SIGKILL: no `finally`, no rollback, no lock given back by hand.
The boundaries are put into this process alone; the program itself has no such switch. The processes come from
one that has read every module and has opened nothing: reading them takes ten times as long as the work.
"""

import multiprocessing
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pulse.db as database
from pulse.app import create_app
from pulse.db import db
from pulse.responses import queries as responses
from pulse.results import closing
from pulse.surveys import inbox
from pulse.surveys import queries as surveys
from pulse.worker import tick
from tests.conftest import make_settings


def die(*_args: Any, **_kwargs: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def die_before(_function: Callable[..., Any]) -> Callable[..., Any]:
    return die


def die_after(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Any:
        function(*args, **kwargs)
        db.session.flush()
        die()

    return run


def die_within(scrub: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """In the middle of writing the tables anew."""

    def run(raw: Any) -> bool:
        if isinstance(raw, sqlite3.Connection):  # a few steps into the VACUUM
            raw.set_trace_callback(
                lambda said: raw.set_progress_handler(die, 20) if said == "VACUUM" else None
            )
        else:  # the server gets the order, and goes on without anybody who waits for it
            execute = raw.execute
            raw.execute = lambda said: (
                order_and_die(raw, said) if said.startswith("CLUSTER") else execute(said)
            )
        return scrub(raw)

    return run


def order_and_die(raw: Any, said: str) -> None:
    raw.pgconn.send_query(said.encode())
    die()


#: where -> (what is replaced, its name, by what)
BOUNDARIES: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "before anything": (closing, "close_wave", die_before),
    "after the claim": (closing, "_require_seal", die_before),
    "with the key in memory": (closing, "_open_all", die_before),
    "after the envelopes were opened": (closing, "count_wave", die_before),
    "after the count": (closing, "_release", die_before),
    "with the release half written": (responses, "delete_envelopes", die_before),
    "before the commit": (surveys, "set_scrub_due", die_after),
    "after the commit": (closing, "finish_burning", die_before),
    "with the key half destroyed": (os, "fsync", die_after),
    "after the key was destroyed": (closing, "scrub", die_before),
    "half-way through the scrub": (database, "_scrub_{dialect}", die_within),
    "after the scrub": (closing, "scrub", die_after),
}
#: while a wave of guardians waits for their key
WAITING: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "before the worker says that it waits": (surveys, "await_handed_key", die_before),
    "before it says so for good": (surveys, "await_handed_key", die_after),
    "with its inbox made and not offered": (inbox, "_mark", die_before),
}


#: what a worker loads while it counts
_LOADED = ("pandas", "scipy.special", "pulse.app", __name__)


def run_killed(boundary: str, home: Path, database_url: str, now: datetime) -> tuple[int | None, str]:
    """A worker's tick in a new process: its exit code, minus the signal if one ended it; and what it said."""
    said = home / "killed.log"
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_LOADED])
    process = context.Process(target=work, args=(boundary, home, database_url, now, said))
    process.start()
    process.join(120)
    return process.exitcode, said.read_text(encoding="utf-8")


def work(boundary: str, home: Path, database_url: str, now: datetime, said: Path) -> None:
    """Tick until the boundary."""
    with said.open("wb") as log:
        os.dup2(log.fileno(), sys.stderr.fileno())
    where, name, wrap = (BOUNDARIES | WAITING)[boundary]
    settings = make_settings(home, database_url=database_url)
    with create_app(settings).app_context():
        name = name.format(dialect=db.engine.dialect.name)
        replaced = wrap(getattr(where, name))
        setattr(where, name, replaced)
        setattr(sys.modules["pulse.worker"], name, replaced)  # it may have the function by name
        tick(now, settings)
