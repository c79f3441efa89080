"""`make bench`: what Pulse costs beside the least that could do the same, measured in one run.

Machines differ and are shared, so no time stands alone: sides take turns, medians of several repetitions are
compared, and a limit is on a ratio. It always exits with 0: it is there to be read.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence

from tools.bench_bulk import measure_close, measure_roster, measure_start
from tools.bench_dashboards import measure_dashboards
from tools.bench_figures import Line, table, verdict
from tools.bench_gate import measure_gate
from tools.bench_journeys import measure_journeys
from tools.bench_mail import measure_mail
from tools.bench_servers import DurablePostgres

PARTS = ("journeys", "roster", "close", "mail", "gate", "dashboards", "start")


def main(arguments: Sequence[str]) -> int:
    """Measure the named parts (all of them when none is named) and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"any of {', '.join(PARTS)}; all when left out")
    chosen = parser.parse_args(arguments).parts or list(PARTS)
    if unknown := [part for part in chosen if part not in PARTS]:
        parser.error(f"there is no part called {unknown[0]}: choose from {', '.join(PARTS)}")
    # what the measured processes may not inherit from whoever runs this
    for name in ("PULSE_DEMO", "PULSE_PROXIES", "MAIL_URL", "MAIL_FROM", "DATABASE_URL"):
        os.environ.pop(name, None)
    print(verdict(_measure(chosen)))
    print("bare = Flask under the same gunicorn, one durable insert, 3 requests a journey to our 5.")
    return 0


def _measure(chosen: Sequence[str]) -> list[Line]:
    """Every line, each part's table printed as soon as it is known."""
    server = DurablePostgres()
    lines: list[Line] = []
    try:
        with tempfile.TemporaryDirectory(prefix="pulse-bench-") as folder:
            for part in chosen:
                _say(f"measuring {part} ...")
                found = _PARTS[part](server, folder)
                print(f"{table(found)}\n", flush=True)
                lines += found
    finally:
        server.stop()
    return lines


def _journeys(server: DurablePostgres, folder: str) -> list[Line]:
    on_postgres, _ = measure_journeys("PostgreSQL", server.create("ours"), server.create("bare"))
    on_sqlite, weight = measure_journeys("SQLite", _sqlite(folder, "ours"), _sqlite(folder, "bare"))
    return on_postgres + on_sqlite + weight.lines()


def _roster(server: DurablePostgres, folder: str) -> list[Line]:
    return [
        measure_roster("SQLite", _sqlite(folder, "roster"), 20_000, 3),
        measure_roster("PostgreSQL", server.create("roster"), 20_000, 2),
        measure_roster("SQLite", _sqlite(folder, "roster"), 100_000, 1),
    ]


def _close(_server: DurablePostgres, folder: str) -> list[Line]:
    return [measure_close("SQLite", _sqlite(folder, "close"), 2)]


def _mail(server: DurablePostgres, folder: str) -> list[Line]:
    return [
        measure_mail("SQLite", _sqlite(folder, "mail")),
        measure_mail("PostgreSQL", server.create("mail")),
    ]


def _gate(_server: DurablePostgres, _folder: str) -> list[Line]:
    return measure_gate()


def _start(_server: DurablePostgres, _folder: str) -> list[Line]:
    return [measure_start(5)]


_PARTS = {
    **{"journeys": _journeys, "roster": _roster, "close": _close, "mail": _mail, "gate": _gate},
    **{"dashboards": measure_dashboards, "start": _start},
}


def _sqlite(folder: str, name: str) -> str:
    return f"sqlite:///{folder}/{name}.db"


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
