"""What differs of a question or of a measure, field by field, in words of the pages instead of codes."""

from collections.abc import Iterable, Iterator
from typing import Any

from pulse.banks.browsing import name_rule
from pulse.banks.forms import AUDIENCES
from pulse.banks.measures import DIRECTIONS, METHODS
from pulse.domain.instrument import Bank, Index, Item, Library
from pulse.domain.instrument.naming import name_scale
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say

#: (name, before, after)
Field = tuple[str, str, str]
_FIELDS = {
    "text": N_("Question"),
    "scale": N_("Answers"),
    "section": N_("Heading"),
    "sources": N_("Sources"),
    "audience": N_("Who is asked"),
    "reverse": N_("Turned round"),
    "na": N_("May not apply"),
    "reserve": N_("Reserve"),
    "pair": N_("Pair"),
    "side": N_("Side"),
    "partner": N_("Compared with"),
    "note": N_("Note"),
    "waived": N_("Remarks kept"),
    "wording": N_("Wording"),
    "retired": N_("Retired"),
    "replaces": N_("Takes the place of"),
}
_SIDES = {
    "positive": N_("the positive one"),
    "negative": N_("the negative one"),
    "expected": N_("what is expected"),
    "experienced": N_("what is experienced"),
}
_METHODS = METHODS | {
    "stage": N_("Stages: how far each heading has come"),
    "leader_gap": N_("What leaders say of themselves, less what everybody says"),
}


def name_fields(names: Iterable[str]) -> list[str]:
    """Fields of a question as pages call them."""
    return [_(_FIELDS[name]) for name in names if name in _FIELDS]


def fields_of_item(old: Library, new: Library, before: Item | None, after: Item | None) -> list[Field]:
    """Of an added or a missing question all that is written, of a changed one what differs."""
    told = (
        (_(label), _words(old, before, name), _words(new, after, name)) for name, label in _FIELDS.items()
    )
    return [(label, one, other) for label, one, other in told if one != other]


def fields_of_measure(old: Bank, new: Bank, before: Index | None, after: Index | None) -> list[Field]:
    """Of an added or a missing measure all that it is, of a changed one what differs."""
    one, other = (_measure(bank, index) if index else {} for bank, index in ((old, before), (new, after)))
    told = ((label, one.get(label, ""), other.get(label, "")) for label in one | other)
    return [(label, was, now) for label, was, now in told if was != now]


def differing(old: Bank, new: Bank) -> Iterator[tuple[Index | None, Index | None]]:
    """The measures that differ, in the order of the banks."""
    before, after = ({index.id: index for index in bank.indices} for bank in (old, new))
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield before.get(name), after.get(name)


def _measure(bank: Bank, index: Index) -> dict[str, str]:
    return {
        _("Name"): index.label,
        _("What a high score means"): _(DIRECTIONS[index.direction]),
        _("How the score is made"): _(_METHODS[index.method]),
        _("Its headings"): _labels(bank.sections, index.sections),
        _("Its pairs"): _labels(bank.pairs, index.pairs),
        _("How many to answer"): str(index.need),
        _("Share to answer"): f"{index.need_share:.0%}" if index.need_share else "",
        _("Headings with a score"): str(index.need_facets or ""),
        _("Rule of the stages"): _rule(index),
        _("Shown beside it"): ", ".join(index.beside),
    }


def _words(library: Library, item: Item | None, name: str) -> str:
    value: Any = getattr(item, name) if item else None
    if item is None or value in (None, "", ()) or (name, value) == ("wording", 1):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else ""
    if name in ("scale", "section", "pair"):
        return _named(library, item, name)
    if name in ("audience", "side"):
        return str(AUDIENCES[value]) if name == "audience" else _(_SIDES[value])
    if name == "waived":
        return ", ".join(f"{name_rule(rule)}: {why}" for rule, why in item.waived)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _named(library: Library, item: Item, name: str) -> str:
    if name == "scale":
        return say(name_scale(library, item.scale))
    bank = library.bank_of(item.id)
    return (
        _labels(bank.sections, (item.section,))
        if name == "section"
        else _labels(bank.pairs, (item.pair or "",))
    )


def _labels(named: Any, ids: tuple[str, ...]) -> str:
    """What they are called; the id of what is not there."""
    labels = {one.id: one.label for one in named}
    return ", ".join(labels.get(each, each) for each in ids)


def _rule(index: Index) -> str:
    rule = index.stage
    if rule is None:
        return ""
    return _(
        "in place from %(threshold)s with a chance of %(in_place)s, not yet at %(not_yet)s, from %(least)s "
        "answers on",
        threshold=f"{rule.threshold:g}",
        in_place=f"{rule.in_place:.0%}",
        not_yet=f"{rule.not_yet:.0%}",
        least=rule.min_n,
    )
