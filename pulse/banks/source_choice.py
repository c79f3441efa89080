"""The points that a question comes from, chosen from those there are, document by document."""

from collections.abc import Sequence
from typing import NamedTuple

from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice

from pulse.domain.instrument import Library


class Point(NamedTuple):
    """One box to tick."""

    id: str
    words: str


class SourcesField(SelectMultipleField):  # type: ignore[misc]  # WTForms ships no types
    """Ids of points; a page shows the chosen ones first, and the rest by the document they stand in."""

    def offer(self, library: Library) -> None:
        """Every point there is."""
        titles = {document.id: document.title for document in library.documents}
        self.choices = [
            SelectChoice(point.id, f"{point.id}: {point.paraphrase}", optgroup=titles[point.document])
            for point in sorted(library.sources, key=lambda point: list(titles).index(point.document))
        ]

    @property
    def chosen(self) -> list[Point]:
        """What is ticked, in the order it was chosen in."""
        words = {choice.value: choice.label for choice in self.iter_choices()}
        return [Point(each, words[each]) for each in self.data or () if each in words]

    @property
    def others(self) -> list[tuple[str, list[Point]]]:
        """(title of a document, its points that are not ticked); a document without one is left out."""
        groups = [
            (str(title), [Point(each.value, each.label) for each in group if not each.selected])
            for title, group in self.iter_groups()
        ]
        return [(title, points) for title, points in groups if points]

    def in_order(self, before: Sequence[str]) -> tuple[str, ...]:
        """As it stood, then what was added: no order is another only because boxes stand in theirs."""
        ticked = dict.fromkeys(self.data or ())
        return (
            *(each for each in before if each in ticked),
            *(each for each in ticked if each not in before),
        )
