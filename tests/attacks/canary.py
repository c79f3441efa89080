"""The canary run: whatever people and their browsers bring is planted, and then searched for everywhere.

A real installation as the README describes it: gunicorn behind a proxy's headers with its logging as shipped,
`pulse tick` as processes of their own, a mail server that takes, refuses, delays and hangs up. What may stand
where is in `canary_planted`.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from pulse.db import db
from pulse.web.access import Role
from tests.accounts.factories import make_account
from tests.attacks import canary_control as control
from tests.attacks import canary_walk as walk
from tests.attacks.canary_office import Office, visit
from tests.attacks.canary_planted import Planted, plant
from tests.attacks.canary_search import Canary, Haul, Searcher, files_below
from tests.attacks.canary_site import Site, standing
from tests.attacks.canary_walk import Album, Browser, browser_of
from tests.attacks.faults_site import APPLICATION
from tests.messages.servers import serving
from tests.surveys.factories import NOW

AT_THE_SAME_TIME = 4
#: how many of the people find the database away: each of them waits for it
UNLUCKY = 4
#: error pages that the walk must have met, or it went nowhere near the errors
STATUSES = {200, 303, 400, 403, 404, 405, 413, 422, 500, 503}
#: the roster and its pages hold whom it names
ROSTER = ("name", "address")


#: who walks through every page, while the wave is open and after it closed; None is nobody
Roles = Sequence[Role | None]
ALL_ROLES: Roles = (None, *Role)
SOME_ROLES: Roles = (None, Role.ADMINISTRATOR)
#: enough for the program that gossips
NOBODY: Roles = (None,)


def run(
    folder: Path,
    url: str,
    number: int,
    roles: Roles = SOME_ROLES,
    *,
    every_way: bool = False,
    weakened: bool = False,
) -> Haul:
    """Everything with so many people, and what the searches found where it must not be.

    After the close pages are only looked at, unless `every_way` tries every method again.
    `weakened` takes the program of `canary_control`, and people of other names: both may share a server.
    """
    people, album, seed = plant(number, 2 if weakened else 1), Album(), 3
    (clerk,) = plant(1, seed, first=len(people))
    with standing(folder, url, people, control.APPLICATION if weakened else APPLICATION) as site:
        if weakened:
            control.spoil_before(site)
        _open(site, people, every_way=not weakened)
        clerk.link, clerk.answers = people[0].link[::-1], f"{people[0].answers[::-1]}-"  # of nobody
        searcher, haul = Searcher([*people, clerk]), Haul(sum(len(one.canaries()) for one in people))
        _walk(site, people, album, every_way=not weakened)
        _visit_all(site, roles, clerk, album)
        haul.look("database, open", site.stored(), searcher, ROSTER)
        site.tick(site.closes_at() + timedelta(minutes=1))
        assert site.state()[0] == "released", site.state()
        if weakened:
            control.spoil_comments(site, people[0])
        else:
            _visit_all(site, roles, clerk, album, every_way=every_way)
        shown = _comments(site, searcher, haul)
        haul.look("database, closed", site.stored(), searcher, ROSTER, shown=shown)
        if weakened:
            control.spoil_after(site, people)
    _search(site, people, album, searcher, haul, shown)
    assert weakened or album.statuses() >= STATUSES, STATUSES - album.statuses()
    return haul


def _open(site: Site, people: Sequence[Planted], *, every_way: bool) -> None:
    """Letters on every way: no server, then one that refuses, delays and hangs up; reminders to everybody."""
    if every_way:
        site.tick(NOW)
    refused, later, full, gone = (one.address for one in people[:4])
    site.post.replies = {
        refused: f"550 {refused} is not here",
        later: f"451 {later} later",
        gone: "421 going",
    }
    site.post.data_replies = [f"554 {full} is full", f"452 {full} has no room"]
    site.post.hang_up_on = {7}
    with serving(site.post):
        site.tick(NOW + timedelta(minutes=1))
        site.post.replies = {}
        if every_way:
            site.tick(NOW + timedelta(hours=1))  # what was delayed
            site.tick(NOW + timedelta(days=8))  # reminders
            assert len(site.post.taken) > len(people), "letters and reminders did not leave"
    site.write_down(people)


def _walk(site: Site, people: Sequence[Planted], album: Album, *, every_way: bool) -> None:
    """Everybody up to the form and into every error, then through three faults, then to the end."""
    browsers = [browser_of(one, site.web.port, album) for one in people]
    tokens: dict[int, str] = {}

    async def start(one: Planted, browser: Browser) -> None:
        tokens[one.number] = await walk.begin(one, browser)
        await walk.go_wrong(one, browser, tokens[one.number])
        await walk.hang_up(one, browser, tokens[one.number])
        browser.visitor.close()

    async def fail(one: Planted, browser: Browser) -> None:
        await walk.fail(one, browser, tokens[one.number])
        browser.visitor.close()

    async def stumble(one: Planted, browser: Browser) -> None:
        await walk.stumble(one, browser)
        browser.visitor.close()

    async def finish(one: Planted, browser: Browser) -> None:
        await walk.finish(one, browser, tokens[one.number])

    _each(people, browsers, start)
    if every_way:
        with site.away():
            _each(people[:UNLUCKY], browsers, fail)
            site.tick(NOW + timedelta(days=9))
    with site.provoking():
        _each(people, browsers, fail)
    with site.misread():
        _each(people, browsers, stumble)
    _each(people, browsers, finish)


def _each(
    people: Sequence[Planted],
    browsers: Sequence[Browser],
    walk_of: Callable[[Planted, Browser], Coroutine[Any, Any, None]],
) -> None:
    async def everybody() -> None:
        waiting = iter(list(zip(people, browsers, strict=False)))

        async def one_after_the_other() -> None:
            for one, browser in waiting:
                await walk_of(one, browser)

        await asyncio.gather(*(one_after_the_other() for _ in range(AT_THE_SAME_TIME)))

    asyncio.run(everybody())


def _visit_all(site: Site, roles: Roles, clerk: Planted, album: Album, *, every_way: bool = True) -> None:
    with site.app.app_context():
        emails = {role: make_account(role).email if role else "" for role in roles}
        db.session.remove()
    ids: dict[str, int | str] = {"wave_id": site.wave_id, "programme_id": 1, "number": 0, "account_id": 1}
    office = Office(site.app, site.web.port, album, ids, every_way)

    async def everybody() -> None:
        await asyncio.gather(*(visit(office, role, emails[role], clerk) for role in roles))

    asyncio.run(everybody())


def _comments(site: Site, searcher: Searcher, haul: Haul) -> frozenset[Canary]:
    """Words that are kept on purpose. What else a comment held, such as its author's name, must be gone."""
    kept = [comment.encode() for comment in site.comments()]
    haul.look("comments kept", kept, searcher, ("words",))
    return frozenset(canary for text in kept for canary in searcher.find(text) if canary[0] == "words")


def _search(
    site: Site,
    people: Sequence[Planted],
    album: Album,
    searcher: Searcher,
    haul: Haul,
    shown: frozenset[Canary],
) -> None:
    """Whatever was written outside the database."""
    haul.look("website's log", [site.web.log.read_bytes()], searcher)
    haul.look("worker's log", [said.encode() for said in site.said], searcher)
    written = files_below(site.folder / "home", site.folder / "tmp", without=("pulse.db",))
    haul.look("other files", written, searcher)
    for one in people:
        pages = [seen.as_bytes() for seen in album.seen if seen.owner == one.number]
        haul.look("pages for others", pages, searcher, own=one.number)
        letters = [content for address, content in site.post.taken if address == one.address]
        haul.look("letters to others", letters, searcher, own=one.number)
    for seen in album.seen:
        if seen.owner is None:
            on_roster = ROSTER if seen.what.partition(" ")[2].startswith("/roster/") else ()
            clerk = people[-1].number + 1
            haul.look("office pages", [seen.as_bytes()], searcher, on_roster, own=clerk, shown=shown)
