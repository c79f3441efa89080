"""What makes an instrument sound: every rule that files of questions must keep, apart from their wording."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from pulse.domain.instrument.library import PLACEHOLDER, Library
from pulse.domain.instrument.measures import check_indices
from pulse.domain.instrument.parts import (
    SIDES,
    Bank,
    Index,
    Item,
    Pair,
    Place,
    Rotation,
    Section,
    Source,
)
from pulse.domain.instrument.problems import Problem, at, elsewhere, suggestion
from pulse.domain.instrument.rotations import check_rotations

#: a question longer than this does not fit a phone screen with its options
MAX_TEXT = 160
#: characters that begin and end a quotation; an apostrophe inside a word is none of them
QUOTATION_MARKS = frozenset('"\u201c\u201d\u201e\u00ab\u00bb\u2018')

Named = Section | Pair | Index | Item | Source | Rotation


def check_library(library: Library) -> list[Problem]:
    """Every problem of an instrument, in the order of its files and lines; empty when it is sound."""
    checks: tuple[Callable[[Library], Iterator[Problem]], ...] = (
        _check_ids,
        _check_scales,
        _check_sources,
        _check_words,
        _check_items,
        _check_pairs,
        check_indices,
        check_rotations,
    )
    return sorted(chain.from_iterable(check(library) for check in checks), key=lambda problem: problem.order)


def _check_ids(library: Library) -> Iterator[Problem]:
    """Ids name one thing each: items and measures in the whole library, headings and pairs in their bank."""
    yield from _repeated(library.all_items(), "question")
    yield from _repeated((index for bank in library.banks for index in bank.indices), "measure")
    yield from _repeated((pair for bank in library.banks for pair in bank.pairs), "pair")
    yield from _repeated(library.sources, "source")
    yield from _repeated(library.rotations, "programme")
    for bank in library.banks:
        yield from _repeated(bank.sections, "section")


def _repeated(things: Iterable[Named], sort: str) -> Iterator[Problem]:
    first: dict[str, Place | None] = {}
    for thing in things:
        if thing.id in first:
            used = elsewhere(first[thing.id])
            yield Problem(
                thing.place, thing.id, f"this {sort} id is already used{used}; give one of the two a new id."
            )
        first.setdefault(thing.id, thing.place)


#: what the scoring code knows: agreement from 1 to 5, and how much of a feeling from 0 to 4
SCORED_CODES = {"bipolar": range(1, 6), "unipolar": range(5)}
#: an answer is one character of a sheet
_GREATEST_CODE = 9


def _check_scales(library: Library) -> Iterator[Problem]:
    for scale in library.scales:
        codes = [code for code, _ in scale.options]
        if scale.kind == "text":
            if scale.options or scale.max_chars is None:
                yield Problem(
                    scale.place, scale.id, "a text scale has max_chars and no options; write it so."
                )
            continue
        if len(codes) < 2:
            yield Problem(
                at(scale.place, "options"), scale.id, "a scale needs at least two options; add the others."
            )
        elif codes != list(range(codes[0], codes[0] + len(codes))):
            message = "the codes of the options must go up by one from the first; renumber them."
            yield Problem(at(scale.place, "options"), scale.id, message)
        elif scale.scored and codes != list(SCORED_CODES[scale.kind]):
            low, high = SCORED_CODES[scale.kind][0], SCORED_CODES[scale.kind][-1]
            message = (
                f"a {scale.kind} scale has the five options {low} to {high}, which scores, charts and "
                "agreement rest on; write it so, or make its kind choice."
            )
            yield Problem(at(scale.place, "options"), scale.id, message)
        elif codes[-1] > _GREATEST_CODE:
            message = f"codes have one digit, so the greatest is {_GREATEST_CODE}; take some options away."
            yield Problem(at(scale.place, "options"), scale.id, message)
        for key, chosen in (("favourable", scale.favourable), ("unfavourable", scale.unfavourable)):
            if set(chosen) - set(codes):
                yield Problem(
                    at(scale.place, key), scale.id, f"{key} names a code that is not an option; mend it."
                )


def _check_sources(library: Library) -> Iterator[Problem]:
    documents = {document.id for document in library.documents}
    said: dict[str, str] = {}
    for source in library.sources:
        if source.document not in documents:
            message = f'document "{source.document}" is not listed; {suggestion(source.document, documents)}'
            yield Problem(at(source.place, "document"), source.id, message)
        if QUOTATION_MARKS & set(source.paraphrase):
            yield Problem(
                source.place, source.id, "the paraphrase has quotation marks; say it in our own words."
            )
        if source.paraphrase and source.paraphrase in said:
            message = f"the paraphrase is the same as that of {said[source.paraphrase]}; say what differs."
            yield Problem(source.place, source.id, message)
        said.setdefault(source.paraphrase, source.id)


def _check_words(library: Library) -> Iterator[Problem]:
    """Nothing that people read is empty, and every {placeholder} has words to stand in for it."""
    for place, subject, key, text in _all_words(library):
        if not text.strip():
            yield Problem(at(place, key), subject, f"{key} is empty; write the words people will read.")
        for name in PLACEHOLDER.findall(text):
            if name not in library.terms:
                known = [f"{{{term}}}" for term in library.terms]
                message = f"{{{name}}} is not a term in scales.yaml; {suggestion(f'{{{name}}}', known)}"
                yield Problem(at(place, key), subject, message)


def _all_words(library: Library) -> Iterator[tuple[Place | None, str, str, str]]:
    """(place, id, key, words) of everything that may be shown; optional words only when there are any."""
    for bank in library.banks:
        yield bank.place, bank.id, "title", bank.title
        if bank.lead_in:
            yield bank.place, bank.id, "lead_in", bank.lead_in
        labelled: tuple[Section | Pair | Index, ...] = (*bank.sections, *bank.pairs, *bank.indices)
        for named in labelled:
            yield named.place, named.id, "label", named.label
        for item in bank.items:
            yield item.place, item.id, "text", item.text
    for scale in library.scales:
        for label in (text for _, text in chain(scale.options, scale.nonsubstantive)):
            yield scale.place, scale.id, "options", label
    for source in library.sources:
        yield source.place, source.id, "paraphrase", source.paraphrase
    for key, sort, table in (("terms", "term", library.terms), ("swaps", "swap", library.swaps)):
        for term, words in table.items():
            yield library.places.get(key), term, sort, words


def _check_items(library: Library) -> Iterator[Problem]:
    scales = {scale.id: scale for scale in library.scales}
    sources = {source.id for source in library.sources}
    for item in library.all_items():
        scale = scales.get(item.scale)
        if scale is None:
            listed = ", ".join(scales)
            message = f'scale "{item.scale}" is not in scales.yaml; use one of {listed}.'
            yield Problem(at(item.place, "scale"), item.id, message)
        elif item.reverse and not scale.scored:
            sort = "an open question" if scale.kind == "text" else "a question that is not scored"
            message = f"{sort} has no score to turn round; take reverse away."
            yield Problem(at(item.place, "reverse"), item.id, message)
        if len(item.text) > MAX_TEXT:
            message = f"the text has {len(item.text)} characters and may have {MAX_TEXT}; shorten it."
            yield Problem(at(item.place, "text"), item.id, message)
        yield from _check_item_sources(item, sources)
        if item.partner is not None:
            yield from _check_partner(library, item, item.partner)


def _check_item_sources(item: Item, known: set[str]) -> Iterator[Problem]:
    if not item.sources and not item.note:
        message = "no source is named; name one from sources.yaml, or say in a note that it is our own."
        yield Problem(at(item.place, "sources"), item.id, message)
    for source in item.sources:
        if source not in known:
            message = f'source "{source}" is not in sources.yaml; {suggestion(source, known)}'
            yield Problem(at(item.place, "sources"), item.id, message)


def _check_partner(library: Library, item: Item, partner: str) -> Iterator[Problem]:
    """A gap between two groups has a meaning only on the same scale, the same way round."""
    place = at(item.place, "compare_with")
    if partner not in library:
        known = suggestion(partner, (other.id for other in library.all_items()))
        yield Problem(place, item.id, f'compare_with "{partner}" is not a question in any bank; {known}')
        return
    other = library.item(partner)
    if (other.scale, other.reverse) != (item.scale, item.reverse):
        message = (
            f"it differs from {partner} in scale or reverse, so the two cannot be compared; make them alike."
        )
        yield Problem(place, item.id, message)
    if item.audience != "leaders" or other.audience != "staff":
        message = f"compare_with goes from a leaders' question to a staff question; {partner} does not fit."
        yield Problem(place, item.id, message)


def _check_pairs(library: Library) -> Iterator[Problem]:
    for bank in library.banks:
        known = {pair.id for pair in bank.pairs}
        for item in bank.items:
            if item.pair is not None and item.pair not in known:
                message = f'pair "{item.pair}" is not listed under pairs; {suggestion(item.pair, known)}'
                yield Problem(at(item.place, "pair"), item.id, message)
            if (item.pair is None) != (item.side is None):
                yield Problem(item.place, item.id, "pair and side go together; write both or neither.")
        for pair in bank.pairs:
            yield from _check_pair(bank, pair)


def _check_pair(bank: Bank, pair: Pair) -> Iterator[Problem]:
    members = [item for item in bank.items if item.pair == pair.id]
    sides = sorted(item.side or "" for item in members)
    if sides not in [sorted(both) for both in SIDES.items()]:
        message = (
            "a pair is one positive and one negative question, or one expected and one experienced; mend it."
        )
        yield Problem(pair.place, pair.id, message)
    elif members[0].scale != members[1].scale:
        yield Problem(pair.place, pair.id, "its two questions use different scales; give them the same.")
