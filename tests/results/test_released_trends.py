"""Trends run between identical sets of people; elsewhere they break, and the reason is known."""

import pytest

from pulse.results.released import read_groups
from pulse.results.released_tables import ReleasedTrend
from pulse.results.released_trends import read_trends
from tests.results.stored import (
    PLAN,
    Fields,
    make_trend,
    nowhere,
    store_figure,
    store_group,
    store_programme,
    store_unit,
    store_wave,
)

#: the whole organisation, and a team in it
TEAM: Fields = {"number": 1, "parent": 0, "kind": "unit", "name": "Parks", "depth": 1}


def seen(trend: ReleasedTrend) -> list[tuple[str, float | None, str]]:
    found = [(point.label, point.figure, point.gap) for point in trend]
    return [(label, figure.value if figure else None, gap) for label, figure, gap in found]


def trend_of(*waves: Fields | None, measure: str = "PTA") -> ReleasedTrend:
    """A team's trend over waves: its group and figure in each ("value" None: no figure), or no group."""
    with nowhere():
        programme_id, unit_id = store_programme(), store_unit()
        for number, fields in enumerate(waves, 1):
            plain: Fields = {"value": 60.0, "asked": True, "key": "parks"} | (fields or {})
            value, asked = plain.pop("value"), plain.pop("asked")
            wave = store_wave(number, programme_id, plan=PLAN if asked else PLAN | {"measures": []})
            store_figure(store_group(wave))
            group = store_group(wave, **(TEAM | {"unit_id": unit_id} | plain)) if fields is not None else None
            if group is not None and value is not None:
                store_figure(group, value=value)
        team = next(group for group in read_groups(wave) if group.name == "Parks")
        return read_trends(wave, [team], [measure])[team.key, measure]


def test_a_line_of_the_same_people_has_no_break() -> None:
    trend = trend_of({"value": 50.0}, {"value": 55.0})
    assert seen(trend) == [("Wave 1", 50.0, ""), ("Wave 2", 55.0, "")]
    assert trend.before == ""


def test_a_wave_without_these_people_is_a_hole() -> None:
    trend = trend_of({"value": 50.0}, None, {"value": 55.0})
    assert seen(trend)[1] == ("Wave 2", None, "none")


def test_a_wave_that_hides_the_score_is_a_hole_for_another_reason() -> None:
    assert seen(trend_of({}, {"value": None}, {}))[1] == ("Wave 2", None, "hidden")


def test_a_wave_that_did_not_ask_hides_nothing() -> None:
    assert seen(trend_of({}, {"value": None, "asked": False}, {}))[1] == ("Wave 2", None, "unasked")


def test_a_unit_that_counts_other_teams_starts_a_new_line() -> None:
    """A reorganisation: the same unit, another set of people. Nothing of before is on its line."""
    trend = trend_of({"key": "old"}, {"key": "old"}, {"value": 61.0}, {"value": 62.0})
    assert seen(trend) == [("Wave 3", 61.0, ""), ("Wave 4", 62.0, "")]
    assert trend.before == "others"


def test_people_who_had_no_result_before_start_late() -> None:
    assert trend_of(None, {}).before == "none"
    assert trend_of({"value": None}, {}).before == "hidden"
    assert trend_of({"value": None, "asked": False}, {}).before == "unasked"


def test_another_combined_group_in_the_same_place_is_nobodys_past() -> None:
    trend = trend_of({"key": "old", "kind": "combined"}, {"kind": "combined"})
    assert (len(trend), trend.before) == (1, "none")


def test_a_wave_after_the_one_that_is_read_is_not_on_the_line() -> None:
    with nowhere():
        first = store_wave(1)
        store_figure(store_group(first))
        store_figure(store_group(store_wave(2, first.programme_id)))
        trend = read_trends(first, read_groups(first), ["PTA"])["whole", "PTA"]
        assert trend.points[-1].label == "Wave 1"


def test_where_nothing_is_known_there_is_no_line() -> None:
    trend = make_trend([None])
    assert (len(trend), trend.before, trend.figures) == (0, "", ())
    with pytest.raises(IndexError):
        trend[0]
