"""The question types of LimeSurvey: which have a place in a bank, and with which answers."""

import re
from collections.abc import Sequence

from pulse.domain.instrument import Library, Scale
from pulse.domain.words import N_

#: one answer from a list that the survey gives
LISTS = frozenset(("L", "!", "O"))
TEXTS = frozenset(("S", "T", "U"))
#: every line of these is a question by itself, with the answers of the whole
ARRAYS = frozenset(("F", "H"))
_FIVE = tuple((str(number), str(number)) for number in range(1, 6))
_TEN = tuple((str(number - 1), str(number)) for number in range(1, 11))
#: one answer from a list that LimeSurvey gives
FIXED: dict[str, tuple[tuple[str, str], ...]] = {
    "Y": (("1", "Yes"), ("2", "No")),
    "5": _FIVE,
}
FIXED_ARRAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "A": _FIVE,
    "B": _TEN,
    "C": (("1", "Yes"), ("2", "Uncertain"), ("3", "No")),
    "E": (("1", "Increase"), ("2", "Same"), ("3", "Decrease")),
}
#: what the others are called there
LEFT_OUT = {
    "M": N_("multiple choice"),
    "P": N_("multiple choice with comments"),
    "N": N_("a number"),
    "K": N_("several numbers"),
    "D": N_("a date"),
    "R": N_("ranking"),
    "X": N_("text to read"),
    "*": N_("an equation"),
    "|": N_("a file to upload"),
    "I": N_("the language"),
    "G": N_("gender"),
    "Q": N_("several short texts"),
    "1": N_("an array with two scales"),
    ":": N_("an array of numbers"),
    ";": N_("an array of texts"),
}
_APART = {"not applicable": "na", "n/a": "na", "does not apply": "na", "prefer not to say": "pns"}
#: a code is one digit
_MOST = 10

Options = Sequence[tuple[str, str]]


def _plain(label: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", label.lower()).split())


def apart_of(options: Options, library: Library) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(answers that are options, those set apart as ("na" or "pns", label)).

    Set apart is what a scale of the library sets apart, or what everybody says for it.
    """
    known = {_plain(label): code for label, code in _APART.items()}
    known |= {_plain(label): code for scale in library.scales for code, label in scale.nonsubstantive}
    chosen: list[tuple[str, str]] = []
    apart: list[tuple[str, str]] = []
    for code, label in options:
        sort = code if code in ("na", "pns") else known.get(_plain(label))
        if sort is None or any(sort == taken for taken, _ in apart):
            chosen.append((code, label))
        else:
            apart.append((sort, label))
    return chosen, apart


def same_scale(options: Options, library: Library) -> tuple[Scale, bool] | None:
    """(a scale with these labels, whether they stand in its order) if the library has one."""
    labels = [_plain(label) for _, label in options]
    for scale in library.scales:
        known = [_plain(label) for _, label in scale.options]
        if known and labels in (known, known[::-1]):
            return scale, labels == known
    return None


def proposed_scale(scale_id: str, options: Options, apart: Options) -> Scale | None:
    """A scale that is not scored, its codes from 1 (from 0 for ten); None for too few or too many."""
    if not 2 <= len(options) <= _MOST:
        return None
    first = 0 if len(options) == _MOST else 1
    labels = tuple((code, label) for code, (_, label) in enumerate(options, first))
    return Scale(scale_id, "choice", labels, tuple(apart))
