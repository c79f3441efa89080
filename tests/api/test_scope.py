"""Every endpoint by every role: what is open on the pages is open to a key, and the rest does not exist."""

import random
from urllib.parse import quote

import pytest

from pulse.db import db, writing
from pulse.results.models import Group
from pulse.surveys import queries as surveys
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.api.scene import READABLE, Scene, make_key
from tests.surveys.factories import make_planned_wave

OF_A_GROUP = ("figures", "tallies", "attributes", "trends", "feelings-map")
WHO = sorted(READABLE)


def names(scene: Scene) -> dict[int, str]:
    return {group.number: group.name for group in scene.newest.groups}


@pytest.mark.parametrize("who", WHO)
def test_a_key_opens_the_groups_that_its_owner_may_read_and_no_others(scene: Scene, who: str) -> None:
    for number, name in names(scene).items():
        expected = 200 if name in READABLE[who] else 404
        for what in OF_A_GROUP:
            path = f"/api/v1/wave/{scene.newest.wave.id}/groups/{number}/{what}"
            assert scene.ask(who, path).status_code == expected, (who, name, what)


@pytest.mark.parametrize("who", WHO)
def test_the_list_of_groups_is_that_of_the_pages(scene: Scene, who: str) -> None:
    wave_id = scene.newest.wave.id
    listed = scene.read(who, f"/api/v1/wave/{wave_id}/groups")["groups"]
    browser = sign_in(scene.app.test_client(), scene.accounts[who])
    pages = {
        number: browser.get(f"/results/{wave_id}/{number}").status_code == 200 for number in names(scene)
    }
    assert {group["name"] for group in listed} == READABLE[who]
    assert {group["number"] for group in listed} == {number for number, opens in pages.items() if opens}


@pytest.mark.parametrize("who", WHO)
def test_each_group_stands_before_those_inside_it_and_names_no_parent_out_of_reach(
    scene: Scene, who: str
) -> None:
    seen: set[int | None] = {None}
    for group in scene.read(who, f"/api/v1/wave/{scene.newest.wave.id}/groups")["groups"]:
        assert group["parent"] in seen
        seen.add(group["number"])


def test_a_leader_without_every_team_of_the_organisation_is_not_told_which_are_hidden(scene: Scene) -> None:
    """As on the pages: the sentence beside a hidden team is for who may open all the teams beside it."""
    path = f"/api/v1/wave/{scene.newest.wave.id}/groups"
    assert [unit["name"] for unit in scene.read("od_editor", path)["hidden"]] == ["Unit B2", "Unit B3"]
    assert [unit["name"] for unit in scene.read("leader of B", path)["hidden"]] == ["Unit B2", "Unit B3"]
    assert scene.read("leader of A", path)["hidden"] == []


def test_unknown_unreleased_and_out_of_scope_are_the_same_answer(scene: Scene) -> None:
    planned = make_planned_wave()
    bodies = {
        scene.ask("leader of A1", path).text
        for path in (
            scene.path("figures", "Unit B"),
            f"/api/v1/wave/{planned.id}/groups/0/figures",
            f"/api/v1/wave/{planned.id}/groups",
            "/api/v1/wave/99999/groups/0/figures",
            "/api/v1/wave/1/groups/9999/figures",
            scene.path("trends?measure=NONE"),
            "/api/v1/nothing",
        )
    }
    assert len(bodies) == 1
    assert planned.id not in {wave["id"] for wave in scene.read("od_editor", "/api/v1/waves")["waves"]}


def test_a_wave_of_another_part_does_not_exist_for_a_leader(scene: Scene) -> None:
    keys = scene.keys | {"leader of elsewhere": make_key(make_account(Role.LEADER))}
    asked = Scene(scene.app, scene.council, scene.waves, scene.accounts, keys)
    _ask_only(scene, scene.council.units["A"])
    try:
        found = {
            who: asked.read(who, "/api/v1/waves")["waves"] for who in ("leader of elsewhere", "leader of A1")
        }
        assert [wave["number"] for wave in found["leader of elsewhere"]] == [1]
        assert [(wave["number"], wave["answered"]) for wave in found["leader of A1"]] == [(2, None), (1, 71)]
        assert asked.ask("leader of elsewhere", scene.path("figures")).status_code == 404
    finally:
        _ask_only(scene, None)


def _ask_only(scene: Scene, unit_id: int | None) -> None:
    """As if the newest wave had asked this part alone."""
    with writing():
        surveys.get_wave(scene.newest.wave.id).audience_unit_id = unit_id


def test_a_key_follows_its_owner_to_another_role_and_unit(scene: Scene) -> None:
    account = make_account(Role.OD_EDITOR)
    keys = scene.keys | {"mover": make_key(account)}
    moved = Scene(scene.app, scene.council, scene.waves, scene.accounts, keys)
    assert moved.ask("mover", scene.path("figures", "Unit B")).status_code == 200
    with writing():
        account = db.session.merge(account)
        account.role, account.unit_id = Role.LEADER, scene.council.units["A"]
    assert moved.ask("mover", scene.path("figures", "Unit B")).status_code == 404
    assert moved.ask("mover", scene.path("figures", "Unit A")).status_code == 200


def test_hundreds_of_odd_requests_by_every_key_meet_no_fault_and_no_other_group(scene: Scene) -> None:
    rng = random.Random(6)
    groups = {group.number: group.name for group in db.session.query(Group) if group.release_id}
    odd = ["0", "1", "2", "5", "-1", "x", "99999999999", "1.5", "%00", "\u2019", "", "../1", "NaN", "1;2"]
    measures = ["PTA", "AMB", "TAA.x", "PTA-01", "UNITS:PTA", "GAP:1", "'; --", "é" * 200, "%00", ""]
    for _ in range(400):
        who, what = rng.choice(WHO), rng.choice([*OF_A_GROUP, "comments", "", "figures/1"])
        wave = rng.choice([*odd, str(scene.newest.wave.id), str(scene.waves[0].wave.id)])
        number = rng.choice([*odd, *map(str, groups)])
        extra = rng.choice(["unit", "k", "attribute", "measure", "group"])
        query = f"?measure={quote(rng.choice(measures), safe='%')}&{extra}={quote(rng.choice(odd), safe='%')}"
        found = scene.ask(who, f"/api/v1/wave/{wave}/groups/{number}/{what}{query}")
        assert found.status_code in (200, 308, 400, 404), (who, wave, number, what, query)
        if found.status_code == 200 and "group" in found.get_json():
            released = next(one for one in scene.waves if one.wave.id == found.get_json()["wave_id"])
            name = next(g.name for g in released.groups if g.number == found.get_json()["group"])
            assert name in READABLE[who]
