"""Mixed feelings on a results page: torn inside people, split between them, or faint; as a map of both."""

import json
from typing import Any

from pulse.dashboards import figures_feelings, words_feelings
from pulse.dashboards.page import Section, hidden_section
from pulse.dashboards.reading import Result
from pulse.dashboards.words import shown
from pulse.dashboards.words_seen import seen, spoken
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released import read_feelings_map
from pulse.results.released_maps import ReleasedMap
from pulse.results.released_types import ReleasedFigure

_TITLE = N_("Mixed feelings: torn inside, or split between people?")
# how often each option was chosen stands on the answers page, and with the share of both so do the quadrants:
# the words promise only that the map itself is left out
_FEW = N_(
    "This map would show or tell of fewer than %(k)s people who feel the same, so it is left out to protect "
    "people. How often each answer to the two questions was chosen is still on the answers page."
)

_READ = N_("Outlined: both at once. The stronger a tile's colour, the more people.")
_AGREEMENT = {"value": "", "low": "_low", "high": "_high"}


def feelings(result: Result) -> Section | None:
    """None if the survey asked no such pair; hatched where even the map of four would tell of few people."""
    figure, mixed = result.trend_figure("AMB"), result.figures.find("AMB.mixed")
    if result.hides_trend("AMB"):
        return hidden_section("feelings", _(_TITLE), result.why_hidden)
    if figure is None or "agreement" not in figure.detail:
        return None
    found = read_feelings_map(result.group)
    title, lede = words_feelings.feelings_title(figure), words_feelings.feelings_lede(figure, mixed)
    if found is None:
        few = _(_FEW, k=result.release.k)
        return hidden_section("feelings", title, few, lede, _caption(result, figure))
    return Section(
        id="feelings",
        title=title,
        lede=f"{lede} {_(_READ)}",
        chart=json.dumps(figures_feelings.feelings_map(found)),
        summary=_summary(found),
        note=" ".join([_note(found), _caption(result, figure), *_blanks(found, result.release.k)]),
        table=_table(found, result.why_hidden),
        method="agreement",
    )


def _note(found: ReleasedMap) -> str:
    return _("n = %(n)s on this map; the numbers are people.", n=f"{found.n:,}")


def _caption(result: Result, figure: ReleasedFigure) -> str:
    """The index, its companion (a high index with a low one here is little feeling either way), agreement."""
    least = result.figures.find("AMB.least")
    level = _("Mixed feelings %(score)s of 100, %(range)s.", score=shown(figure.value), range=spoken(figure))
    said = [level]
    if least is not None:
        weaker = shown(least.value)
        said.append(_("The weaker of a person's two feelings is %(score)s of 100 on average.", score=weaker))
    ends = {name: f"{figure.detail[f'agreement{end}']:.2f}" for name, end in _AGREEMENT.items()}
    said.append(
        _(
            "Agreement between people %(value)s, %(low)s to %(high)s (1 is one view, 0 no pattern, -1 two "
            "camps).",
            **ends,
        )
    )
    return " ".join([*said, seen(figure)])


def _blanks(found: ReleasedMap, k: int) -> list[str]:
    """Why some tiles are hatched: few people, or beside few and so telling of them."""
    if not found.blanks:
        return []
    return [
        _("Hatched: fewer than %(k)s people, or a tile that would tell how many these are; left out.", k=k)
    ]


def _summary(found: ReleasedMap) -> str:
    """The map for who cannot see it: where most people are, and what is in the outlined corner."""
    tiles = [
        (
            people,
            _("%(n)s are hopeful: %(hope)s, and worried: %(worry)s", n=f"{people:,}", hope=hope, worry=worry),
        )
        for row, worry in zip(found.cells, figures_feelings.labels(found.side), strict=True)
        for people, hope in zip(row, figures_feelings.labels(found.side), strict=True)
        if people is not None
    ]
    most = [said for _people, said in sorted(tiles, key=lambda tile: -tile[0])[:3]]
    if found.blanks:
        most.append(_("%(tiles)s tiles hidden", tiles=found.blanks))
    return _(
        "Of %(n)s people %(tiles)s. Every number is in the table.", n=f"{found.n:,}", tiles="; ".join(most)
    )


def _table(found: ReleasedMap, why: str) -> dict[str, Any]:
    """Worry in rows, the strongest first as on the map; hope in columns."""
    names = figures_feelings.labels(found.side)
    rows = [
        [
            _("Worried: %(answer)s", answer=names[worry]),
            *({"hidden": why} if one is None else f"{one:,}" for one in row),
        ]
        for worry, row in enumerate(found.cells)
    ]
    return {
        "headers": [_("People who are"), *(_("Hopeful: %(answer)s", answer=name) for name in names)],
        "rows": rows[::-1],
    }
