"""What a key is given is what the release holds and the pages show: no more, and nothing made up."""

import json
from typing import Any

import pytest

from pulse.dashboards.attributes_reading import read_tables
from pulse.dashboards.reading import HEADLINES, read_result
from pulse.domain.disclosure.wording import hidden_measure
from pulse.results import queries as results
from pulse.results.exporting import list_rows
from pulse.results.models import Figure
from pulse.results.released import read_everything, read_feelings_map, read_groups
from tests.api.scene import TOGETHER, Scene

SENT = ("value", "low", "high", "change", "change_low", "change_high", "q", "detectable")


def test_waves_carry_their_dates_and_their_threshold_newest_first(scene: Scene) -> None:
    waves = scene.read("od_editor", "/api/v1/waves")["waves"]
    assert [wave["number"] for wave in waves] == [2, 1]
    newest = scene.newest.wave
    assert waves[0] | {"answered": 71, "headcount": 72, "k": 5, "programme": "Staff pulse"} == waves[0]
    assert waves[0]["opens_at"] == newest.opens_at.isoformat().replace("+00:00", "Z")


def test_a_group_of_fewer_than_20_keeps_its_headcount_to_itself(scene: Scene) -> None:
    path = f"/api/v1/wave/{scene.newest.wave.id}/groups"
    groups = {group["name"]: group for group in scene.read("od_editor", path)["groups"]}
    assert (groups[TOGETHER]["answered"], groups[TOGETHER]["headcount"]) == (8, None)
    assert (groups["Unit A1"]["answered"], groups["Unit A1"]["headcount"]) == (21, 22)


@pytest.mark.parametrize("name", ["Unit C", "Unit A1", TOGETHER])
def test_every_figure_of_a_group_is_sent_as_it_is_stored(scene: Scene, name: str) -> None:
    stored = {one.measure: one for one in results.list_group_figures(scene.newest.group(name).id)}
    sent = scene.read("od_editor", scene.path("figures", name))["figures"]
    assert {one["measure"] for one in sent} == set(stored)
    for one in sent:
        assert _numbers(one) == _stored(stored[one["measure"]])


def test_figures_say_what_the_export_says(scene: Scene) -> None:
    exported = {
        row["measure"]: row
        for row in list_rows(read_everything(scene.newest.wave))
        if row["group_number"] == 0
    }
    for one in scene.read("union_observer", scene.path("figures"))["figures"]:
        row = exported[one["measure"]]
        assert (one["about"], one["n"], one["value"]) == (row["about"], row["n"], row["value"])
        assert one["detail"] == json.loads(str(row["detail"]))


def _numbers(one: dict[str, Any]) -> list[Any]:
    return [one["n"], one["flagged"], one["detail"], *(one[name] for name in SENT)]


def _stored(figure: Figure) -> list[Any]:
    return [figure.n, figure.flagged, figure.detail, *(getattr(figure, name) for name in SENT)]


def test_what_was_asked_and_is_not_shown_is_listed_with_the_one_reason(scene: Scene) -> None:
    body = scene.read("od_editor", scene.path("figures", TOGETHER))
    shown = {one["measure"] for one in body["figures"]}
    assert {one["reason"] for one in body["hidden"]} <= {hidden_measure(5)}
    assert shown.isdisjoint({one["measure"] for one in body["hidden"]})


def test_option_counts_add_up_to_the_people_of_the_question(scene: Scene) -> None:
    body = scene.read("leader of A", scene.path("tallies", "Unit A"))
    figures = {
        one["measure"]: one for one in scene.read("leader of A", scene.path("figures", "Unit A"))["figures"]
    }
    assert len(body["tallies"]) == 8
    for one in body["tallies"]:
        assert sum(option["people"] for option in one["options"]) == figures[one["item"]]["n"]
        assert sum(option["people"] for option in one["options"] + one["apart"]) == 41
        assert all(option["label"] for option in one["options"])
    assert not any(":map" in one["item"] for one in body["tallies"])


def test_attribute_cells_are_those_of_the_pages_and_the_others_are_listed_as_hidden(scene: Scene) -> None:
    body = scene.read("od_editor", scene.path("attributes"))
    tables = read_tables(read_result(scene.newest.wave))
    assert [family["family"] for family in body["families"]] == ["grade"]
    sent = {(one["family"], one["measure"], one["category"]): one["value"] for one in body["cells"]}
    assert sent == {place: cell.value for place, cell in tables.cells.items()}
    assert ("grade", "PTA", "Grade ash") in sent
    assert {one["reason"] for one in body["hidden"]} <= {tables.why_hidden}


def test_a_group_too_deep_for_such_tables_has_none(scene: Scene) -> None:
    deep = [group for group in read_groups(scene.newest.wave) if group.depth >= 3]
    for group in deep:
        body = scene.read("od_editor", scene.path("attributes", group.name))
        assert (body["families"], body["cells"], body["hidden"]) == ([], [], [])


@pytest.mark.parametrize("measure", HEADLINES)
def test_a_trend_has_a_point_for_each_wave(scene: Scene, measure: str) -> None:
    body = scene.read("leader of A1", scene.path(f"trends?measure={measure}", "Unit A1"))
    assert [point["wave"] for point in body["points"]] == [one.wave.label for one in scene.waves]
    values = [one.figures("Unit A1")[measure].value for one in scene.waves]
    assert [point["figure"]["value"] for point in body["points"]] == values
    assert body["before"] is None


def test_permission_to_act_is_the_trend_that_is_given_unless_another_is_named(scene: Scene) -> None:
    assert scene.read("od_editor", scene.path("trends"))["measure"] == "PTA"


def test_the_map_is_the_released_one(scene: Scene) -> None:
    for group in read_groups(scene.newest.wave):
        body, found = (
            scene.read("od_editor", scene.path("feelings-map", group.name)),
            read_feelings_map(group),
        )
        if found is None:
            assert (body["side"], body["cells"], body["hidden"]) == (0, [], hidden_measure(5))
        else:
            assert (body["n"], body["cells"]) == (found.n, [list(row) for row in found.cells])
            assert all(
                people is None or people == 0 or people >= 5 for row in body["cells"] for people in row
            )
            assert (body["hidden"] is None) == (found.blanks == 0)


def test_actions_are_read_by_everybody(scene: Scene) -> None:
    for who in scene.keys:
        (action,) = scene.read(who, "/api/v1/actions")["actions"]
        assert (action["said"], action["owner"], action["unit"]) == (
            "We wait for permission.",
            "Head of Finance",
            "Unit A",
        )


def test_no_comment_leaves_by_the_api(scene: Scene) -> None:
    assert scene.ask("od_editor", scene.path("comments")).status_code == 404
