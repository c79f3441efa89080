"""What a cycle covers: questions by wave, measures when they are whole, and the load of each wave."""

from pulse.domain.rotation_coverage import Load, Measured, cover, met_by_person
from pulse.domain.rotation_design import Question

ROTATION = [["A", "B", "T"], ["A", "C", "T"], ["A", "B", "D"]]
QUESTIONS = {
    item: Question(item, "", reverse=item == "B", is_open=item == "T", seconds=45 if item == "T" else 15)
    for item in "ABCDT"
}


def test_each_question_is_told_with_its_waves_and_each_wave_with_its_load() -> None:
    found = cover(ROTATION, QUESTIONS, [])

    assert {item.id: item.waves for item in found.items} == {
        "A": (1, 2, 3),
        "B": (1, 3),
        "T": (1, 2),
        "C": (2,),
        "D": (3,),
    }
    assert found.every_wave == ("A",)
    assert found.waves[0] == Load(number=1, closed=2, open=1, minutes=1.25, reversed=1)
    assert found.waves[2] == Load(number=3, closed=3, open=0, minutes=0.75, reversed=1)


def test_a_measure_is_whole_by_the_wave_that_asks_the_last_of_its_questions() -> None:
    measures = [
        Measured("ONE", "One", ("A", "B")),
        Measured("TWO", "Two", ("A", "D", "C")),
        Measured("PART", "Part", ("B", "X")),
        Measured("NONE", "None", ("X", "Y")),
    ]

    found = {
        each.measure.id: (each.asked, each.whole_by) for each in cover(ROTATION, QUESTIONS, measures).measures
    }

    assert found == {"ONE": (2, 1), "TWO": (3, 3), "PART": (1, None)}


def test_a_cohort_that_always_meets_the_same_waves_meets_only_their_questions() -> None:
    assert met_by_person(ROTATION, cohorts=1) == (5, 5)
    assert met_by_person(ROTATION, cohorts=2) == (5, 5)
    assert met_by_person(ROTATION, cohorts=3) == (3, 3)
    assert met_by_person(ROTATION, cohorts=3, by_person=True) == (5, 5)
