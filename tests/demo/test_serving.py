"""Serving: the port, the settings that both processes read, and an end that leaves nothing running."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulse.config import load_settings
from pulse.demo.folder import DemoError, demo_settings
from pulse.demo.serving import check_port, environment, read_port
from tests.demo.corner import Corner

ROOT = Path(__file__).parents[2]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        yield door.getsockname()[1]


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
    return port


@pytest.mark.parametrize(("given", "port"), [("", 5000), ("5001", 5001), ("65535", 65535)])
def test_port_changes_the_port(given: str, port: int) -> None:
    assert read_port({"PORT": given}) == port


@pytest.mark.parametrize("given", ["0", "65536", "http", "-1", "5000.0", "٣"])
def test_a_port_that_is_none_gets_one_sentence(given: str) -> None:
    with pytest.raises(DemoError, match="PORT must be a whole number from 1 to 65535"):
        read_port({"PORT": given})


def test_a_taken_port_gets_one_sentence_that_names_another(taken_port: int) -> None:
    with pytest.raises(DemoError, match=rf"Port {taken_port} is in use: .* PORT=\d+ pulse demo\."):
        check_port(taken_port)


def test_a_free_port_passes() -> None:
    check_port(free_port())


def test_both_processes_read_the_very_settings_of_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "DATABASE_URL",
        "MAIL_URL",
        "PULSE_KEY_DIR",
        "PULSE_BASE_URL",
        "SECRET_KEY",
        "PULSE_PROXIES",
    ):
        monkeypatch.setenv(name, "postgresql://user:password@real.example/council")
    settings = demo_settings(tmp_path / "demo", "a-secret-that-is-long-enough-for-a-demo", 5001)
    assert load_settings(environment(settings, 5001)) == settings


def test_a_kill_ends_website_and_worker(corner: Corner, tmp_path: Path) -> None:
    shutil.copytree(corner.settings.home, tmp_path / "demo")
    port = free_port()
    serving = subprocess.Popen(
        [sys.executable, "-c", "from pulse.app import main; main()", "demo", "serve"],
        cwd=ROOT,
        env=os.environ | {"PULSE_HOME": str(tmp_path), "PORT": str(port), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert serving.stdout is not None
    told = []
    for line in serving.stdout:
        told.append(line)
        if "Ctrl-C" in line:
            break
    answers = [line.split()[-1] for line in told if "/a/" in line]
    assert len(answers) == 3
    assert all(url.startswith(f"http://127.0.0.1:{port}/a/") for url in answers)
    assert _can_connect(port)
    serving.send_signal(signal.SIGTERM)
    rest = serving.stdout.read()  # ends only when every process that holds the pipe has
    serving.stdout.close()
    assert (serving.wait(), rest) == (0, "The demo has stopped; pulse demo starts it again.\n")
    assert not _can_connect(port)


def _can_connect(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0
