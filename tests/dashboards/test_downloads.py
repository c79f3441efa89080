"""Downloads: each table opened again and set beside the page; for every role, whatever is asked for."""

import re
from html import unescape
from random import Random
from typing import Any

import pytest
from flask import Flask

from pulse.dashboards import answers_page, downloads_people, home, page_feelings
from pulse.dashboards.download_views import file_name
from pulse.dashboards.downloads import list_sheets
from pulse.db import db, writing
from pulse.surveys.models import Wave
from pulse.web.access import Role
from tests.accounts.factories import make_account
from tests.dashboards.downloaded import (
    SCORE,
    TYPES,
    assert_alike,
    assert_printed,
    fetch,
    numbers,
    odd_address,
    opened,
    printed,
)
from tests.dashboards.test_pages import ALL, READABLE, Place
from tests.results.factories import make_council, make_quarterly, make_released_waves, make_site
from tests.results.reopened import opened_csv, opened_ods, opened_xlsx
from tests.results.stored import make_map


@pytest.fixture(scope="module")
def place(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Two waves of a small council; the names of its teams are as those of `tests.dashboards.test_pages`."""
    council = make_council()
    site = make_site(tmp_path_factory.mktemp("downloads"))
    waves = make_released_waves(site, council, make_quarterly(ask_leaders=True), 2)
    accounts = {role.value: make_account(role) for role in Role if role is not Role.LEADER}
    for unit in ("A", "A2", "B", "C"):
        accounts[f"leader of {unit}"] = make_account(Role.LEADER, unit_id=council.units[unit])
    accounts["leader of a new unit"] = make_account(Role.LEADER)
    return Place(shared_app, waves, accounts)


@pytest.mark.parametrize("card", [0, 1, 2])
def test_a_trend_is_that_of_its_card(place: Place, card: int) -> None:
    built = home.build(place.result("Unit A"), place.groups(1)).cards[card]
    rows = fetch(place, place.address("Unit A"), built.id)
    assert len(rows) == len(built.table["rows"]) == 2
    for row, cells in zip(rows, built.table["rows"], strict=True):
        assert (row["Survey"], row["Team"], row["What"], row["Shown"]) == (
            cells[0],
            "Unit A",
            built.label,
            "yes",
        )
        assert_printed(row, cells[1:])


@pytest.mark.parametrize("team", ["Unit C", "Unit A2"])
def test_levels_are_those_of_their_charts_with_a_row_for_each_hatched_place(place: Place, team: str) -> None:
    compared = hidden = 0
    for section in home.build(place.result(team), place.groups(1)).strong:
        rows = fetch(place, place.address(team), section.id)
        for row, cells in zip(rows, section.table.get("rows", []), strict=bool(section.table)):
            assert cells[0].startswith(row["What"])
            if isinstance(cells[1], dict):
                hidden += 1
                assert (row["Shown"], row["Why not"], row["Score"]) == ("hidden", cells[1]["hidden"], None)
            else:
                compared += 1
                assert_printed(row, cells[1:])
        assert section.table or {row["Shown"] for row in rows} == {"hidden"}
    assert compared + hidden >= 4


def test_teams_are_those_of_the_page(place: Place) -> None:
    table = home.build(place.result("Unit C"), place.groups(1)).teams.table
    rows = fetch(place, place.address("Unit C"), "teams")
    known = {(row["Team"], row["What"]): row for row in rows}
    for name, answered, act, mixed, word, assets in table["rows"]:
        for label, cell in (
            ("Permission to act", act),
            ("Mixed feelings", mixed),
            ("Treated as assets", assets),
        ):
            row = known.pop((name, label))
            assert int(row["Answered"]) == int(answered)
            score, _, rest = cell.partition(" ")
            assert_printed(row, [score, rest.strip("()"), int(row["n"])])
            assert row["Hope and worry"] == (word if label == "Mixed feelings" else None)
    assert known == {}
    lines = fetch(place, place.address("Unit C"), "teams-trend")
    assert [(row["Team"], row["Survey"]) for row in lines] == [
        (team, wave.wave.label) for team in ("Unit A", "Unit B") for wave in reversed(place.waves)
    ]


def test_what_people_answered_is_what_the_page_says(place: Place) -> None:
    built = answers_page.build(place.result("Unit A"), place.groups(1))
    rows = {row["Question"]: row for row in fetch(place, place.address("Unit A"), "answers")}
    assert len(rows) == len(built.table["rows"]) + len(built.other["rows"])
    for cells in built.table["rows"]:
        row = rows[cells[0].removesuffix(" (disagreeing is favourable)")]
        counts = [row[name] for name in ("1 (lowest score)", "2", "3", "4", "5 (highest score)")]
        assert sum(counts) == row["n"] == int(cells[6])
        assert printed(row, "Score") == numbers(cells[1])
        shares = ("Favourable, %", "Neutral, %", "Unfavourable, %")
        assert printed(row, *shares) == numbers(*cells[3:6])
        assert row["Score"] == pytest.approx(sum(25 * at * n for at, n in enumerate(counts)) / row["n"])
    for cells in built.other["rows"]:
        row = rows[cells[0].removesuffix(" (agreeing gives the lower score)")]
        assert (printed(row, "Score"), row["Favourable, %"]) == (numbers(cells[1]), None)


def test_the_map_of_feelings_has_the_same_people_and_the_same_blanks(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A map of more people than the council has, so that it has shown tiles and blank ones."""
    found = make_map({f"{hope}{worry}": 10 for hope in range(5) for worry in range(5)} | {"40": 2})
    for module in (page_feelings, downloads_people):
        monkeypatch.setattr(module, "read_feelings_map", lambda _: found)
    section = next(
        one for one in home.build(place.result("Unit C"), place.groups(1)).feelings if one.id == "feelings"
    )
    rows = fetch(place, place.address("Unit C"), "feelings")
    known = {(f"Worried: {row['Worried']}", f"Hopeful: {row['Hopeful']}"): row for row in rows}
    heads = section.table["headers"][1:]
    for label, *cells in section.table["rows"]:
        for head, cell in zip(heads, cells, strict=True):
            row = known.pop((label, head))
            if isinstance(cell, dict):
                assert (row["People"], row["Shown"], row["Why not"]) == (None, "hidden", cell["hidden"])
            else:
                assert (row["People"], row["Shown"]) == (int(cell), "yes")
    assert known == {}


def test_leaders_funnels_and_who_answered_are_those_of_the_page(place: Place) -> None:
    page, address = home.build(place.result("Unit C"), place.groups(1)), place.address("Unit C")
    gaps = next(one for one in page.feelings if one.id == "leaders")
    for row, cells in zip(fetch(place, address, "leaders"), gaps.table["rows"], strict=True):
        assert row["What"] == cells[0]
        assert printed(row, "Staff", "Leaders", *SCORE[:3]) == numbers(*cells[1:3], cells[3].replace("+", ""))
    for section in page.teams.funnels:
        rows = fetch(place, address, section.id)
        heads = ("n", "Score", "95 % limits, low", "95 % limits, high")
        for row, cells in zip(rows, section.table["rows"], strict=True):
            assert printed(row, *heads) == numbers(*cells[:3])
            assert (row["Team"], row["Place"]) == ("another team", cells[4])
    (row,) = fetch(place, address, "response")
    assert printed(row, "Asked", "Answered", "Answered, %") == [35, 35, 100]
    bounds = printed(row, "Least it could be if all had answered", "Most it could be if all had answered")
    assert bounds == numbers(*page.response.table["rows"][2][2:3])
    assert fetch(place, place.address("Unit A2"), "response")[0]["Asked"] is None


@pytest.mark.parametrize("who", ["administrator", "leader of A", "leader of A2", "od_editor"])
def test_each_reader_gets_files_of_what_they_may_open_and_of_nothing_else(who: str, place: Place) -> None:
    browser, hidden = place.browser(who), ALL - READABLE[who]
    for more in ("/downloads", "/tables/taa.csv"):
        got = {name for name in ALL if browser.get(place.address(name) + more).status_code == 200}
        assert got == READABLE[who]
    for name in ("teams", "teams-trend", "funnel-pta", "all"):
        found = browser.get(f"{place.address('Unit C')}/tables/{name}.csv")
        assert not [team for team in hidden if team.encode() in found.data], name


def test_a_listed_table_is_there_in_every_format_and_has_the_cells_of_its_sheet(place: Place) -> None:
    browser, address = place.browser("hr_analyst"), place.address("Unit A")
    page = unescape(browser.get(f"{address}/downloads").text)
    listed = re.findall(rf'href="{address}/tables/([\w-]+)\.(\w+)"', page)
    names = [sheet.name for sheet in list_sheets(place.result("Unit A"), place.groups(1))]
    assert sorted(listed) == sorted((name, ending) for name in names for ending in TYPES)
    for name in names:
        tables = []
        for ending, kind in TYPES.items():
            got = browser.get(f"{address}/tables/{name}.{ending}")
            assert (got.status_code, got.content_type, got.cache_control.no_store) == (200, kind, True)
            assert re.fullmatch(
                rf'attachment; filename="[a-z0-9-]+-unit-a-{name}\.{ending}"',
                got.headers["Content-Disposition"],
            )
            tables.append(opened(got.data, ending) if name != "all" else [])
        for table in tables[1:]:
            assert_alike(tables[0], table)


@pytest.mark.parametrize(("ending", "again"), [("xlsx", opened_xlsx), ("ods", opened_ods)])
def test_everything_is_one_workbook_with_a_sheet_a_table(place: Place, ending: str, again: Any) -> None:
    found = place.browser("hr_analyst").get(f"{place.address('Unit C')}/tables/all.{ending}")
    sheets = list_sheets(place.result("Unit C"), place.groups(1))
    assert list(again(found.data)) == ["About", *(sheet.name for sheet in sheets)]
    assert len(sheets) > 10


def test_a_table_that_is_not_there_looks_like_a_group_that_one_may_not_open(place: Place) -> None:
    browser, here = place.browser("leader of A"), place.address("Unit A")
    with writing():
        closing = place.waves[0].wave
        db.session.get_one(Wave, closing.id).state = "closing"
    addresses = [
        f"{here}/tables/nothing.csv",
        f"{here}/tables/stages.csv",
        f"{here}/tables/leaders.xlsx",
        f"{here}/tables/pta.pdf",
        f"{here}/tables/..%2f..%2fetc.csv",
        f"{place.address('Unit B')}/tables/pta.csv",
        f"{place.address('Unit B')}/downloads",
        "/results/4711/0/tables/pta.csv",
        f"/results/{place.waves[1].wave.id}/99/tables/pta.csv",
        f"{place.address('Unit A', 0)}/tables/pta.csv",
        f"{place.address('Unit A', 0)}/downloads",
    ]
    pages = [browser.get(address) for address in addresses]
    with writing():
        db.session.get_one(Wave, closing.id).state = "released"
    assert {page.status_code for page in pages} == {404}
    assert len({re.sub(r'value="[^"]+"', "", page.text) for page in pages}) == 1


def test_a_file_is_named_in_letters_that_every_system_takes(place: Place) -> None:
    result = place.result("Unit A")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", file_name(result, "pta"))
    for label, plain in (("../Hydref ŵ\r\n“2026”", "hydref-w-2026"), ("=1+1", "1-1"), ("调查", "")):
        with db.session.no_autoflush:
            kept, result.wave.label = result.wave.label, label
            try:
                assert (f"-{plain}-unit-a-pta" if plain else "-unit-a-pta") in file_name(result, "pta")
            finally:
                result.wave.label = kept


def test_whatever_is_asked_for_by_whomever_nothing_breaks_and_nobody_sees_more(place: Place) -> None:
    """A few hundred addresses, made of pieces that are right, nearly right and wrong."""
    rng, seen, right = Random(6), 0, [str(one.wave.id) for one in place.waves]
    browsers = {who: place.browser(who) for who in READABLE}
    for _ in range(500):
        who, (address, ending) = rng.choice([*READABLE]), odd_address(rng, right)
        got = browsers[who].get(address)
        assert got.status_code in (200, 308, 400, 404), (who, address)
        if got.status_code == 200 and ending == "csv":
            head, *rows = opened_csv(got.data)
            teams = {row[head.index("group" if "group" in head else "Team")] for row in rows}
            assert teams <= READABLE[who] | {"another team"}, (who, address)
            seen += 1
    assert seen > 20
