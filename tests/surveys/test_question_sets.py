"""Which questions a programme may ask: ready-made sets, and lists of one's own."""

import pytest

from pulse.banks.loading import get_supplied
from pulse.surveys.question_sets import (
    OWN,
    QuestionSetError,
    default_cohorts,
    find_set_of,
    list_question_sets,
    rotation_of,
)

#: the library is what the database makes of the supplied files
pytestmark = pytest.mark.usefixtures("app")


def refusal(*item_ids: str) -> str:
    with pytest.raises(QuestionSetError) as caught:
        rotation_of(OWN, item_ids)
    return str(caught.value)


def test_the_ready_made_sets_are_those_of_the_banks_with_their_sizes() -> None:
    labels = {each.id: each.label for each in list_question_sets()}

    assert labels["quarterly"] == "Quarterly, all staff: 27 questions"
    assert labels["monthly_cohort"] == "Monthly, a third of staff each time: 17 to 18 questions"
    assert set(labels) == {each.id for each in get_supplied().rotations}


@pytest.mark.parametrize("set_id", ["quarterly", "monthly_cohort", "annual_baseline"])
def test_a_ready_made_set_ends_with_its_text_boxes(set_id: str) -> None:
    library = get_supplied()

    for wave in rotation_of(set_id):
        kinds = [library.scale(library.item(item).scale).kind for item in wave]
        assert 1 <= kinds.count("text") <= 2
        assert set(kinds[-kinds.count("text") :]) == {"text"}


def test_a_set_is_known_again_by_what_it_asks() -> None:
    found = find_set_of(rotation_of("annual_baseline"))

    assert found is not None
    assert found.id == "annual_baseline"
    assert find_set_of([["PTA-01"]]) is None


def test_a_label_speaks_of_cohorts_only_where_they_are_drawn() -> None:
    monthly = rotation_of("monthly_cohort")

    labels = [found.label for found in (find_set_of(monthly, 3), find_set_of(monthly, 1)) if found]

    assert labels == [
        "Monthly, a third of staff each time: 17 to 18 questions",
        "Monthly: 17 to 18 questions",
    ]


def test_a_set_made_for_cohorts_says_how_many() -> None:
    assert [default_cohorts(set_id) for set_id in ("quarterly", "monthly_cohort", OWN)] == [1, 3, 1]


def test_an_own_list_may_take_turns() -> None:
    everything = rotation_of("annual_baseline")[0]

    short = rotation_of(OWN, everything, minutes=3)
    few = rotation_of(OWN, everything, a_wave=16)

    assert len(short) > 1
    assert {item for wave in few for item in wave} == set(everything)
    assert {len(wave) - 1 for wave in few} <= {16, 17}
    with pytest.raises(QuestionSetError, match="ask 7 or more a wave"):
        rotation_of(OWN, everything, a_wave=6)


def test_an_own_list_is_one_wave_in_the_order_given() -> None:
    assert rotation_of(OWN, ["SUR-01", "OPEN-01", "PTA-01"]) == [["SUR-01", "OPEN-01", "PTA-01"]]


def test_a_pair_is_asked_whole_or_not_at_all() -> None:
    assert rotation_of(OWN, ["AMB-P1", "AMB-N1"])
    assert refusal("AMB-P1") == "AMB-P1 means little without its other side AMB-N1: name both or neither."


@pytest.mark.parametrize(
    ("item_ids", "sentence"),
    [
        ((), "Name at least one question"),
        (("PTA-1",), 'There is no question "PTA-1" in any bank; did you mean PTA-'),
        (("PTA-01", "PTA-01"), "PTA-01 is named twice"),
        (("OPEN-05",), "OPEN-05 is for people who lead"),
    ],
)
def test_a_list_that_cannot_be_asked_is_refused_in_one_sentence(
    item_ids: tuple[str, ...], sentence: str
) -> None:
    assert refusal(*item_ids).startswith(sentence)


def test_an_unknown_set_is_refused_with_what_there_is_to_choose_from() -> None:
    with pytest.raises(QuestionSetError, match="choose one of quarterly, monthly_cohort"):
        rotation_of("weekly")
