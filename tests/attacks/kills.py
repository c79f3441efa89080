"""`make kills`: the sender of letters is killed 200 times, and every letter is counted where it arrives.

Wanted: each once. Connections are also cut after a letter was taken, and letters arrive after their sender
has died. Beside it a program that asks nobody before it sends again: it must be found out, or the count shows
nothing.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.messages.notify_server import Notify, serving
from tools.tables import aligned

#: a letter in so many is taken, and then the connection is cut
_CUT_EACH = 19


@dataclass(frozen=True)
class Arrived:
    """How often each wanted letter arrived."""

    what: str
    kills: int
    wanted: int
    once: int
    twice: int
    never: int
    #: letters that nobody wanted, and people who still wait
    strange: int
    left: int
    #: letters that Notify had already when it was asked, and would have had twice; and those it had not
    had: int
    had_not: int

    @property
    def is_exact(self) -> bool:
        return (self.once, self.twice, self.never, self.strange, self.left) == (self.wanted, 0, 0, 0, 0)


@dataclass(frozen=True)
class Run:
    """One wave, and how often its sender is killed."""

    what: str
    people: int
    kills: int
    forgetful: bool = False
    seed: int = 1


def measure(folder: Path, runs: Sequence[Run]) -> list[Arrived]:
    """The stand-in of Notify, in this process, goes on while senders die in others."""
    with ExitStack() as stack:
        letters, orders = [], []
        for number, run in enumerate(runs):
            notify = stack.enter_context(serving(Notify(before_taking=0.004, before_reply=0.004)))
            notify.cut_after = set(range(_CUT_EACH, 2 * run.people, _CUT_EACH))
            home = folder / str(number)
            home.mkdir()
            order = {"folder": str(home), "url": notify.url, "people": run.people, "kills": run.kills}
            orders.append(order | {"seed": run.seed, "forgetful": run.forgetful})
            letters.append((run, notify, home))
        subprocess.run([sys.executable, "-m", "tests.attacks.killed_sender", json.dumps(orders)], check=True)
        return [_count(run, notify, home) for run, notify, home in letters]


def _count(run: Run, notify: Notify, home: Path) -> Arrived:
    told, arrived = json.loads((home / "told.json").read_text()), notify.references()
    counts = [arrived.pop(reference, 0) for reference in told["wanted"]]
    return Arrived(
        what=run.what,
        kills=told["kills"],
        wanted=len(counts),
        once=counts.count(1),
        twice=sum(count > 1 for count in counts),
        never=counts.count(0),
        strange=arrived.total(),
        left=told["left"],
        had=sum(notify.asked),
        had_not=len(notify.asked) - sum(notify.asked),
    )


def table(rows: Sequence[Arrived]) -> str:
    """One row a program."""
    heading = (
        "program",
        "killed",
        "letters wanted",
        "sent once",
        "twice",
        "never",
        "unwanted",
        "waiting",
        "had when asked",
        "had not",
    )
    numbers = [
        (
            one.what,
            one.kills,
            one.wanted,
            one.once,
            one.twice,
            one.never,
            one.strange,
            one.left,
            one.had,
            one.had_not,
        )
        for one in rows
    ]
    cells = [tuple(map(str, row)) for row in numbers]
    return aligned([heading, *cells], right=range(1, len(heading)))


def main(arguments: Sequence[str]) -> int:
    """0 if every letter arrived once, and the forgetful program was found out."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--people", type=int, default=1500)
    given = parser.parse_args(arguments)
    runs = [
        Run("Pulse", given.people, given.kills),
        Run("forgetful", given.people // 10, given.kills // 10, forgetful=True),
    ]
    with tempfile.TemporaryDirectory(prefix="pulse-kills-") as name:
        exact, control = measure(Path(name), runs)
    sys.stdout.write(f"{table([exact, control])}\n")
    return 0 if exact.is_exact and control.twice else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
