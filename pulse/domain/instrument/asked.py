"""Two frozen forms of one question: whether waves that asked the one and the other asked the same."""

from collections.abc import Iterator, Mapping
from typing import Any

from pulse.domain.instrument.changing import Change, weigh_words

#: how an answer is scored, or who gives it
_FIXED = ("kind", "audience", "favourable", "unfavourable", "reverse", "side")
#: words about a whole bank or a text box, and those of the question
_AROUND, _OWN = ("bank_lead_in", "help"), ("lead_in", "text")


def weigh_frozen(before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    """What became of a question from one wave to another, as `freeze_item` kept it in both.

    By what an editor declared, and by the words themselves: an organisation may have swapped its own.
    """
    if any(before.get(name) != after.get(name) for name in _FIXED) or _codes(before) != _codes(after):
        return Change.MEANING
    declared = before.get("wording", 1) != after.get("wording", 1) or before["scale"] != after["scale"]
    return max(Change.TERM if declared else Change.NOTHING, *_weighed_words(before, after))


def words_of(frozen: Mapping[str, Any]) -> list[str]:
    """All that people read of it, in order."""
    before = [frozen.get(name, "") for name in (*_AROUND, *_OWN)]
    return [*before, *(label for _code, label in _answers(frozen))]


def _weighed_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """All that people read of it, piece by piece.

    Words about the whole bank or a text box are part of no question: whoever changes them says why, and no
    more than a mark comes of it. Another word on an option makes another answer, as on the page of its scale.
    """
    for name in _AROUND:
        yield min(Change.TERM, weigh_words(before.get(name, ""), after.get(name, "")))
    for name in _OWN:
        yield weigh_words(before.get(name, ""), after.get(name, ""))
    for (_code, old), (_same, new) in zip(before["options"], after["options"], strict=True):
        weighed = weigh_words(old, new)
        yield Change.MEANING if weighed > Change.SPELLING else weighed
    for (_code, old), (_same, new) in zip(before["nonsubstantive"], after["nonsubstantive"], strict=True):
        yield weigh_words(old, new)


def _answers(frozen: Mapping[str, Any]) -> list[tuple[int | str, str]]:
    return [(code, label) for code, label in (*frozen["options"], *frozen["nonsubstantive"])]


def _codes(frozen: Mapping[str, Any]) -> list[int | str]:
    return [code for code, _label in _answers(frozen)]
