"""Keys on paper: read back as people type them, and every slip told from another key."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.key_text import KeyTextError, fingerprint_of, read_key, write_key

KEY = bytes(range(32))
keys = st.binary(min_size=32, max_size=32)


def random_bytes(size: int) -> bytes:
    return Random(7).randbytes(size)


def written(holders: int) -> list[str]:
    return write_key(KEY, holders, random_bytes)


def test_a_text_is_fourteen_groups_of_four_without_letters_that_look_like_digits() -> None:
    for text in written(1) + written(2):
        groups = text.split(" ")
        assert [len(group) for group in groups] == [4] * 14
        assert not set("".join(groups)) & set("ILOU")


@given(keys, st.sampled_from([1, 2]))
def test_what_was_written_is_read_back(key: bytes, holders: int) -> None:
    assert read_key(write_key(key, holders, random_bytes)) == key


def test_shares_are_read_in_any_order_and_an_empty_box_does_not_matter() -> None:
    assert read_key(written(2)[::-1]) == KEY
    assert read_key(["", *written(1), "  "]) == KEY


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda text: text.replace(" ", ""),
        lambda text: text.replace(" ", "-"),
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace(" ", "\N{NO-BREAK SPACE}"),
        lambda text: f"  {text.replace('0', 'O').replace('1', 'l')} ",
    ],
)
def test_a_key_may_be_typed_as_people_type(typed: object) -> None:
    assert read_key([typed(text) for text in written(2)]) == KEY  # type: ignore[operator]


def test_either_share_alone_is_the_same_for_every_key() -> None:
    """The first is random; the second of one key is as likely for any other: XOR with something random."""
    other = write_key(bytes(32), 2, random_bytes)
    assert other[0] == written(2)[0]
    assert other[1] != written(2)[1]
    seconds = {write_key(KEY, 2, Random(seed).randbytes)[1][:9] for seed in range(50)}
    assert len(seconds) == 50


def wrong_key(*texts: str) -> str:
    with pytest.raises(KeyTextError) as refused:
        read_key(texts)
    return str(refused.value)


def test_each_mistake_is_told_in_one_sentence_that_quotes_nothing() -> None:
    whole, (first, second) = written(1)[0], written(2)
    assert wrong_key("", " ") == "Type the key, or both of its shares."
    assert wrong_key(first).startswith("This is one of two shares")
    assert wrong_key(second, second).startswith("The same one of the two shares was typed twice")
    assert wrong_key(whole, first).startswith("A whole key was typed together with another text")
    assert "and 55 were typed" in wrong_key(whole[:-1])
    assert wrong_key("U" + whole[1:]) == (
        "A key has letters and digits only, and never a U: compare it group by group."
    )
    assert whole[10:14] not in wrong_key(whole[:-1] + "*")


def test_a_mistake_is_known_by_the_text_that_it_is_in() -> None:
    first, second = written(2)
    for place, texts in enumerate(([first[:-1], second], [first, second[:-1]])):
        with pytest.raises(KeyTextError) as refused:
            read_key(texts)
        assert refused.value.place == place


def test_two_characters_swapped_or_one_changed_are_found() -> None:
    text = written(1)[0].replace(" ", "")
    changed = [text[:i] + ("A" if text[i] != "A" else "B") + text[i + 1 :] for i in range(len(text))]
    swapped = [text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(55) if text[i] != text[i + 1]]
    missed = [one for one in changed + swapped if _reads(one)]
    assert missed == []


def _reads(text: str) -> bool:
    try:
        read_key([text])
    except KeyTextError:
        return False
    return True


def test_a_key_has_32_bytes_and_one_or_two_holders() -> None:
    for key, holders in ((b"short", 1), (KEY, 3)):
        with pytest.raises(ValueError, match="32 bytes"):
            write_key(key, holders, random_bytes)


def test_a_fingerprint_names_one_public_key() -> None:
    assert fingerprint_of(KEY) == fingerprint_of(KEY)
    assert fingerprint_of(KEY) != fingerprint_of(bytes(32))
    assert [len(group) for group in fingerprint_of(KEY).split()] == [4] * 5
