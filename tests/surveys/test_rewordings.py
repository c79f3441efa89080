"""Where a survey's questions were worded anew, as its waves froze them."""

from dataclasses import replace
from pathlib import Path

import pytest

from pulse.banks.editing import save_item
from pulse.banks.revising import Editor, fingerprint
from pulse.banks.store import get_library
from pulse.banks.terms import save_words, shown
from pulse.domain.instrument.changing import Change
from pulse.surveys.models import Wave
from pulse.surveys.rewordings import list_rewordings
from tests.directory.factories import make_person, make_unit
from tests.surveys.factories import NOW, make_keyring, make_open_wave

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def first(tmp_path: Path) -> Wave:
    make_person(unit=make_unit())
    return make_open_wave(make_keyring(tmp_path), rotation=[["PTA-01", "PTA-06"]])


def second(tmp_path: Path) -> Wave:
    return make_open_wave(make_keyring(tmp_path), rotation=[["PTA-01", "PTA-06"]])


def reword(item_id: str, old: str, new: str, declared: Change) -> None:
    item = get_library().item(item_id)
    assert old in item.text
    after = replace(item, text=item.text.replace(old, new))
    save_item(after, fingerprint(item), declared, Editor(NOW, "We say so"))


def test_another_term_is_told_at_the_wave_that_first_says_it(first: Wave, tmp_path: Path) -> None:
    item = get_library().item("PTA-01")
    last = item.text.rstrip(".").split()[-1]
    reword("PTA-01", last, "anything", Change.TERM)

    [found] = list_rewordings([first, second(tmp_path)])

    assert found.item_id == "PTA-01"
    assert "PTA" in found.measures


def test_spelling_is_not_told(first: Wave, tmp_path: Path) -> None:
    text = get_library().item("PTA-01").text
    reword("PTA-01", text, text.rstrip(".").upper(), Change.SPELLING)

    assert list_rewordings([first, second(tmp_path)]) == []


def test_the_organisations_own_words_are_told_too(first: Wave, tmp_path: Path) -> None:
    terms, swaps, seen = shown(get_library())
    word = get_library().item("PTA-06").text.rstrip(".").split()[-1]
    save_words(terms, f"{swaps}\n{word} = something", seen, Editor(NOW, "We say so"))

    assert {found.item_id for found in list_rewordings([first, second(tmp_path)])} == {"PTA-06"}


def test_other_words_for_an_answer_are_told_too(first: Wave, tmp_path: Path) -> None:
    terms, swaps, seen = shown(get_library())
    save_words(terms, f"{swaps}\nagree = concur", seen, Editor(NOW, "We say so"))

    assert {found.item_id for found in list_rewordings([first, second(tmp_path)])} == {"PTA-01", "PTA-06"}
