"""Templates keep the Content-Security-Policy and escape what people wrote: djlint says so, and trips."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PLANTED = [
    ("P001", "<script>start()</script>"),
    ("P001", '<script type="module">start()</script>'),
    ("P002", '<p style="color: red">x</p>'),
    ("P002", "<style>p { color: red }</style>"),
    ("P003", '<p onclick="start()">x</p>'),
    ("P004", "<p>{{ comment|safe }}</p>"),
    ("P004", "{% autoescape false %}{{ comment }}{% endautoescape %}"),
    ("P005", '<script src="https://elsewhere.example/x.js"></script>'),
    ("P005", '<link rel="stylesheet" href="//elsewhere.example/x.css">'),
]
ALLOWED = [
    '<script src="{{ asset("app.js") }}" defer></script>',
    '<script type="application/json" id="chart">{{ figure|tojson }}</script>',
    '<p class="lead">{{ comment }}</p>',
    '<a href="https://www.gov.uk/">GOV.UK</a>',
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "djlint", "--lint", "--quiet", "."]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the project's own rules."""
    for name in (".djlint_rules.yaml", "pyproject.toml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(("rule", "line"), PLANTED)
def test_a_planted_line_is_refused(folder: Path, rule: str, line: str) -> None:
    (folder / "page.html").write_text(f"{line}\n", encoding="utf-8")
    done = lint(folder)
    assert done.returncode == 1
    assert rule in done.stdout


@pytest.mark.parametrize("line", ALLOWED)
def test_a_line_that_keeps_the_policy_passes(folder: Path, line: str) -> None:
    (folder / "page.html").write_text(f"{line}\n", encoding="utf-8")
    done = lint(folder)
    assert done.returncode == 0, done.stdout
