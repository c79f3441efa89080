"""The type checker keeps "how things are now" out of every question about change or difference.

A level with the population correction is narrower than one without; taken for it, a change test would raise
false alarms up to every time. So no function that compares may accept one, and mypy is asked to say so.
"""

from pathlib import Path

import pytest
from mypy import api

SNIPPET = """\
from pulse.domain.measurement.change import Change, change, flag
from pulse.domain.measurement.funnel import placement
from pulse.domain.measurement.gaps import GeneralGap, NowGap, general_gap, now_gap
from pulse.domain.measurement.intervals import LevelInterval, NowInterval, level_mean, now_mean
from pulse.domain.measurement.moments import Moment
from pulse.domain.measurement.shrinkage import shrink
from pulse.domain.measurement.stages import stage_profile
from pulse.domain.measurement.trend import fit_trend

moment = Moment.from_values([25, 50, 75])
now: NowInterval = now_mean(moment, 10)
level: LevelInterval = level_mean(moment)
gap_now: NowGap = now_gap(moment, 10, moment, 10)
gap: GeneralGap = general_gap(moment, moment)

fit_trend(range(4), [level] * 4)
fit_trend(range(4), [now] * 4)  # refused
shrink([level] * 4)
shrink([now] * 4)  # refused
placement(level, 50.0, 20.0)
placement(now, 50.0, 20.0)  # refused
stage_profile([("reframing", level)])
stage_profile([("reframing", now)])  # refused
change(moment, moment)
change(now, now)  # refused
change(level, level)  # refused
general_gap(now, now)  # refused
flag(change(moment, moment), 0.04)
flag(gap_now, 0.04)  # refused
found: Change = gap_now  # refused
as_level: LevelInterval = now  # refused
as_now: NowInterval = level  # refused
in_general: GeneralGap = gap_now  # refused
at_present: NowGap = gap  # refused
"""


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """Line number -> what mypy says of it."""
    folder = tmp_path_factory.mktemp("kinds")
    snippet = folder / "snippet.py"
    snippet.write_text(SNIPPET, encoding="utf-8")
    options = ["--no-error-summary", "--no-color-output", "--hide-error-context", "--cache-dir", str(folder)]
    said, problem, _ = api.run([*options, "--follow-imports=silent", str(snippet)])
    assert problem == ""
    named = [line.split(":", 2) for line in said.splitlines() if ": error:" in line]
    assert {Path(name).name for name, _, _ in named} <= {snippet.name}
    return {int(number): sentence for _, number, sentence in named}


def lines(*, refused: bool) -> set[int]:
    return {
        number
        for number, line in enumerate(SNIPPET.splitlines(), start=1)
        if line.endswith("# refused") == refused
    }


def test_what_is_true_now_is_refused_where_change_or_difference_is_asked(complaints: dict[int, str]) -> None:
    assert lines(refused=True) - complaints.keys() == set()
    assert all("incompatible type" in sentence.lower() for sentence in complaints.values())


def test_what_knows_no_headcount_is_accepted_there(complaints: dict[int, str]) -> None:
    assert lines(refused=False) & complaints.keys() == set()
