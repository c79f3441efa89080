"""What a survey that asked whole scales leaves for the sections that are drawn from it."""

from typing import Any

from pulse.dashboards.reading import Result
from pulse.results.released import read_figures, read_groups
from tests.dashboards.factories import fields_of
from tests.results.counting import make_plan
from tests.results.stored import Fields, nowhere, store_figure, store_group, store_wave

PRINCIPLES = ("People", "Development", "Passion", "Relationships", "Power", "Assets")
STAGE_ITEMS = [f"TOC-{letter}{number}" for letter in "RGMC" for number in range(1, 5)]


def make_result(
    *figures: Fields,
    asked: tuple[int, ...] | None = None,
    stages: bool = False,
    k: int = 5,
    **group: Any,
) -> Result:
    """One group of a wave that asked both sides of these principles: of those with a figure, if not said."""
    pairs = tuple(range(1, 7)) if asked is None else asked
    items = [f"TAA-{side}{number}" for number in pairs for side in "XE"]
    plan = make_plan([*items, *(STAGE_ITEMS if stages else [])] or ["PTA-01"])
    if asked is None:
        plan["measures"] = [_asked_only(one, figures) for one in plan["measures"]]
    with nowhere():
        wave = store_wave(k=k, plan=plan)
        stored = store_group(wave, **group)
        for fields in figures:
            store_figure(stored, **fields)
        found = read_groups(wave)[0]
        return Result(wave, found, read_figures(found), plan)


def _asked_only(measure: dict[str, Any], figures: tuple[Fields, ...]) -> dict[str, Any]:
    """Without the pairs that have no figure: nothing is hidden then."""
    names = {fields["measure"] for fields in figures}
    kept = [pair for pair in measure["pairs"] if f"{measure['id']}.{pair['id']}" in names]
    return measure | {"pairs": kept} if measure["method"] == "gap" else measure


def fields_of_gaps(*gaps: tuple[int, float, float], spread: float = 3.0) -> list[Fields]:
    """For each (principle, expected, experienced): the gap, then its two sides."""
    found: list[Fields] = []
    for number, expected, experienced in gaps:
        sides = (f"TAA-X{number}", f"TAA-E{number}")
        detail = {"items": list(sides), "everyone": False}
        found.append(fields_of(expected - experienced, spread, measure=f"SAYDO.TAA-{number}", detail=detail))
        values = zip(sides, (expected, experienced), strict=True)
        found += [fields_of(value, measure=item) for item, value in values]
    return found
