"""Serving a built demo: the website and the worker, each a process of its own as in a real installation."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

from pulse.config import Settings
from pulse.demo.folder import DemoError

HOST = "127.0.0.1"
_PORTS = range(1, 65536)
#: one process of eight threads: SQLite has one writer, and the demo one visitor or a few
_THREADS = 8
_SECONDS_TO_START, _SECONDS_TO_STOP = 30, 8
_LOOK_AGAIN = 0.2
#: settings of a real installation, which must not reach the demo's processes
_NOT_OURS = (
    "DATABASE_URL",
    "PULSE_KEY_DIR",
    "PULSE_BASE_URL",
    "MAIL_URL",
    "MAIL_FROM",
    "PULSE_PROXIES",
    "FLASK_APP",
)
Processes = list[subprocess.Popen[bytes]]


def read_port(environ: Mapping[str, str]) -> int:
    """The port in PORT, 5000 by default; raises DemoError."""
    given = environ.get("PORT") or "5000"
    if not (given.isascii() and given.isdigit() and int(given) in _PORTS):
        raise DemoError("PORT must be a whole number from 1 to 65535, such as PORT=5001.")
    return int(given)


def check_port(port: int) -> None:
    """Raises DemoError unless the port can be had now."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise DemoError(
                    f"Port {port} is kept for the system: choose another, as in PORT=5001 pulse demo."
                ) from None
            raise DemoError(
                f"Port {port} is in use: stop what uses it, or choose another port, as in "
                f"PORT={port + 1 if port < _PORTS[-1] else 5000} pulse demo."
            ) from None


def serve(settings: Settings, port: int, started: Callable[[], None]) -> None:
    """Run website and worker until Ctrl-C or SIGTERM; `started` is called once the website answers.

    Raises DemoError when one of the two ends by itself; the other is then stopped too.
    """
    check_port(port)
    environ = environment(settings, port)
    with _terminated_as_interrupt(), _running([_website(port), _worker()], environ) as processes:
        try:
            _await(port, processes)
            started()
            _watch(processes)
        except KeyboardInterrupt:
            return


def environment(settings: Settings, port: int) -> dict[str, str]:
    """What makes both processes read the very settings of this demo."""
    inherited = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    return inherited | {
        "PULSE_DEMO": "1",
        "PULSE_HOME": str(settings.home),
        "SECRET_KEY": settings.secret_key,
        "MAIL_FROM": settings.mail_from,
        "PORT": str(port),
    }


def _website(port: int) -> list[str]:
    """No access log: it would say when each link was used."""
    options = ["--bind", f"{HOST}:{port}", "--threads", str(_THREADS), "--worker-class", "gthread"]
    quiet = ["--log-level", "warning", "--no-control-socket", "--graceful-timeout", "3"]
    return [sys.executable, "-m", "gunicorn", *options, *quiet, "pulse.app:create_app()"]


def _worker() -> list[str]:
    return [sys.executable, "-c", "from pulse.app import main; main()", "worker"]


@contextmanager
def _running(commands: list[list[str]], environ: dict[str, str]) -> Iterator[Processes]:
    """Both processes, stopped when the block ends, however it ends."""
    processes: Processes = []
    try:
        for command in commands:
            processes.append(subprocess.Popen(command, env=environ))  # noqa: S603 - our own two commands
        yield processes
    finally:
        _stop(processes)


@contextmanager
def _terminated_as_interrupt() -> Iterator[None]:
    """A kill is a Ctrl-C: without this the two processes would outlive their parent."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _await(port: int, processes: Processes) -> None:
    """Until the website takes connections."""
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        _check_alive(processes)
        with socket.socket() as door:
            if door.connect_ex((HOST, port)) == 0:
                return
        time.sleep(_LOOK_AGAIN)
    raise DemoError(f"The website did not start within {_SECONDS_TO_START} seconds: try again.")


def _watch(processes: Processes) -> None:
    while True:
        _check_alive(processes)
        time.sleep(_LOOK_AGAIN)


def _check_alive(processes: Processes) -> None:
    for process, what in zip(processes, ("website", "worker"), strict=True):
        if process.poll() is not None:
            raise DemoError(f"The demo's {what} stopped by itself: see what it said above, and start again.")


def _stop(processes: Processes) -> None:
    """Ask all to end, then insist; an impatient second Ctrl-C must not leave one behind."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + _SECONDS_TO_STOP
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            process.kill()
            process.wait()
