"""Attacks 1 to 5: one survey from its opening to after its close; ours, and the same weakened."""

import os
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.attacks import linking, opening, rows_kept, scanners, searching
from tests.attacks.backup import Backup
from tests.attacks.raw import Raw
from tests.attacks.record import Attack, Size
from tests.attacks.replay import arrival_order
from tests.attacks.scene import K, Place, Scene, make_scene

#: of what there is to get, the share that an attack on the weakened variant must get
MOST = 0.9
SEED = 20261005
_LINKS = 40


@dataclass
class Haul:
    """What the attackers got from one storage; limits are what luck may reach."""

    database: str
    linked: float = 0.0
    linked_by_luck: float = 0.0
    told: float = 0.0
    told_by_luck: float = 0.0
    planted: int = 0
    found: int = 0
    sizes: int = 0
    sealed: int = 0
    opened: int = 0
    key_copies: int = 0
    left_over: int = 0
    too_few: int = 0
    writes: int = 0


def attack_storage(place: Place, size: Size, seed: int = SEED) -> list[Attack]:
    """Every attack on what is stored; the weakened variant is the control of each."""
    ours, weak = rob(place, size, weak=False, seed=seed), rob(place, size, weak=True, seed=seed)
    people, asked, kind = size.answers, size.teams * size.team, ours.database

    def attack(name: str, figure: str, limit: float, least: float, of: str) -> Attack:
        return Attack(name, kind, getattr(ours, figure), limit, getattr(weak, figure), least, of)

    return [
        attack("1 joins and ranks", "linked", ours.linked_by_luck, MOST * people, f"linked, of {people}"),
        attack("1 who took part", "told", ours.told_by_luck, MOST * asked, f"told rightly, of {asked}"),
        attack("2 plain text in copy and log", "found", 0, people, f"found, of {ours.planted} planted"),
        attack("2 sizes of sealed answers", "sizes", 1, 2, "different lengths"),
        attack("3 old copy after the close", "opened", 0, weak.sealed, f"opened, of {ours.sealed} envelopes"),
        attack("3 the key on disk", "key_copies", 0, 1, "copies after the close"),
        attack("3 leftovers in the tables", "left_over", 0, people, "envelopes and links' hashes"),
        attack("4 stored rows", "too_few", 0, people, "rows that describe fewer than k"),
        attack(
            "5 mail scanners", "writes", 0, size.requests // 2, f"changes by {size.requests} GET and HEAD"
        ),
    ]


