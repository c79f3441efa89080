from dataclasses import replace
from typing import Any

import pytest

from pulse.domain.instrument import (
    Bank,
    Document,
    Index,
    Item,
    Library,
    Pair,
    Scale,
    Section,
    Source,
    check_library,
)
from pulse.domain.instrument.parts import Kind

AGREE = tuple(enumerate(("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"), start=1))


def make_item(item_id: str = "Q-1", **changes: Any) -> Item:
    given: dict[str, Any] = {"text": "I am heard.", "scale": "agree5", "section": "one", "sources": ("S-1",)}
    return Item(item_id, **(given | changes))


def make_scales() -> tuple[Scale, ...]:
    apart = (("na", "Does not apply to me"), ("pns", "Prefer not to say"))
    agree = Scale(
        "agree5", "bipolar", AGREE, apart, favourable=(4, 5), unfavourable=(1, 2), lead_in="How much?"
    )
    choice = Scale("yes2", "choice", ((1, "Yes"), (2, "No")))
    much = Scale("uni5", "unipolar", tuple(enumerate(("None", "Little", "Some", "Much", "All"))))
    return (agree, Scale("open", "text", max_chars=1000, note="No names, please."), choice, much)


def make_library(*items: Item, **changes: Any) -> Library:
    """One bank with sections one and two; `changes` are those of the bank, or of the library's words."""
    words = {key: changes.pop(key) for key in ("terms", "swaps") if key in changes}
    sections = (Section("one", "One"), Section("two", "Two"))
    bank = Bank("small", "Small", 1, items or (make_item(),), **({"sections": sections} | changes))
    sources = (Source("S-1", "book", "Part", "Says that people matter."),)
    return Library((bank,), make_scales(), (Document("book", "A book"),), sources, **words)


def make_index(**changes: Any) -> Index:
    given: dict[str, Any] = {"label": "All", "direction": "higher_is_better", "method": "mean"}
    return Index("ALL", **(given | changes))


def messages(library: Library) -> list[str]:
    return [str(problem) for problem in check_library(library)]


def both_sides(first: str = "positive", second: str = "negative", **changes: Any) -> tuple[Item, Item]:
    return (
        make_item("Q-1", pair="P", side=first, **changes),
        make_item("Q-2", pair="P", side=second, **changes),
    )


def test_a_sound_library_has_no_problem_and_needs_no_file() -> None:
    assert check_library(make_library()) == []


def test_a_problem_without_a_file_names_the_question_alone() -> None:
    assert messages(make_library(make_item(scale="agre5"))) == [
        'Q-1: scale "agre5" is not in scales.yaml; use one of agree5, open, yes2, uni5.'
    ]


@pytest.mark.parametrize(
    ("scale", "sort"), [("open", "an open question"), ("yes2", "a question that is not scored")]
)
def test_only_scored_questions_can_be_reversed(scale: str, sort: str) -> None:
    assert messages(make_library(make_item(scale=scale, reverse=True))) == [
        f"Q-1: {sort} has no score to turn round; take reverse away."
    ]


def test_a_question_of_our_own_needs_a_note_instead_of_a_source() -> None:
    assert messages(make_library(make_item(sources=()))) != []
    assert messages(make_library(make_item(sources=(), note="our own"))) == []


def test_a_question_scores_in_one_measure_but_may_also_be_compared() -> None:
    items = both_sides("expected", "experienced")
    pair = (Pair("P", "Pair"),)
    mean = make_index(sections=("one",))
    twice = Index("AGAIN", "Again", "higher_is_better", "mean", sections=("one",))
    gap = Index("GAP", "Gap", "nearer_zero_is_better", "gap", pairs=("P",))

    assert messages(make_library(*items, pairs=pair, indices=(mean, gap))) == []
    assert messages(make_library(*items, pairs=pair, indices=(mean, twice))) == [
        "AGAIN: Q-1 already scores in ALL; a question scores in one measure only.",
        "AGAIN: Q-2 already scores in ALL; a question scores in one measure only.",
    ]


def test_a_measure_cannot_need_more_answers_than_it_has_questions() -> None:
    assert messages(make_library(indices=(make_index(sections=("one",), need=2),))) == [
        "ALL: need is 2 but it has only 1 to count; lower need or add questions."
    ]


def test_a_stage_measure_without_its_rule_is_refused() -> None:
    items = (make_item(), make_item("Q-2", section="two"))
    index = make_index(method="stage", sections=("one", "two"))

    assert messages(make_library(*items, indices=(index,))) == [
        "ALL: a measure by stage needs in_place_from; add the stage rule."
    ]


def test_a_mixed_feelings_side_is_never_reversed() -> None:
    items = both_sides(reverse=True, scale="uni5")
    index = make_index(method="griffin", pairs=("P",))

    assert messages(make_library(*items, pairs=(Pair("P", "Pair"),), indices=(index,))) == [
        "Q-1: a side of a mixed-feelings pair is never reversed; take reverse away.",
        "Q-2: a side of a mixed-feelings pair is never reversed; take reverse away.",
    ]


def test_mixed_feelings_need_how_much_there_is_of_each_and_no_agreement() -> None:
    index = make_index(method="griffin", pairs=("P",))
    assert messages(make_library(*both_sides(), pairs=(Pair("P", "Pair"),), indices=(index,))) == [
        "ALL: griffin needs how much of each feeling there is; give its questions a unipolar scale."
    ]


@pytest.mark.parametrize(
    ("kind", "codes", "told"),
    [
        ("bipolar", range(1, 8), "a bipolar scale has the five options 1 to 5"),
        ("unipolar", range(11), "a unipolar scale has the five options 0 to 4"),
        ("choice", range(1, 11), "codes have one digit, so the greatest is 9"),
    ],
)
def test_a_scale_that_cannot_be_counted_or_scored_is_refused_before_anybody_answers(
    kind: Kind, codes: range, told: str
) -> None:
    scale = Scale("agree5", kind, tuple((code, f"Option {code}") for code in codes))
    library = replace(make_library(), scales=(scale,))
    assert any(f"agree5: {told}" in message for message in messages(library))


def test_a_pair_with_one_side_is_refused() -> None:
    assert messages(make_library(both_sides()[0], pairs=(Pair("P", "Pair"),))) == [
        "P: a pair is one positive and one negative question, or one expected and one experienced; mend it."
    ]


def test_a_mirror_that_is_turned_the_other_way_is_refused() -> None:
    mirror = make_item("L-1", audience="leaders", partner="Q-1", reverse=True)

    assert messages(make_library(make_item(), mirror)) == [
        "L-1: it differs from Q-1 in scale or reverse, so the two cannot be compared; make them alike."
    ]


def test_terms_are_filled_and_own_words_swapped_in_capitals_too() -> None:
    library = make_library(terms={"approach": "working together"}, swaps={"local people": "residents"})

    assert library.fill("Is {approach} good?") == "Is working together good?"
    assert library.fill("Local people help local people.") == "Residents help residents."


@pytest.mark.parametrize(
    ("swaps", "written", "said"),
    [
        ({"NHS": "NHS Wales"}, "Our NHS is ours.", "Our NHS Wales is ours."),
        ({"team": "crew", "crew": "gang"}, "My team and crew.", "My crew and gang."),
        ({"team": "crew", "team leader": "head"}, "My team leader, my team.", "My head, my crew."),
        ({"A&E (here)": "the ward"}, "In A&E (here).", "In the ward."),
    ],
)
def test_words_are_swapped_once_and_the_longest_first(swaps: dict[str, str], written: str, said: str) -> None:
    assert make_library(swaps=swaps).fill(written) == said
