"""The attacks, short: `make attacks` runs them at full size and prints what each found."""

import ast
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.attacks import searching
from tests.attacks.authors import attack_authors
from tests.attacks.frozen import attack_frozen
from tests.attacks.guarded import attack_guarded
from tests.attacks.pages import attack_pages
from tests.attacks.reading import moves_too_close
from tests.attacks.record import SHORT, Attack, failures, table
from tests.attacks.scene import Place
from tests.attacks.storage import attack_storage
from tests.support.databases import chosen_kind
from tests.support.postgres import create_postgres_database

HERE = Path(__file__).parent
#: what an outsider has: the attack is worth nothing if it reads the database with the product's own eyes
ATTACKERS = (
    "linking",
    "matching",
    "opening",
    "raw",
    "reading",
    "replay",
    "rows_kept",
    "scanners",
    "searching",
)


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    """New databases of the kind that this run of the tests is about."""
    if database_url.startswith("sqlite"):
        yield Place(tmp_path, lambda name: f"sqlite:///{tmp_path / name}.db")
        return
    (server,) = parse_qs(urlsplit(database_url).query)["host"]
    yield Place(tmp_path, lambda name: create_postgres_database(server, f"attacked_{name}"))


#: pages are the same on both, and are read for most of a minute: `make attacks` reads them on both
ON_SQLITE = pytest.mark.skipif(chosen_kind() != "sqlite", reason="`make attacks` runs it on both")
ATTACKS = [
    *(
        pytest.param(it, id=it.__name__)
        for it in (attack_storage, attack_authors, attack_guarded, attack_frozen)
    ),
    pytest.param(attack_pages, id="attack_pages", marks=ON_SQLITE),
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_attack_is_withstood_and_would_succeed_on_a_weakened_storage(
    place: Place, attack: Callable[..., list[Attack]]
) -> None:
    found = attack(place, SHORT)
    assert found
    assert failures(found) == [], "\n" + table(found)


@pytest.mark.parametrize("attacker", ATTACKERS)
def test_an_attacker_shares_no_code_with_the_product(attacker: str) -> None:
    tree = ast.parse((HERE / f"{attacker}.py").read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    ours = {module for module in modules if module.split(".")[0] in ("pulse", "tests")}
    assert ours <= {f"tests.attacks.{name}" for name in ATTACKERS}


def make_attack(**changes: object) -> Attack:
    values: dict[str, object] = {
        **{"name": "1 joins", "database": "SQLite", "of": "linked, of 180"},
        **{"figure": 1.0, "limit": 2.0, "control": 180.0, "least": 162.0},
    }
    return Attack(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [({}, "pass"), ({"figure": 2.5}, "BROKEN"), ({"control": 161.0}, "CANNOT FAIL")],
)
def test_an_attack_passes_only_if_it_is_withstood_and_its_control_is_not(
    changes: dict[str, object], verdict: str
) -> None:
    attack = make_attack(**changes)
    assert attack.verdict == verdict
    assert attack.passed == (verdict == "pass")
    assert bool(failures([attack])) != attack.passed
    assert verdict in table([attack])


@pytest.mark.parametrize("before", [b"", b"x", b"\0" * 4095, b"y" * ((1 << 24) - 7)])
@pytest.mark.parametrize("way", range(len(searching.writings(b"a planted secret"))))
def test_a_secret_is_found_wherever_it_stands_and_however_it_is_written(
    tmp_path: Path, before: bytes, way: int
) -> None:
    secrets = [b"a planted secret", b"another that is not there"]
    path = tmp_path / "file"
    path.write_bytes(before + searching.writings(secrets[0])[way] + b"\xff\xfe\xfd")
    assert searching.found_in([path], secrets) == {secrets[0]}


def test_nothing_is_found_in_a_file_that_only_begins_alike(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"a planted tree" + os.urandom(1000))
    assert searching.found_in([path, tmp_path / "gone"], [b"a planted secret"]) == set()


def test_moves_of_a_rate_are_too_close_when_fewer_than_k_answers_lie_between() -> None:
    shown = [{0}] * 2 + [{20}] * 3 + [{40}] * 2
    assert moves_too_close(shown, 2) == 0
    assert moves_too_close(shown, 3) == 1  # the first, which two answers made
    assert moves_too_close(shown, 4) == 2
