"""A wave whose box, register or key was tampered with: held with its reason, and nothing lost."""

from collections.abc import Callable

import pytest
from nacl.public import PublicKey, SealedBox
from sqlalchemy import text

from pulse.db import db, writing
from pulse.invitations import queries as invitations
from pulse.responses import queries as responses
from pulse.results import figures, tally
from pulse.results.closing import try_again
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from tests.results.closes import assert_held, assert_nothing_left, close
from tests.results.factories import Site
from tests.support.rows import all_rows


def lose_envelopes(wave_id: int, _keyring: Keyring) -> None:
    responses.delete_envelopes(wave_id)


def forget_a_link(wave_id: int, _keyring: Keyring) -> None:
    person = surveys.list_member_ids(wave_id)[0]
    invitations._update(wave_id, [person], spent=False)


def plant(content: bytes) -> Callable[[int, Keyring], None]:
    def change(wave_id: int, _keyring: Keyring) -> None:
        public = surveys.get_wave(wave_id).public_key
        assert public is not None
        responses.add_envelope(wave_id, SealedBox(PublicKey(public)).encrypt(content))

    return change


def garble(wave_id: int, _keyring: Keyring) -> None:
    sealed = bytearray(all_rows()["envelope"][0]["sealed"])
    sealed[60] ^= 1
    responses.add_envelope(wave_id, bytes(sealed))


def remove_key(wave_id: int, keyring: Keyring) -> None:
    keyring.destroy_wave_key(wave_id)


#: without the two numbers: they would say how many of a few have answered
NOT_AS_MANY = "There are not as many sealed answers as links that were used"
CHANGES: dict[str, tuple[Callable[[int, Keyring], None], str]] = {
    "envelopes are gone": (lose_envelopes, NOT_AS_MANY),
    "a link was set back": (forget_a_link, NOT_AS_MANY),
    "an envelope was changed": (garble, "cannot be opened with this wave's key"),
    "an envelope holds no sheet": (plant(b"nonsense"), "holds something other than answers"),
    "an envelope has too few answers": (plant(b'[1,"44",{},{}]'), "holds something other than answers"),
    "an envelope has strange answers": (plant('[1,"€€€€€€€€€",{},{}]'.encode()), "other than answers"),
}


def test_a_figure_that_is_no_number_holds_the_wave(
    wave_id: int, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = figures.own_wave
    monkeypatch.setattr(figures, "own_wave", lambda *given: real(*given) | {"mean": float("nan")})
    assert_held(wave_id, site, "came out as no number")


@pytest.mark.parametrize("change", CHANGES)
def test_a_box_that_was_tampered_with_holds_the_wave_with_its_reason(
    change: str, wave_id: int, site: Site
) -> None:
    tamper, reason = CHANGES[change]
    with writing():
        tamper(wave_id, site.keyring)
    assert_held(wave_id, site, reason)


@pytest.mark.parametrize("sheet", [b'[1,"777777777",{},{}]', b'[4711,"444444444",{},{}]'])
def test_an_answer_off_the_scale_or_a_unit_that_was_not_asked_holds_the_wave(
    sheet: bytes, wave_id: int, site: Site
) -> None:
    with writing():
        lose_one(wave_id)
        plant(sheet)(wave_id, site.keyring)
    assert_held(wave_id, site, "")


def lose_one(wave_id: int) -> None:
    row = all_rows()["envelope"][0]
    db.session.execute(
        text("DELETE FROM envelope WHERE wave_id = :wave AND id = :id"), {"wave": wave_id, "id": row["id"]}
    )


def test_without_its_key_a_wave_is_held_until_the_file_is_back(wave_id: int, site: Site) -> None:
    path = site.keyring._wave_path(wave_id)
    key = path.read_bytes()
    path.unlink()
    before = all_rows()
    assert close(wave_id, site) is False

    wave = surveys.get_wave(wave_id)
    assert (wave.state, "put it back where it was" in str(wave.problem)) == ("held", True)
    assert all_rows()["envelope"] == before["envelope"]

    path.write_bytes(key)
    assert close(wave_id, site) is False  # held until somebody says so
    assert try_again(wave_id)
    assert close(wave_id, site)
    assert_nothing_left(wave_id, site)


def test_only_a_held_wave_can_be_tried_again(wave_id: int, site: Site) -> None:
    assert try_again(wave_id) is False
    close(wave_id, site)
    assert try_again(wave_id) is False


def test_two_counts_that_differ_hold_the_wave(
    wave_id: int, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = tally.count_by_frames

    def miscount(*args: object) -> tally.Counts:
        counts = original(*args)  # type: ignore[arg-type]
        first = next(iter(counts))
        return counts | {first: counts[first] + 1}

    monkeypatch.setattr(tally, "count_by_frames", miscount)
    assert_held(wave_id, site, "Two independent counts of the same envelopes gave different totals.")
