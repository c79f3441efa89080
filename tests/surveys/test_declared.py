"""What results may be shown by beside teams, and k: what is refused, and what a wave freezes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from pulse.db import db, writing
from pulse.directory.models import Attribute
from pulse.directory.queries import PersonRow
from pulse.domain.sheets import attribute_bytes, sheet_bytes
from pulse.surveys import programmes, queries
from pulse.surveys.declared import list_categories
from pulse.surveys.keyring import Keyring
from pulse.surveys.plans import digest_of, plan_of
from pulse.surveys.programmes import ProgrammeError
from pulse.surveys.seals import fits_seal
from pulse.surveys.waves import CannotOpen, open_wave
from tests.directory.factories import Org, make_attribute, make_org
from tests.surveys.factories import NOW, make_details, make_open_wave, make_planned_wave, make_programme

SERVICE = ["Under 2 years", "2 to 5 years", "Over 5 years"]
GRADE_AND_SERVICE: dict[str, Any] = {"attributes": ("grade", "service"), "crosses": (("grade", "service"),)}


@pytest.fixture(autouse=True)
def org(app: object) -> Org:
    """Eight people of four grades and three lengths of service; one without; an age nobody declares."""
    org = make_org()
    for position, (code, label) in enumerate(
        [("grade", "Grade"), ("service", "Length of service"), ("age", "Age"), ("site", "Site")], start=1
    ):
        make_attribute(code=code, label=label, position=position)
    for number, person in enumerate(org.people.values()):
        person.attributes = {"grade": f"G{number % 4}", "service": SERVICE[number % 3], "age": str(number)}
    del person.attributes["service"]
    db.session.commit()
    return org


def give(org: Org, code: str, value: Callable[[int], str]) -> None:
    with writing():
        for number, person in enumerate(org.people.values()):
            person.attributes = person.attributes | {code: value(number)}


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        (
            "attributes",
            {"attributes": ("shoe",)},
            'The staff list has no attribute "shoe": choose among grade',
        ),
        ("attributes", {"attributes": ("grade",) * 5}, "Choose 4 attributes or fewer"),
        (
            "crosses",
            {
                "attributes": ("grade", "age", "site"),
                "crosses": (("grade", "age"), ("age", "site"), ("site", "grade")),
            },
            "Choose 2 pairs or fewer",
        ),
        (
            "crosses",
            {"attributes": ("grade",), "crosses": (("grade", "grade"),)},
            '"grade" stands there twice',
        ),
        (
            "crosses",
            {"attributes": ("grade",), "crosses": (("grade", "age"),)},
            'Choose the attribute "age" by',
        ),
        (
            "crosses",
            {"attributes": ("grade",), "crosses": (("grade", ""),)},
            'Choose the attribute "" by itself',
        ),
        ("k", {"k": 10, "profile": "nhs"}, "Set k to 11 or more"),
        ("profile", {"profile": "lenient"}, "Choose one of these profiles: standard, nhs."),
    ],
)
def test_what_cannot_be_declared_is_refused_at_its_field(
    field: str, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ProgrammeError, match=sentence) as error:
        programmes.create_programme(make_details(**given), NOW)
    assert error.value.field == field
    assert queries.list_programmes() == []


def test_thirteen_categories_are_refused_and_twelve_are_not() -> None:
    org = make_org({"X": None, "X1": "X", "X2": "X"}, people_each=7)
    give(org, "grade", lambda number: f"G{min(number, 11):02}")
    asked = {"audience_unit_id": org.units["X"].id, "attributes": ("grade",)}
    assert programmes.create_programme(make_details(**asked), NOW).attributes == ["grade"]

    give(org, "grade", lambda number: f"G{number:02}" if number < 12 else "")
    sentence = "Grade divides the people asked into 13 categories, and 12 is the most: join some of them"
    with pytest.raises(ProgrammeError, match=sentence):
        programmes.create_programme(make_details(**asked), NOW)


def test_a_staff_list_without_attributes_has_none_to_choose() -> None:
    with writing():
        db.session.execute(delete(Attribute))
    with pytest.raises(ProgrammeError, match="it has no attributes"):
        programmes.create_programme(make_details(attributes=("grade",)), NOW)


def test_what_is_declared_is_frozen_with_the_categories_of_the_people_asked(keyring: Keyring) -> None:
    programme = programmes.create_programme(make_details(**GRADE_AND_SERVICE), NOW)
    wave = queries.list_waves(programme.id)[0]
    with writing():
        assert open_wave(wave, keyring) == 8

    plan = plan_of(queries.get_wave(wave.id))
    assert plan["attributes"] == [
        {"code": "grade", "label": "Grade", "categories": ["G0", "G1", "G2", "G3"]},
        {"code": "service", "label": "Length of service", "categories": [*SERVICE, ""]},
    ]
    assert plan["crosses"] == [["grade", "service"]]
    assert wave.plan_sha256 == digest_of(plan)


def test_a_wave_knows_of_nobody_more_than_was_declared(keyring: Keyring, org: Org) -> None:
    wave = make_open_wave(keyring, make_programme(attributes=["service"]))
    kept = {one: queries.find_member(wave.id, person.id) for one, person in org.people.items()}
    assert [member.attributes for member in kept.values() if member] == [
        *({"service": SERVICE[number % 3]} for number in range(7)),
        {},
    ]
    longest = max(attribute_bytes({"service": value}) for value in SERVICE)
    assert wave.sheet_bytes == sheet_bytes(plan_of(wave), longest)


def test_a_wave_of_a_survey_that_declares_nothing_keeps_nothing(keyring: Keyring, org: Org) -> None:
    wave = make_open_wave(keyring)
    assert (plan_of(wave)["attributes"], plan_of(wave)["crosses"]) == ([], [])
    members = [queries.find_member(wave.id, person.id) for person in org.people.values()]
    assert [member.attributes for member in members if member] == [{}] * 8


def test_a_change_of_what_is_declared_reaches_the_next_wave_alone(keyring: Keyring) -> None:
    programme = programmes.create_programme(make_details(**GRADE_AND_SERVICE), NOW)
    wave = queries.list_waves(programme.id)[0]
    with writing():
        open_wave(wave, keyring)
    before = plan_of(wave)

    programmes.update_programme(programme.id, make_details(name=programme.name, attributes=("site",)), NOW)

    db.session.expire_all()
    assert queries.get_plan(wave.id).plan == before
    assert fits_seal(wave.id, keyring)
    assert queries.get_programme(programme.id).attributes == ["site"]


def test_a_pair_is_kept_once_in_the_order_of_its_attributes() -> None:
    pairs = (("service", "grade"), ("grade", "service"))
    details = make_details(attributes=("grade", "service"), crosses=pairs)
    assert programmes.create_programme(details, NOW).crosses == [["grade", "service"]]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda number: f"G{number:02}", "Grade divides the people asked into 14 categories"),
        (None, 'The staff list has no attribute "shoe"'),
    ],
)
def test_a_wave_does_not_open_with_what_the_staff_list_no_longer_has(
    change: Callable[[int], str] | None, sentence: str, keyring: Keyring
) -> None:
    org = make_org({"X": None, "X1": "X", "X2": "X"}, people_each=7)
    programme = make_programme(attributes=["grade" if change else "shoe"], audience_unit_id=org.units["X"].id)
    wave = make_planned_wave(programme)
    if change:
        give(org, "grade", change)
    with pytest.raises(CannotOpen, match=sentence), writing():
        open_wave(wave, keyring)
    db.session.expire_all()
    assert queries.get_wave(wave.id).state == "planned"
    assert queries.list_wave_units(wave.id) == []


def test_k_and_profile_go_up_and_not_down_once_a_wave_has_opened(keyring: Keyring) -> None:
    wave = make_open_wave(keyring, make_programme(k=12, profile="nhs"))
    refused: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("k", {"k": 11, "profile": "nhs"}, "Keep k at 12 or raise it"),
        ("profile", {"k": 12, "profile": "standard"}, "Keep this profile"),
    )
    for field, given, sentence in refused:
        with pytest.raises(ProgrammeError, match=sentence) as error:
            programmes.update_programme(wave.programme_id, make_details(**given), NOW)
        assert error.value.field == field
        with pytest.raises(ProgrammeError, match=sentence):
            programmes.set_threshold(wave.programme_id, **given, now=NOW)
    assert programmes.set_threshold(wave.programme_id, 15, None, NOW).k == 15
    db.session.expire_all()
    kept = queries.get_wave(wave.id)
    assert (kept.k, kept.profile, kept.programme.k, kept.programme.profile) == (12, "nhs", 15, "nhs")


def test_before_its_first_wave_k_goes_both_ways_and_the_planned_wave_follows() -> None:
    before = NOW - timedelta(days=3)
    programme = programmes.create_programme(make_details(k=15, profile="nhs"), before)
    programmes.set_threshold(programme.id, 10, "standard", before)
    [wave] = queries.list_waves(programme.id)
    assert (wave.k, wave.profile) == (10, "standard")


def test_the_next_wave_has_the_profile_of_its_survey_by_then(keyring: Keyring) -> None:
    wave = make_open_wave(keyring, make_programme(k=12))
    programmes.set_threshold(wave.programme_id, 13, "nhs", NOW)
    with writing():
        wave.state = "released"
    second = queries.find_last_wave(wave.programme_id)
    assert second is not None
    with writing():
        open_wave(second, keyring)
    assert (second.k, second.profile) == (13, "nhs")


def test_categories_with_numbers_are_read_from_the_smallest_up() -> None:
    words = ["Over 10 years", "2 to 5 years", "Under 2 years", "6 to 10 years", ""]
    people = [PersonRow(n, 1, False, {"length": word}, True) for n, word in enumerate(words)]
    assert list_categories("length", people) == [
        "Under 2 years",
        "2 to 5 years",
        "6 to 10 years",
        "Over 10 years",
        "",
    ]
