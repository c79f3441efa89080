"""What an edit does to a question: spelling, another term, or another question (measurement, section 3).

Spelling keeps the version. A swap of terms makes a minor one, marked on charts. Another meaning, polarity,
scale or set of options makes a new question: answers before and after would not be about the same thing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import IntEnum
from math import ceil
from statistics import NormalDist

from pulse.domain.instrument.parts import Item, Scale
from pulse.domain.instrument.slips import is_slip, turning, words_in
from pulse.domain.sentences import Sentence
from pulse.domain.words import N_


class Change(IntEnum):
    """From the smallest to the largest; an editor may choose a larger one than an edit seems, never less."""

    NOTHING = 0
    SPELLING = 1
    TERM = 2
    MEANING = 3


@dataclass(frozen=True)
class Weighed:
    """The least that an edit can be, and why it is not less: one phrase each."""

    least: Change
    reasons: tuple[Sentence, ...] = ()


#: a run of so many words may be another term for the same thing
_LONGEST_TERM = 4
#: what a person reads and how the answer is scored; the rest of an item is about it
_FIXED = {
    "scale": N_("the answer scale is another"),
    "reverse": N_("it is scored the other way round"),
    "audience": N_("other people are asked"),
    "na": N_("“does not apply” is offered, or is not any more"),
    "pair": N_("it belongs to another pair"),
    "side": N_("it is the other side of its pair"),
}

_FIXED_OF_SCALE = {
    "kind": N_("it is of another kind"),
    "favourable": N_("other options are favourable"),
    "unfavourable": N_("other options are unfavourable"),
    "max_chars": N_("its text box holds more or less"),
}


def weigh(before: Item, after: Item) -> Weighed:
    """What the edit from one to the other is at least."""
    differing = [why for name, why in _FIXED.items() if getattr(before, name) != getattr(after, name)]
    if differing:
        return Weighed(Change.MEANING, tuple(map(Sentence, differing)))
    return weigh_text(before.text, after.text)


def weigh_scale(before: Scale, after: Scale) -> Weighed:
    """What the edit of a scale is at least: spelling, or another scale under the same name."""
    differing = [
        why for name, why in _FIXED_OF_SCALE.items() if getattr(before, name) != getattr(after, name)
    ]
    labels = [(*scale.options, *scale.nonsubstantive) for scale in (before, after)]
    if [code for code, _ in labels[0]] != [code for code, _ in labels[1]]:
        differing.append(N_("its options have other codes"))
    if differing:
        return Weighed(Change.MEANING, tuple(map(Sentence, differing)))
    pairs = [(old, new) for (_, old), (_, new) in zip(*labels, strict=True)]
    pairs.append((before.lead_in, after.lead_in))
    if after.kind == "text":  # the help below a text box; of other scales nobody who is asked reads it
        pairs.append((before.note, after.note))
    changed = [became(old, new) for old, new in pairs if weigh_words(old, new) > Change.SPELLING]
    if changed:
        return Weighed(Change.MEANING, tuple(changed))
    return Weighed(Change.SPELLING if any(old != new for old, new in pairs) else Change.NOTHING)


def weigh_text(before: str, after: str) -> Weighed:
    """What a change of these words is at least, and why it is not less."""
    return Weighed(Change.NOTHING) if before == after else _weigh_words(words_in(before), words_in(after))


def weigh_words(before: str, after: str) -> Change:
    """What a change of these words is at least."""
    return weigh_text(before, after).least


def later(before: Item, after: Item, *, read_first_differs: bool = False) -> Item:
    """What takes the place of `before`, with its wording counted on where charts are to be marked.

    Whatever number `after` brings is its own file's; counted back, two wordings would share a number.
    """
    differs = read_first_differs or weigh_words(before.text, after.text) >= Change.TERM
    declared = before.text != after.text and before.wording != after.wording
    return replace(after, wording=before.wording + (differs or declared))


def _weigh_words(before: list[str], after: list[str]) -> Weighed:
    """The runs of words that differ: all misspelt, or one that may be a term beside them."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    runs = [(before[a:b], after[c:d]) for what, a, b, c, d in matcher.get_opcodes() if what != "equal"]
    turned = sorted({word for old, new in runs for word in turning(old, new)})
    if turned:
        listed = ", ".join(f"“{word}”" for word in turned)
        return Weighed(Change.MEANING, (Sentence(N_("%(turned)s changes what is asked"), turned=listed),))
    # the same swap in two places is one swap
    worded = {run: None for run in ((tuple(old), tuple(new)) for old, new in runs) if not _is_misspelt(*run)}
    if not worded:
        return Weighed(Change.SPELLING)
    if len(worded) == 1 and all(0 < len(words) <= _LONGEST_TERM for words in next(iter(worded))):
        old, new = (" ".join(words) for words in next(iter(worded)))
        return Weighed(Change.TERM, (became(old, new),))
    return Weighed(Change.MEANING, (Sentence(N_("more than one term is worded anew")),))


def _is_misspelt(old: Sequence[str], new: Sequence[str]) -> bool:
    return len(old) == len(new) and all(map(is_slip, old, new))


def became(old: str, new: str) -> Sentence:
    """Some words in place of others."""
    return Sentence(N_("“%(old)s” became “%(new)s”"), old=old, new=new)


def next_id(item_id: str, taken: frozenset[str]) -> str:
    """The id of a question that takes this one's place: PEO-03 gives PEO-06, if 04 and 05 are taken."""
    found = re.fullmatch(r"(.*?)(\d+)([a-z]?)", item_id)
    stem, number, width = (found[1], int(found[2]), len(found[2])) if found else (f"{item_id}-", 1, 1)
    while (candidate := f"{stem}{number:0{width}d}") in taken or candidate == item_id:
        number += 1
    return candidate


def people_for_bridge(margin: float = 5.0, sd: float = 22.0, alpha: float = 0.05, power: float = 0.8) -> int:
    """Answers that each half of a split ballot needs, so that two wordings can be shown to be equivalent.

    Two one-sided tests at alpha find two means within ±margin points with this power if they are the same and
    people differ by sd: n = 2 ((z(1 - alpha) + z((1 + power) / 2)) sd / margin)², since both tests must pass.
    The defaults give 332 (measurement design, section 3).
    """
    normal = NormalDist()
    reach = normal.inv_cdf(1 - alpha) + normal.inv_cdf((1 + power) / 2)
    return ceil(2 * (reach * sd / margin) ** 2)
