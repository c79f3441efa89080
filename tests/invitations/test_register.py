"""Opening a wave: everything that decides what a figure means is frozen, once, as one unit."""

import pytest

from pulse.db import db, writing
from pulse.directory.models import Person, Post, Unit
from pulse.directory.queries import Reach
from pulse.invitations.register import choose_channel, open_and_invite
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave, WaveMember
from pulse.surveys.plans import digest_of, plan_of
from pulse.surveys.waves import CannotOpen
from tests.results.factories import Site, make_council, make_quarterly
from tests.support.rows import all_rows
from tests.surveys.factories import make_planned_wave


def opened(site: Site) -> Wave:
    wave_id = make_planned_wave(make_quarterly()).id
    assert open_and_invite(wave_id, site.keyring) == 35
    db.session.expire_all()
    return surveys.get_wave(wave_id)


def test_opening_enters_everybody_once_and_leaves_no_time_or_order(site: Site) -> None:
    council = make_council()
    opened(site)
    register = all_rows()["invitation"]

    assert sorted(row["person_id"] for row in register) == sorted(council.people)
    columns = {"wave_id", "person_id", "token_hash", "code_hash", "spent", "reminders", "delivery", "sent_to"}
    columns |= {"channel", "reference_hash"}
    assert all(set(row) == columns for row in register)
    found = {(row["spent"], row["reminders"], row["delivery"], row["sent_to"]) for row in register}
    assert found == {(False, 0, 0, None)}


def test_a_second_opening_does_nothing(site: Site) -> None:
    make_council()
    wave = opened(site)
    before = all_rows()

    assert open_and_invite(wave.id, site.keyring) == 0
    assert all_rows() == before


def test_opening_freezes_questions_k_people_and_tree(site: Site) -> None:
    council = make_council()
    wave = opened(site)
    plan = plan_of(wave)
    members, units = surveys.list_member_ids(wave.id), surveys.list_wave_units(wave.id)
    frozen = [(unit.unit_id, unit.parent_id, unit.name, unit.headcount) for unit in units]
    rows = all_rows()["wave_plan"]

    with writing():
        wave.programme.k = 12
        wave.programme.rotation = [["SUR-01"]]
        moved = next(iter(council.people))
        db.session.delete(db.session.get_one(Post, (moved, council.units["A1"])))
        db.session.flush()
        db.session.add(Post(person_id=moved, unit_id=council.units["B1"], main=True))
        db.session.get_one(Person, max(council.people)).active = False
        unit = db.session.get_one(Unit, council.units["A"])
        unit.name, unit.parent_id = "Renamed", council.units["B"]
    db.session.expire_all()

    wave = surveys.get_wave(wave.id)
    assert (wave.k, plan_of(wave), digest_of(plan)) == (5, plan, wave.plan_sha256)
    assert all_rows()["wave_plan"] == rows
    assert surveys.list_member_ids(wave.id) == members
    member = surveys.find_member(wave.id, moved)
    assert member is not None
    assert member.unit_id == council.units["A1"]
    now = [(u.unit_id, u.parent_id, u.name, u.headcount) for u in surveys.list_wave_units(wave.id)]
    assert now == frozen


def test_the_plan_holds_each_question_word_for_word(site: Site) -> None:
    make_council()
    asked = {item["id"]: item for item in plan_of(opened(site))["items"]}

    assert asked["PTA-01"]["text"] == "I have permission to act when I see a better way."
    assert [code for code, _ in asked["PTA-01"]["options"]] == [1, 2, 3, 4, 5]
    assert asked["PTA-09"]["reverse"] is True


def test_with_nobody_to_ask_the_wave_stays_planned_and_nothing_is_made(site: Site) -> None:
    wave_id = make_planned_wave(make_quarterly()).id
    before = all_rows()

    with pytest.raises(CannotOpen, match="Nobody is in the audience of this survey: import the staff list"):
        open_and_invite(wave_id, site.keyring)

    assert all_rows() == before
    assert site.keyring.list_wave_keys() == []


def test_when_entering_people_fails_the_wave_is_not_open(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    make_council()
    wave_id = make_planned_wave(make_quarterly()).id
    before = all_rows()

    def fail(_rows: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pulse.invitations.queries.add_invitations", fail)
    with pytest.raises(ZeroDivisionError):
        open_and_invite(wave_id, site.keyring)
    assert all_rows() == before

    monkeypatch.undo()
    assert open_and_invite(wave_id, site.keyring) == 35
    assert db.session.query(WaveMember).count() == 35


def test_a_person_without_e_mail_is_entered_and_counted_but_waits_for_no_mail(site: Site) -> None:
    council = make_council()
    with writing():
        db.session.get_one(Person, min(council.people)).email = None
    opened(site)

    delivery = {row["person_id"]: row["delivery"] for row in all_rows()["invitation"]}
    assert delivery[min(council.people)] == 4
    assert sorted(set(delivery.values())) == [0, 4]


def test_each_person_is_asked_by_the_first_channel_that_reaches_them(site: Site) -> None:
    council = make_council()
    phone, post, neither = sorted(council.people)[:3]
    with writing():
        for person_id in (phone, post, neither):
            db.session.get_one(Person, person_id).email = None
        db.session.get_one(Person, phone).phone = "+447700900123"
        db.session.get_one(Person, post).post_address = "1 High St\nZZ1 1ZZ"
    wave_id = make_planned_wave(make_quarterly(channels=["text", "email", "letter", "slip"])).id
    assert open_and_invite(wave_id, site.keyring) == 35

    found = {row["person_id"]: (row["channel"], row["delivery"]) for row in all_rows()["invitation"]}
    assert found.pop(phone) == ("text", 0)
    assert found.pop(post) == ("letter", 0)
    assert found.pop(neither) == ("slip", 4)
    assert set(found.values()) == {("email", 0)}


@pytest.mark.parametrize(
    ("channels", "channel"),
    [
        (["email", "text"], "email"),
        (["letter", "email"], "email"),
        (["text"], "text"),
        (["letter"], "slip"),
        (["slip", "email"], "slip"),
    ],
)
def test_the_order_of_a_programmes_channels_decides(channels: list[str], channel: str) -> None:
    """Whom none of them reaches gets a slip, whether or not the programme names slips."""
    assert choose_channel(channels, Reach("a@example.org", "+447700900123", "")) == channel
