"""Finding one's way in the question banks: every question with its words filled in, and a plain search."""

from collections.abc import Iterator
from typing import NamedTuple

from pulse.domain.instrument import Bank, Document, Item, Library, Scale, Source


class Shown(NamedTuple):
    """A question as the pages show it; `sources` are (point, document it stands in)."""

    bank: Bank
    item: Item
    text: str
    section: str
    scale: Scale
    sources: list[tuple[Source, Document]]


class Group(NamedTuple):
    """The questions below one heading of a bank."""

    label: str
    questions: list[Shown]


def list_groups(library: Library, bank: Bank) -> list[Group]:
    """A bank's questions under its headings, in file order."""
    shown = list(_show_bank(library, bank))
    return [
        Group(
            library.fill(section.label),
            [each for each in shown if each.item.section == section.id],
        )
        for section in bank.sections
    ]


def list_dimensions(library: Library) -> list[tuple[str, list[tuple[str, str]]]]:
    """Title of each bank, with (value, label) of each of its headings, to search by."""
    return [
        (
            library.fill(bank.title),
            [(f"{bank.id}/{section.id}", library.fill(section.label)) for section in bank.sections],
        )
        for bank in library.banks
    ]


def search(library: Library, words: str, dimension: str) -> list[Shown]:
    """Questions that hold every word (in text, id or heading) and lie in the dimension, if one is given."""
    wanted = words.casefold().split()
    return [
        shown
        for bank in library.banks
        for shown in _show_bank(library, bank)
        if dimension in ("", f"{bank.id}/{shown.item.section}") and _holds(shown, wanted)
    ]


def _holds(shown: Shown, wanted: list[str]) -> bool:
    text = f"{shown.text} {shown.item.id} {shown.section} {shown.bank.title}".casefold()
    return all(word in text for word in wanted)


def _show_bank(library: Library, bank: Bank) -> Iterator[Shown]:
    labels = {section.id: library.fill(section.label) for section in bank.sections}
    sources = {source.id: source for source in library.sources}
    documents = {document.id: document for document in library.documents}
    for item in bank.items:
        points = [sources[each] for each in item.sources]
        yield Shown(
            bank=bank,
            item=item,
            text=library.fill(item.text),
            section=labels.get(item.section, ""),
            scale=library.scale(item.scale),
            sources=[(point, documents[point.document]) for point in points],
        )
