"""Results by length of service, grade and the like, and by two of them together: cells that may be shown.

Nothing is computed here but which differences are worth a sentence. What is not shown keeps its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pulse.dashboards import attributes_words as words
from pulse.dashboards.attributes_reading import Family, Row, Tables, find_around, read_tables, too_deep
from pulse.dashboards.attributes_words import Pair
from pulse.dashboards.frame import Frame, Groups, frame_of
from pulse.dashboards.page import Table
from pulse.dashboards.page_cards import CARD_LABELS, CARD_METHODS
from pulse.dashboards.reading import HEADLINES, Result
from pulse.languages.saying import gettext as _
from pulse.results.asked import items_asked, trends_asked
from pulse.results.released_types import ReleasedCell, ReleasedGroup

#: the measure that counts whoever answered anything
RESPONSES = "RESPONSES"
Item = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One category; without a cell its place is hatched."""

    label: str
    cell: ReleasedCell | None
    score: str


@dataclass(frozen=True)
class Headline:
    """One score by one attribute: a line a category; by two together `table` has a place for each pair."""

    id: str
    title: str
    method: str
    lines: list[Line] = field(default_factory=list)
    table: Table | None = None


@dataclass(frozen=True)
class Section:
    """One attribute, or two together."""

    id: str
    title: str
    answered: str
    headlines: list[Headline]


@dataclass(frozen=True)
class Question:
    """One question by every attribute; `differs` where two kinds of people clearly answer it differently."""

    id: str
    text: str
    says: str
    table: Table
    differs: bool


@dataclass(frozen=True)
class Attributes:
    """The page of one group; `deep` is a group without such tables, `around` the nearest with them."""

    frame: Frame
    deep: bool = False
    around: ReleasedGroup | None = None
    sections: list[Section] = field(default_factory=list)
    caution: str = ""
    questions_title: str = ""
    questions: list[Question] = field(default_factory=list)
    questions_caution: str = ""
    why_hidden: str = ""


def build(result: Result, groups: Groups) -> Attributes:
    """Nothing but the words around it for a wave without attributes, and for a group too deep for them."""
    tables, frame = read_tables(result), frame_of(result, groups)
    if not tables.families:
        return Attributes(frame)
    if too_deep(result.group):
        return Attributes(frame, deep=True, around=find_around(result, groups))
    headlines, questions = _Headlines(result, tables), _Questions(result, tables)
    return Attributes(
        frame=frame,
        sections=[headlines.section(family) for family in tables.families],
        caution=words.caution(headlines.compared),
        questions_title=questions.title,
        questions=questions.all if questions.any_shown else [],
        questions_caution=words.caution(questions.compared),
        why_hidden=tables.why_hidden,
    )


class _Headlines:
    """Headline scores that the wave asked, by every family."""

    def __init__(self, result: Result, tables: Tables) -> None:
        asked = trends_asked(result.plan)
        self.tables = tables
        self.measures = [name for name in HEADLINES if name in asked]
        pairs = [self._pairs(family, measure) for family in tables.families for measure in self.measures]
        self.compared = sum(map(len, pairs))

    def section(self, family: Family) -> Section:
        pairs = {measure: self._pairs(family, measure) for measure in self.measures}
        found = {measure: words.furthest_apart(pairs[measure], self.compared) for measure in pairs}
        return Section(
            id=f"by-{family.name.replace('*', '-with-')}",
            title=words.family_title(family, found, sum(map(len, pairs.values()))),
            answered=words.answered(self.tables.rows(family, RESPONSES)) if len(family.sides) == 1 else "",
            headlines=[self._headline(family, name, found[name], len(pairs[name])) for name in found],
        )

    def _headline(self, family: Family, measure: str, pair: Pair | None, compared: int) -> Headline:
        rows = self.tables.rows(family, measure)
        title = words.measure_title(_(CARD_LABELS[measure]), pair, compared)
        name = f"{family.name.replace('*', '-with-')}-{measure.lower()}"
        if len(family.sides) == 1:
            return Headline(name, title, CARD_METHODS[measure], lines=list(map(_line, rows)))
        return Headline(name, title, CARD_METHODS[measure], table=self._crossed(family, rows))

    def _crossed(self, family: Family, rows: Sequence[Row]) -> Table:
        """A row for each category of the first attribute, a column for each of the second."""
        across = family.sides[1]
        hidden = {"hidden": self.tables.why_hidden}
        cells = [words.score_and_n(cell) if cell else hidden for _category, cell in rows]
        return {
            "headers": [family.labels[0], *across],
            "rows": [
                [label, *cells[place * len(across) : (place + 1) * len(across)]]
                for place, label in enumerate(family.sides[0])
            ],
            "numeric": [],
        }

    def _pairs(self, family: Family, measure: str) -> list[Pair]:
        return words.pairs_of(self.tables.rows(family, measure))


