"""Attack 6: a released wave and an open one; every page is read before and after each answer."""

import re
from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import time_machine
from flask.testing import FlaskClient

from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.attacks.reading import Snapshot, Watcher, differing, moves_too_close, rates
from tests.attacks.record import Attack, Size
from tests.attacks.scene import K, Place, Scene, make_scene
from tests.responses.answering import start

#: pages of the weakened variant, which stand beside our own
_WEAK = "/weakened"


def attack_pages(place: Place, size: Size) -> list[Attack]:
    """The control is a page of the same installation that prints how many have answered."""
    scene = make_scene(place, "pages", size, weak=True)
    try:
        scene.answer_quickly(scene.choose_people())
        assert scene.close(), scene.wave()["problem"]
        scene.open_wave()
        snapshots = _watch(scene)
    finally:
        scene.leave()
    changed = [differing(*pair) for pair in pairwise(snapshots)]
    whole = differing(snapshots[0], snapshots[-1])
    ours = {where for places in [*changed, whole] for where in places if not where[1].startswith(_WEAK)}
    weak = sum(any(where[1].startswith(_WEAK) for where in places) for places in changed)
    own = [{page: value for page, value in one.items() if not page[1].startswith(_WEAK)} for one in snapshots]
    read, posts, kind = len(own[0]), len(changed), scene.raw.kind
    of = f"of {read} pages by role, {posts} answers"
    return [
        Attack(
            "6 pages before and after an answer",
            kind,
            len(ours),
            0,
            weak,
            posts,
            f"differ, {of}",
            _names(ours),
        ),
        Attack(
            *("6 the running rate", kind, moves_too_close([rates(one) for one in own], K), 0),
            *(moves_too_close([rates(one, _WEAK) for one in snapshots], K), posts - 1),
            f"moves less than k answers apart, {posts} answers",
        ),
    ]


def _names(places: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Visitor and page; the code in a link is nobody's business, not even a test's."""
    return tuple(f"{visitor}: {re.sub('/a/.+', '/a/...', address)}" for visitor, address in sorted(places))


def _watch(scene: Scene) -> list[Snapshot]:
    """What everybody reads at first, and after each answer; the clock stands still meanwhile."""
    people = scene.rng.sample(sorted(scene.council.people), scene.size.posts + 2)
    with time_machine.travel(scene.opens_at() + timedelta(hours=1), tick=False):
        visitors = _visitors(scene, people[0])
        watcher = Watcher(visitors)
        watcher.explore(scene.app, [f"/a/{scene.token(people[1])}"])
        snapshots = [watcher.read(everything=True)]
        for person in people[2:]:
            scene.answer([person])
            snapshots.append(watcher.read(everything=person == people[-1]))
    return snapshots


def _visitors(scene: Scene, respondent: int) -> dict[str, FlaskClient]:
    """Every role, nobody, and somebody who has begun to answer; those that this run has room for."""
    visitors = {"nobody": scene.app.test_client(), "a respondent": scene.app.test_client()}
    for role in Role:
        with scene.app.app_context():
            values: dict[str, Any] = {"unit_id": scene.council.units["T1"]} if role is Role.LEADER else {}
            visitors[role.value] = sign_in(scene.app.test_client(), make_account(role, **values))
    start(visitors["a respondent"], scene.token(respondent))
    return {name: visitors[name] for name in scene.size.visitors}
