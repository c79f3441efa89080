"""Attribute tables from the opening of a wave to its release; whatever step goes wrong, it is held."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from pulse.db import db, writing
from pulse.directory.models import Attribute, Person
from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.blocks import Blocks, form_blocks
from pulse.domain.disclosure.cells import Cell, gate_cells
from pulse.domain.sheets import closed_items
from pulse.responses import queries as responses
from pulse.responses.sealing import Sheet, seal
from pulse.results import assembly, attribute_families, closing
from pulse.results.attribute_tables import RESPONSES
from pulse.results.counting import open_sheets
from pulse.results.last_checks import require_safe
from pulse.results.release import _tables, digest_of
from pulse.results.stored_queries import list_stored
from pulse.surveys import queries as surveys
from pulse.surveys.plans import plan_of
from tests.results.closes import SMALL, assert_held, close
from tests.results.factories import Site, Voter, answer_all, make_council, make_sent_wave
from tests.results.tampering import run
from tests.support.rows import all_rows


def two_grades(voter: Voter) -> str:
    return "G1" if voter.number % 3 else "G2"


def make_graded_wave(site: Site, grade: Callable[[Voter], str] = two_grades) -> int:
    """An answered wave, k = 5, of a programme that declares grade and nothing else known of people."""
    council = make_council({"C": (None, 0), "A": ("C", 60), "B": ("C", 70)})
    with writing():
        db.session.add(Attribute(code="grade", label="Grade", position=1))
        for person_id, voter in council.people.items():
            person = db.session.get_one(Person, person_id)
            person.attributes = {"grade": grade(voter), "shoes": "42"}
    wave_id = make_sent_wave(site, attributes=["grade"])
    answer_all(site, wave_id, council)
    return wave_id


def test_the_tables_are_stored_and_are_part_of_the_checksum(site: Site) -> None:
    wave_id = make_graded_wave(site)
    assert close(wave_id, site)
    rows = all_rows()["attribute_figure"]
    release = all_rows()["release"][0]

    assert {(row["family"], row["category"]) for row in rows} == {("grade", "G1"), ("grade", "G2")}
    assert sum(row["n"] for row in rows if row["measure"] == RESPONSES) == 260  # the whole, and its two units
    assert digest_of(list_stored(release["id"])) == release["digest"]
    run("UPDATE attribute_figure SET n = n + 1 WHERE measure = :measure", measure=RESPONSES)
    assert digest_of(list_stored(release["id"])) != release["digest"]


def test_a_wave_that_declares_nothing_stores_no_such_row(wave_id: int, site: Site) -> None:
    assert close(wave_id, site)
    assert all_rows()["attribute_figure"] == []


def few_in(*units: str, few: int) -> Callable[[Voter], str]:
    """A few people of these units are G3."""
    return lambda voter: "G3" if voter.unit in units and voter.number <= few else two_grades(voter)


def refuse(*_given: object, **_named: object) -> dict[str, Collection[Cell]]:
    raise DisclosureError("Two attribute tables give away too few people.")


def cells(*shown: Cell) -> Callable[..., dict[str, Collection[Cell]]]:
    return lambda *_given, **_named: {"grade": set(shown)}


def not_of_people(*given: Any, **named: Any) -> dict[str, Collection[Cell]]:
    """Of people only the whole organisation, and everything of each measure."""
    found = gate_cells(*given, **(named | {"allowed": None}))
    return found if named["allowed"] else {"grade": {(WHOLE, 0), (WHOLE, 1)}}  # type: ignore[return-value]


WHOLE, A, B = 0, 1, 2
ALL_OF_TWO = [(group, grade) for group in (WHOLE, A, B) for grade in (0, 1)]
GATES: dict[str, tuple[Callable[[Voter], str], Callable[..., Any]]] = {
    "it finds no safe answer": (two_grades, refuse),
    "it shows a cell of eighteen": (few_in("A", few=18), cells(*ALL_OF_TWO, (A, 2))),
    "it hides three people in a group": (few_in("A", "B", few=3), cells(*ALL_OF_TWO)),
    "it shows all but three of a category": (few_in("A", few=22), cells((WHOLE, 2), (WHOLE, 0), (A, 2))),
    "it shows a measure where it shows no people": (two_grades, not_of_people),
}


@pytest.mark.parametrize("failure", GATES)
def test_a_gate_that_fails_holds_the_wave(failure: str, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    grade, broken = GATES[failure]
    wave_id = make_graded_wave(site, grade)
    monkeypatch.setattr(attribute_families, "gate_cells", broken)
    assert_held(wave_id, site, "give away too few people")


def test_blocks_that_are_too_small_hold_the_wave(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Step 1 went wrong: blocks of eight where twelve were promised."""
    council = make_council(SMALL)
    wave_id = make_sent_wave(site, k=12)
    answer_all(site, wave_id, council)
    monkeypatch.setattr(
        assembly, "form_blocks", lambda tree, direct, _k, **_named: form_blocks(tree, direct, 5)
    )
    assert_held(wave_id, site, "too few people")


