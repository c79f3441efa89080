"""Released waves for tests, made by the real pipeline: opened, sent, answered through links, closed.

    council = make_council()
    released = make_released_wave(make_site(tmp_path), council, answers=agree_with_all)

`said` keeps what everybody answered, so that a test can count again by its own means.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from pulse.db import writing
from pulse.domain.sheets import asked_of, closed_items, is_closed
from pulse.invitations.codes import make_token
from pulse.invitations.register import open_and_invite
from pulse.invitations.sending import Sender, send_waiting
from pulse.messages.mail import Mail
from pulse.messages.transport import Entered
from pulse.responses.submission import Standing, submit
from pulse.results import queries as results
from pulse.results.closing import close_wave
from pulse.results.models import Figure, Group, Release
from pulse.surveys import planning
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import EMAIL, Programme, Wave
from pulse.surveys.plans import plan_of
from tests.results.councils import Council as Council
from tests.results.councils import Voter as Voter
from tests.results.councils import make_council as make_council
from tests.surveys.factories import NOW as NOW
from tests.surveys.factories import make_programme

#: three facets of permission to act (one item reversed), a pair of feelings, an asset item: asked every time
ANCHORS = ["PTA-01", "PTA-06", "PTA-09", "AMB-P1", "AMB-N1", "TAA-G1"]
#: two waves a rotation; the dimension POW and worry are asked in turns
ROTATION = [[*ANCHORS, "POW-05", "POW-01", "LET-01"], [*ANCHORS, "POW-02", "POW-03"]]


@dataclass(frozen=True)
class Said:
    """What one person sent: item id -> the character in the sheet."""

    voter: Voter
    answers: dict[str, str]


Answers = Callable[[Voter, dict[str, Any]], str]
Turnout = Callable[[Voter], bool]
#: what somebody writes to the open questions: item id -> text
Writes = Callable[[Voter], dict[str, str]]


@dataclass
class Postbag(Entered):
    """A mailer that keeps what it is given."""

    mails: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)


@dataclass(frozen=True)
class Site:
    """What the pipeline needs beside the database."""

    keyring: Keyring
    postbag: Postbag

    @property
    def sender(self) -> Sender:
        return Sender({EMAIL: self.postbag}, self.keyring.token_key(), "http://localhost")

    def token(self, wave_id: int, person_id: int) -> str:
        return make_token(self.keyring.token_key(), wave_id, person_id)


@dataclass(frozen=True)
class Released:
    """A released wave beside what its people said."""

    wave: Wave
    release: Release
    groups: list[Group]
    said: list[Said]
    council: Council

    def group(self, name: str) -> Group:
        return next(group for group in self.groups if group.name == name)

    def figures(self, name: str) -> dict[str, Figure]:
        """Figures by measure of the group with this name."""
        return {figure.measure: figure for figure in results.list_group_figures(self.group(name).id)}

    def said_in(self, *units: str) -> list[Said]:
        """What people of these units said; of everybody if none is named."""
        return [one for one in self.said if not units or one.voter.unit in units]


def at_random(voter: Voter, item: dict[str, Any]) -> str:
    """Any option, sometimes none, the same on every run; leaders and later waves a little higher.

    Two people of each unit choose the middle, so that no answer is softened, and a test can count again.
    """
    rng = Random(f"{voter}{item['id']}")
    codes = [str(code) for code, _ in item["options"]]
    if voter.number in (2, 3):
        return codes[len(codes) // 2]
    if rng.random() < 0.06:
        return rng.choice(["-", "p"])
    higher = -1 if item["reverse"] else 1
    return codes[max(0, min(len(codes) - 1, rng.randrange(len(codes)) + higher * voter.leads))]


def everybody(_voter: Voter) -> bool:
    return True


def nothing(_voter: Voter) -> dict[str, str]:
    return {}


def make_site(folder: Path) -> Site:
    """A key directory and a postbag of a test's own; give it `tmp_path`."""
    return Site(Keyring(folder / "keys"), Postbag())


def make_quarterly(**defaults: object) -> Programme:
    """A programme with k = 5 that asks ROTATION every quarter."""
    values: dict[str, object] = {"rotation": ROTATION, "k": 5, "starts_on": date(2026, 10, 5)}
    return make_programme(**(values | defaults))


def make_sent_wave(
    site: Site, programme: Programme | None = None, *, now: datetime = NOW, **defaults: object
) -> int:
    """An open wave whose invitations have left; its id. Needs people."""
    programme = programme or make_quarterly(**defaults)
    with writing():
        wave = planning.plan_next_wave(programme, now)
        assert wave is not None
        wave_id = wave.id
    assert open_and_invite(wave_id, site.keyring) > 0
    send_waiting(surveys.get_wave(wave_id), site.sender)
    return wave_id


def answer_all(
    site: Site,
    wave_id: int,
    council: Council,
    answers: Answers = at_random,
    turnout: Turnout = everybody,
    writes: Writes = nothing,
) -> list[Said]:
    """Everybody who turns out submits once."""
    wave = surveys.get_wave(wave_id)
    plan, number, said = plan_of(wave), wave.number, []
    for person_id, who in council.people.items():
        voter = Voter(who.unit, who.number, who.leads, number)
        if turnout(voter):
            one = Said(voter, answers_to(plan, voter, answers))
            assert submit(site.token(wave_id, person_id), sheet_of(plan, one), writes(voter)) is Standing.OPEN
            said.append(one)
    return said


def answers_to(plan: dict[str, Any], voter: Voter, answers: Answers) -> dict[str, str]:
    return {item["id"]: answers(voter, item) for item in asked_of(plan, voter.leads) if is_closed(item)}


def sheet_of(plan: dict[str, Any], said: Said) -> str:
    """The answers as a sheet holds them."""
    return "".join(said.answers.get(item, "-") for item in closed_items(plan))


def make_released_wave(
    site: Site,
    council: Council,
    programme: Programme | None = None,
    *,
    now: datetime = NOW,
    answers: Answers = at_random,
    turnout: Turnout = everybody,
    writes: Writes = nothing,
    **defaults: object,
) -> Released:
    """The next wave of the programme (or of a new one with `defaults`), answered and released."""
    wave_id = make_sent_wave(site, programme, now=now, **defaults)
    said = answer_all(site, wave_id, council, answers, turnout, writes)
    closed_at = surveys.get_wave(wave_id).closes_at + timedelta(minutes=1)
    assert close_wave(wave_id, closed_at, site.keyring), surveys.get_wave(wave_id).problem
    return read_released(wave_id, said, council)


def make_released_waves(
    site: Site, council: Council, programme: Programme, count: int, **options: Any
) -> list[Released]:
    """`count` waves of one programme, each a quarter after the one before."""
    released: list[Released] = []
    for _ in range(count):
        now = released[-1].wave.closes_at + timedelta(days=80) if released else NOW
        released.append(make_released_wave(site, council, programme, now=now, **options))
    return released


def read_released(wave_id: int, said: Sequence[Said], council: Council) -> Released:
    release = results.get_release(wave_id)
    groups = results.list_groups(release.id)
    return Released(surveys.get_wave(wave_id), release, groups, list(said), council)
