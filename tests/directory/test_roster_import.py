"""What an import changes: joiners, leavers, movers, units and attributes; the second time, nothing."""

import pytest
from flask import Flask
from sqlalchemy import select

from pulse.db import db
from pulse.directory.models import Attribute, Person, Post, Unit
from pulse.directory.queries import count_people, list_units
from pulse.directory.roster_file import read_roster
from pulse.directory.roster_import import ImportRefusedError, preview_roster
from pulse.directory.roster_telling import tell_result
from tests.directory.factories import make_org
from tests.directory.rosters import HEADINGS, SMALL, all_tables, import_rows, import_template, make_csv


def _person(staff_no: str) -> Person:
    return db.session.scalars(select(Person).filter_by(staff_no=staff_no)).one()


def _posts(staff_no: str) -> dict[str, bool]:
    """Unit code -> whether it is the main post."""
    query = select(Unit.code, Post.main).join(Post, Post.unit_id == Unit.id)
    rows = db.session.execute(query.filter(Post.person_id == _person(staff_no).id))
    return {row.code: row.main for row in rows}


def _tree() -> dict[str, tuple[str, str | None]]:
    """Code of each open unit -> its name and its parent's code."""
    units = list_units()
    codes = {unit.id: unit.code for unit in units}
    return {unit.code: (unit.name, codes[unit.parent_id] if unit.parent_id else None) for unit in units}


def test_a_first_import_makes_the_tree_the_people_and_their_posts(app: Flask) -> None:
    plan = import_rows(*SMALL)
    assert _tree() == {"C": ("Council", None), "N": ("North", "C"), "S": ("South", "C")}
    assert [joiner.record.staff_no for joiner in plan.joiners] == ["1", "2", "3"]
    assert (_person("1").email, _person("1").leads) == ("ann@example.org", True)
    assert (_person("3").email, _person("3").leads) == (None, False)
    assert _posts("2") == {"N": True, "S": False}


def test_importing_the_same_file_twice_changes_nothing(app: Flask) -> None:
    import_template()
    before = all_tables()
    plan = import_template()
    assert plan.is_empty
    assert tell_result(plan) == "Nothing to change: the roster is already as the file says."
    assert all_tables() == before


def test_the_order_of_rows_does_not_matter(app: Flask) -> None:
    import_rows(*SMALL)
    assert import_rows(*reversed(SMALL)).is_empty


def test_the_first_post_is_the_main_one_unless_a_row_says_otherwise(app: Flask) -> None:
    import_rows("1,Ann,,N,,,,", "1,Ann,,S,,,,", "2,Bo,,N,,,no,", "2,Bo,,S,,,yes,")
    assert _posts("1") == {"N": True, "S": False}
    assert _posts("2") == {"N": False, "S": True}


def test_the_main_posts_row_decides_the_attributes(app: Flask) -> None:
    headings = HEADINGS + ",attribute: Contract"
    import_rows("1,Ann,,N,,,,,part time", "1,Ann,,S,,,yes,,full time", headings=headings)
    assert _person("1").attributes == {"contract": "full time"}


def test_a_leaver_is_kept_inactive_without_posts_and_returns_as_the_same_person(app: Flask) -> None:
    import_rows(*SMALL, "4,Di Dean,,S,,,,")
    known = _person("4").id
    plan = import_rows(*SMALL)
    assert [person.staff_no for person in plan.leavers] == ["4"]
    assert not _person("4").active
    assert _posts("4") == {}
    plan = import_rows(*SMALL, "4,Di Dean,,N,,,,")
    assert [joiner.before is not None for joiner in plan.joiners] == [True]
    assert (_person("4").id, _person("4").active) == (known, True)
    assert _posts("4") == {"N": True}


def test_a_mover_changes_posts_and_nothing_else(app: Flask) -> None:
    import_rows(*SMALL)
    plan = import_rows(*SMALL[:-1], "3,Cy Cole,,N,North,C,,")
    assert [mover.record.staff_no for mover in plan.movers] == ["3"]
    assert not plan.changed
    assert _posts("3") == {"N": True}


def test_swapping_the_main_post_is_a_move(app: Flask) -> None:
    import_rows("1,Ann,,N,,,yes,", "1,Ann,,S,,,,")
    plan = import_rows("1,Ann,,N,,,,", "1,Ann,,S,,,yes,")
    assert len(plan.movers) == 1
    assert _posts("1") == {"N": False, "S": True}


