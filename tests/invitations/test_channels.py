"""Texts and letters by post, from the staff list to the survey page."""

import re

import pytest
from flask.testing import FlaskClient

from pulse.db import db, writing
from pulse.directory.models import Person
from pulse.invitations.paper import enter_codes, list_slips
from pulse.invitations.register import open_and_invite
from pulse.invitations.sending import Sender, send_waiting
from pulse.surveys import queries as surveys
from pulse.surveys.models import EMAIL, LETTER, TEXT
from tests.results.factories import Postbag, Site, make_council, make_quarterly
from tests.support.rows import all_rows
from tests.surveys.factories import make_planned_wave


class Sent:
    """A wave of 35, one of whom has a mobile number and one a postal address in place of e-mail."""

    def __init__(self, site: Site) -> None:
        council = make_council()
        self.by_text, self.by_post = sorted(council.people)[:2]
        with writing():
            db.session.get_one(Person, self.by_text).email = None
            db.session.get_one(Person, self.by_text).phone = "+447700900123"
            db.session.get_one(Person, self.by_post).email = None
            db.session.get_one(Person, self.by_post).post_address = "1 High St\nZZ1 1ZZ"
        programme = make_quarterly(channels=[EMAIL, TEXT, LETTER])
        self.wave_id = make_planned_wave(programme).id
        assert open_and_invite(self.wave_id, site.keyring) == 35
        self.bags = {channel: Postbag() for channel in (EMAIL, TEXT, LETTER)}
        self.key = site.keyring.token_key()
        db.session.expire_all()
        sender = Sender(self.bags, self.key, "https://pulse.example.org")
        assert send_waiting(surveys.get_wave(self.wave_id), sender) == 35


@pytest.fixture
def sent(site: Site) -> Sent:
    return Sent(site)


def test_each_letter_goes_by_the_channel_of_its_person(sent: Sent) -> None:
    assert {channel: len(bag.mails) for channel, bag in sent.bags.items()} == {EMAIL: 33, TEXT: 1, LETTER: 1}


def test_a_text_goes_to_the_mobile_number_with_a_link_that_works(sent: Sent, client: FlaskClient) -> None:
    (mail,) = sent.bags[TEXT].mails
    assert mail.to == "+447700900123"
    link = re.search(r"https://pulse\.example\.org(/a/\w+)$", mail.text)
    assert link is not None
    assert client.get(link[1]).status_code == 200


def test_a_letter_by_post_goes_to_the_name_with_a_code_that_works(sent: Sent, client: FlaskClient) -> None:
    (mail,) = sent.bags[LETTER].mails
    assert mail.to.split("\n")[1:] == ["1 High St", "ZZ1 1ZZ"]
    assert mail.to.startswith("Member ")
    assert enter_codes(sent.wave_id, sent.key) == 1
    code = re.search(r"Type this code: (.*)\n", mail.text)
    assert code is not None
    page = client.get("/code").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    reply = client.post("/code", data={"csrf_token": token[1], "code": code[1]})
    assert (reply.status_code, reply.location) == (303, "/code/start")


def test_nobody_who_was_sent_a_letter_by_post_is_on_the_list_of_slips(sent: Sent) -> None:
    assert list_slips(sent.wave_id, sent.key, "https://pulse.example.org") == []
    register = {row["person_id"]: row for row in all_rows()["invitation"]}
    assert register[sent.by_post]["code_hash"] is not None
    assert register[sent.by_text]["code_hash"] is None
