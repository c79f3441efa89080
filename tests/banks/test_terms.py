"""The organisation's own words: what they change, and what they may not."""

from collections.abc import Collection
from dataclasses import replace

import pytest
from flask import Flask

from pulse.banks.revising import EditError
from pulse.banks.store import get_library
from pulse.banks.studio_words import reworded
from pulse.banks.terms import Reworded, check_words, save_words, shown
from pulse.banks.usage import Use
from tests.banks.test_editing import make_editor

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A survey asks every question."""

    def find(item_ids: Collection[str]) -> dict[str, list[Use]]:
        return {one: [Use("Pulse", active=True, waves=1)] for one in item_ids}

    monkeypatch.setitem(app.extensions, "pulse.question_uses", find)


def swap(line: str, why: str = "We say it so.") -> Reworded:
    terms, swaps, seen = shown(get_library())
    return save_words(terms, f"{swaps}\n{line}", seen, make_editor(why))


def test_other_words_for_an_answer_change_every_question_that_offers_it() -> None:
    on_it = [item.id for item in get_library().all_items() if item.scale == "agree5"]

    with pytest.raises(EditError, match="Say why"):
        swap("agree = concur", why="")
    found = swap("agree = concur")

    assert set(found.ids) >= set(on_it)
    assert "will read otherwise from the next wave" in reworded(found)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Agree = Disagree", "“Agree” cannot become “Disagree”"),
        ("Agree = Dis-agree", "“Agree” cannot become “Dis-agree”"),
        ("permission = non permission", "“permission” cannot become “non permission”"),
        ("I can = I can never", "“I can” cannot become “I can never”"),
        ("permission = no permission", "“permission” cannot become “no permission”"),
    ],
)
@pytest.mark.usefixtures("asked")
def test_no_word_that_people_were_asked_with_becomes_its_contrary(line: str, told: str) -> None:
    before = get_library()

    with pytest.raises(EditError, match="surveys ask it") as found:
        swap(line)

    assert told in str(found.value)
    assert found.value.field == "swaps"
    assert get_library() == before


def test_before_any_survey_asks_it_a_word_may_become_what_it_likes() -> None:
    assert "PTA-01" in swap("permission = no permission").ids


@pytest.mark.usefixtures("asked")
def test_a_contrary_cannot_be_taken_back_either_once_it_is_asked() -> None:
    library = get_library()
    turned = replace(library, swaps={**library.swaps, "agree": "disagree"})

    assert turned.fill("I agree.") == "I disagree."
    with pytest.raises(EditError, match="cannot become"):
        check_words(turned, library, make_editor())


def test_words_that_no_question_says_need_no_reason() -> None:
    assert "No question reads otherwise" in reworded(swap("griffin = gryphon", why=""))


def test_no_two_answers_come_to_read_the_same() -> None:
    with pytest.raises(EditError, match='Two answers read "agree"'):
        swap("Disagree = Agree")
