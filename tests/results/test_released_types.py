"""Released values are made where releases are read and nowhere else, and what is made of them is one too."""

import ast
import copy
import dataclasses
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from pulse.results import released_comments, released_maps, released_tables, released_types
from pulse.results.released_types import SET_APART, Forged, frozen, thawed
from pulse.results.tally import OPTION_NAMES
from tests.results.stored import make_figures, make_group, make_released, make_table, make_tallies, make_trend

ROOT = Path(__file__).parents[2]


def released_classes() -> list[type]:
    modules = (released_types, released_tables, released_comments, released_maps)
    found = {one for module in modules for name, one in vars(module).items() if name.startswith("Released")}
    return sorted(found, key=lambda one: one.__name__)


@pytest.mark.parametrize("kind", released_classes())
@pytest.mark.parametrize("seal", [None, object(), "seal"])
def test_without_the_seal_none_is_made(kind: type, seal: object) -> None:
    fields = dataclasses.fields(kind)
    with pytest.raises(Forged, match="read from a release"):
        kind(seal, *(None for _ in fields))
    with pytest.raises(TypeError, match="seal"):
        kind(**{field.name: None for field in fields})


@pytest.mark.parametrize("kind", released_classes())
def test_nothing_is_derived_from_one(kind: type) -> None:
    with pytest.raises(Forged, match="Nothing is derived"):
        type("Mine", (kind,), {})


def test_a_copy_with_another_number_is_refused() -> None:
    with pytest.raises(ValueError, match="seal"):
        dataclasses.replace(make_released(value=60.0), value=99.0)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="seal"):
        dataclasses.replace(make_table(("A", {})), rows=())  # type: ignore[call-arg]


def test_a_number_cannot_be_written_over_however_deep() -> None:
    figure = make_released(detail={"unit": {"shrunk": 57.1}, "bands": [1, 2]})
    with pytest.raises(dataclasses.FrozenInstanceError):
        figure.value = 99.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        figure.detail["mean"] = 99.0  # type: ignore[index]
    with pytest.raises(TypeError):
        figure.detail["unit"]["shrunk"] = 99.0
    assert figure.detail["bands"] == (1, 2)


def test_a_file_gets_back_what_was_stored() -> None:
    stored = {"a": [1, {"b": None}], "c": {"d": "e"}, "f": True}
    assert thawed(frozen(stored)) == stored


def test_what_is_made_of_a_table_is_a_table_of_the_same_figures() -> None:
    table = make_table(("B", {"value": 3.0}), ("A", {"value": 1.0}), ("C", {"value": 2.0}))
    ordered = table.sorted(lambda _, figure: figure.value)

    assert ordered.labels == ("A", "C", "B")
    assert table.picked(["C", "nowhere", "B"]).labels == ("C", "B")
    assert table.filtered(lambda label, figure: label < "C" and figure.n > 0).labels == ("B", "A")
    assert table.relabelled(lambda label, _: label.lower()).labels == ("b", "a", "c")
    assert table.labels == ("B", "A", "C")
    for made in (ordered, table.picked(["C"]), table.relabelled(lambda *_: "x")):
        assert type(made) is type(table)
        assert all(one in table.cells for one in made.cells)


def test_a_row_is_found_by_its_label_and_by_its_place() -> None:
    table = make_table(("B", {"value": 3.0}), ("A", {"value": 1.0}))
    assert "A" in table
    assert "C" not in table
    assert table.find("C") is None
    assert table[-1] == ("A", table.find("A"))
    assert (len(table), bool(make_table())) == (2, False)


def test_counts_follow_the_options_asked_for() -> None:
    counts = make_tallies(("Q", {"1": 4, "3": 2, "na": 5})).cells[0]
    assert counts.along("321").counts == (2, 0, 4)
    assert (counts.people("na"), counts.people("pns")) == (5, 0)


@pytest.mark.parametrize(
    "options", ["", "1", "12", "32", "1134", "13 ", ["1", "3", "na"], ["1", "3", "x" * 2]]
)
def test_counts_of_some_of_the_options_are_refused(options: list[str] | str) -> None:
    """A chart of them would make their shares 100 %."""
    tallies = make_tallies(("Q", {"1": 4, "2": 0, "3": 2, "na": 5}))
    with pytest.raises(Forged, match="Counts"):
        tallies.cells[0].along(options)
    with pytest.raises(Forged, match="Counts"):
        tallies.ordered(lambda *_: options)


def test_what_is_set_apart_is_what_a_tally_calls_so() -> None:
    assert set(OPTION_NAMES.values()) == SET_APART


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_released_value_is_not_copied(way: Callable[[object], object]) -> None:
    table = make_table(("A", {"value": 1.0}))
    for one in (table, table.cells[0], table.cells[0].group, table.cells[0].group.release):
        with pytest.raises(Forged, match="not copied"):
            way(one)


@pytest.mark.parametrize("kind", released_classes())
def test_none_is_filled_in_from_a_state(kind: type) -> None:
    """Whatever the dataclass itself would have made of it, on every class."""
    empty: object = object.__new__(kind)
    for name in ("__setstate__", "__reduce__", "__reduce_ex__", "__getstate__", "__copy__", "__deepcopy__"):
        with pytest.raises(Forged, match="filled in"):
            getattr(empty, name)([None] * len(dataclasses.fields(kind)))


def test_a_value_cannot_be_written_over_by_its_state() -> None:
    counts = make_tallies(("Q", {"1": 4, "3": 2})).cells[0]
    with pytest.raises(Forged, match="filled in"):
        counts.__setstate__([counts.group, (("1", 400),)])
    assert counts.people("1") == 4


def test_a_figure_knows_whose_it_is() -> None:
    figure = make_figures({"measure": "PTA"}, group={"name": "Parks"}).cells[0]
    assert (figure.group.name, figure.group.release.label) == ("Parks", "Wave 1")
    assert make_group(name="Roads").release.k == 5
    assert make_trend([{"value": 50.0}, {"value": 55.0}]).figures[0].group.release.label == "Wave 1"


def test_no_other_module_imports_what_is_private_to_the_reading_of_releases() -> None:
    """The seal is a name like any other: this is what keeps it in its place."""
    strangers = []
    for path in sorted(p for folder in ("pulse", "tests", "tools") for p in (ROOT / folder).rglob("*.py")):
        if path.parent == ROOT / "pulse" / "results" and path.name.startswith("released"):
            continue
        strangers += [f"{path.relative_to(ROOT)}: {name}" for name in private_names(path.read_text("utf-8"))]
    assert strangers == []


def private_names(source: str) -> list[str]:
    """Private names that a source takes out of the modules of released values, or seeks there by name."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pulse.results.released"):
            found += [alias.name for alias in node.names if alias.name.startswith("_")]
        elif isinstance(node, ast.Attribute) and node.attr in ("_SEAL", "_Seal", "_Released", "_Labelled"):
            found.append(node.attr)
    return found


@pytest.mark.parametrize(
    "source",
    [
        "from pulse.results.released_types import _SEAL",
        "from pulse.results.released import _figure",
        "from pulse.results import released_types\nreleased_types._SEAL",
    ],
)
def test_that_check_can_fail(source: str) -> None:
    assert private_names(source)
