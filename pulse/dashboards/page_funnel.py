"""Are teams different? A funnel for each headline: unlabelled dots, no ranks, and the limits of chance."""

import json
from collections.abc import Sequence

from pulse.dashboards import figures_funnel, words_funnel
from pulse.dashboards.page import Section, Table, hidden_section
from pulse.dashboards.page_cards import CARD_LABELS
from pulse.dashboards.reading import COMPARED, HEADLINES, Result, Tables
from pulse.dashboards.technical_parts import interval, points
from pulse.dashboards.words_funnel import PLACES, Funnel, place_of
from pulse.domain.measurement.funnel import limits
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released import read_measures
from pulse.results.released_types import ReleasedFigure, ReleasedGroup

_HEADERS = (N_("People who answered"), N_("Score"), N_("95 % limits"), N_("99.8 % limits"), N_("Place"))


def funnels(result: Result, groups: Sequence[ReleasedGroup], known: Tables | None = None) -> list[Section]:
    """One funnel a headline; none where teams could not be compared, or the reader may open none of them.

    `groups` are those that the reader may open: no other team has a dot. Limits stand around the whole
    organisation's mean, so there are none for whoever may not open that either. `known` are the COMPARED
    figures of these groups and maybe of others, where they have been read.
    """
    found = known if known is not None else read_measures(groups, COMPARED)
    tables = {group.number: found[group.number] for group in groups}
    sections = [_section(result, name, groups, tables) for name in HEADLINES]
    return [section for section in sections if section is not None]


def find_funnel(result: Result, groups: Sequence[ReleasedGroup]) -> str:
    """The id of the first funnel in which the open group, or each of its teams, has a place; else empty."""
    whole = any(group.kind == "organisation" for group in groups)
    if result.group.kind == "organisation":
        found = [name for name in HEADLINES if f"UNITS:{name}" in result.figures and len(groups) > 1]
    else:
        placed = [(name, result.figures.find(name)) for name in HEADLINES if whole]
        found = [name for name, figure in placed if figure is not None and place_of(figure)]
    return _id(found[0]) if found else ""


def _section(result: Result, name: str, groups: Sequence[ReleasedGroup], tables: Tables) -> Section | None:
    whole = _whole(name, tables)
    dots = [dot for table in tables.values() if (dot := table.find(name)) is not None and place_of(dot)]
    if whole is None or not dots:
        return None
    if result.hides_trend(name):
        title = _("%(score)s: are teams different?", score=_(CARD_LABELS[name]))
        return hidden_section(_id(name), title, result.why_hidden)
    own = next((dot for dot in dots if dot.group.number == result.group.number), None)
    return _drawn(Funnel(name, dots, whole, _inside(result.group, groups, dots), own))


def _id(name: str) -> str:
    return f"funnel-{name.lower()}"


def _whole(name: str, tables: Tables) -> ReleasedFigure | None:
    """The centre and spread of all teams, if the reader may open the organisation and teams do differ."""
    found = (table.find(f"UNITS:{name}") for table in tables.values())
    whole = next((figure for figure in found if figure is not None), None)
    return whole if whole is not None and whole.detail.get("sd") else None


def _inside(
    group: ReleasedGroup, groups: Sequence[ReleasedGroup], dots: Sequence[ReleasedFigure]
) -> frozenset[int]:
    """Numbers of the groups inside this one; none where all dots are, as for the organisation."""
    if group.kind == "organisation":
        return frozenset()
    parents = {one.number: one.parent for one in groups}
    inside = {number for number in parents if group.number in _around(number, parents)}
    alike = all(dot.group.number in inside for dot in dots)  # then there are no others to tell them from
    return frozenset() if alike else frozenset(inside)


def _around(number: int, parents: dict[int, int | None]) -> list[int]:
    """The groups that a group lies in, the nearest first."""
    found: list[int] = []
    above = parents.get(number)
    while above is not None and above not in found:
        found.append(above)
        above = parents.get(above)
    return found


def _drawn(one: Funnel) -> Section:
    own = one.own.group.number if one.own is not None else None
    return Section(
        id=_id(one.measure),
        title=words_funnel.title(one),
        lede=words_funnel.lede(one),
        chart=json.dumps(figures_funnel.funnel(one.dots, one.whole, one.marked, own)),
        summary=words_funnel.note(one),
        note=words_funnel.note(one),
        table=_table(one),
        method="funnel",
    )


def _table(one: Funnel) -> Table:
    """A row a dot, by how many answered and never by score, without names."""
    rows = []
    for dot in sorted(one.dots, key=lambda dot: (-dot.n, dot.group.number)):
        near, far = (_on_scale(pair) for pair in limits(one.centre, one.whole.detail["sd"], dot.n))
        name = _("%(n)s (this team)", n=f"{dot.n:,}") if dot is one.own else f"{dot.n:,}"
        rows.append([name, points(dot.value), near, far, _(PLACES[place_of(dot)])])
    return {"headers": [_(header) for header in _HEADERS], "rows": rows, "numeric": [1, 2, 3]}


def _on_scale(pair: tuple[float, float]) -> str:
    """Limits as far as the scale goes."""
    return interval(points(max(0.0, pair[0])), points(min(100.0, pair[1])))
