"""What a wave keeps of its questions and measures: plain JSON values that no later edit can change."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from pulse.domain.instrument.library import Library
from pulse.domain.instrument.parts import Bank, Index, Item

Frozen = dict[str, Any]


def freeze_item(library: Library, item_id: str) -> Frozen:
    """All that a survey page and the scorer need of one question, as JSON values; KeyError if unknown."""
    item, bank = library.item(item_id), library.bank_of(item_id)
    scale = library.scale(item.scale)
    return {
        "id": item.id,
        "bank": bank.id,
        "version": bank.version,
        "wording": item.wording,
        "section": item.section,
        "section_label": library.fill(_section_label(bank, item)),
        "text": library.fill(item.text),
        "bank_lead_in": library.fill(bank.lead_in),
        "lead_in": library.fill(scale.lead_in),
        "help": scale.note if scale.kind == "text" else "",
        "audience": item.audience,
        "scale": scale.id,
        "kind": scale.kind,
        "options": [[code, library.fill(label)] for code, label in scale.options],
        "nonsubstantive": [
            [code, library.fill(label)] for code, label in scale.nonsubstantive if code != "na" or item.na
        ],
        "favourable": list(scale.favourable),
        "unfavourable": list(scale.unfavourable),
        "max_chars": scale.max_chars,
        "reverse": item.reverse,
        "na": item.na,
        "anchor": item.anchor,
        "pair": item.pair,
        "side": item.side,
        "partner": item.partner,
    }


def _section_label(bank: Bank, item: Item) -> str:
    return next((section.label for section in bank.sections if section.id == item.section), "")


def freeze_items(library: Library, item_ids: Iterable[str]) -> list[Frozen]:
    """`freeze_item` of each id, in the order given."""
    return [freeze_item(library, item_id) for item_id in item_ids]


def freeze_measures(library: Library, item_ids: Iterable[str]) -> list[Frozen]:
    """The measures that these questions serve, in library order, each cut to the questions asked.

    A measure by pairs is there only when at least one of its pairs is asked whole. `person_score` says
    whether enough is asked to score one person; without it, only a unit's item-adjusted score has meaning.
    `whole` says whether all its questions are asked, reserves and retired ones aside: only then is its
    reliability known.
    """
    asked = set(item_ids)
    frozen = [_freeze_index(library, bank, index, asked) for bank in library.banks for index in bank.indices]
    return [measure for measure in frozen if measure["items"]]


def _freeze_index(library: Library, bank: Bank, index: Index, asked: Collection[str]) -> Frozen:
    pairs = _pairs(library, bank, index, asked)
    if index.method in ("griffin", "gap", "leader_gap"):
        items = [item_id for pair in pairs for item_id in pair["sides"].values()]
    else:
        items = [item.id for item in bank.index_items(index) if item.id in asked]
    facets = _facets(library, bank, index, items)
    return {
        "id": index.id,
        "bank": bank.id,
        "label": library.fill(index.label),
        "direction": index.direction,
        "method": index.method,
        "items": items,
        "need": index.need,
        "need_share": index.need_share,
        "need_facets": index.need_facets,
        "person_score": _enough(index, items, pairs, facets),
        "whole": all(item.id in asked for item in bank.index_items(index) if item.offered),
        "facets": facets,
        "pairs": pairs,
        "stage": asdict(index.stage) if index.stage else None,
        "beside": [item_id for item_id in index.beside if item_id in asked],
    }


def _facets(library: Library, bank: Bank, index: Index, asked: Collection[str]) -> list[Frozen]:
    """The sections of a measure that has facets, each with the questions asked (maybe none)."""
    if index.method not in ("mean_of_facets", "stage"):
        return []
    labels = {section.id: section.label for section in bank.sections}
    return [
        {
            "id": section,
            "label": library.fill(labels[section]),
            "items": [item.id for item in bank.items if item.section == section and item.id in asked],
            "need": index.need,
        }
        for section in index.sections
    ]


def _pairs(library: Library, bank: Bank, index: Index, asked: Collection[str]) -> list[Frozen]:
    """Pairs asked whole: {"id", "label", "sides": {side: item id}}, first side first."""
    if index.method == "leader_gap":
        return [
            _mirror(library, item)
            for item in bank.index_items(index)
            if item.id in asked and item.partner in asked
        ]
    labels = {pair.id: pair.label for pair in bank.pairs}
    pairs = [(pair, [item for item in bank.items if item.pair == pair]) for pair in index.pairs]
    return [
        {"id": pair, "label": library.fill(labels[pair]), "sides": _sides(members)}
        for pair, members in pairs
        if all(item.id in asked for item in members)
    ]


def _sides(members: Sequence[Item]) -> dict[str, str]:
    first_sides = ("positive", "expected")
    ordered = sorted(members, key=lambda item: item.side not in first_sides)
    return {str(item.side): item.id for item in ordered}


def _mirror(library: Library, item: Item) -> Frozen:
    """A leaders' question with the staff question it mirrors, labelled by the staff wording."""
    staff = library.item(str(item.partner))
    return {
        "id": item.id,
        "label": library.fill(staff.text),
        "sides": {"leaders": item.id, "staff": staff.id},
    }


def _enough(index: Index, items: Sequence[str], pairs: Sequence[Frozen], facets: Sequence[Frozen]) -> bool:
    """Whether a person who answers everything asked meets the rule of the measure."""
    if index.method in ("griffin", "gap", "leader_gap"):
        return len(pairs) >= index.need
    if facets:
        scored = sum(1 for facet in facets if len(facet["items"]) >= index.need)
        return scored >= max(index.need_facets, 1)
    return len(items) >= index.need
