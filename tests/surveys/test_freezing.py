"""Nothing that happens later changes a wave that has opened."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pulse.banks.loading import get_supplied
from pulse.db import db, writing
from pulse.domain.instrument import Library
from pulse.surveys import plans, programmes, queries
from pulse.surveys.keyring import Keyring
from tests.directory.factories import make_org
from tests.surveys.factories import (
    NOW,
    make_details,
    make_open_wave,
)

pytestmark = pytest.mark.usefixtures("app")


def test_changing_the_programme_leaves_an_open_wave_as_it_was(keyring: Keyring) -> None:
    org = make_org()
    wave = make_open_wave(keyring)
    before = snapshot(wave.id)

    programmes.update_programme(
        wave.programme_id,
        make_details(k=20, open_days=30, question_set="monthly_cohort", audience_unit_id=org.units["A"].id),
        NOW,
    )

    assert snapshot(wave.id) == before
    assert queries.get_programme(wave.programme_id).k == 20


def test_rewording_a_bank_leaves_an_open_wave_as_it_was(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_org()
    wave = make_open_wave(keyring)
    before = snapshot(wave.id)
    library = reworded(get_supplied(), "PTA-01", "Something else altogether.")

    monkeypatch.setattr(plans, "get_library", lambda: library)

    assert plans.build_plan(wave.programme, 1)["items"][0]["text"] == "Something else altogether."
    assert snapshot(wave.id) == before


def test_a_unit_renamed_later_keeps_its_name_in_the_open_wave(keyring: Keyring) -> None:
    org = make_org()
    wave = make_open_wave(keyring)

    with writing():
        org.units["A1"].name = "Another name"

    db.session.expire_all()
    assert "Unit A1" in {unit.name for unit in queries.list_wave_units(wave.id)}


def test_the_next_wave_takes_what_the_programme_says_by_then(keyring: Keyring) -> None:
    make_org()
    wave = make_open_wave(keyring)
    with writing():
        wave.programme.k = 15
        wave.state = "released"

    second = make_open_wave(keyring, wave.programme, now=datetime(2027, 1, 5, 9, 30, tzinfo=UTC))

    assert (queries.get_wave(wave.id).k, second.k) == (10, 15)


def snapshot(wave_id: int) -> tuple[object, ...]:
    """Everything that was frozen, read anew from the database."""
    db.session.expire_all()
    wave = queries.get_wave(wave_id)
    plan = queries.get_plan(wave_id).plan
    assert wave.plan_sha256 == plans.digest_of(plan)
    units = [
        (unit.unit_id, unit.parent_id, unit.name, unit.headcount) for unit in queries.list_wave_units(wave_id)
    ]
    members = queries.list_member_ids(wave_id)
    return (wave.k, wave.opens_at, wave.closes_at, wave.state, wave.public_key, plan, units, members)


def reworded(library: Library, item_id: str, text: str) -> Library:
    banks = tuple(
        replace(
            bank,
            items=tuple(replace(item, text=text) if item.id == item_id else item for item in bank.items),
        )
        for bank in library.banks
    )
    return replace(library, banks=banks)
