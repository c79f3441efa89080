"""Where a survey's questions were worded anew, as its waves froze them."""

from dataclasses import replace
from pathlib import Path

import pytest

from pulse.banks import scales
from pulse.banks.creating import copy_bank
from pulse.banks.editing import save_item
from pulse.banks.measures import Shape, get_measure, save_measure
from pulse.banks.revising import EditError, Editor, fingerprint
from pulse.banks.store import get_library
from pulse.banks.terms import save_words, shown
from pulse.domain.instrument.changing import Change
from pulse.surveys.asked import find_asked
from pulse.surveys.models import Wave
from pulse.surveys.rewordings import Remade, last_worded, list_remade, list_rewordings
from tests.directory.factories import make_person, make_unit
from tests.surveys.factories import NOW, make_keyring, make_open_wave

ED = Editor(NOW, "We say so")
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
    save_item(after, fingerprint(item), declared, ED)


def test_another_term_is_told_at_the_wave_that_first_says_it(first: Wave, tmp_path: Path) -> None:
    item = get_library().item("PTA-01")
    last = item.text.rstrip(".").split()[-1]
    reword("PTA-01", last, "anything", Change.TERM)

    [found] = list_rewordings([first, second(tmp_path)])

    assert found.item_id == "PTA-01"
    assert "PTA" in found.measures


def test_other_help_below_a_text_box_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it could be changed before it was weighed."""
    item = next(each for each in get_library().all_items() if each.scale == "open")
    make_person(unit=make_unit())
    keyring = make_keyring(tmp_path)
    before = make_open_wave(keyring, rotation=[["PTA-01", item.id]])
    typed, seen = scales.shown(get_library().scale("open"))
    with monkeypatch.context() as then:
        then.setattr(scales, "questions_with", lambda library, scale_id: [])
        scales.save_scale("open", replace(typed, note="Say what you fear."), seen, Editor(NOW, "Before"))
    after = make_open_wave(keyring, rotation=[["PTA-01", item.id]])

    assert [found.item_id for found in list_rewordings([before, after])] == [item.id]


def test_spelling_is_not_told(first: Wave, tmp_path: Path) -> None:
    text = get_library().item("PTA-01").text
    reword("PTA-01", text, text.rstrip(".").upper(), Change.SPELLING)

    assert list_rewordings([first, second(tmp_path)]) == []


def test_the_organisations_own_words_are_told_too(first: Wave, tmp_path: Path) -> None:
    terms, swaps, seen = shown(get_library())
    word = get_library().item("PTA-06").text.rstrip(".").split()[-1]
    save_words(terms, f"{swaps}\n{word} = something", seen, ED)

    assert {found.item_id for found in list_rewordings([first, second(tmp_path)])} == {"PTA-06"}


def test_other_words_for_an_answer_ask_something_else(first: Wave, tmp_path: Path) -> None:
    terms, swaps, seen = shown(get_library())
    told = save_words(terms, f"{swaps}\nagree = concur", seen, ED)
    found = list_rewordings([first, second(tmp_path)])

    assert {each.item_id for each in found if each.broken} == {"PTA-01", "PTA-06"}
    assert told.broken == ["PTA-01", "PTA-06"]


def test_terms_that_differ_in_two_places_ask_something_else(first: Wave, tmp_path: Path) -> None:
    terms, swaps, seen = shown(get_library())
    found = save_words(terms, f"{swaps}\npermission = leave\nbetter way = gap", seen, ED)

    [reworded] = list_rewordings([first, second(tmp_path)])

    assert found.broken == [reworded.item_id] == ["PTA-01"]
    assert reworded.broken


def test_slips_that_add_up_to_another_word_are_weighed_together(first: Wave, tmp_path: Path) -> None:
    reword("PTA-06", "helped", "heped", Change.SPELLING)
    between = second(tmp_path)

    assert " helped " in last_worded([first, between])["PTA-06"]["text"]
    with pytest.raises(EditError, match="more than spelling"):
        reword("PTA-06", "heped", "hoped", Change.SPELLING)


def test_how_a_question_was_asked_is_known_of_every_survey(first: Wave, tmp_path: Path) -> None:
    second(tmp_path)

    assert len(find_asked(["PTA-01", "PTA-02"])["PTA-01"]) == 2
    assert "PTA-02" not in find_asked(["PTA-01", "PTA-02"])


def test_a_measure_whose_direction_or_first_pair_is_another_is_made_otherwise(
    tmp_path: Path, first: Wave
) -> None:
    both = [["AMB-P1", "AMB-N1", "AMB-P2", "AMB-N2"]]
    before = make_open_wave(make_keyring(tmp_path), rotation=both)
    copy_bank("ambivalence", ED)
    measure = get_measure(get_library().bank("ambivalence"), "AMB")
    turned = Shape(measure.label, measure.direction, (), measure.need, measure.method, measure.pairs[::-1])
    save_measure("ambivalence", "AMB", turned, fingerprint(measure), ED)
    after = make_open_wave(make_keyring(tmp_path), rotation=both)

    assert list_remade([before, after], []) == [Remade(after.label, "AMB")]
