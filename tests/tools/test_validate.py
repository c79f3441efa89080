"""The short validation: everything planted goes through the product and comes out as it should."""

import pytest

from pulse.domain.measurement import intervals
from pulse.results import figures
from tools.validate.__main__ import main
from tools.validate.findings import lines_of
from tools.validate.running import QUICK, SCENARIOS, Job, jobs_of, run_all
from tools.validate.site import PipelineFailed, name_of, roster_of, units_in
from tools.validate.table import Slack

SIZES = (10, 12, 30)


def test_the_short_run_meets_every_limit_as_far_as_its_size_can_tell(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = main(["--quick"])
    printed = capsys.readouterr()

    assert (code, printed.out.splitlines()[-1].endswith("limits are met.")) == (0, True), printed.out
    assert "MISSED" not in printed.out
    assert "Validation: done in" in printed.err


def test_intervals_that_are_too_narrow_miss_their_coverage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half as wide, they cover two thirds of the time: beyond the chance of even one run of six waves."""

    def half(*given: object, **named: object) -> intervals.NowInterval:
        whole = intervals.now_mean(*given, **named)  # type: ignore[arg-type]
        low, high = (whole.value + (end - whole.value) / 2 for end in (whole.low, whole.high))
        return intervals.NowInterval(whole.value, low, high, whole.n, whole.headcount, whole.everyone)

    monkeypatch.setattr(figures, "now_mean", half)
    seen = run_all([Job("steady", 0, 1)], 1, lambda job: None)
    missed = {line.what for line in lines_of(seen, Slack(4.0)) if line.met is False}

    assert "95 % interval covers: permission to act" in missed
    assert "bias: permission to act" not in missed


def test_a_wave_that_is_not_released_ends_the_validation_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*given: object) -> None:
        raise PipelineFailed("Wave 2 was not released: why.")

    monkeypatch.setattr("tools.validate.__main__.run_all", refuse)

    assert main(["--quick"]) == 1
    printed = capsys.readouterr()
    assert (printed.out, "Wave 2 was not released: why.\n" in printed.err) == ("", True)


def test_a_run_is_the_same_whatever_ran_before_it() -> None:
    first, second = Job("selective", 0, 5), Job("selective", 1, 5)
    alone = run_all([second], 1, lambda job: None)["selective"]
    after = run_all([first, second], 1, lambda job: None)["selective"]

    assert len(alone) > 1
    assert after[-len(alone) :] == alone


def test_another_seed_gives_other_people() -> None:
    draws = [Job("steady", 0, seed).rng().random() for seed in (1, 2)]
    assert draws[0] != draws[1]


def test_every_scenario_has_runs_in_the_short_version() -> None:
    assert set(QUICK) == set(SCENARIOS)
    assert {job.scenario for job in jobs_of(QUICK, 1)} == set(SCENARIOS)


def test_units_are_known_from_the_name_of_their_group() -> None:
    assert units_in("U00 + U01", 22, SIZES) == {0, 1}
    assert units_in("Everybody", 52, SIZES) == {0, 1, 2}
    assert units_in("U00", None, SIZES) == {0}


def test_a_group_whose_headcount_is_not_that_of_its_units_stops_the_validation() -> None:
    with pytest.raises(PipelineFailed, match="U00 does not have the headcount"):
        units_in("U00", 11, SIZES)


def test_the_staff_list_has_everybody_in_the_order_of_units() -> None:
    rows = roster_of(SIZES).decode().splitlines()[2:]
    assert [row.split(",")[3] for row in rows] == [
        name_of(unit) for unit, people in enumerate(SIZES) for _ in range(people)
    ]


@pytest.mark.parametrize("arguments", [["--seed", "-1"], ["--processes", "0"]])
def test_a_wrong_option_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "must be" in capsys.readouterr().err
