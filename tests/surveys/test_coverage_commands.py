"""`pulse programme coverage`, typed."""

from flask.testing import FlaskCliRunner

from pulse.surveys.question_sets import rotation_of
from tests.surveys.factories import make_programme


def run(runner: FlaskCliRunner, name: str, code: int = 0) -> str:
    result = runner.invoke(args=["programme", "coverage", name])
    assert result.exit_code == code, result.output
    return result.output


def test_it_tells_waves_measures_and_questions_below_each_other(runner: FlaskCliRunner) -> None:
    make_programme(name="Monthly pulse", rotation=rotation_of("monthly_cohort"), cohorts=3)

    lines = run(runner, "monthly PULSE").splitlines()

    assert lines[0] == (
        "Monthly pulse: 12 waves with 68 questions in all, then from the first again; "
        "one person meets 46 to 47 of them."
    )
    assert lines[2].split() == ["Wave", "Closed", "Open", "Minutes", "Reversed"]
    assert lines[3].split() == ["1", "16", "1", "2.7", "1"]
    cells = [line.split() for line in lines]
    assert ["Letting", "go:", "worry"] not in cells
    assert next(line for line in cells if line[:1] == ["Power"]) == ["Power", "5", "5", "5"]
    assert next(line for line in cells if line[:1] == ["PEO-01"]) == ["PEO-01", "3", "1,", "6,", "11"]
    assert next(line for line in cells if line[:1] == ["SUR-01"]) == ["SUR-01", "12", "every", "wave"]


def test_a_measure_that_is_never_whole_is_called_so(runner: FlaskCliRunner) -> None:
    make_programme(name="Few", rotation=[["PEO-01", "PEO-02"]])

    assert "People           5      2              never" in run(runner, "Few")


def test_what_cannot_be_told_gets_one_sentence(runner: FlaskCliRunner) -> None:
    make_programme(name="Gone", rotation=[["GONE-01"]])

    assert run(runner, "None", 1) == (
        'Error: There is no survey called "None": see `pulse programme list`.\n'
    )
    assert run(runner, "Gone", 1) == (
        "Error: Question GONE-01 is in no bank any more: change what this survey asks.\n"
    )
