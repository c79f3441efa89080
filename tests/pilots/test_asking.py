"""What may be tried on whom: each wrong line, question or day is told in one sentence."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from pulse.pilots import asking
from pulse.pilots.asking import PilotError
from tests.pilots.factories import JO


def refused(call: object) -> str:
    with pytest.raises(PilotError) as found:
        call()  # type: ignore[operator]
    return str(found.value)


def test_testers_are_read_a_line_each_and_names_may_hold_commas() -> None:
    read = asking.read_testers("Jo Tester, JO@example.org\n\n  Sam, Dr, sam@example.org ")
    assert read == (JO, ("Sam, Dr", "sam@example.org"))


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "Write at least one tester: a name, a comma and an e-mail address."),
        ("Jo, jo@example.org\njo@example.org", "Line 2 needs a name, a comma and an e-mail address."),
        (
            "Jo, jo at example",
            "Line 1 does not end in one e-mail address: write it as person@example.gov.uk.",
        ),
        ("Jo, a@b.org\nMo, A@b.org", "The address in line 2 is there twice: keep it once."),
        ("x" * 121 + ", a@b.org", "The name in line 1 is longer than 120 characters."),
        (
            "\n".join(f"T, t{n}@example.org" for n in range(13)),
            "A pilot has 12 testers at most, and these are 13: leave some out.",
        ),
    ],
)
def test_a_wrong_line_is_named_in_one_sentence(lines: str, sentence: str) -> None:
    assert refused(lambda: asking.read_testers(lines)) == sentence


def test_far_too_many_lines_are_counted_and_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(asking, "check_address", read.append)
    assert "these are 9000" in refused(lambda: asking.read_testers("T, t@x.org\n" * 9000))
    assert read == []


def test_a_whole_bank_and_some_questions_of_any_banks(app: Flask) -> None:
    assert asking.read_questions("PTA-01, OPEN-01\nPTA-01", "") == ("PTA-01", "OPEN-01")
    assert len(asking.read_questions("", "permission_to_act")) == 11
    assert len(asking.read_questions("OPEN-01 PTA-01", "permission_to_act")) == 12
    assert len(refused(lambda: asking.read_questions("x" * 400_000, ""))) < 300
    assert "no question" in refused(lambda: asking.read_questions("PTA-1", ""))
    assert "Choose a bank" in refused(lambda: asking.read_questions(" ", ""))


def test_a_day_that_is_past_or_far_off_is_refused() -> None:
    today = datetime.now(UTC).date()
    assert "past" in refused(lambda: asking.check_day(today - timedelta(days=1), today))
    assert "60 days" in refused(lambda: asking.check_day(today + timedelta(days=61), today))
    asking.check_day(today, today)
