"""`make faults`: the fault runs at full size on SQLite and PostgreSQL, and the weakened programs beside them.

`make faults ARGS=--quick` is about as short as what the tests run. Exits with 1 when an answer was lost or
doubled, when a page came late, or when a weakened program went unnoticed.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.attacks import faults_weak as weak
from tests.attacks.faults import FORMS, Outcome, Place, at_once, away, killed, measure
from tests.attacks.faults_away import FailingPostgres, locked
from tools.bench_figures import p95
from tools.tables import aligned

#: the page that hands the answers back has to be there by then
MOST_SECONDS = 5.0
_HEADING = ("trouble", "database", "faults", "people", "posts", "thanked", "envelopes", "links used")
_JUDGED = ("lost", "doubled", "not sent so", "miscounted")


def main(arguments: Sequence[str]) -> int:
    """Run everything, print the table, and say in one sentence whether it holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks.faults_run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="30 links, 120 answers, 6 kills")
    parser.add_argument("--links", type=int, default=1000, help="links used 20 times at once")
    parser.add_argument("--answers", type=int, default=10_000, help="answers sent while processes are killed")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long the database is away")
    chosen = parser.parse_args(arguments)
    if chosen.quick:
        chosen.links, chosen.answers, chosen.kills = 30, 120, 6
    for name in ("PULSE_DEMO", "PULSE_PROXIES", "MAIL_URL", "MAIL_FROM", "DATABASE_URL"):
        os.environ.pop(name, None)
    outcomes, controls = _run(chosen)
    sys.stdout.write(f"{table([*outcomes, *controls])}\n")
    return _verdict(outcomes, controls)


def _run(chosen: argparse.Namespace) -> tuple[list[Outcome], list[Outcome]]:
    troubles = [at_once(chosen.links), killed(chosen.answers, chosen.kills)]
    with tempfile.TemporaryDirectory(prefix="pulse-faults-") as name:
        folder = Path(name)
        file = folder / "pulse.db"
        gone = away(FORMS * 10, partial(locked, file), "locked by another program", chosen.seconds)
        _say("SQLite ...")
        outcomes = measure(
            Place(folder / "sqlite", "SQLite", f"sqlite:///{file}"), [*troubles, gone], tell=_tell
        )
        _say("PostgreSQL ...")
        server = FailingPostgres()
        try:
            stopped = away(FORMS * 10, server.stopped, "server stopped and started", chosen.seconds)
            frozen = away(FORMS * 10, server.frozen, "server stands still", chosen.seconds)
            place = Place(folder / "postgresql", "PostgreSQL", server.create("faults"))
            outcomes += measure(place, [*troubles, stopped, frozen], tell=_tell)
        finally:
            server.stop()
        _say("weakened programs ...")
        return outcomes, [control(folder, weakness) for weakness in weak.WEAKNESSES]


def control(folder: Path, weakness: str) -> Outcome:
    """The short run in which a weakened program must be found out, on SQLite."""
    trouble = killed(48, 2) if weakness == weak.THANKS_FIRST else at_once(12)
    address = f"sqlite:///{folder / weakness}.db"
    place = Place(folder / weakness, "SQLite", address, weak.APPLICATION, {"WEAKNESS": weakness})
    (outcome,) = measure(place, [trouble], closes=False)
    outcome.what = f"control, {weakness}"
    return outcome


def was_noticed(one: Outcome) -> bool:
    """Whether the box told what a weakened program did."""
    return one.lost + one.doubled + one.strange > 0


def _tell(one: Outcome) -> None:
    counted = f"{one.faults} faults, {one.people} people, {one.lost} lost, {one.doubled} doubled"
    _say(f"  {one.what}: {counted}, {one.envelopes} envelopes, {one.spent} links used")


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def table(outcomes: Sequence[Outcome]) -> str:
    """One row a trouble."""
    rows = [(*_HEADING, *_JUDGED, "503 page within"), *map(_row, outcomes)]
    return aligned(rows, right=range(2, len(rows[0]) - 1))


def _row(one: Outcome) -> tuple[str, ...]:
    diary = one.diary
    numbers = (one.faults, one.people, diary.posts, len(diary.thanked), one.envelopes, one.spent)
    waits = diary.first_waits
    late = f"{max(waits):.1f} s ({p95(diary.waits):.1f} s for 95 of 100 in the crowd)" if waits else ""
    miscounted = "" if one.miscounted is None else str(one.miscounted)
    judged = (str(one.lost), str(one.doubled), str(one.strange), miscounted, late)
    return (one.what, one.database, *(f"{number:,}" for number in numbers), *judged)


def _verdict(outcomes: Sequence[Outcome], controls: Sequence[Outcome]) -> int:
    wrong = [f"{one.what}, {one.database}" for one in outcomes if not one.is_whole]
    wrong += [f"late: {one.what}" for one in outcomes if max(one.diary.first_waits, default=0) > MOST_SECONDS]
    wrong += [f"unnoticed: {one.what}" for one in controls if not was_noticed(one)]
    holds = "Every answer that was acknowledged is there once."
    sys.stdout.write(f"FAILED: {'; '.join(wrong)}.\n" if wrong else f"{holds}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
