"""`make attacks`: every attack on storage and pages, at full size, on both databases, as one table."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pulse.cli.progress import showing_progress
from tests.attacks.authors import attack_authors
from tests.attacks.canary_attack import attack_canaries
from tests.attacks.frozen import attack_frozen
from tests.attacks.guarded import attack_guarded
from tests.attacks.pages import attack_pages
from tests.attacks.record import FULL, SHORT, Attack, Size, table
from tests.attacks.scene import Place
from tests.attacks.storage import attack_storage
from tests.support.postgres import PostgresServer, create_postgres_database

KINDS = ("sqlite", "postgresql")
PARTS: dict[str, Callable[[Place, Size], list[Attack]]] = {
    "storage": attack_storage,
    "authors": attack_authors,
    "guarded": attack_guarded,
    "pages": attack_pages,
    "frozen": attack_frozen,
    "canaries": attack_canaries,
}


@contextmanager
def playing(kind: str) -> Iterator[Place]:
    """A folder, and databases of this kind in it or on a server of our own."""
    with tempfile.TemporaryDirectory(prefix="pulse-attacks-") as name:
        folder = Path(name)
        if kind == "sqlite":
            yield Place(folder, lambda database: f"sqlite:///{folder / database}.db")
            return
        server = PostgresServer()
        try:
            yield Place(folder, lambda database: create_postgres_database(str(server.folder), database))
        finally:
            server.stop()


def main(arguments: Sequence[str]) -> int:
    """0 if every attack was withstood, and found what it should on the weakened variant."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few people and requests, as in `make test`")
    parser.add_argument("--database", choices=KINDS, help="only this one")
    parser.add_argument("--part", choices=PARTS, help="only this one")
    given = parser.parse_args(arguments)
    kinds = [given.database] if given.database else KINDS
    parts = [given.part] if given.part else list(PARTS)
    attacks: list[Attack] = []
    with showing_progress("Attacks", len(kinds) * len(parts)) as tell:
        for kind in kinds:
            with playing(kind) as place:
                for part in parts:
                    tell(f"{part} on {kind}", 1)
                    attacks += PARTS[part](place, SHORT if given.quick else FULL)
    print(table(attacks))  # noqa: T201 - a command
    return 0 if all(one.passed for one in attacks) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