def rob(place: Place, size: Size, *, weak: bool, seed: int = SEED) -> Haul:
    """Play one survey and attack it: half-way, just before the close, and after it."""
    scene = make_scene(place, "weak" if weak else "ours", size, weak=weak, seed=seed)
    haul, people = Haul(scene.raw.kind), scene.choose_people()
    with ExitStack() as ending:
        ending.callback(scene.leave)
        scene.answer(people[: len(people) // 2])
        middle = _search(scene, haul)
        ending.callback(middle.remove)
        _scan(scene, haul)
        scene.answer(people[len(people) // 2 :])
        late = Backup(scene.raw)
        ending.callback(late.remove)
        traces = _prepare_to_stay(scene, weak)
        assert scene.close(), scene.wave()["problem"]
        copies = [ending.enter_context(copy.restored()) for copy in (middle, late)]
        _search_log(scene, haul)
        _link(scene, haul, copies[-1])
        _open(scene, haul, copies, traces)
        haul.too_few = sum(rows_kept.too_few(scene.raw, K).values())
    return haul


def _search(scene: Scene, haul: Haul) -> Backup:
    """Attack 2, half-way: the running database with its log, and a backup of it."""
    planted = [one.comment for one in scene.said.values()] + [one.sheet for one in scene.said.values()]
    planted += [scene.token(person) for person in scene.council.people] + scene.codes()
    secrets = [text.encode() for text in planted]
    scene.raw.flush_log()
    found = searching.found_in(scene.raw.files(), secrets)
    copy = Backup(scene.raw)
    found |= searching.found_in(copy.files(), secrets)
    with copy.restored() as restored:
        tables = [table for table in restored.tables() if table != "weak_archive"]
        rows = [row for table in tables for row in restored.rows(table) if "sealed" in row]
    haul.planted, haul.found = len(set(secrets)), len(found)
    haul.sizes = len({len(row["sealed"]) for row in rows})
    return copy


def _search_log(scene: Scene, haul: Haul) -> None:
    """Attack 2 again after the close: sheets and links of everybody. Comments are released by then."""
    secrets = [one.sheet.encode() for one in scene.said.values()]
    secrets += [scene.token(person).encode() for person in scene.council.people]
    secrets += [code.encode() for code in scene.codes()]
    scene.raw.flush_log()
    haul.found = max(haul.found, len(searching.found_in(scene.raw.files(), secrets)))


def _scan(scene: Scene, haul: Haul) -> None:
    """Attack 5: links of people who have answered, of others, and of nobody."""
    tokens = [scene.token(person) for person in scene.rng.sample(sorted(scene.council.people), _LINKS)]
    links = [f"/a/{token}" for token in [*tokens, "a" * 32, "short", f"{tokens[0]}=", tokens[1].upper()]]
    haul.writes = scanners.writes(scene.app.test_client, scene.raw, links, scene.size.requests, scene.rng)


def _prepare_to_stay(scene: Scene, weak: bool) -> "Traces":
    """What outlives the close for whoever comes later; a weakened installation keeps its key file."""
    blocks = scene.keys.parent / "blocks"
    blocks.mkdir()
    for path in scene.keys.iterdir():  # a second name: what lay in the file's own blocks can still be read
        os.link(path, blocks / path.name)
    key = scene.key_file().read_bytes()
    if weak:
        shutil.copyfile(scene.key_file(), scene.keys / "wave.key.old")
    hashes = [row["token_hash"] for row in scene.raw.rows("invitation") if row["token_hash"]]
    envelopes = [bytes(row["sealed"]) for row in scene.raw.rows("envelope")]
    return Traces(key, [*map(bytes, hashes), *(one[: opening.KEY] for one in envelopes)])


@dataclass(frozen=True)
class Traces:
    """The judge's memory: the key itself, and beginnings of what was to be burnt."""

    key: bytes
    burnt: Sequence[bytes]


def _link(scene: Scene, haul: Haul, late: Raw) -> None:
    """Attack 1."""
    truth = {person: one.choices for person, one in scene.said.items()}
    sigmas = scene.size.sigmas
    haul.linked, haul.linked_by_luck = linking.linked(
        scene.raw, scene.wave_id, arrival_order(late), truth, sigmas
    )
    haul.told, haul.told_by_luck = linking.told_who_answered(scene.raw, set(truth), sigmas)


def _open(scene: Scene, haul: Haul, copies: Sequence[Raw], traces: Traces) -> None:
    """Attack 3."""
    sealed = [bytes(row["sealed"]) for row in copies[0].rows("envelope")]
    public_key = bytes(next(r["public_key"] for r in copies[0].rows("wave") if r["id"] == scene.wave_id))
    scene.raw.flush()
    files = scene.files()
    keys = opening.candidates(_outside_the_database(scene, files), [scene.raw, *copies], scene.wave_id)
    haul.sealed, haul.opened = len(sealed), opening.opened(sealed, public_key, keys)
    haul.key_copies = len([path for path in files if searching.found_in([path], [traces.key])])
    # PostgreSQL keeps deleted rows in its log, as SECURITY.md says: what they hold is sealed
    tables = [path for path in scene.raw.files() if path.parent.name != "pg_wal"]
    haul.left_over = len(searching.found_in(tables, traces.burnt))


def _outside_the_database(scene: Scene, files: Sequence[Path]) -> list[Path]:
    own = set(scene.raw.files())
    return [path for path in files if path not in own]
