"""What is read from a file that is brought in, whatever its format."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any

from pulse.banks.reading import Node
from pulse.domain.instrument import Bank, Library, Place, Problem, Scale


@dataclass
class Read:
    """What a file says, what is wrong in it, and what an editor should know."""

    banks: tuple[Bank, ...] = ()
    scales: tuple[Scale, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    report: list[str] = field(default_factory=list)


def with_incoming(library: Library, banks: tuple[Bank, ...], scales: tuple[Scale, ...]) -> Library:
    """The library with these banks beside its own or in their place, and with these scales.

    As they would be kept: a question that a file lacks is retired, not lost.
    """
    coming = {bank.id: bank for bank in banks}
    standing = [_in_place_of(bank, coming.pop(bank.id, bank)) for bank in library.banks]
    return replace(library, banks=(*standing, *coming.values()), scales=(*library.scales, *scales))


def _in_place_of(before: Bank, after: Bank) -> Bank:
    there = {item.id for item in after.items}
    lacking = (replace(item, retired=True) for item in before.items if item.id not in there)
    return replace(after, items=(*after.items, *lacking))


def slug(words: str) -> str:
    """Words as an id: small letters and digits without accents, joined by _."""
    plain = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].rstrip("_") or "questions"


def to_node(value: Any, place: Place) -> Node:
    """Texts, lists and mappings as the tree that bank files are read into; anything else as its text."""
    if isinstance(value, dict):
        return Node({str(key): to_node(each, place) for key, each in value.items()}, place)
    if isinstance(value, list):
        return Node([to_node(each, place) for each in value], place)
    return Node(value if isinstance(value, str) else str(value), place)


def from_node(node: Node) -> Any:
    """The texts, lists and mappings of a tree, without their places."""
    if isinstance(node.value, dict):
        return {key: from_node(each) for key, each in node.value.items()}
    if isinstance(node.value, list):
        return [from_node(each) for each in node.value]
    return node.value
