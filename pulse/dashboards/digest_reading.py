"""What a leader's digest tells, looked up from a release in that leader's scope: nothing here is computed."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pulse.accounts.identity import SignedIn
from pulse.actions.summaries import NextPromise, find_next_promise
from pulse.dashboards import words
from pulse.dashboards.page_cards import CARD_LABELS
from pulse.dashboards.reading import HEADLINES, Result, read_line_of_units, read_result
from pulse.dashboards.scope import in_tree_order, list_readable
from pulse.dashboards.words import shown
from pulse.results.asked import items_asked
from pulse.results.released import read_groups
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure, ReleasedGroup
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave

#: how many of each a digest names
MANY = 3
#: the neutral middle: only what lies above it beyond its own interval is called strong
_MIDDLE = 50.0
_LONGEST = 160


@dataclass(frozen=True)
class Digest:
    """One group's results in a dozen lines, each already in words."""

    group: ReleasedGroup
    #: the name of the reader's own part, where it has no result of its own and this is of more people
    instead_of: str
    headline: str
    strong: list[str]
    together: list[str]
    changes: list[str]
    promise: NextPromise | None


def read_digest(reader: SignedIn, wave: Wave, now: datetime) -> Digest | None:
    """From the reader's own part of the tree, else from the whole; None if nothing here is theirs to read."""
    group = _choose(reader, wave)
    if group is None:
        return None
    result = read_result(wave, group.number)
    strong, together = pick(_scored(result))
    today = now.astimezone(ZoneInfo(wave.programme.zone)).date()
    return Digest(
        group=group,
        instead_of="" if group.unit_id == reader.unit_id else _own_name(reader, wave),
        headline=words.headline(result.facets(), result.dimensions()),
        strong=[_line(*row) for row in strong],
        together=[_line(*row) for row in together],
        changes=_changes(result),
        promise=find_next_promise(wave.programme_id, read_line_of_units(result), today),
    )


def may_hear(reader: SignedIn, wave: Wave) -> bool:
    """Whether a wave of which nothing may be shown asked the people of this leader."""
    return wave.audience_unit_id is None or bool(_own_name(reader, wave))


def shows_nothing(wave: Wave) -> bool:
    """Whether too few answered to show anything at all."""
    return not read_groups(wave)


def pick(scored: ReleasedTable) -> tuple[ReleasedTable, ReleasedTable]:
    """The three highest questions that are clearly above the middle, and of the rest the three lowest."""
    falling = scored.sorted(lambda _, figure: -(figure.value or 0.0))
    strong = falling.filtered(lambda _, figure: (figure.low or 0.0) > _MIDDLE)
    strong = strong.picked(strong.labels[:MANY])
    rest = falling.filtered(lambda label, _: label not in strong)
    return strong, rest.picked(rest.labels[::-1][:MANY])


def _choose(reader: SignedIn, wave: Wave) -> ReleasedGroup | None:
    """The group of the leader's own unit, else the whole organisation, else the first that they may open."""
    readable = in_tree_order(list_readable(reader, wave))
    own = (one for one in readable if one.unit_id == reader.unit_id and one.kind != "combined")
    whole = (one for one in readable if one.kind == "organisation")
    return next((one for several in (own, whole, iter(readable)) for one in several), None)


def _own_name(reader: SignedIn, wave: Wave) -> str:
    """The leader's unit as the wave froze it; empty if the wave did not ask it."""
    units = {unit.unit_id: unit.name for unit in surveys.list_wave_units(wave.id)}
    return units.get(reader.unit_id, "") if reader.unit_id is not None else ""


def _scored(result: Result) -> ReleasedTable:
    """Questions with a favourable side that may be shown here, in the words in which they were asked."""
    feelings = _about_feelings(result)
    texts = {
        item["id"]: f"“{item['text']}”{' (disagreeing is favourable)' if item['reverse'] else ''}"
        for item in items_asked(result.plan)
        if item["kind"] == "bipolar" and item["id"] not in feelings
    }
    return result.figures.picked(texts).relabelled(lambda measure, _: texts[measure])


def _about_feelings(result: Result) -> set[str]:
    """Questions that only measures without a better side are made of: no answer to them is favourable."""
    sides: dict[bool, set[str]] = {True: set(), False: set()}
    for measure in result.plan["measures"]:
        sides[measure["direction"] == "higher_is_better"].update(measure["items"])
    return sides[False] - sides[True]


def _line(text: str, figure: ReleasedFigure) -> str:
    between = f"from {shown(figure.low)} to {shown(figure.high)}"
    sure = "everyone answered" if figure.detail.get("everyone") else between
    return f"{shown(figure.value)} of 100, {sure}: {textwrap.shorten(text, _LONGEST)}"


def _changes(result: Result) -> list[str]:
    """Each headline measure that moved beyond noise; what did not is one sentence for all of them."""
    least = result.figures.find("AMB.least")
    compared: list[tuple[str, str, str]] = []
    for name in HEADLINES:
        figure = result.trend_figure(name)
        if figure is not None:
            sentence, way = words.change_words(figure, least if name == "AMB" else None)
            compared.append((CARD_LABELS[name], sentence, way))
    moved = [f"{label}: {say[0].lower()}{say[1:]}." for label, say, way in compared if way in ("up", "down")]
    still = [label for label, _, way in compared if way == "none"]
    return moved + ([_unmoved(still)] if still else [])


def _unmoved(labels: Sequence[str]) -> str:
    together = words.join([label.lower() for label in labels])
    return f"{together[0].upper()}{together[1:]}: no change beyond noise since the last survey."