def test_changed_details_are_named_and_stored(app: Flask) -> None:
    import_rows(*SMALL)
    plan = import_rows(*SMALL[:-1], "3,Cy Coleman,cy@example.org,S,South,C,,yes")
    assert [(change.record.staff_no, change.fields) for change in plan.changed] == [
        ("3", ("name", "email", "leads people"))
    ]
    cy = _person("3")
    assert (cy.full_name, cy.email, cy.leads) == ("Cy Coleman", "cy@example.org", True)


def test_units_are_added_renamed_moved_closed_and_reopened(app: Flask) -> None:
    import_rows(*SMALL)
    changed = [
        "1,Ann Able,ann@example.org,N,Northern,E,,yes",
        ",,,E,East,,,",
        "2,Bo Baker,bo@example.org,N,,,,",
    ]
    plan = import_rows(*changed, "3,Cy Cole,,N,,,,")
    told = {
        did: [unit.code for unit in plan.units_that(did)] for did in ("added", "renamed", "moved", "closed")
    }
    assert told == {"added": ["E"], "renamed": ["N"], "moved": ["N"], "closed": ["C", "S"]}
    assert _tree() == {"E": ("East", None), "N": ("Northern", "E")}
    plan = import_rows(*SMALL)
    assert [unit.code for unit in plan.units_that("reopened")] == ["C", "S"]
    assert set(_tree()) == {"C", "N", "S"}


def test_a_file_that_says_nothing_of_the_tree_leaves_it_alone(app: Flask) -> None:
    org = make_org()
    rows = [f"{code},{person.full_name},{person.email},{code[:2]}" for code, person in org.people.items()]
    before = _tree()
    plan = import_rows(*rows, headings="staff number,name,email,unit code")
    assert not plan.units
    assert _tree() == before


def test_the_tree_may_come_in_a_second_file(app: Flask) -> None:
    units = b"Code;Name;Parent code\nC;Council;\nN;North;C\n"
    import_rows("1,Ann,,N", headings="staff number,name,email,unit code", units=units)
    assert _tree() == {"C": ("Council", None), "N": ("North", "C")}


def test_attributes_follow_the_columns_of_the_file(app: Flask) -> None:
    headings = HEADINGS + ",attribute: Grade,attribute: Site"
    import_rows("1,Ann,,N,,,,,G5,", headings=headings)
    assert [(row.code, row.position) for row in db.session.scalars(select(Attribute))] == [
        ("grade", 1),
        ("site", 2),
    ]
    assert _person("1").attributes == {"grade": "G5"}
    plan = import_rows("1,Ann,,N,,,,,Hall", headings=HEADINGS + ",attribute: Site")
    assert plan.attributes == (("site", "Site"),)
    db.session.expire_all()
    assert _person("1").attributes == {"site": "Hall"}


def test_a_file_that_sends_away_too_many_is_refused_until_allowed(app: Flask) -> None:
    make_org()
    before = all_tables()
    row = "A1-1,Member A1 1,a1.1@example.org,A1"
    with pytest.raises(ImportRefusedError) as refusal:
        import_rows(row, headings="staff number,name,email,unit code")
    assert str(refusal.value) == (
        "Nothing was imported: 7 of 8 people would leave, more than 30%; check that the "
        "file holds everybody, and allow many leavers if it does."
    )
    assert all_tables() == before
    import_rows(row, headings="staff number,name,email,unit code", allow_many_leavers=True)
    assert count_people() == 1


def test_a_preview_writes_nothing(app: Flask) -> None:
    make_org()
    before = all_tables()
    plan = preview_roster(read_roster(make_csv(*SMALL)))
    assert (len(plan.joiners), len(plan.leavers), len(plan.units_that("closed"))) == (3, 8, 6)
    assert all_tables() == before


def test_twenty_thousand_people_are_imported_and_found_unchanged_again(app: Flask) -> None:
    rows = [
        f"{n},Person {n},person{n}@example.org,T{n % 400},Team {n % 400},D{n % 400 // 20},,"
        for n in range(20_000)
    ]
    rows += [f",,,D{n},Directorate {n},,," for n in range(20)]
    plan = import_rows(*rows)
    assert len(plan.joiners) == count_people() == 20_000
    assert len(list_units()) == 420
    assert import_rows(*rows).is_empty
