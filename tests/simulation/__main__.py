"""`make simulate`: 500 waves on SQLite with one worker and on PostgreSQL with two, and weakened workers.

Then senders that are killed 200 times each. `make simulate ARGS=--only=sqlite` runs one of the parts. Exits
with 1 when a figure that has to be 0 is not, or when a weakened worker goes unnoticed.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy comes in: a process with threads cannot be forked

import argparse
import logging
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tests.simulation.counting import Counted, count
from tests.simulation.kills import kill_senders, told
from tests.simulation.running import Outcome, Plan, simulate
from tests.simulation.sites import Site, on_postgresql, on_sqlite
from tests.simulation.weak import AIMED_AT, WEAKNESSES
from tools.tables import aligned

PARTS = ("sqlite", "postgresql", "weak", "kills")
FIRST = date(2026, 1, 1)
LAST = date(2027, 12, 31)
ENOUGH = 500
#: three days without a worker, over openings, closes and reminders; the third over a clock change
_OUTAGES = (date(2026, 2, 9), date(2026, 6, 23), date(2026, 10, 24), date(2027, 3, 27))
_MAIL_AWAY = (date(2026, 1, 19), date(2026, 4, 15), date(2026, 9, 7), date(2027, 2, 1), date(2027, 5, 25))
_WORKERS: dict[str, tuple[int, Callable[[Path], AbstractContextManager[Site]]]] = {
    "sqlite": (1, on_sqlite),
    "postgresql": (2, on_postgresql),
}


#: the days of an opening, without mail, and of a reminder
SHORT = Plan(
    first=date(2026, 1, 12),
    last=date(2026, 1, 14),
    workers=1,
    mail_away=frozenset({date(2026, 1, 13)}),
    zones=1,
)


def make_plan(workers: int, last: date) -> Plan:
    """The two years, or less, with everything that goes wrong in them."""
    outages = frozenset(day + timedelta(days=number) for day in _OUTAGES for number in range(3))
    return Plan(FIRST, last, workers, outages=outages, mail_away=frozenset(_MAIL_AWAY), enough=ENOUGH)


def main(arguments: Sequence[str]) -> int:
    """Run everything, print what was counted, and say in one sentence whether it holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="seven weeks instead of two years, 10 kills")
    parser.add_argument(
        "--short", action="store_true", help="three days in London on SQLite, and 2 kills: as the tests do"
    )
    parser.add_argument("--only", choices=PARTS, help="one of the parts")
    chosen = parser.parse_args(arguments)
    logging.disable(logging.WARNING)  # workers say each time that the mail server is away
    parts = [chosen.only] if chosen.only else ["sqlite", "kills"] if chosen.short else list(PARTS)
    last = date(2026, 2, 20) if chosen.quick else LAST
    with tempfile.TemporaryDirectory(prefix="pulse-simulation-") as name:
        folder = Path(name)
        found = {
            kind: _run(kind, SHORT if chosen.short else make_plan(_WORKERS[kind][0], last), folder)
            for kind in parts
            if kind in _WORKERS
        }
        sys.stdout.write(f"{table(found)}\n" if found else "")
        wrong = [f"{kind}: {what}" for kind, (_, one) in found.items() for what, n in one.faults.items() if n]
        wrong += _controls(folder) if "weak" in parts else []
        if "kills" in parts:
            kinds = ["sqlite"] if chosen.short else list(_WORKERS)
            wrong += _kills(folder, kinds, 2 if chosen.short else 10 if chosen.quick else 200)
    sys.stdout.write(f"FAILED: {'; '.join(wrong)}.\n" if wrong else "Every figure that has to be 0 is 0.\n")
    return 1 if wrong else 0


def _run(kind: str, plan: Plan, folder: Path) -> tuple[Outcome, Counted]:
    _say(f"{kind} ...")
    with _WORKERS[kind][1](folder / kind) as site:
        outcome = simulate(plan, site, _say)
    return outcome, count(outcome)


def _controls(folder: Path) -> list[str]:
    """The weakened workers, two at once on PostgreSQL; those that nobody noticed."""
    unnoticed = []
    for number, (name, weaken) in enumerate(WEAKNESSES.items()):
        plan = replace(make_plan(2, date(2026, 2, 6)), weaken=weaken)
        with on_postgresql(folder / str(number)) as site:
            noticed = find_fault(plan, site)
        sys.stdout.write(f"weakened, {name}: {noticed or 'NOT NOTICED'}\n")
        unnoticed += [] if noticed else [f"unnoticed: {name}"]
    return unnoticed


def find_fault(plan: Plan, site: Site) -> str:
    """What gave a weakened worker away; "" if nothing did."""
    try:
        counted = count(simulate(plan, site, lambda _words: None))
    except Exception as error:
        return f"the run broke off ({type(error).__name__})"
    return ", ".join(f"{n} {what}" for what, n in counted.faults.items() if n)


def _kills(folder: Path, kinds: Sequence[str], kills: int) -> list[str]:
    """Senders that die with a letter in hand, and those whose weakness only such deaths bring to light."""
    wrong = []
    for kind in kinds:
        with _WORKERS[kind][1](folder / f"kills-{kind}") as site:
            killed = kill_senders(site, 20 + 8 * kills, kills)
        sys.stdout.write(f"{kind}: {told(killed)}\n")
        wrong += [] if killed.is_sound else [f"{kind}: letters lost or doubled"]
    for name, (weaken, times) in AIMED_AT.items():
        if times > kills:
            continue  # the short run has fewer than it takes to find it
        with on_sqlite(folder / f"kills-{times}") as site:
            killed = kill_senders(site, 44 + 8 * times, times, weaken)
        sys.stdout.write(f"weakened, {name}: {told(killed)}\n")
        wrong += [f"unnoticed: {name}"] if killed.is_sound else []
    return wrong


def table(found: dict[str, tuple[Outcome, Counted]]) -> str:
    """One column a database; first what was done, then what has to be 0."""
    outcomes = [outcome for outcome, _ in found.values()]
    counted = [one for _, one in found.values()]
    days = [(one.last - one.plan.first).days + 1 for one in outcomes]
    rows = [("days", days)]
    rows += [(name, [getattr(one, name) for one in outcomes]) for name in ("ticks", "kills", "restarts")]
    rows += [(name, [one.figures[name] for one in counted]) for name in counted[0].figures]
    reasons = sorted({reason for one in counted for reason in one.reasons})
    rows += [(f"  {reason[:76]}", [one.reasons[reason] for one in counted]) for reason in reasons]
    rows += [(f"has to be 0: {name}", [one.faults[name] for one in counted]) for name in counted[0].faults]
    cells = [("", *found), *((name, *(f"{value:,}" for value in values)) for name, values in rows)]
    return aligned(cells, right=range(1, len(found) + 1))


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
