"""What every table behind the numbers is made of: labels, number formats, and one block of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pulse.dashboards.page import Section, Table
from pulse.dashboards.page_cards import CARD_LABELS
from pulse.dashboards.page_shared import Key, key_of
from pulse.dashboards.reading import Result
from pulse.dashboards.technical_words import Text
from pulse.dashboards.words import FACET_LABELS, shown
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.asked import scores_asked
from pulse.results.released_types import ReleasedFigure
from pulse.web.formatting import format_change, format_number

#: companions of mixed feelings, which are parts of that number, and no scores of their own
_COMPANIONS = (".least", ".mixed")
#: what is expected less what is experienced: its parts have a table of their own
SAY_DO = "SAYDO"
_LABELS = CARD_LABELS | {SAY_DO: N_("Say-do gap")}
#: tables that are files of their own
_FILES = ("saydo", "stages")
#: keeps an interval whole in a narrow table
_SPACE = "\N{NO-BREAK SPACE}"
Rows = list[list[Any]]
Words = tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """One table of the page with the words around it and, where there is one, the chart of its numbers."""

    id: str
    text: Text
    table: Table
    chart: Section | None = None

    @property
    def file(self) -> str:
        """The download with these numbers: its own, or that of every figure."""
        return self.id if self.id in _FILES or self.id.startswith("goes-") else "all"

    @property
    def key(self) -> Key:
        """What the marks of its chart mean."""
        return key_of(self.id)


def block(name: str, text: Text, rows: Rows) -> Block | None:
    """The table with its words, or nothing when there is no row."""
    return Block(name, text.said(), table_of(text, rows)) if rows else None


def charted(name: str, text: Text, table: Table, section: Section | None, words: Words = ()) -> Block | None:
    """A table below its chart, with the chart's title and lede and then these `words`; nothing without a row.

    Where nothing can be drawn, the words are those of the text: a hatched place tells no more than the table.
    """
    if not table["rows"]:
        return None
    if section is None or not section.chart:
        return Block(name, text.said(), table)
    text = replace(text, words=words).said()
    return Block(name, replace(text, title=section.title, words=(section.lede, *text.words)), table, section)


def table_of(text: Text, rows: Rows) -> Table:
    """The rows below the headers of a text, whose last columns are words."""
    numeric = list(range(1, len(text.headers) - text.prose))
    return {"headers": list(text.said().headers), "rows": rows, "numeric": numeric}


def scores(result: Result, key: str) -> Iterator[tuple[str, ReleasedFigure, Any]]:
    """(label, figure, detail[key]) of every score that carries this detail, in the order of the questions."""
    for name in _score_names(result):
        figure = result.figures.find(name)
        if figure is not None and figure.detail.get(key):
            yield label_of(result, name), figure, figure.detail[key]


def hidden_scores(result: Result) -> list[str]:
    """Labels of the scores that were asked and are not shown here, in the order of the questions."""
    missing = [name for name in _score_names(result) if result.figure(name) is None]
    asked = scores_asked(result.plan) if missing else frozenset()
    return [label_of(result, name) for name in missing if name in asked]


def _score_names(result: Result) -> list[str]:
    """Every measure that the wave asked, each followed by its parts; headlines first."""
    measures = {measure["id"]: measure for measure in result.plan["measures"]}
    names: list[str] = []
    for name in dict.fromkeys([*CARD_LABELS, *measures]):
        measure = measures.get(name, {})
        parts = (*measure.get("facets", []), *measure.get("pairs", []))
        names += [name, *(f"{name}.{part['id']}" for part in parts)]
    return [name for name in names if _is_score(name)]


def _is_score(name: str) -> bool:
    return not name.endswith(_COMPANIONS) and not name.startswith(f"{SAY_DO}.")


def tagged(result: Result, tag: str) -> list[tuple[str, str, ReleasedFigure]]:
    """(measure, label, figure) of figures called "tag:measure", in the order of the questions."""
    order = {name: place for place, name in enumerate(_score_names(result))}
    found = [
        (name.removeprefix(f"{tag}:"), figure)
        for name, figure in result.figures
        if name.startswith(f"{tag}:") and _is_score(name.removeprefix(f"{tag}:"))
    ]
    found.sort(key=lambda pair: (order.get(pair[0], len(order)), pair[0]))
    return [
        (name, _(_LABELS.get(name) or figure.detail.get("label") or label_of(result, name)), figure)
        for name, figure in found
    ]


def label_of(result: Result, name: str) -> str:
    """The words for a score: "Permission to act", or "Permission to act: Room" for a part of it."""
    whole, _dot, part = name.partition(".")
    found = (one for one in result.plan["measures"] if one["id"] == whole)
    measure: dict[str, Any] = next(found, {})
    label = _(_LABELS.get(whole) or measure.get("label") or whole)
    return f"{label}: {_part_label(measure, part)}" if part else label


def _part_label(measure: dict[str, Any], part: str) -> str:
    parts = (*measure.get("facets", []), *measure.get("pairs", []))
    labels = {one["id"]: one.get("label") or one["id"] for one in parts} | FACET_LABELS
    return _(str(labels.get(part, part)))


def points(value: float | None) -> str:
    """A score in whole points; empty where there is none."""
    return "" if value is None else format_number(shown(value))


def signed(value: float | None, places: int = 0) -> str:
    """A difference in points with its sign."""
    if value is None:
        return ""
    return format_change(value, places) if places else format_change(shown(value))


def coefficient(value: float | None) -> str:
    """A coefficient such as alpha, to two places."""
    return format_number(value, 2)


def share(value: float | None) -> str:
    """A share from 0 to 1 in per cent, to one place and without the sign."""
    return "" if value is None else format_number(100 * value, 1)


def spread(value: float | None) -> str:
    """How far things lie apart, to a tenth of a point."""
    return format_number(value, 1)


def interval(low: str, high: str) -> str:
    """ "low to high" on one line, empty where either end is missing."""
    return _("%(low)s to %(high)s", low=low, high=high).replace(" ", _SPACE) if low and high else ""


def whole(value: float | None) -> str:
    """A count."""
    return format_number(value)


def spread_of(counts: Sequence[int]) -> str:
    """Several counts as one: "40", or "36 to 40"."""
    least, most = min(counts), max(counts)
    return whole(least) if least == most else _("%(low)s to %(high)s", low=whole(least), high=whole(most))
