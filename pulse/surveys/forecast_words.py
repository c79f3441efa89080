"""The forecast in words: one headline, standings and chances, the same on the page and by command."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pulse.domain.disclosure.groups import Standing
from pulse.domain.rotation import WHOLE_UNDER
from pulse.web.formatting import format_percent, plural

if TYPE_CHECKING:
    from pulse.domain.disclosure.forecast import Forecast, Totals, UnitForecast
    from pulse.surveys.forecast import Before, Family, Turn

STANDINGS: dict[Standing, str] = {
    "own": "Own result",
    "combined": "Named group",
    "higher": "Larger unit",
    "left_out": "No result",
}
#: from the top of the tree down
LEVELS = ("All who are asked", "One level below", "Two levels below")
TOTALS_HEADINGS = ("k", *STANDINGS.values(), "People with an own result")
_CHANCES = ((0.95, "almost certain"), (0.8, "very likely"), (0.6, "likely"), (0.0, "open"))
#: below this share of waves, the group a unit is most often in is one of many
_STEADY = 0.6
#: an own result this likely is worth hoping for, and told beside a likelier standing
_WORTH_TELLING = 0.05


def where_from(before: "Before", usual: int) -> str:
    """Why so many are expected when nothing else is typed."""
    if before.response is None:
        return f"There is no wave to go by yet, so {usual} is a guess."
    return f"In {before.wave}, {before.response}% answered."


def headline(forecast: "Forecast") -> str:
    """The forecast in one sentence."""
    start = f"At {format_percent(forecast.response)} response and k = {forecast.k}"
    if len(forecast.units) == 1:
        only = forecast.units[0]
        said = (
            "would probably have its own result"
            if only.standing == "own"
            else "would probably have no result"
        )
        return f"{start}, the one unit that is asked {said} ({chance(only, forecast.draws)})."
    own, combined, neither = _three(forecast.totals)
    return (
        f"{start}, about {own:,} of {plural(len(forecast.units), 'unit')} would have their own result, "
        f"{combined:,} be shown in a named group, and {neither:,} in neither."
    )


def whose_turn(turn: "Turn | None") -> str:
    """Who the forecast is about where cohorts take turns; empty where everybody is asked."""
    if turn is None:
        return ""
    return (
        f"The next wave asks cohort {turn.cohort} of {turn.cohorts}, which has {turn.asked:,} of "
        f"{turn.everybody:,} people. Units of fewer than {WHOLE_UNDER} people are asked as a whole, in one "
        f"wave out of {turn.cohorts}; those whose turn comes later are not counted here."
    )


def _three(totals: "Totals") -> tuple[int, int, int]:
    whole = totals.rounded()
    return whole["own"], whole["combined"], whole["higher"] + whole["left_out"]


def people_sentence(forecast: "Forecast") -> str:
    """The same of people, each counted in the unit of the main post."""
    own, combined, higher, left_out = forecast.totals.people
    return (
        f"Of the people asked, {format_percent(own)} work in a unit with its own result, "
        f"{format_percent(combined)} in one that is shown in a named group, and "
        f"{format_percent(higher + left_out)} in neither."
    )


def totals_rows(forecast: "Forecast") -> list[list[str]]:
    """For each k, lowest first: units by standing, and people with their own result."""
    compared = {forecast.k: forecast.totals, **forecast.others}
    return [[str(k), *_cells(totals)] for k, totals in sorted(compared.items())]


def part_row(name: str, totals: "Totals") -> list[str]:
    """The totals of one part of the tree, behind its name and how many units it has."""
    return [name, f"{round(sum(totals.units)):,}", *_cells(totals)]


def _cells(totals: "Totals") -> list[str]:
    return [*(f"{n:,}" for n in totals.rounded().values()), format_percent(totals.people[0])]


def chance(one: "UnitForecast", draws: int) -> str:
    """How sure the likeliest standing is, never surer than so many invented waves can say."""
    most = 1 - 1 / draws
    share = min(one.chance, most)
    word = next(word for least, word in _CHANCES if share >= least)
    if one.chance >= most:
        return f"{word}, over {math.floor(100 * most)}%"
    return f"{word}, {format_percent(share)}"


def how_sure(one: "UnitForecast", draws: int) -> str:
    """The same, and the chance of an own result where another standing is likelier."""
    own = one.shares[0]
    said = chance(one, draws)
    return f"{said}; own result {format_percent(own)}" if _WORTH_TELLING <= own < one.chance else said


def shown_in(one: "UnitForecast") -> str:
    """The group or larger unit in which the people of a unit would be shown; empty if it needs none."""
    if one.standing not in ("combined", "higher"):
        return ""
    return one.group if one.group_share >= _STEADY else f"{one.group}, for example"


def family_headings(rows: Sequence[Sequence[str]]) -> list[str]:
    """Headings of `family_rows`: a small tree has fewer levels."""
    return ["Attribute", *LEVELS[: len(rows[0]) - 1]]


def family_rows(families: Sequence["Family"]) -> list[list[str]]:
    """For each declared attribute: at each level, how many cells would be large enough, of how many."""
    return [
        [family.label, *(f"{level.enough:,} of {level.cells:,}" for level in family.levels)]
        for family in families
    ]
