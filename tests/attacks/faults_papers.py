"""What each person answers, unlike anybody else, and what of it is in the box and in the release.

Because no two papers are alike, a lost answer and a doubled one are seen one by one, and not only by number.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import text

from pulse.db import db
from pulse.domain.sheets import asked_of, closed_items, is_closed
from pulse.invitations.codes import hash_token, make_token
from pulse.responses.sealing import open_envelope
from pulse.surveys import queries as surveys
from pulse.surveys.plans import plan_of
from tests.attacks.faults_site import Installation

#: item -> the value of its field
Fields = dict[str, str]
Tallies = Counter[tuple[str, str]]
#: how often each sheet is in the box
Box = Counter[str]


@dataclass(frozen=True)
class Paper:
    """One person's link and answers; `sheet` is how the envelope must hold them."""

    token: str
    fields: Fields
    sheet: str

    def body(self, csrf: str) -> str:
        return urlencode({"csrf_token": csrf} | self.fields)


def write_papers(site: Installation) -> list[Paper]:
    """A paper for everybody asked."""
    with site.app.app_context():
        wave = surveys.get_wave(site.wave_id)
        plan, key = plan_of(wave), site.keyring.token_key()
        people = surveys.list_member_ids(site.wave_id)
        return [
            _paper(plan, number, make_token(key, wave.id, person)) for number, person in enumerate(people)
        ]


def _paper(plan: dict[str, Any], number: int, token: str) -> Paper:
    """The person's number, written in the answers to the closed questions that everybody is asked.

    Turned by the number itself: where all gave the same answer, some of them would be softened at the close.
    """
    fields: Fields = {}
    left = number
    for item in asked_of(plan, leads=False):
        if is_closed(item):
            left, choice = divmod(left, len(item["options"]))
            turned = (choice + number) % len(item["options"])
            fields[item["id"]] = str(item["options"][turned][0])
    assert left == 0, "too many people for so few questions"
    return Paper(token, fields, "".join(fields.get(name, "-") for name in closed_items(plan)))


def look_into(site: Installation) -> Box:
    """Open every envelope with the wave's key, as only the worker can."""
    with site.app.app_context():
        db.session.rollback()
        key = site.keyring.load_wave_key(site.wave_id)
        sealed = db.session.scalars(text("SELECT sealed FROM envelope")).all()
        db.session.remove()
    return Counter(open_envelope(bytes(one), key).answers for one in sealed)


def spent_among(site: Installation, papers: Sequence[Paper]) -> int:
    """How many of these people's links are used."""
    with site.app.app_context():
        db.session.rollback()
        hashes = db.session.scalars(text("SELECT token_hash FROM invitation WHERE spent")).all()
        db.session.remove()
    return len({bytes(one) for one in hashes} & {hash_token(paper.token) for paper in papers})


def released(site: Installation) -> Tallies:
    """How often each option was chosen, by the release; nothing if there is none."""
    with site.app.app_context():
        rows = db.session.execute(text('SELECT item, "option", sum(n) FROM tally GROUP BY item, "option"'))
        # an item with a colon is two questions counted together
        found: Tallies = Counter({(item, str(option)): int(n) for item, option, n in rows if ":" not in item})
        db.session.remove()
    return found


def expected_tallies(papers: Sequence[Paper]) -> Tallies:
    return Counter(choice for paper in papers for choice in paper.fields.items())