def _line(row: Row) -> Line:
    category, cell = row
    return Line(category[0], cell, words.score(cell) if cell else "")


class _Questions:
    """Every scored question by every single attribute, the most favourable in the group first."""

    def __init__(self, result: Result, tables: Tables) -> None:
        self.tables, self.figures = tables, result.figures
        self.families = [family for family in tables.families if len(family.sides) == 1]
        self.items = sorted(items_asked(result.plan), key=self._place)
        self.known = {item["id"] for item in self.items}
        self.pairs = {
            (item["id"], family.name): words.pairs_of(tables.rows(family, item["id"]))
            for item in self.items
            for family in self.families
        }
        self.compared = sum(map(len, self.pairs.values()))
        self.found = {key: words.furthest_apart(pairs, self.compared) for key, pairs in self.pairs.items()}

    @property
    def title(self) -> str:
        different = {item for (item, _family), pair in self.found.items() if pair is not None}
        return words.questions_title(len(self.items), len(different), self.compared)

    @property
    def any_shown(self) -> bool:
        return any(measure in self.known for _family, measure, _category in self.tables.cells)

    @property
    def all(self) -> list[Question]:
        return [self._question(item) for item in self.items]

    def _place(self, item: Item) -> tuple[bool, bool, float]:
        """Favourable answers first; then what is neither good nor bad; last what the group does not show."""
        figure = self.figures.find(item["id"])
        value = figure.value if figure is not None else None
        return value is None, not self._judged(item), -(value or 0.0)

    def _judged(self, item: Item) -> bool:
        """Whether some answers to it are favourable, as the release says of each cell."""
        rows = (row for family in self.families for row in self.tables.rows(family, item["id"]))
        return any(cell.favourable is not None for _category, cell in rows if cell is not None)

    def _question(self, item: Item) -> Question:
        name, judged = item["id"], self._judged(item)
        compared = sum(len(self.pairs[name, family.name]) for family in self.families)
        found = [(family, self.found[name, family.name]) for family in self.families]
        return Question(
            name.lower(),
            item["text"],
            words.question_says(found, compared, judged),
            self._table(name, judged),
            any(pair is not None for _, pair in found),
        )

    def _table(self, name: str, judged: bool) -> Table:
        sides = [_("Favourable"), _("Unfavourable")] if judged else []
        hidden = [{"hidden": self.tables.why_hidden}] * (2 + len(sides))
        rows: list[list[Any]] = []
        for family in self.families:
            for category, cell in self.tables.rows(family, name):
                counts = [cell.favourable, cell.unfavourable] if cell and judged else []
                shares = [words.about(people, cell.n) for people in counts] if cell else []
                cells = [f"{cell.n:,}", *shares, words.score(cell)] if cell else hidden
                rows.append([f"{family.labels[0]}: {category[0]}", *cells])
        return {"headers": [_("Who"), "n", *sides, _("Score")], "rows": rows}
