"""A small run of the simulation of questions that rotate by person; the large one is `make validate`."""

from tools.validate.by_person import Limits, missed, simulate


def test_figures_of_shared_out_questions_hold_the_truth_and_the_control_does_not() -> None:
    # so few runs give shares within three or four points
    assert not list(missed(simulate(4, 11), Limits(coverage=(87.0, 100.0), bias=3.0)))
