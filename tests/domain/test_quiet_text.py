"""Quiet periods as people type them."""

import pytest

from pulse.domain.quiet_text import Period, QuietTextError, read_quiet_periods, write_quiet_period


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("24 August to 31 August", ("08-24", "08-31")),
        ("24 to 31 August", ("08-24", "08-31")),
        ("24th Aug - 31st aug.", ("08-24", "08-31")),
        ("24/8 to 31/8", ("08-24", "08-31")),
        ("21 December 2026 to 3 January 2027", ("2026-12-21", "2027-01-03")),
        ("21 December to 3 January 2027", ("2026-12-21", "2027-01-03")),
        ("21 December 2026 to 3 January", ("2026-12-21", "2027-01-03")),
        ("21 December to 3 January", ("12-21", "01-03")),
        ("2026-12-21 to 2027-01-03", ("2026-12-21", "2027-01-03")),
        ("21/12/2026 \N{EN DASH} 03/01/2027", ("2026-12-21", "2027-01-03")),
        ("1 Sept until 2 September", ("09-01", "09-02")),
        ("  5   November ", ("11-05", "11-05")),
        ("the 5th of November".removeprefix("the "), ("11-05", "11-05")),
    ],
)
def test_a_line_is_read_however_it_is_written(line: str, period: Period) -> None:
    assert read_quiet_periods(line) == (period,)


def test_each_line_is_a_period_and_empty_ones_are_none() -> None:
    text = "24 August to 31 August\r\n\n 21 December 2026 to 3 January 2027,\n"

    assert read_quiet_periods(text) == (("08-24", "08-31"), ("2026-12-21", "2027-01-03"))
    assert read_quiet_periods(" \n ") == ()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("in summer", 'Write "in summer" as first and last day, such as "24 August to 31 August"'),
        ("1 May to 2 May to 3 May", 'Write "1 May to 2 May to 3 May" as first and last day'),
        ("24 to 31", 'Write the month in "24 to 31" too'),
        ("30 February to 3 March", 'There is no such day in "30 February to 3 March"'),
        ("29 February 2027 to 3 March 2027", "There is no such day"),
        ("31 August to 24 August", "Write the earlier day first"),
        ("3 January 2027 to 21 December 2026", "Write the earlier day first"),
        ("5 Smarch to 7 Smarch", 'Write "5 Smarch to 7 Smarch" as first and last day'),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(line: str, sentence: str) -> None:
    with pytest.raises(QuietTextError) as caught:
        read_quiet_periods(f"24 August to 31 August\n{line}")

    assert str(caught.value).startswith(sentence)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("period", [("08-24", "08-31"), ("2026-12-21", "2027-01-03"), ("11-05", "11-05")])
def test_what_is_written_reads_as_the_same(period: Period) -> None:
    assert read_quiet_periods(write_quiet_period(period)) == (period,)
