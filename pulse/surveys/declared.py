"""The attributes that a programme's results are also shown by: what may be declared, what a wave freezes.

Nothing else of a person than their team and these is sealed with their answers.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pulse.directory import queries as directory
from pulse.directory.queries import Alike, PersonRow
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

#: each further table makes small groups smaller, and the tables together more telling
MOST_ATTRIBUTES, MOST_CROSSES = 4, 2
#: more categories than this leave most of them too small to show
MOST_CATEGORIES = 12
#: what a person is called of whom the staff list says nothing
NOT_RECORDED = N_("Not recorded")
Pair = tuple[str, str]
#: a person, or all of whom the staff list says the same
Described = PersonRow | Alike


class CannotDeclare(Exception):
    """One sentence that says what to do; `field` is "attributes" or "crosses"."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Choice:
    """An attribute of the staff list; `categories` counts how many different values people have today."""

    code: str
    label: str
    categories: int


def check_declared(codes: Sequence[str], crosses: Sequence[Pair], people: Sequence[Described]) -> None:
    """Raise CannotDeclare for the first thing wrong; `people` are those who would be asked today."""
    labels = labels_of(codes)
    if len(codes) > MOST_ATTRIBUTES:
        raise CannotDeclare(
            "attributes",
            _("Choose %(most)s attributes or fewer: more would single people out.", most=MOST_ATTRIBUTES),
        )
    if len(crosses) > MOST_CROSSES:
        raise CannotDeclare(
            "crosses", _("Choose %(most)s pairs or fewer: more would single people out.", most=MOST_CROSSES)
        )
    for pair in crosses:
        _check_cross(pair, labels)
    for code, label in labels.items():
        _check_categories(label, list_categories(code, people))


def _check_cross(pair: Pair, labels: dict[str, str]) -> None:
    if pair[0] == pair[1]:
        raise CannotDeclare(
            "crosses",
            _('A pair needs two different attributes: "%(code)s" stands there twice.', code=pair[0]),
        )
    missing = next((code for code in pair if code not in labels), None)
    if missing is not None:
        raise CannotDeclare(
            "crosses",
            _(
                'Choose the attribute "%(code)s" by itself too, or leave out the pair that it is in.',
                code=missing,
            ),
        )


def _check_categories(label: str, categories: Sequence[str]) -> None:
    if len(categories) > MOST_CATEGORIES:
        raise CannotDeclare(
            "attributes",
            _(
                "%(attribute)s divides the people asked into %(categories)s categories, and %(most)s is the "
                "most: join some of them in the staff list, or leave this attribute out.",
                attribute=label,
                categories=len(categories),
                most=MOST_CATEGORIES,
            ),
        )


def labels_of(codes: Iterable[str]) -> dict[str, str]:
    """Code -> label, in the order of the staff list; raises CannotDeclare for a code it does not have."""
    known = {attribute.code: attribute.label for attribute in directory.list_attributes()}
    for code in codes:
        if code not in known:
            raise CannotDeclare("attributes", _unknown(code, list(known)))
    chosen = set(codes)
    return {code: label for code, label in known.items() if code in chosen}


def _unknown(code: str, known: Sequence[str]) -> str:
    if not known:
        return _('The staff list has no attribute "%(code)s": it has no attributes.', code=code)
    codes = ", ".join(known)
    return _('The staff list has no attribute "%(code)s": choose among %(codes)s.', code=code, codes=codes)


def list_categories(code: str, people: Iterable[Described]) -> list[str]:
    """The values of these people, sorted; "" for people without one comes last."""
    found = {value_of(person, code) for person in people}
    return sorted(found - {""}, key=_reading_order) + [""] * ("" in found)


def _reading_order(value: str) -> tuple[int, int, str]:
    """ "Under 2 years", "2 to 5 years", "10 or more": by the first number, what is below it first."""
    number = re.search(r"\d+", value)
    if number is None:
        return 1, 0, value
    below = re.match(r"(under|below|less than|up to|fewer than|<)", value, re.IGNORECASE)
    return 0, 2 * int(number.group()) - bool(below), value


def value_of(person: Described, code: str) -> str:
    """A person's category; "" if the staff list says nothing."""
    value = person.attributes.get(code)
    return "" if value is None else str(value)


def freeze_declared(
    codes: Sequence[str], crosses: Sequence[Sequence[str]], people: Sequence[PersonRow]
) -> dict[str, Any]:
    """What a wave's plan keeps of them; raises CannotDeclare where the staff list has changed too much."""
    check_declared(codes, [(one, other) for one, other in crosses], people)
    return {
        "attributes": [
            {"code": code, "label": label, "categories": list_categories(code, people)}
            for code, label in labels_of(codes).items()
        ],
        "crosses": [list(pair) for pair in crosses],
    }


def keep_declared(codes: Iterable[str], person: PersonRow) -> dict[str, str]:
    """Of all that the staff list says of a person, what is frozen and sealed: no other attribute."""
    return {code: value for code in codes if (value := value_of(person, code))}


def tidy_crosses(codes: Sequence[str], crosses: Iterable[Pair]) -> list[list[str]]:
    """Each pair once, as a table has it: in the order of `codes`."""
    places = {code: place for place, code in enumerate(codes)}
    pairs = (sorted(pair, key=lambda code: places.get(code, len(places))) for pair in crosses)
    return [list(pair) for pair in dict.fromkeys(map(tuple, pairs))]


def list_choices() -> list[Choice]:
    """Every attribute of the staff list, in its order."""
    attributes = directory.list_attributes()
    people = directory.list_alike() if attributes else []
    return [
        Choice(attribute.code, attribute.label, len(list_categories(attribute.code, people)))
        for attribute in attributes
    ]


def describe_declared(codes: Sequence[str], crosses: Iterable[Sequence[str]]) -> str:
    """In words, for a page; a code that has left the staff list stands for itself."""
    known = {attribute.code: attribute.label for attribute in directory.list_attributes()}
    return in_words(
        [known.get(code, code) for code in codes], [[known.get(c, c) for c in p] for p in crosses]
    )


def describe_frozen(plan: dict[str, Any]) -> str:
    """The same of what a wave froze."""
    labels = {one["code"]: one["label"] for one in plan.get("attributes", [])}
    return in_words(list(labels.values()), [[labels[c] for c in pair] for pair in plan.get("crosses", [])])


def in_words(labels: Sequence[str], pairs: Iterable[Sequence[str]]) -> str:
    return ", ".join([_("Team"), *labels, *map(together, pairs)])


def together(pair: Sequence[str]) -> str:
    """Two facts as one thing that results are shown by."""
    return _("%(one)s together with %(other)s", one=pair[0], other=pair[1])
