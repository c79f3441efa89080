from dataclasses import replace

import pytest

from pulse.domain.instrument import Item
from pulse.domain.instrument.changing import Change, next_id, people_for_bridge, weigh

TEXT = "What I know about the local area is put to good use."


def make_item(**changes: object) -> Item:
    values: dict[str, object] = {"id": "PEO-04", "text": TEXT, "scale": "agree5", "section": "people"}
    return Item(**(values | changes))  # type: ignore[arg-type]


def weighed(text: str, before: str = TEXT) -> Change:
    return weigh(make_item(text=before), make_item(text=text)).least


@pytest.mark.parametrize(
    "text",
    [
        "What I know about the local area is put to good use",
        "What I know about the local area is put to good  use.",
        "what I know about the local area is puut to good use.",
        "What I know about the local areea is put to good use.",
        "What I know about teh local area is put to good use.",
    ],
)
def test_points_capitals_and_slips_are_spelling(text: str) -> None:
    assert weighed(text) is Change.SPELLING


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("We organise our work.", "We organize our work."),
        ("I don't wait for it.", "I dont wait for it."),
        ("My well-being counts.", "My wellbeing counts."),
        ("I feel valued here.", "I FEEL VALUED HERE."),
        ("I have a co-worker.", "I have a coworker."),
        ("I get intermittent praise.", "I get intermitent praise."),
        ("My manager's word counts.", "My managers word counts."),
        ("I receive praise.", "I recieve praise."),
        ("I am committed to it.", "I am commited to it."),
        ("My colleague helps.", "My coleague helps."),
        ("The environment is safe.", "The enviroment is safe."),
    ],
)
def test_the_same_word_written_otherwise_is_spelling(before: str, text: str) -> None:
    assert weighed(text, before) is Change.SPELLING
    assert weighed(before, text) is Change.SPELLING


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("I feel heard.", "I feel heart."),
        ("My manager listens to me.", "My managers listens to me."),
        ("I have worked here since 2020.", "I have worked here since 2025."),
        ("I trust it.", "I trust IT."),
        ("I would spend £ 5 on it.", "I would spend $ 5 on it."),
        ("How was it? 😀", "How was it? 😡"),
        ("The ICS asks me.", "The ICB asks me."),
        ("I would re-sign for this trust.", "I would resign for this trust."),
        ("In the last 1-2 weeks I was thanked.", "In the last 12 weeks I was thanked."),
        ("I work -5 hours.", "I work 5 hours."),
        ("I have \u00a31,000 to spend.", "I have \u00a31.000 to spend."),
        ("I know when I'll be paid.", "I know when ill be paid."),
        ("We're heard.", "were heard."),
        ("I would recommend staying.", "I would recommend straying."),
        ("Rostering is prebooked.", "Rostering is rebooked."),
        ("The team is united.", "The team is untied."),
        ("I trust my team and our manager.", "I trust my team and or manager."),
    ],
)
def test_a_word_that_people_know_in_place_of_another_is_no_slip(before: str, text: str) -> None:
    assert weighed(text, before) is Change.TERM
    assert weighed(before, text) is Change.TERM


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("I feel supported.", "I feel unsupported."),
        ("It is possible to say so.", "It is impossible to say so."),
        ("My work is appreciated.", "My work is unappreciated."),
        ("I am motivated.", "I am demotivated."),
        ("My workload increases.", "My workload decreases."),
        ("My work is easy.", "My work is hard."),
        ("What I say is useful.", "What I say is useless."),
        ("The rules help me.", "The rules hinder me."),
        ("I can say no.", "I cant say no."),
        ("I feel un-supported.", "I feel supported."),
        ("My team is non-judgemental.", "My team is judgemental."),
        ("I am valued.", "I am under-valued."),
        ("My ward is overstaffed.", "My ward is understaffed."),
        ("I am well-paid.", "I am ill-paid."),
        ("My work is upskilling me.", "My work is deskilling me."),
        ("The onboarding was clear.", "The off-boarding was clear."),
        ("My manager micro-manages me.", "My manager macro-manages me."),
        ("Managers listen to employees.", "Managers listen to employers."),
        ("My supervisor listens to me.", "My supervisee listens to me."),
        ("I was well briefed.", "I was well un briefed."),
        ("I am considerate of others here.", "People here are quite inconsiderate of others here."),
    ],
)
def test_the_contrary_of_a_word_makes_another_question(before: str, text: str) -> None:
    assert weighed(text, before) is Change.MEANING
    assert weighed(before, text) is Change.MEANING


def test_the_same_words_are_no_change_whatever_is_noted_about_them() -> None:
    assert weigh(make_item(), make_item(note="Look at it again", sources=("B-1",))).least is Change.NOTHING


@pytest.mark.parametrize("own", ["this borough", "our part of town", "neighbourhood"])
def test_one_run_of_words_in_place_of_another_may_be_a_term(own: str) -> None:
    found = weigh(make_item(), make_item(text=TEXT.replace("local area", own)))

    assert found.least is Change.TERM
    assert own.split()[-1] in found.reasons[0]


def test_the_same_term_in_two_places_is_one_term_and_slips_beside_it_count_no_more() -> None:
    assert weighed("My crew trusts my crew.", "My team trusts my team.") is Change.TERM
    assert weighed("My crew trusts my manager.", "My team trusts my manger.") is Change.TERM


@pytest.mark.parametrize(
    "text",
    [
        "What I know about the local area is not put to good use.",
        "What I know about the local area is always put to good use.",
        "What I know about the local area isn't put to good use.",
        "What I know is put to good use.",
        "What we know about this borough is put to better use.",
        "My manager listens to me.",
    ],
)
def test_words_that_turn_limit_or_replace_a_question_make_another(text: str) -> None:
    assert weighed(text) is Change.MEANING


def test_one_short_word_for_another_of_the_same_length_is_never_spelling() -> None:
    assert weighed("I can do it.", "I may do it.") is Change.MEANING
    assert weighed("We own it.", "We do it.") is Change.TERM


@pytest.mark.parametrize(
    ("name", "value"),
    [("scale", "uni5"), ("reverse", True), ("audience", "leaders"), ("na", True), ("pair", "P-1")],
)
def test_whatever_decides_the_score_or_who_is_asked_makes_another(name: str, value: object) -> None:
    item = make_item()

    found = weigh(item, replace(item, **{name: value}))  # type: ignore[arg-type]

    assert found.least is Change.MEANING
    assert len(found.reasons) == 1


def test_the_next_id_is_the_first_free_one_behind() -> None:
    taken = frozenset({"PEO-03", "PEO-04", "PEO-05", "WD-1a", "OWN"})

    assert next_id("PEO-03", taken) == "PEO-06"
    assert next_id("WD-1a", taken) == "WD-1"
    assert next_id("OWN", taken) == "OWN-1"


def test_a_bridge_needs_332_answers_in_each_half_as_the_design_has_it() -> None:
    assert people_for_bridge() == 332
    assert people_for_bridge(margin=10) == 83