def test_blocks_that_are_miscounted_hold_the_wave(
    wave_id: int, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_one(*given: Any, **named: Any) -> Blocks:
        found = form_blocks(*given, **named)
        first, *others = found.blocks
        return replace(found, blocks=(replace(first, n=first.n - 1), *others))

    monkeypatch.setattr(assembly, "form_blocks", lose_one)
    assert_held(wave_id, site, "miscounted")


def test_the_order_of_the_envelopes_is_not_the_order_of_the_count(site: Site) -> None:
    wave_id = make_graded_wave(site)
    plan, key = plan_of(surveys.get_wave(wave_id)), site.keyring.load_wave_key(wave_id)
    sealed = list(responses.list_sealed(wave_id))
    one, other = open_sheets(sealed, key, plan), open_sheets(sealed[::-1], key, plan)

    for first, second in ((one.codes, other.codes), (one.unit_ids, other.unit_ids)):
        assert first.tolist() == second.tolist()
    assert one.attributes["grade"].tolist() == other.attributes["grade"].tolist()
    assert (one.chance, one.chance > 2**64) == (other.chance, True)


def test_cells_of_a_group_that_is_too_deep_are_refused(site: Site) -> None:
    wave_id = make_graded_wave(site)
    counted = closing._count(wave_id, site.keyring)
    tables, plan = _tables(counted), plan_of(surveys.get_wave(wave_id))
    require_safe(tables, plan, 5)
    deeper = [row | {"depth": row["depth"] + 2} for row in tables["group"]]
    with pytest.raises(DisclosureError, match="by attribute"):
        require_safe(tables | {"group": deeper}, plan, 5)


STRANGE: dict[str, object] = {
    "a category that nobody has": {"grade": "G7"},
    "an attribute that was not declared": {"grade": "G1", "shoes": "42"},
    "no category though everybody has one": {},
    "a list": ["G1"],
    "a number": {"grade": 1},
}


@pytest.mark.parametrize("strange", STRANGE)
def test_an_envelope_with_other_attributes_than_the_form_seals_holds_the_wave(
    strange: str, site: Site
) -> None:
    wave_id = make_graded_wave(site)
    wave = surveys.get_wave(wave_id)
    unit = surveys.list_wave_units(wave_id)[-1].unit_id
    answers = "3" * len(closed_items(plan_of(wave)))
    sheet = Sheet(unit, answers, STRANGE[strange])  # type: ignore[arg-type]
    with writing():
        db.session.execute(
            text("DELETE FROM envelope WHERE id = :id"), {"id": all_rows()["envelope"][0]["id"]}
        )
        responses.add_envelope(wave_id, seal(sheet, wave.sheet_bytes or 0, wave.public_key or b""))
    assert_held(wave_id, site, "holds something other than answers")


def test_people_without_a_value_are_counted_as_not_recorded(site: Site) -> None:
    wave_id = make_graded_wave(site, lambda voter: "" if voter.number % 2 else two_grades(voter))
    assert close(wave_id, site)
    rows = all_rows()["attribute_figure"]
    assert {row["n"] for row in rows if (row["category"], row["measure"]) == ("Not recorded", RESPONSES)} == {
        *(30, 35, 65)
    }
