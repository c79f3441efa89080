"""Attack 6: a released wave and an open one; every page is read before and after each answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
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
_WEAK, _OURS = "/weakened", "/programmes"


def attack_pages(place: Place, size: Size) -> list[Attack]:
    """The control is a page of the same installation that prints how many have answered."""
    scene = make_scene(place, "pages", size, weak=True)
    try:
        scene.answer_quickly(scene.choose_people())
        assert scene.close(), scene.wave()["problem"]
        scene.open_wave()
        seen = _watch(scene)
    finally:
        scene.leave()
    ours = {where for places in seen.changed for where in places if not where[1].startswith(_WEAK)}
    weak = sum(any(where[1].startswith(_WEAK) for where in places) for places in seen.changed)
    posts, kind = len(seen.changed) - 1, scene.raw.kind
    own, other = ([rates(one, path) for one in seen.days] for path in (_OURS, _WEAK))
    return [
        Attack(
            *("6 pages before and after an answer", kind, len(ours), 0, weak, posts),
            *(f"differ, of {seen.pages} pages by role, {posts} answers", _names(ours)),
        ),
        Attack(
            *("6 the running rate", kind, moves_too_close(own, K), 0, moves_too_close(other, K), posts),
            f"moves less than k answers apart, {posts} answers, one a day",
        ),
    ]


def _names(places: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Visitor and page; the code in a link is nobody's business, not even a test's."""
    return tuple(f"{visitor}: {re.sub('/a/.+', '/a/...', address)}" for visitor, address in sorted(places))


@dataclass
class Seen:
    """`changed`: what differed after each answer, and in the end of what no one is let into; `days`: a
    snapshot before the first answer and one on the morning after each."""

    pages: int
    changed: list[list[tuple[str, str]]]
    days: list[Snapshot]


def _watch(scene: Scene) -> Seen:
    """What everybody reads just before and just after each answer, one of which comes each day.

    The clock stands still, but for the worker, who brings the running rate up to date as if it were morning.
    """
    people = scene.rng.sample(sorted(scene.council.people), scene.size.posts + 2)
    opened = scene.opens_at() + timedelta(hours=1)
    with time_machine.travel(opened, tick=False):
        scene.count_rates(opened)
        watcher = Watcher(_visitors(scene, people[0]), scene.size.every_file)
        watcher.explore(scene.app, [f"/a/{scene.token(people[1])}"])
        seen = Seen(0, [], [watcher.read(everything=True)])
        first = {where: page for where, page in seen.days[0].items() if where in watcher.refused}
        for number, person in enumerate(people[2:], start=1):
            scene.answer([person])
            after = watcher.read()
            seen.changed.append(differing(seen.days[-1], after))
            scene.count_rates(opened + timedelta(days=number))
            seen.days.append(watcher.read_again(after))
        seen.changed.append(differing(first, watcher.read(everything=True)))
        seen.pages = len(watcher.let_in)
    return seen


def _visitors(scene: Scene, respondent: int) -> dict[str, FlaskClient]:
    """Every role, nobody, and somebody who has begun to answer; those that this run has room for."""
    visitors = {"nobody": scene.app.test_client(), "a respondent": scene.app.test_client()}
    for role in Role:
        with scene.app.app_context():
            values: dict[str, Any] = {"unit_id": scene.council.units["T1"]} if role is Role.LEADER else {}
            visitors[role.value] = sign_in(scene.app.test_client(), make_account(role, **values))
    start(visitors["a respondent"], scene.token(respondent))
    return {name: visitors[name] for name in scene.size.visitors}
