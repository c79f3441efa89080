"""The versions of a bank, or of the words: who made each, when and why, and what differs between two."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from pulse.banks import queries
from pulse.banks.history_fields import Field, differing, fields_of_item, fields_of_measure
from pulse.banks.history_words import say_what
from pulse.banks.loading import get_supplied, read_library
from pulse.banks.revising import SCALES, SOURCES, EditError
from pulse.banks.store import get_library
from pulse.domain.instrument import Bank, Library, Scale
from pulse.domain.instrument.comparing import compare_banks
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

_KINDS = {"added": N_("added"), "changed": N_("changed"), "missing": N_("taken away")}


class Version(NamedTuple):
    """One row of a history; number 0 is the supplied file."""

    number: int
    made_at: datetime | None
    who: str
    what: str
    why: str
    #: the one before it, None for the first
    before: int | None


class Difference(NamedTuple):
    """What differs of one question, or of the words: (name, before, after) of each field."""

    id: str
    kind: str
    fields: list[Field]


def list_versions(document: str) -> list[Version]:
    """The newest first; empty where nothing was ever changed."""
    rows = queries.list_revisions(document)
    supplied = _is_supplied(document)
    first = 0 if supplied else None
    versions = [
        Version(
            one.number,
            one.made_at,
            who,
            say_what(one.what),
            one.why,
            one.number - 1 if one.number > 1 else first,
        )
        for one, who in rows
    ]
    return [*versions, Version(0, None, "", _("As supplied"), "", None)] if rows and supplied else versions


def compare_versions(document: str, before: int, after: int) -> list[Difference]:
    """Everything that differs; raises EditError for a version that is not there."""
    old, new = (library_of(document, number) for number in (before, after))
    if document == SCALES:
        return list(_compare_words(old, new))
    if document == SOURCES:
        return list(_compare_points(old, new))
    was, now = bank_in(old, document), bank_in(new, document)
    questions = [
        Difference(change.id, _(_KINDS[change.change]), fields_of_item(old, new, change.before, change.after))
        for change in compare_banks(was, now)
        if change.change != "same"
    ]
    return [*compare_heads(was, now), *questions]


def bank_in(library: Library, document: str) -> Bank:
    """The bank; one with nothing in it where it was taken away."""
    nothing = Bank(id=document, title="", version=0, items=())
    return next((bank for bank in library.banks if bank.id == document), nothing)


def list_gone() -> list[Bank]:
    """The banks that were taken away here, each as it last stood."""
    there = {SCALES, SOURCES, *(bank.id for bank in get_library().banks)}
    return [find_gone(document) for document, _number in queries.list_newest() if document not in there]


def find_gone(document: str) -> Bank:
    """A bank that was taken away, as it last stood; raises EditError if there was none."""
    number = next((one.number for one, _who in queries.list_revisions(document) if one.content), 0)
    return bank_in(library_of(document, number), document)


def compare_heads(old: Bank, new: Bank) -> Iterator[Difference]:
    """The bank's own words, its headings in their order, and its measures."""
    for name, label in (("title", _("Name")), ("about", _("About")), ("lead_in", _("Read first"))):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Difference(label, _("changed"), [(_("Words"), before, after)])
    before, after = (", ".join(section.label for section in bank.sections) for bank in (old, new))
    if old.sections != new.sections:
        yield Difference(_("Headings"), _("changed"), [(_("In order"), before, after), *_borrowed(old, new)])
    for gone, made in differing(old, new):
        kind = _kind(gone, made)
        index = made or gone
        if index is not None:
            name = f"{index.label} ({index.id})"
            yield Difference(name, kind, fields_of_measure(old, new, gone, made))


def _borrowed(old: Bank, new: Bank) -> list[Field]:
    before, after = (", ".join(i for one in bank.sections for i in one.borrowed) for bank in (old, new))
    return [(_("Of other banks"), before, after)] if before != after else []


def _compare_points(old: Library, new: Library) -> Iterator[Difference]:
    for before, after in (
        tuple(
            {one.id: f"{one.title}, {one.author}, {one.year or ''}" for one in lib.documents}
            for lib in (old, new)
        ),
        tuple({one.id: f"{one.heading}: {one.paraphrase}" for one in lib.sources} for lib in (old, new)),
    ):
        yield from _compare_named(before, after)


def _compare_named(old: dict[str, str], new: dict[str, str]) -> Iterator[Difference]:
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            kind = _kind(old.get(name), new.get(name))
            yield Difference(name, kind, [(_("Words"), old.get(name, ""), new.get(name, ""))])


def _kind(before: object, after: object) -> str:
    return _(_KINDS["added" if before is None else "missing" if after is None else "changed"])


def _is_supplied(document: str) -> bool:
    return document in (SCALES, SOURCES) or document in {bank.id for bank in get_supplied().banks}


def library_of(document: str, number: int) -> Library:
    """A library in which the document stands as that version has it, unchecked; raises EditError."""
    if number == 0 and _is_supplied(document):
        return get_supplied()
    found = queries.find_revision(document, number)
    if found is None:
        raise EditError(_("There is no such version: choose one from the history."))
    others = {name: content for name, content in queries.list_standing() if name != document}
    return read_library(others | ({document: found.content} if found.content else {}))


def _compare_words(old: Library, new: Library) -> Iterator[Difference]:
    for kind, before, after in ((_("term"), old.terms, new.terms), (_("swap"), old.swaps, new.swaps)):
        for name in dict.fromkeys([*before, *after]):
            if before.get(name) != after.get(name):
                yield Difference(name, kind, [(_("Words"), before.get(name, ""), after.get(name, ""))])
    scales = {scale.id: scale for scale in old.scales}
    for scale in new.scales:
        if scales.get(scale.id) != scale:
            yield Difference(
                scale.id, _("answers"), [(_("Options"), _options(scales.get(scale.id)), _options(scale))]
            )


def _options(scale: Scale | None) -> str:
    return "; ".join(label for _, label in scale.options) if scale else ""
