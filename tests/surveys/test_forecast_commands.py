"""`pulse forecast`, typed."""

import pytest
from flask.testing import FlaskCliRunner

from tests.directory.factories import make_attribute, make_org, make_unit
from tests.surveys.factories import make_programme


def run(runner: FlaskCliRunner, *words: str, code: int = 0) -> str:
    result = runner.invoke(args=["forecast", *words])
    assert result.exit_code == code, result.output
    return result.output


def test_it_tells_what_the_page_tells_in_columns(runner: FlaskCliRunner) -> None:
    make_org(people_each=14)
    make_programme(name="Staff pulse")

    lines = run(runner, "staff PULSE").splitlines()

    assert lines[0].startswith("At 55% response and k = 10, about 3 of 7 units would have their own result")
    assert lines[1].startswith("Of the people asked, ")
    assert [line.split()[0] for line in lines[5:9]] == ["10", "11", "15", "20"]
    start = next(at for at, line in enumerate(lines) if line.startswith("Unit "))
    units = lines[start : start + 8]
    assert len({line.index(word) for line, word in zip(units[2:5], ("Own", "Lar", "Lar"), strict=True)}) == 1
    assert units[3].startswith("    Unit A1      14  Larger unit  ")
    assert units[3].endswith("  Unit A")


def test_response_and_k_are_taken(runner: FlaskCliRunner) -> None:
    make_org(people_each=30)
    make_programme(name="Pulse")
    assert run(runner, "Pulse", "--response", "90", "--k", "11").startswith(
        "At 90% response and k = 11, about 7"
    )


def test_declared_attributes_are_told_too(runner: FlaskCliRunner) -> None:
    make_attribute(code="grade", label="Grade")
    make_org(people_each=14)
    make_programme(name="Pulse", attributes=["grade"])
    said = run(runner, "Pulse", "--k", "25")
    assert "Categories with 25 expected answers or more (an upper limit)" in said
    assert "Attribute  All who are asked  One level below  Two levels below" in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--response", "0"), "Write the expected response as a whole number from 1 to 100."),
        (("--response", "many"), "Write the expected response as a whole number from 1 to 100."),
        (("--k", "4"), "Write k as a whole number from 10 to 100."),
    ],
)
def test_bad_input_gets_one_sentence(runner: FlaskCliRunner, words: tuple[str, ...], sentence: str) -> None:
    make_org()
    make_programme(name="Pulse")
    assert run(runner, "Pulse", *words, code=1) == f"Error: {sentence}\n"


def test_a_survey_that_is_not_there_or_asks_nobody_gets_one_sentence(runner: FlaskCliRunner) -> None:
    make_unit()
    make_programme(name="Pulse")
    unknown = run(runner, "Plus", code=1)
    assert unknown == 'Error: There is no survey called "Plus": see `pulse programme list`.\n'
    assert run(runner, "Pulse", code=1) == (
        "Error: Nobody is in the audience of this survey: import the staff list, or change who is asked.\n"
    )
