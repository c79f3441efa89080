"""What makes an id sound: of one thing each, and never to be taken for a name that results are kept by."""

import re
from collections.abc import Iterable, Iterator

from pulse.domain.instrument.library import Library
from pulse.domain.instrument.parts import Bank, Index, Item, Pair, Place, Rotation, Section, Source
from pulse.domain.instrument.problems import Problem
from pulse.domain.sentences import Sentence
from pulse.domain.words import N_

Named = Section | Pair | Index | Item | Source | Rotation
#: results put names together with points and colons: "PTA.licence", "AMB:map"
_FORM = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*")
_LONGEST = 40
#: counts by attribute stand under it
_RESERVED = ("RESPONSES",)
_UNUSABLE = N_(
    "this id cannot be used; write up to 40 letters and digits with hyphens between them, such as OWN-01."
)


def check_ids(library: Library) -> Iterator[Problem]:
    """Ids name one thing each: items and measures in the whole library, headings and pairs in their bank."""
    yield from _repeated(library.all_items(), N_("question"))
    yield from _repeated((index for bank in library.banks for index in bank.indices), N_("measure"))
    yield from _repeated((pair for bank in library.banks for pair in bank.pairs), N_("pair"))
    yield from _repeated(library.sources, N_("source"))
    yield from _repeated(library.rotations, N_("programme"))
    for bank in library.banks:
        yield from _repeated(bank.sections, N_("section"))
        yield from _badly_formed(bank)
    yield from _of_two_kinds(library)


def _badly_formed(bank: Bank) -> Iterator[Problem]:
    named: tuple[Named, ...] = (*bank.items, *bank.sections, *bank.pairs, *bank.indices)
    for thing in named:
        if not _FORM.fullmatch(thing.id) or len(thing.id) > _LONGEST or thing.id in _RESERVED:
            yield Problem(thing.place, thing.id, _UNUSABLE, fields=("id",))


def _of_two_kinds(library: Library) -> Iterator[Problem]:
    """Results are kept by the id of what they are of: a question's would be taken for a measure's."""
    measures = {index.id: index.place for bank in library.banks for index in bank.indices}
    for item in library.all_items():
        if item.id in measures:
            told = Sentence(N_("%(id)s is the id of a measure; choose another."), id=item.id)
            yield Problem(item.place, item.id, _used(N_("measure"), measures[item.id]), told, ("id",))


def _repeated(things: Iterable[Named], sort: str) -> Iterator[Problem]:
    first: dict[str, Place | None] = {}
    for thing in things:
        if thing.id in first:
            told = Sentence(
                N_("%(id)s is the id of another %(sort)s; choose another."), id=thing.id, sort=Sentence(sort)
            )
            yield Problem(thing.place, thing.id, _used(sort, first[thing.id]), told, ("id",))
        first.setdefault(thing.id, thing.place)


def _used(sort: str, place: Place | None) -> Sentence:
    if place is None:
        words = N_("this %(sort)s id is already used; give one of the two a new id.")
        return Sentence(words, sort=Sentence(sort))
    return Sentence(
        N_("this %(sort)s id is already used in %(file)s, line %(line)s; give one of the two a new id."),
        sort=Sentence(sort),
        file=place.file,
        line=place.line,
    )
