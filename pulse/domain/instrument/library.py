"""All banks together, with look-ups by id and the words that people read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pulse.domain.instrument.parts import Audience, Bank, Document, Item, Place, Rotation, Scale, Source

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Library:
    """All banks, with everything they refer to. Lookups raise KeyError for an id that is not there."""

    banks: tuple[Bank, ...]
    scales: tuple[Scale, ...]
    documents: tuple[Document, ...] = ()
    sources: tuple[Source, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    #: item ids in the order they are asked, first in every wave
    anchors: tuple[str, ...] = ()
    #: placeholder -> words
    terms: Mapping[str, str] = field(default_factory=dict)
    #: words as the banks write them -> words as this organisation says them
    swaps: Mapping[str, str] = field(default_factory=dict)
    #: where "terms", "swaps" and "every_wave" (the anchors) are written
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _items(self) -> dict[str, tuple[Bank, Item]]:
        return {item.id: (bank, item) for bank in self.banks for item in bank.items}

    @cached_property
    def _scales(self) -> dict[str, Scale]:
        return {scale.id: scale for scale in self.scales}

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._items

    def all_items(self) -> Iterator[Item]:
        """Every item, bank by bank, duplicates included."""
        return (item for bank in self.banks for item in bank.items)

    def item(self, item_id: str) -> Item:
        """The item with this id."""
        return self._items[item_id][1]

    def items(self, item_ids: Iterable[str]) -> tuple[Item, ...]:
        """The items with these ids, in the order given."""
        return tuple(self.item(item_id) for item_id in item_ids)

    def bank_of(self, item_id: str) -> Bank:
        """The bank an item belongs to."""
        return self._items[item_id][0]

    def bank(self, bank_id: str) -> Bank:
        """The bank with this id."""
        return {bank.id: bank for bank in self.banks}[bank_id]

    def items_for(self, audience: Audience) -> tuple[Item, ...]:
        """Every item asked of staff, or of leaders, in bank order."""
        return tuple(item for item in self.all_items() if item.audience == audience)

    def scale(self, scale_id: str) -> Scale:
        """The scale with this id."""
        return self._scales[scale_id]

    def source(self, source_id: str) -> Source:
        """The source with this id."""
        return {source.id: source for source in self.sources}[source_id]

    def rotation(self, rotation_id: str) -> Rotation:
        """The ready-made plan with this id."""
        return {rotation.id: rotation for rotation in self.rotations}[rotation_id]

    def wave_items(self, rotation: Rotation, number: int) -> tuple[str, ...]:
        """Ids that wave `number` (from 1) asks, in order: anchors, rotating questions, open questions."""
        wave = rotation.waves[(number - 1) % len(rotation.waves)]
        anchors = self.anchors if rotation.with_anchors else ()
        return (*anchors, *wave.closed, *wave.open)

    def fill(self, text: str) -> str:
        """The words people read: terms put in, and this organisation's own words swapped in."""
        said = PLACEHOLDER.sub(lambda match: self.terms[match[1]], text)
        own = self._own_words
        return self._written.sub(lambda match: own[match[0]], said) if own else said

    @cached_property
    def _own_words(self) -> dict[str, str]:
        """What is swapped -> what for, also where it begins a sentence."""
        begun = {_capital(written): _capital(own) for written, own in self.swaps.items()}
        return begun | dict(self.swaps)

    @cached_property
    def _written(self) -> re.Pattern[str]:
        """In one pass, the longest first: what was swapped in is not swapped again."""
        longest_first = sorted(self._own_words, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
