"""Attack 3 on a wave whose key guardians hold: what do database and key directory open, at bad moments?

And is the key, or what the guardians typed, ever written to a disk?
"""

import shutil
from contextlib import ExitStack
from pathlib import Path

from pulse.domain.key_text import read_key
from pulse.surveys import guardians, inbox
from tests.attacks import opening, searching
from tests.attacks.backup import Backup
from tests.attacks.raw import Raw
from tests.attacks.record import Attack, Size
from tests.attacks.scene import Place, Scene, make_scene
from tests.surveys.factories import NOW


def attack_guarded(place: Place, size: Size) -> list[Attack]:
    """Controls: the same survey with a key of the worker's; and a key directory copied in time."""
    worker, n = make_scene(place, "unguarded", size), size.answers
    try:
        worker.answer_quickly(worker.choose_people())
        readable = _opened(worker, [worker.raw], worker.keys)
        on_file = _written_down(worker, [worker.key_file().read_bytes()])
    finally:
        worker.leave()
    scene = make_scene(place, "guarded", size, holders=2)
    try:
        scene.answer_quickly(scene.choose_people())
        sealed = _opened(scene, [scene.raw], scene.keys)
        typed = _as_typed(scene.key_texts)
        written = _written_down(scene, typed)
        after, in_time = _hand_in(scene)
        written |= _written_down(scene, typed)
    finally:
        scene.leave()
    kind, of = scene.raw.kind, f"opened, of {n} envelopes"
    return [
        Attack("3 all of an open wave, guardians' key", kind, sealed, 0, readable, n, of),
        Attack("3 copy with the key handed in, later", kind, after, 0, in_time, n, of),
        Attack("3 guardians' key on disk", kind, len(written), 0, len(on_file), 1, f"found, of {len(typed)}"),
    ]


def _as_typed(texts: list[str]) -> list[bytes]:
    """The key, and each share with its gaps and without, as people and programs write it."""
    shares = [write.encode() for text in texts for write in (text, text.replace(" ", ""))]
    return [read_key(texts), *shares]


def _written_down(scene: Scene, secrets: list[bytes]) -> set[bytes]:
    """Those of the secrets that stand in a file of the installation, the database's log among them."""
    scene.raw.flush_log()
    return searching.found_in(scene.files(), secrets)


def _hand_in(scene: Scene) -> tuple[int, int]:
    """(opened with what is left after the count; with a key directory copied while it had the way in)."""
    secret = scene.app.config["PULSE"].secret_key
    assert not scene.close()  # it waits for its key
    with scene.app.app_context():
        inbox.offer_inboxes(scene.site.keyring, secret, NOW)
        guardians.hand_key(scene.wave_id, scene.key_texts, secret, NOW)
    kept = scene.keys.parent / "kept"
    shutil.copytree(scene.keys, kept)
    with ExitStack() as ending:
        copy = Backup(scene.raw)
        ending.callback(copy.remove)
        restored = ending.enter_context(copy.restored())
        assert scene.close(), scene.wave()["problem"]
        left = _opened(scene, [restored, scene.raw], scene.keys)
        return left, _opened(scene, [restored], kept)


def _opened(scene: Scene, databases: list[Raw], keys: Path) -> int:
    """How many envelopes of the first database open with what stands in all of them and in the folder."""
    first = databases[0]
    sealed = [bytes(row["sealed"]) for row in first.rows("envelope")]
    public_key = bytes(next(row["public_key"] for row in first.rows("wave") if row["id"] == scene.wave_id))
    found = opening.candidates(keys.iterdir(), databases, scene.wave_id)
    found |= opening.passed_on(databases, found)
    return opening.opened(sealed, public_key, found)
