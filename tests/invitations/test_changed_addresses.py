"""The attack: whoever may import a roster puts addresses of their own on it, and waits for the reminders.

A reminder goes to nobody but the very address that the invitation went to, so that neither what arrives
there nor what the worker says tells who has answered.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta

import pytest

from pulse.db import db, writing
from pulse.directory.models import Person
from pulse.invitations.codes import mark_address
from pulse.invitations.models import REFUSED, SENT
from pulse.invitations.reminding import send_reminders
from pulse.invitations.sending import Sender, send_waiting
from pulse.messages.transport import Mailer
from pulse.surveys import queries as surveys
from pulse.surveys.models import EMAIL
from tests.directory.rosters import import_rows
from tests.invitations.test_sending import Dying, Troubled, open_wave
from tests.results.closes import close
from tests.results.councils import COUNCIL
from tests.results.factories import Council, Postbag, Site, Voter, answer_all, make_council, make_sent_wave
from tests.support.rows import all_rows


@dataclass
class Scene:
    """A wave whose invitations have left, and the moment when its reminders are due."""

    site: Site
    council: Council
    wave_id: int

    def answer(self, turnout: Callable[[Voter], bool]) -> None:
        answer_all(self.site, self.wave_id, self.council, turnout=turnout)

    def remind(self, mailer: Mailer) -> bool:
        wave = surveys.get_wave(self.wave_id)
        due = wave.opens_at + timedelta(days=7)
        with writing():
            wave.remind_at = [due.isoformat()]
        return send_reminders(wave, self.sender(mailer), due)

    def sender(self, mailer: Mailer) -> Sender:
        return Sender({EMAIL: mailer}, self.site.keyring.token_key(), "http://localhost")


@pytest.fixture
def scene(site: Site) -> Scene:
    council = make_council()
    return Scene(site, council, make_sent_wave(site))


def address_of(voter: Voter) -> str:
    return f"{voter.unit}-{voter.number}@example.org".lower()


def import_addresses(council: Council, new: Callable[[Voter], str], but: Collection[str] = ()) -> None:
    """A roster with everybody on it, at another address except for those in `but`."""
    rows = [f",,,{code},Unit {code},{parent or ''},," for code, (parent, _) in COUNCIL.items()]
    for who in council.people.values():
        old, name = address_of(who), f"{who.unit}-{who.number}"
        email, leads = old if old in but else new(who), "yes" if who.leads else "no"
        rows.append(f"{name},Member {name},{email},{who.unit},,,yes,{leads}")
    assert not import_rows(*rows).leavers


def mine(voter: Voter) -> str:
    return f"me+{voter.unit}-{voter.number}@example.com".lower()


def nobody(_voter: Voter) -> bool:
    return False


def everybody(_voter: Voter) -> bool:
    return True


@pytest.mark.parametrize("turnout", [nobody, lambda voter: voter.unit == "A1", everybody])
def test_when_every_address_was_changed_no_letter_leaves_whoever_has_answered(
    scene: Scene, turnout: Callable[[Voter], bool]
) -> None:
    scene.answer(turnout)
    import_addresses(scene.council, mine)
    postbag = Postbag()

    assert scene.remind(postbag) is True
    assert postbag.mails == []


@pytest.mark.parametrize("answered", [False, True])
def test_what_the_worker_says_is_the_same_though_only_one_person_kept_their_address(
    scene: Scene, answered: bool
) -> None:
    scene.answer(lambda voter: answered and (voter.unit, voter.number) == ("B2", 3))
    import_addresses(scene.council, mine, but=["b2-3@example.org"])
    postbag = Postbag()

    assert scene.remind(postbag) is True
    assert [mail.to for mail in postbag.mails] == ([] if answered else ["b2-3@example.org"])
    assert scene.remind(Postbag()) is False
    assert {row["reminders"] for row in all_rows()["invitation"]} == {1}


def test_people_whose_address_stayed_are_reminded_and_the_others_are_not(scene: Scene) -> None:
    scene.answer(lambda voter: voter.unit == "A1")
    kept = {address_of(who) for who in scene.council.people.values() if who.number == 1}
    import_addresses(scene.council, mine, but=kept)
    postbag = Postbag()

    scene.remind(postbag)
    assert {mail.to for mail in postbag.mails} == kept - {"a1-1@example.org"}


def test_an_address_that_was_swapped_for_another_persons_gets_no_letter_of_theirs(scene: Scene) -> None:
    """Both addresses were written to, but each by another letter."""
    people = list(scene.council.people.values())
    import_addresses(scene.council, lambda who: address_of(people[people.index(who) - 1]))
    postbag = Postbag()

    scene.remind(postbag)
    assert postbag.mails == []


def test_who_had_no_address_when_the_wave_opened_gets_no_letter_later_whether_they_answered_or_not(
    site: Site,
) -> None:
    council = make_council()
    with writing():
        for person_id, who in council.people.items():
            if who.unit in ("A1", "B1"):
                db.session.get_one(Person, person_id).email = None
    scene = Scene(site, council, make_sent_wave(site))
    scene.answer(lambda voter: voter.unit == "A1")
    import_addresses(council, mine)
    postbag = Postbag()

    assert send_waiting(surveys.get_wave(scene.wave_id), scene.sender(postbag)) == 0
    scene.remind(postbag)
    assert postbag.mails == []


def test_letters_that_never_left_go_to_the_address_of_the_day_and_so_do_their_reminders(site: Site) -> None:
    council = make_council()
    scene = Scene(site, council, open_wave(site).id)
    wave, first = surveys.get_wave(scene.wave_id), Postbag()
    send_waiting(wave, scene.sender(Troubled(gone_after=0)))
    import_addresses(council, mine)

    assert send_waiting(wave, scene.sender(first)) == 35
    second = Postbag()
    scene.remind(second)
    assert {mail.to for mail in second.mails} == {mail.to for mail in first.mails}
    assert {mail.to for mail in first.mails} == {mine(who) for who in council.people.values()}


def test_a_letter_that_a_dead_worker_may_have_sent_is_not_sent_again_to_another_address(site: Site) -> None:
    council = make_council()
    scene = Scene(site, council, open_wave(site).id)
    with pytest.raises(SystemExit):
        send_waiting(surveys.get_wave(scene.wave_id), scene.sender(Dying()))
    import_addresses(council, mine)

    later = Postbag()
    assert send_waiting(surveys.get_wave(scene.wave_id), scene.sender(later)) == 30
    deliveries = [row["delivery"] for row in all_rows()["invitation"]]
    assert (deliveries.count(SENT), deliveries.count(REFUSED)) == (34, 1)


def test_what_is_kept_of_an_address_cannot_be_tested_without_the_token_key_and_goes_at_the_close(
    scene: Scene,
) -> None:
    kept = [row["sent_to"] for row in all_rows()["invitation"]]
    assert len({bytes(mark) for mark in kept}) == 35
    assert {len(mark) for mark in kept} == {32}
    person, who = next(iter(scene.council.people.items()))
    row = next(row for row in all_rows()["invitation"] if row["person_id"] == person)
    key = scene.site.keyring.token_key()
    assert bytes(row["sent_to"]) == mark_address(key, scene.wave_id, person, address_of(who))
    assert bytes(row["sent_to"]) != mark_address(bytes(32), scene.wave_id, person, address_of(who))

    scene.answer(everybody)
    assert close(scene.wave_id, scene.site)
    assert {row["sent_to"] for row in all_rows()["invitation"]} == {None}
