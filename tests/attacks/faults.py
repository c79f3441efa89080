"""Answers sent while things break: 0 acknowledged answers may be lost, 0 doubled.

Real gunicorn, real databases. No two people answer alike, so the box and the release are compared with what
was sent one by one. `faults_weak` has weakened programs, on which the same counting must find what they lose,
double or cut short: a check that cannot fail shows nothing.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.attacks.faults_papers import (
    Paper,
    expected_tallies,
    look_into,
    released,
    spent_among,
    write_papers,
)
from tests.attacks.faults_people import Diary, Person, send_at_once
from tests.attacks.faults_site import APPLICATION, Web, installed

#: people who send at the same time
CROWD = 16
#: forms sent while the database is away: no more than one process has threads, so that none queues
FORMS = 4
#: links used at the same time
_LINKS = 4
Absence = Callable[[], AbstractContextManager[None]]


@dataclass
class Outcome:
    """One trouble, counted. `faults` are kills, broken-off requests or absences, by its kind."""

    what: str
    database: str
    people: int
    diary: Diary
    faults: int = 0
    #: of these people alone
    envelopes: int = 0
    spent: int = 0
    #: people who were thanked and whose answers are not in the box, or more than once
    lost: int = 0
    doubled: int = 0
    #: of the whole wave: sheets in the box that nobody sent; options counted more or less often than chosen
    strange: int = 0
    miscounted: int | None = None

    @property
    def is_whole(self) -> bool:
        """Envelopes = used links = people thanked = people, each with what they sent, and so counted."""
        numbers = {self.people, len(self.diary.thanked), self.envelopes, self.spent}
        wrong = self.lost + self.doubled + self.strange + self.diary.forgetful_pages
        return len(numbers) == 1 and wrong == 0 and self.miscounted == 0


#: lets these people send while something breaks; returns how often it did
Crowd = Callable[[Web, Sequence[Paper], Diary], Coroutine[Any, Any, int]]


@dataclass(frozen=True)
class Trouble:
    """So many people, and what befalls them."""

    what: str
    people: int
    crowd: Crowd


@dataclass(frozen=True)
class Place:
    """Where and on what: `application` is the product's own unless a weakened one is measured."""

    folder: Path
    database: str
    url: str
    application: str = APPLICATION
    more: dict[str, str] = field(default_factory=dict)


def at_once(links: int, times: int = 20, seed: int = 1) -> Trouble:
    """Every link is used on `times` connections at once, some of which break off in the middle."""

    async def crowd(web: Web, papers: Sequence[Paper], diary: Diary) -> int:
        waiting = iter(papers)

        async def one_after_the_other(rng: Random) -> None:
            for paper in waiting:
                await send_at_once(Person(web.port, paper, diary, rng), times)

        await asyncio.gather(*(one_after_the_other(Random(f"{seed}{n}")) for n in range(_LINKS)))
        return diary.cut

    return Trouble(f"{times} posts at once from each link", links, crowd)


def killed(people: int, kills: int, seed: int = 1) -> Trouble:
    """kill -9 of workers, or of everything, at random moments while people send."""

    async def crowd(web: Web, papers: Sequence[Paper], diary: Diary) -> int:
        rng = Random(seed)
        moments = sorted(rng.randrange(max(1, people - 2 * CROWD)) for _ in range(kills))
        during = 0

        async def kill() -> None:
            nonlocal during
            for moment in moments:
                while len(diary.thanked) < moment:
                    await asyncio.sleep(0.005)
                await asyncio.sleep(rng.uniform(0, 0.05))
                await asyncio.to_thread(web.kill_something, rng)
                during += len(diary.thanked) < people

        await asyncio.gather(kill(), _everybody(web, papers, diary, seed))
        return during

    return Trouble("kill -9 of the web process", people, crowd)


def away(people: int, absence: Absence, what: str, seconds: float, seed: int = 1) -> Trouble:
    """The database goes when FORMS forms are filled in, and comes back after `seconds`.

    Those who sent these forms have their 503 page before it comes back, however short `seconds` is: so it is
    seen without a clock that the page does not wait for the database.
    """

    async def crowd(web: Web, papers: Sequence[Paper], diary: Diary) -> int:
        rng, clock = Random(seed), asyncio.get_running_loop().time
        forms = [Person(web.port, paper, diary, rng, pause=1.0) for paper in papers[:FORMS]]
        for person in forms:
            await person.open_form()
            person.visitor.close()  # the server would, of a connection that is silent for two seconds
        with absence():
            gone = clock()
            replies = await asyncio.gather(*(person.send() for person in forms))
            assert [reply.status for reply in replies] == [503] * FORMS
            diary.first_waits = list(diary.waits)
            others = asyncio.create_task(_everybody(web, papers[FORMS:], diary, seed, pause=1.0))
            again = asyncio.gather(*(person.answer() for person in forms))
            await asyncio.sleep(seconds - (clock() - gone))
        await again
        await others
        return 1

    return Trouble(what, people, crowd)


def measure(
    place: Place,
    troubles: Sequence[Trouble],
    *,
    closes: bool = True,
    tell: Callable[[Outcome], None] = lambda _outcome: None,
) -> list[Outcome]:
    """One wave; every trouble in turn, each with people of its own; then the close, and the count.

    `tell` hears of each trouble when it is over, so that a run of an hour cannot lose all that it saw.
    """
    with installed(
        place.folder, place.url, sum(t.people for t in troubles), place.application, **place.more
    ) as site:
        papers = write_papers(site)
        outcomes, left = [], iter(papers)
        for trouble in troubles:
            own = [next(left) for _ in range(trouble.people)]
            outcome = Outcome(trouble.what, place.database, trouble.people, Diary())
            outcome.faults = asyncio.run(trouble.crowd(site.web, own, outcome.diary))
            outcomes.append(outcome)
            _look_for(outcome, own, look_into(site), spent_among(site, own))
            tell(outcome)
        strange = len(look_into(site).keys() - {paper.sheet for paper in papers})
        for outcome in outcomes:
            outcome.strange = strange
        if not closes:
            return outcomes
        site.close_wave()
        tallies, expected = released(site), expected_tallies(papers)
        for outcome in outcomes:
            outcome.miscounted = ((tallies - expected) + (expected - tallies)).total()
    return outcomes


def _look_for(outcome: Outcome, papers: Sequence[Paper], box: dict[str, int], spent: int) -> None:
    found = [(box.get(paper.sheet, 0), paper.token in outcome.diary.thanked) for paper in papers]
    outcome.envelopes, outcome.spent = sum(n for n, _ in found), spent
    outcome.lost = sum(n == 0 and thanked for n, thanked in found)
    outcome.doubled = sum(n - 1 for n, _ in found if n > 1)


async def _everybody(web: Web, papers: Sequence[Paper], diary: Diary, seed: int, pause: float = 0.2) -> None:
    """Everybody answers, CROWD at a time."""
    waiting = iter(papers)

    async def one_after_the_other(rng: Random) -> None:
        for paper in waiting:
            await Person(web.port, paper, diary, rng, pause).answer()

    await asyncio.gather(*(one_after_the_other(Random(f"{seed}{n}")) for n in range(CROWD)))
