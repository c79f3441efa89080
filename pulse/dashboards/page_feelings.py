"""Mixed feelings on a results page: torn inside people, split between them, or faint; as a map of both."""

import json
from typing import Any

from pulse.dashboards import figures_feelings, words_feelings
from pulse.dashboards.page import Section, hidden_section
from pulse.dashboards.reading import Result
from pulse.dashboards.words import shown
from pulse.dashboards.words_seen import seen, spoken
from pulse.results.released import read_feelings_map
from pulse.results.released_maps import ReleasedMap
from pulse.results.released_types import ReleasedFigure

_TITLE = "Mixed feelings: torn inside, or split between people?"
# how often each option was chosen stands on the answers page, and with the share of both so do the quadrants:
# the words promise only that the map itself is left out
_FEW = (
    "This map would show or tell of fewer than {k} people who feel the same, so it is left out to protect "
    "people. How often each answer to the two questions was chosen is still on the answers page."
)


def feelings(result: Result) -> Section | None:
    """None if the survey asked no such pair; hatched where even the map of four would tell of few people."""
    figure, mixed = result.trend_figure("AMB"), result.figures.find("AMB.mixed")
    if result.hides_trend("AMB"):
        return hidden_section("feelings", _TITLE, result.why_hidden)
    if figure is None or "agreement" not in figure.detail:
        return None
    found = read_feelings_map(result.group)
    title, lede = words_feelings.feelings_title(figure), words_feelings.feelings_lede(figure, mixed)
    if found is None:
        few = _FEW.format(k=result.release.k)
        return hidden_section("feelings", title, few, lede, _caption(result, figure))
    return Section(
        id="feelings",
        title=title,
        lede=f"{lede} Outlined: both at once. The stronger a tile's colour, the more people.",
        chart=json.dumps(figures_feelings.feelings_map(found)),
        summary=_summary(found),
        note=f"n = {found.n:,} on this map; the numbers are people. {_caption(result, figure)}"
        f"{_blanks(found, result.release.k)}",
        table=_table(found, result.why_hidden),
        method="agreement",
    )


def _caption(result: Result, figure: ReleasedFigure) -> str:
    """The index, its companion (a high index with a low one here is little feeling either way), agreement."""
    least = result.figures.find("AMB.least")
    said = [f"Mixed feelings {shown(figure.value)} of 100, {spoken(figure)}."]
    if least is not None:
        said.append(f"The weaker of a person's two feelings is {shown(least.value)} of 100 on average.")
    value, low, high = (figure.detail[name] for name in ("agreement", "agreement_low", "agreement_high"))
    said.append(
        f"Agreement between people {value:.2f}, {low:.2f} to {high:.2f} "
        "(1 is one view, 0 no pattern, -1 two camps)."
    )
    return " ".join([*said, seen(figure)])


def _blanks(found: ReleasedMap, k: int) -> str:
    """Why some tiles are hatched: few people, or beside few and so telling of them."""
    if not found.blanks:
        return ""
    return f" Hatched: fewer than {k} people, or a tile that would tell how many these are; left out."


def _summary(found: ReleasedMap) -> str:
    """The map for who cannot see it: where most people are, and what is in the outlined corner."""
    tiles = [
        (people, f"{people:,} are hopeful: {hope}, and worried: {worry}")
        for row, worry in zip(found.cells, figures_feelings.labels(found.side), strict=True)
        for people, hope in zip(row, figures_feelings.labels(found.side), strict=True)
        if people is not None
    ]
    most = [said for _, said in sorted(tiles, key=lambda tile: -tile[0])[:3]]
    hidden = f"; {found.blanks} tiles hidden" if found.blanks else ""
    return f"Of {found.n:,} people {'; '.join(most)}{hidden}. Every number is in the table."


def _table(found: ReleasedMap, why: str) -> dict[str, Any]:
    """Worry in rows, the strongest first as on the map; hope in columns."""
    names = figures_feelings.labels(found.side)
    rows = [
        [f"Worried: {names[worry]}", *({"hidden": why} if one is None else f"{one:,}" for one in row)]
        for worry, row in enumerate(found.cells)
    ]
    return {"headers": ["People who are", *(f"Hopeful: {name}" for name in names)], "rows": rows[::-1]}
