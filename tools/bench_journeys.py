"""Respondents' journeys a second, ours and bare Flask's, in turns on the same machine; and page weight."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from pulse.db import db
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from tools import bench_bare
from tools.bench_figures import Line, middle_of, p95
from tools.bench_load import Job, Seen
from tools.bench_place import answers_body, list_tokens, make_application, open_survey
from tools.bench_servers import driver_address, environment_of, free_port, make_settings, serving
from tools.bench_weight import Weight, weigh

JOURNEYS = 200
WARMING_UP = 80
REPETITIONS = 5
LEAST_SHARE, MOST_P95 = 0.7, 1.5
_LOAD_SECONDS = 120


@dataclass(frozen=True)
class Sides:
    """Both servers up: ours with as many links as will be used, and the bare one."""

    port: int
    bare_port: int
    tokens: Iterator[str]
    body: str


def measure_journeys(database: str, url: str, bare_url: str) -> tuple[list[Line], Weight]:
    """Rate and p95 on one database, and the weight of a first visit."""
    with _both(url, bare_url) as sides:
        weight = weigh(sides.port, next(sides.tokens))
        _pair(sides, WARMING_UP)
        pairs = [_pair(sides, JOURNEYS) for _ in range(REPETITIONS)]
    rates = [(_rate(ours), _rate(bare)) for ours, bare in pairs]
    slow = [(p95(ours.journeys) * 1000, p95(bare.journeys) * 1000) for ours, bare in pairs]
    return [
        Line(f"journeys, {database}", *middle_of(rates), "/s", LEAST_SHARE, higher_is_better=True),
        Line(f"journey p95, {database}", *middle_of(slow), "ms", MOST_P95),
    ], weight


@contextmanager
def _both(url: str, bare_url: str) -> Iterator[Sides]:
    needed = 1 + WARMING_UP + REPETITIONS * JOURNEYS
    with tempfile.TemporaryDirectory(prefix="pulse-bench-") as folder:
        port, bare_port = free_port(), free_port()
        settings = make_settings(Path(folder), url, port)
        keyring = Keyring(settings.key_dir)
        app = make_application(settings)
        with app.app_context():
            wave_id = open_survey(needed, "Measured", keyring)
            tokens, body = list_tokens(wave_id, keyring), answers_body(surveys.get_wave(wave_id))
            db.session.remove()
            db.engine.dispose()
        bench_bare.prepare(driver_address(bare_url))
        bare = {"BARE_DATABASE": driver_address(bare_url)}
        with (
            serving("pulse.app:create_app()", port, environment_of(settings)),
            serving("tools.bench_bare:create_app()", bare_port, bare),
        ):
            yield Sides(port, bare_port, iter(tokens), body)


def _pair(sides: Sides, journeys: int) -> tuple[Seen, Seen]:
    """Ours, then the bare side, the same number of journeys each."""
    tokens = [next(sides.tokens) for _ in range(journeys)]
    ours = _load(Job(sides.port, tokens, sides.body, bare=False))
    body = "&".join(f"q{number}=3" for number in range(sides.body.count("=")))
    return ours, _load(Job(sides.bare_port, [""] * journeys, body, bare=True))


def _load(job: Job) -> Seen:
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench_load"],
        input=json.dumps(asdict(job)),
        capture_output=True,
        text=True,
        timeout=_LOAD_SECONDS,
    )
    if done.returncode:
        raise RuntimeError(f"the visitors gave up:\n{done.stderr[-2000:]}")
    return Seen(**json.loads(done.stdout))


def _rate(seen: Seen) -> float:
    return len(seen.journeys) / seen.seconds
