"""An envelope: opened only with its wave's key, of one size whatever is in it, useless when changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from pulse.responses.sealing import EnvelopeDamaged, Sheet, open_envelope, packed_bytes, seal

KEY = PrivateKey(bytes(range(32)))
PUBLIC = bytes(KEY.public_key)
SIZE = 4096
#: any text that a browser can send: no lone surrogates, but zeros, quotes, emoji and other directions
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
SHEETS = st.builds(
    Sheet,
    unit_id=st.integers(1, 2**31),
    answers=st.text("0123456789-np", max_size=60),
    attributes=st.dictionaries(TEXTS, TEXTS, max_size=4),
    comments=st.dictionaries(st.sampled_from(["OPEN-01", "OPEN-02"]), TEXTS, max_size=2),
)


@given(SHEETS)
def test_what_was_sealed_comes_out_again(sheet: Sheet) -> None:
    assert open_envelope(seal(sheet, SIZE, PUBLIC), KEY) == sheet


@given(SHEETS, SHEETS)
def test_all_envelopes_of_a_wave_have_one_length(one: Sheet, other: Sheet) -> None:
    overhead = 48  # an ephemeral public key and an authentication tag
    assert len(seal(one, SIZE, PUBLIC)) == len(seal(other, SIZE, PUBLIC)) == SIZE + overhead


@given(TEXTS)
def test_a_comment_takes_exactly_the_bytes_that_are_counted_for_it(text: str) -> None:
    empty, full = (Sheet(1, "", {}, {"OPEN-01": comment}) for comment in ("", text))
    smallest = smallest_size(empty)
    assert smallest_size(full) == smallest + packed_bytes(text)


def smallest_size(sheet: Sheet) -> int:
    """The smallest envelope that the sheet fits into."""
    low, high = 0, 8192
    while low < high:
        middle = (low + high) // 2
        try:
            seal(sheet, middle, PUBLIC)
            high = middle
        except ValueError:
            low = middle + 1
    return low


def test_the_same_sheet_never_looks_the_same_twice() -> None:
    sheet = Sheet(1, "4433")
    assert seal(sheet, SIZE, PUBLIC) != seal(sheet, SIZE, PUBLIC)


def test_nothing_of_a_sheet_shows_through() -> None:
    sealed = seal(Sheet(1, "44334433", {}, {"OPEN-01": "planted words"}), SIZE, PUBLIC)
    assert b"planted" not in sealed
    assert b"44334433" not in sealed


def test_a_sheet_that_is_too_large_is_refused_and_not_cut() -> None:
    with pytest.raises(ValueError, match="larger than this wave's envelopes"):
        seal(Sheet(1, "4" * 100), 64, PUBLIC)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(EnvelopeDamaged, match="put back the wave's own key file"):
        open_envelope(seal(Sheet(1, "44"), SIZE, PUBLIC), PrivateKey.generate())


@pytest.mark.parametrize("position", [0, 31, 32, 48, 500, -1])
def test_one_changed_bit_anywhere_is_noticed(position: int) -> None:
    sealed = bytearray(seal(Sheet(1, "44"), SIZE, PUBLIC))
    sealed[position] ^= 1
    with pytest.raises(EnvelopeDamaged):
        open_envelope(bytes(sealed), KEY)


@pytest.mark.parametrize("cut", [0, 10, 47, 100])
def test_a_cut_envelope_is_noticed(cut: int) -> None:
    with pytest.raises(EnvelopeDamaged):
        open_envelope(seal(Sheet(1, "44"), SIZE, PUBLIC)[:cut], KEY)


@pytest.mark.parametrize(
    "planted",
    [b"", b"not json", b"7", b"[1]", b'[1,"44"]', b'["1","44",{},{}]', b"[1,44,{},{}]", b"\xff\xfe"],
)
def test_something_else_sealed_to_the_public_key_is_no_sheet_and_is_not_quoted(planted: bytes) -> None:
    sealed = SealedBox(KEY.public_key).encrypt(planted)
    with pytest.raises(EnvelopeDamaged, match="holds something other than answers") as found:
        open_envelope(sealed, KEY)
    assert found.value.__cause__ is None
    assert found.value.__suppress_context__ or found.value.__context__ is None
