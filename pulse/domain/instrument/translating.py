"""A frozen question in another language: which of its texts need a translation, and how it reads with them.

A text is named by its place and its English words, so that a translation of other words is never shown. The
places are those of the translation pages: "item PTA-01", "bank weir_six", "scale agreement".
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Frozen = dict[str, Any]
#: (place, English words) -> words
Words = Mapping[tuple[str, str], str]
#: what of a frozen question is read by people who are asked; section labels are not shown to them
SHOWN = ("text", "bank_lead_in", "lead_in", "help", "options", "nonsubstantive")


class Needed(NamedTuple):
    """One text to translate. `twice`: two people review it, because its sense is easily turned round."""

    context: str
    source: str
    twice: bool


def texts_of_item(frozen: Frozen) -> list[Needed]:
    """Every text of a frozen question that people read, in the order in which they do."""
    scale = f"scale {frozen['scale']}"
    labels = [label for _code, label in [*frozen["options"], *frozen["nonsubstantive"]]]
    found = [
        Needed(f"bank {frozen['bank']}", frozen["bank_lead_in"], False),
        Needed(f"item {frozen['id']}", frozen["text"], bool(frozen["reverse"])),
        *(Needed(scale, words, False) for words in (frozen["lead_in"], frozen["help"], *labels)),
    ]
    return [text for text in found if text.source]


def texts_of_items(items: Iterable[Frozen]) -> list[Needed]:
    """The same of many, each text once."""
    return list(dict.fromkeys(text for frozen in items for text in texts_of_item(frozen)))


def translate_item(frozen: Frozen, words: Words) -> Frozen:
    """The question with these words in place of the English; what has no translation stays English.

    Codes, order and everything that counting needs stay as they are.
    """
    scale = f"scale {frozen['scale']}"

    def said(context: str, source: str) -> str:
        return words.get((context, source), source)

    def labels(options: Iterable[tuple[Any, str]]) -> list[list[Any]]:
        return [[code, said(scale, label)] for code, label in options]

    return frozen | {
        "text": said(f"item {frozen['id']}", frozen["text"]),
        "bank_lead_in": said(f"bank {frozen['bank']}", frozen["bank_lead_in"]),
        "lead_in": said(scale, frozen["lead_in"]),
        "help": said(scale, frozen["help"]),
        "options": labels(frozen["options"]),
        "nonsubstantive": labels(frozen["nonsubstantive"]),
    }


def words_of_item(frozen: Frozen, words: Words) -> Frozen:
    """Only what is read of the translated question: what a plan keeps of it."""
    translated = translate_item(frozen, words)
    return {name: translated[name] for name in SHOWN}
