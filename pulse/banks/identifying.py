"""What could tell who answers, wherever words that people read come in: saves, files, commands and waves."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pulse.banks.linting import context_of
from pulse.domain.instrument import Bank, Item, Library, Place, Scale
from pulse.domain.wording import RULES, Context, Finding, blocking
from pulse.languages.sentences import say


class Read(NamedTuple):
    """A text as people read it, with the organisation's own words in place."""

    #: id of the question, bank, heading, measure or scale
    subject: str
    #: what it is of it, as the forms of the studio call it
    field: str
    text: str
    place: Place | None = None
    #: of a text that is read as one with what stands before it: each by itself
    parts: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """The same as long as nothing is changed."""
        return self.subject, self.field, self.text

    @property
    def is_label(self) -> bool:
        """Whether it names an answer or a heading, and asks for nothing by that."""
        return self.field in _LABELS


class Blocked(NamedTuple):
    """A text that may not be asked, and why."""

    read: Read
    found: Finding


_LABELS = frozenset(("title", "headings", "label", "options", "apart", "nonsubstantive"))


def find_blocked(library: Library, context: Context | None = None) -> list[Blocked]:
    """Everything of a library that could tell who answers; of questions, those that are still offered."""
    return list(_blocked(texts_of(library), context or context_of(library)))


def newly_blocked(before: Library, after: Library) -> Blocked | None:
    """The first such text that a change brings in: what was let in before does not stand in its way."""
    here = {one.read.key for one in find_blocked(before)}
    return next((one for one in find_blocked(after) if one.read.key not in here), None)


def find_blocked_question(frozen: Iterable[Mapping[str, Any]], library: Library) -> str:
    """The id of the first question, frozen as people read it, that could tell who answers; "" if none."""
    read = (text for question in frozen for text in _texts_of_frozen(question))
    return next((one.read.subject for one in _blocked(read, context_of(library))), "")


def why_blocked(words: str, library: Library) -> str:
    """Why words that people read of a survey itself, such as its purpose, may not stand; "" if they may."""
    found = blocking(words, context_of(library), label=True)
    return say(found.why) if found is not None else ""


def blocked_lines(library: Library) -> list[str]:
    """A line for each such text that is no question: where, what and why."""
    return [_line(one) for one in find_blocked(library) if one.read.field != "text"]


def texts_of(library: Library) -> Iterator[Read]:
    """Every text that people who are asked, or who read results, may come to see."""
    for bank in library.banks:
        yield from _filled(library, _texts_of_bank(bank))
        yield from (_in_its_place(library, bank, item) for item in bank.items if not item.retired)
    for scale in library.scales:
        yield from _filled(library, _texts_of_scale(scale))
        if scale.kind == "text" and scale.note:  # the help below a text box, which no term is put into
            yield Read(scale.id, "note", scale.note, scale.place)


def _texts_of_bank(bank: Bank) -> Iterator[Read]:
    yield from (Read(one.id, "text", one.text, one.place) for one in bank.items if not one.retired)
    yield Read(bank.id, "title", bank.title, bank.place)
    yield Read(bank.id, "lead_in", bank.lead_in, bank.place)
    yield from (Read(one.id, "headings", one.label, one.place) for one in bank.sections)
    yield from (Read(one.id, "label", one.label, one.place) for one in bank.pairs)
    yield from (Read(one.id, "label", one.label, one.place) for one in bank.indices)


def _texts_of_scale(scale: Scale) -> Iterator[Read]:
    yield Read(scale.id, "lead_in", scale.lead_in, scale.place)
    yield from (Read(scale.id, "options", label, scale.place) for _code, label in scale.options)
    yield from (Read(scale.id, "apart", label, scale.place) for _code, label in scale.nonsubstantive)


def _filled(library: Library, texts: Iterable[Read]) -> Iterator[Read]:
    return (read._replace(text=library.fill(read.text)) for read in texts if read.text)


def _in_its_place(library: Library, bank: Bank, item: Item) -> Read:
    scale = library.scale(item.scale)
    filled = [library.fill(words) for words in (bank.lead_in, item.text, scale.lead_in)]
    return _together(item.id, [*filled, scale.note if scale.kind == "text" else ""], item.place)


def _together(subject: str, parts: Iterable[str], place: Place | None = None) -> Read:
    """A question with what stands before and below it: two halves may ask what neither does alone."""
    parts = tuple(part for part in parts if part)
    return Read(subject, "together", " ".join(parts), place, parts)


def _texts_of_frozen(question: Mapping[str, Any]) -> Iterator[Read]:
    words = {name: question.get(name, "") for name in ("bank_lead_in", "text", "lead_in", "help")}
    yield from (Read(question["id"], name, said) for name, said in words.items())
    yield _together(question["id"], words.values())
    for field in ("options", "nonsubstantive"):
        yield from (Read(question["id"], field, label) for _code, label in question[field])


def _blocked(texts: Iterable[Read], context: Context) -> Iterator[Blocked]:
    for read in texts:
        found = blocking(read.text, context, label=read.is_label)
        if found is not None and not any(blocking(part, context) for part in read.parts):
            yield Blocked(read, found)


def _line(one: Blocked) -> str:
    where = ", ".join(str(part) for part in (one.read.place, one.read.subject) if part)
    return f"{where}: error: {RULES['identifying'].label}. {one.found.why} {one.found.example}"
