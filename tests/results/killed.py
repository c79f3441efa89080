"""A worker that is killed where a test says: `python -m tests.results.killed BOUNDARY HOME DATABASE TIME`.

A process of its own, because nothing survives SIGKILL: no `finally`, no rollback, no lock given back by hand.
The boundaries are put into this process alone; the program itself has no such switch.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from pulse.app import create_app
from pulse.db import db
from pulse.responses import queries as responses
from pulse.results import closing
from pulse.surveys import queries as surveys
from pulse.worker import tick
from tests.conftest import make_settings


def die(*_args: Any, **_kwargs: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def die_after(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Any:
        function(*args, **kwargs)
        db.session.flush()
        die()

    return run


#: where -> (what is replaced, its name, whether it still runs)
BOUNDARIES: dict[str, tuple[Any, str, bool]] = {
    "before anything": (closing, "close_wave", False),
    "after the claim": (closing, "_require_seal", False),
    "with the key in memory": (closing, "_open_all", False),
    "after the envelopes were opened": (closing, "count_wave", False),
    "after the count": (closing, "_release", False),
    "with the release half written": (responses, "delete_envelopes", False),
    "before the commit": (surveys, "set_scrub_due", True),
    "after the commit": (closing, "finish_burning", False),
    "with the key half destroyed": (os, "fsync", True),
    "after the key was destroyed": (closing, "scrub", False),
    "after the scrub": (closing, "scrub", True),
}


def main(boundary: str, home: str, database_url: str, now: str) -> None:
    where, name, runs = BOUNDARIES[boundary]
    settings = make_settings(Path(home), database_url=database_url)
    with create_app(settings).app_context():
        replaced = die_after(getattr(where, name)) if runs else die
        setattr(where, name, replaced)
        setattr(sys.modules["pulse.worker"], name, replaced)  # it may have the function by name
        tick(datetime.fromisoformat(now), settings)


if __name__ == "__main__":
    main(*sys.argv[1:])
