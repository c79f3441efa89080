"""Visitors: 8 at once, each on a connection kept alive, in a process of their own. Standard library only.

`python -m tools.bench_load` reads one job as JSON (`Job`) and prints what it saw as JSON (`Seen`). Loopback
only, as many journeys as the job names and no more, and no request may take longer than 30 s.
"""

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass, field

from tools.visitor import Visitor, read_csrf

CLIENTS = 8
_SECONDS = 30


@dataclass(frozen=True)
class Job:
    """Which server, which links (empty strings for the bare side, which has none), and the answers' body."""

    port: int
    tokens: list[str]
    body: str
    bare: bool


@dataclass(frozen=True)
class Seen:
    """Seconds from first to last journey, and seconds of each."""

    seconds: float
    journeys: list[float] = field(default_factory=list)


async def answer_pulse(visitor: Visitor, token: str, body: str) -> None:
    """Open the link, start, read the form, send the answers, read the thank-you page."""
    visitor.forget()
    start = await visitor.get(f"/a/{token}")
    await visitor.post(f"/a/{token}", f"csrf_token={read_csrf(start)}")
    form = await visitor.get("/survey")
    await visitor.post("/survey", f"csrf_token={read_csrf(form)}&{body}")
    await visitor.get("/survey/thanks")


async def answer_bare(visitor: Visitor, _token: str, body: str) -> None:
    """Read the form, send the answers, read the thank-you page."""
    visitor.forget()
    await visitor.get("/")
    await visitor.post("/", body)
    await visitor.get("/thanks")


async def run(job: Job) -> Seen:
    """Every journey of the job once; raises JourneyFailed at the first that goes wrong."""
    waiting = iter(job.tokens)
    journeys: list[float] = []
    walk = answer_bare if job.bare else answer_pulse

    async def visit() -> None:
        visitor = Visitor(job.port)
        for token in waiting:
            began = time.perf_counter()
            await asyncio.wait_for(walk(visitor, token, job.body), _SECONDS)
            journeys.append(time.perf_counter() - began)
        visitor.close()

    began = time.perf_counter()
    await asyncio.gather(*(visit() for _ in range(CLIENTS)))
    return Seen(time.perf_counter() - began, journeys)


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(run(Job(**json.load(sys.stdin)))))))
