"""The canary run as rows of the attacks' table: each place searched, beside the program that gossips."""

import tempfile
from pathlib import Path

from tests.attacks.canary import ALL_ROLES, NOBODY, SOME_ROLES, run
from tests.attacks.canary_search import told
from tests.attacks.record import SHORT, Attack, Size
from tests.attacks.scene import Place

PEOPLE, FEWER = 200, 34
#: enough for the control, which has only to be found out
CONTROLS = 10


def attack_canaries(place: Place, size: Size) -> list[Attack]:
    """A row for each place."""
    with tempfile.TemporaryDirectory(dir=place.folder) as name:
        folder = Path(name)
        short = size == SHORT
        people, roles = (FEWER, SOME_ROLES) if short else (PEOPLE, ALL_ROLES)
        (folder / "ours").mkdir()
        (folder / "weak").mkdir()
        url = place.new_database("canary")
        ours = run(folder / "ours", url, people, roles, every_way=not short)
        weak = run(folder / "weak", place.new_database("canary_weak"), CONTROLS, NOBODY, weakened=True)
    kind = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    words = told(ours)
    return [
        Attack(
            name=f"canaries in {where}",
            database=kind,
            figure=len(ours.found[where]),
            of=f"{ours.planted:,} planted",
            limit=0,
            control=len(weak.found[where]),
            least=1,
            where=(words[where],) if ours.found[where] else (),
        )
        for where in ours.searched
    ]
