"""A copy of the demo to take pictures of, so that taking them answers no survey in the real one."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PULSE = [sys.executable, "-c", "from pulse.app import main; main()", "demo"]
_START_SECONDS = 60


@dataclass(frozen=True)
class Demo:
    """A served demo: where, links to answer by, an e-mail address for each role, and the one password."""

    url: str
    answer: list[str]
    emails: dict[str, str]
    password: str


@contextmanager
def serving_copy() -> Iterator[Demo]:
    """The demo of this folder (built first if there is none), copied and served until the block ends."""
    home = Path(os.environ.get("PULSE_HOME") or "instance").absolute()
    if _run("links", home, 5000).returncode:
        print("Building the demo first ...", flush=True)
        subprocess.run([*_PULSE, "build"], env=_environment(home, _free_port()), check=True)
    with tempfile.TemporaryDirectory(prefix="pulse-shots-") as folder:
        copy = Path(folder)
        shutil.copytree(home / "demo", copy / "demo", ignore=shutil.ignore_patterns("*.lock"))
        port = _free_port()
        process = subprocess.Popen(
            [*_PULSE, "serve"], env=_environment(copy, port), stdout=subprocess.DEVNULL
        )
        try:
            _await(port, process)
            yield _demo(copy, port)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _demo(home: Path, port: int) -> Demo:
    done = _run("links", home, port, "--json")
    done.check_returncode()
    links = json.loads(done.stdout)
    return Demo(
        url=f"http://127.0.0.1:{port}",
        answer=[link["url"] for link in links["answer"]],
        emails={one["role"]: one["email"] for one in links["sign_in"]},
        password=links["sign_in"][0]["password"],
    )


def _run(command: str, home: Path, port: int, *options: str) -> "subprocess.CompletedProcess[str]":
    arguments = [*_PULSE, command, *options]
    return subprocess.run(arguments, env=_environment(home, port), capture_output=True, text=True)


def _environment(home: Path, port: int) -> dict[str, str]:
    return os.environ | {"PULSE_HOME": str(home), "PORT": str(port)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until the website takes connections."""
    for _ in range(_START_SECONDS * 10):
        if process.poll() is not None:
            break
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the demo did not start: try `pulse demo serve` and read what it says")
