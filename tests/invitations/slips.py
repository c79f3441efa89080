"""An open wave in which some people have no e-mail address, and what is on their slips."""

from dataclasses import dataclass

from pulse.db import db, writing
from pulse.directory.models import Person
from pulse.invitations.codes import make_code
from pulse.invitations.paper import enter_codes
from tests.results.factories import Council, Site, make_council, make_sent_wave


@dataclass(frozen=True)
class Depot:
    """`people` are those without an address; the last of them leads nobody."""

    site: Site
    council: Council
    wave_id: int
    people: list[int]

    @property
    def person(self) -> int:
        return self.people[-1]

    @property
    def code(self) -> str:
        return self.code_of(self.person)

    def code_of(self, person_id: int) -> str:
        return make_code(self.site.keyring.token_key(), self.wave_id, person_id)


def make_depot(site: Site, *, without_address: int = 3, entered: bool = True) -> Depot:
    council = make_council()
    people = sorted(council.people)[-without_address:]
    with writing():
        for person_id in people:
            db.session.get_one(Person, person_id).email = None
    wave_id = make_sent_wave(site)
    if entered:
        assert enter_codes(wave_id, site.keyring.token_key()) == without_address
    db.session.rollback()
    return Depot(site, council, wave_id, people)
