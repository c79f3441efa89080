"""What commands take as the number of a row."""

import click
import pytest

from pulse.web.arguments import WAVE


def taken(text: str) -> int:
    return WAVE.convert(text, None, None)


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("0042", 42), (str(2**31 - 1), 2**31 - 1)])
def test_a_number_that_a_row_may_have_is_taken(text: str, number: int) -> None:
    assert taken(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "0", "-1", "1.5", "x", "1_0", "\u0661", str(2**31), str(2**63), "9" * 30, "0" * 5000 + "1", "1\n"],
)
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(click.ClickException) as refused:
        taken(text)
    assert refused.value.message == (
        f"There is no wave {text}: take the number in the address of the wave's page."
    )
