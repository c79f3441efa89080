"""The forecast in words: one headline, standings and chances, the same on the page and by command."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pulse.domain.disclosure.groups import Standing
from pulse.domain.rotation import WHOLE_UNDER
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.web.formatting import format_number, format_percent, plural

if TYPE_CHECKING:
    from pulse.domain.disclosure.forecast import Forecast, Totals, UnitForecast
    from pulse.surveys.forecast import Before, Family, Turn

STANDINGS: dict[Standing, str] = {
    "own": N_("Own result"),
    "combined": N_("Named group"),
    "higher": N_("Larger unit"),
    "left_out": N_("No result"),
}
#: from the top of the tree down
LEVELS = (N_("All who are asked"), N_("One level below"), N_("Two levels below"))
_CHANCES = (
    (0.95, N_("almost certain")),
    (0.8, N_("very likely")),
    (0.6, N_("likely")),
    (0.0, N_("open")),
)
#: below this share of waves, the group a unit is most often in is one of many
_STEADY = 0.6
#: an own result this likely is worth hoping for, and told beside a likelier standing
_WORTH_TELLING = 0.05


def totals_headings() -> list[str]:
    """Headings of `totals_rows`."""
    return ["k", *(_(standing) for standing in STANDINGS.values()), _("People with an own result")]


def where_from(before: "Before", usual: int) -> str:
    """Why so many are expected when nothing else is typed."""
    if before.response is None:
        return _("There is no wave to go by yet, so %(usual)s is a guess.", usual=usual)
    return _("In %(wave)s, %(response)s%% answered.", wave=before.wave, response=before.response)


def headline(forecast: "Forecast") -> str:
    """The forecast in one sentence."""
    at = {"response": format_percent(forecast.response), "k": forecast.k}
    if len(forecast.units) == 1:
        only = forecast.units[0]
        return _(_ONE[only.standing == "own"], **at, chance=chance(only, forecast.draws))
    own, combined, neither = _three(forecast.totals)
    return _(
        "At %(response)s response and k = %(k)s, about %(own)s of %(units)s would have their own result, "
        "%(combined)s be shown in a named group, and %(neither)s in neither.",
        **at,
        own=format_number(own),
        units=plural(len(forecast.units), "unit"),
        combined=format_number(combined),
        neither=format_number(neither),
    )


#: whether the one unit that is asked would have a result of its own
_ONE = {
    True: N_(
        "At %(response)s response and k = %(k)s, the one unit that is asked would probably have its own "
        "result (%(chance)s)."
    ),
    False: N_(
        "At %(response)s response and k = %(k)s, the one unit that is asked would probably have no result "
        "(%(chance)s)."
    ),
}


def whose_turn(turn: "Turn | None") -> str:
    """Who the forecast is about where cohorts take turns; empty where everybody is asked."""
    if turn is None:
        return ""
    return _(
        "The next wave asks cohort %(cohort)s of %(cohorts)s, which has %(asked)s of %(everybody)s people. "
        "Units of fewer than %(whole)s people are asked as a whole, in one wave out of %(cohorts)s; those "
        "whose turn comes later are not counted here.",
        cohort=turn.cohort,
        cohorts=turn.cohorts,
        asked=format_number(turn.asked),
        everybody=format_number(turn.everybody),
        whole=WHOLE_UNDER,
    )


def _three(totals: "Totals") -> tuple[int, int, int]:
    whole = totals.rounded()
    return whole["own"], whole["combined"], whole["higher"] + whole["left_out"]


def people_sentence(forecast: "Forecast") -> str:
    """The same of people, each counted in the unit of the main post."""
    own, combined, higher, left_out = forecast.totals.people
    return _(
        "Of the people asked, %(own)s work in a unit with its own result, %(combined)s in one that is shown "
        "in a named group, and %(neither)s in neither.",
        own=format_percent(own),
        combined=format_percent(combined),
        neither=format_percent(higher + left_out),
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
        return _("%(word)s, over %(share)s%%", word=_(word), share=math.floor(100 * most))
    return f"{_(word)}, {format_percent(share)}"


def how_sure(one: "UnitForecast", draws: int) -> str:
    """The same, and the chance of an own result where another standing is likelier."""
    own = one.shares[0]
    said = chance(one, draws)
    if _WORTH_TELLING <= own < one.chance:
        return _("%(likeliest)s; own result %(own)s", likeliest=said, own=format_percent(own))
    return said


def shown_in(one: "UnitForecast") -> str:
    """The group or larger unit in which the people of a unit would be shown; empty if it needs none."""
    if one.standing not in ("combined", "higher"):
        return ""
    return one.group if one.group_share >= _STEADY else _("%(group)s, for example", group=one.group)


def family_headings(rows: Sequence[Sequence[str]]) -> list[str]:
    """Headings of `family_rows`: a small tree has fewer levels."""
    return [_("Attribute"), *(_(level) for level in LEVELS[: len(rows[0]) - 1])]


def family_rows(families: Sequence["Family"]) -> list[list[str]]:
    """For each declared attribute: at each level, how many cells would be large enough, of how many."""
    return [
        [
            family.label,
            *(
                _("%(enough)s of %(cells)s", enough=f"{level.enough:,}", cells=f"{level.cells:,}")
                for level in family.levels
            ),
        ]
        for family in families
    ]
