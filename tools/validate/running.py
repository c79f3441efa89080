"""Many runs in two processes, each with databases of its own in a temporary folder."""

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from tools.validate.between import alike, unequal
from tools.validate.scenarios import changing, selective, steady
from tools.validate.seen import Seen
from tools.validate.shapes import rotating, shapes
from tools.validate.site import Site

#: teams of very different sizes, so that some are shown only together; and plainer organisations
MIXED = (10, 12, 14, 16, 18, 20, 24, 28, 32, 38, 46, 60)
SHAPED = (50, 50, 50, 50, 110, 110, 110, 110)
LARGE = (100,) * 6
UNEQUAL = (40, 60, 80, 100, 120, 160)


@dataclass(frozen=True)
class Scenario:
    """One kind of run: the sizes of its units and how many waves it closes."""

    run: Callable[[Site, str, np.random.Generator], Iterator[Seen]]
    sizes: tuple[int, ...]
    waves: int


SCENARIOS = {
    "steady": Scenario(steady, MIXED, 6),
    "changing": Scenario(changing, MIXED, 2),
    "shapes": Scenario(shapes, SHAPED, 1),
    "rotating": Scenario(rotating, LARGE, 3),
    "selective": Scenario(selective, LARGE, 1),
    "unequal": Scenario(unequal, UNEQUAL, 1),
    "alike": Scenario(alike, MIXED, 1),
}
FULL = {
    "steady": 75,
    "changing": 240,
    "shapes": 60,
    "rotating": 100,
    "selective": 60,
    "unequal": 100,
    "alike": 60,
}
QUICK = {"steady": 1, "changing": 4, "shapes": 1, "rotating": 2, "selective": 3, "unequal": 2, "alike": 2}


@dataclass(frozen=True)
class Job:
    """One run, which draws everything from its own seeds: the table does not depend on who does it when."""

    scenario: str
    number: int
    seed: int

    @property
    def waves(self) -> int:
        return SCENARIOS[self.scenario].waves

    @property
    def name(self) -> str:
        return f"{self.scenario} {self.number}"

    def rng(self) -> np.random.Generator:
        return np.random.default_rng([self.seed, crc32(self.scenario.encode()), self.number])


def jobs_of(counts: dict[str, int], seed: int) -> list[Job]:
    """The runs of every scenario, in order."""
    return [Job(scenario, number, seed) for scenario, count in counts.items() for number in range(count)]


def run_all(jobs: Sequence[Job], processes: int, done: Callable[[Job], None]) -> dict[str, list[Seen]]:
    """Do every run and collect what each scenario saw, in the order of `jobs`; `done` hears of each."""
    seen: dict[str, list[Seen]] = {scenario: [] for scenario in SCENARIOS}
    with tempfile.TemporaryDirectory(prefix="pulse-validate-") as folder:
        for job, found in zip(jobs, _results(jobs, processes, Path(folder)), strict=True):
            seen[job.scenario] += found
            done(job)
    return seen


def _results(jobs: Sequence[Job], processes: int, folder: Path) -> Iterator[list[Seen]]:
    if processes == 1:
        _prepare(folder)
        yield from map(_run, jobs)
        return
    # a forked copy of this process would share its database connections
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes, initializer=_prepare, initargs=(folder,)) as pool:
        yield from pool.imap(_run, jobs)


#: this process's folder and the organisations it has built so far, by the sizes of their units
_folder: list[Path] = []
_sites: dict[tuple[int, ...], Site] = {}


def _prepare(folder: Path) -> None:
    _folder[:] = [folder / str(os.getpid())]
    _sites.clear()


def _run(job: Job) -> list[Seen]:
    scenario = SCENARIOS[job.scenario]
    if scenario.sizes not in _sites:
        _sites[scenario.sizes] = Site(_folder[0] / str(len(_sites)), scenario.sizes)
    site = _sites[scenario.sizes]
    with site.fresh():
        return list(scenario.run(site, job.name, job.rng()))
