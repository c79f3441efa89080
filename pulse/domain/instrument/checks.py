"""What makes an instrument sound: every rule that files of questions must keep, apart from their wording."""

from collections.abc import Callable, Iterator
from itertools import chain

from pulse.domain.instrument.id_checks import check_ids
from pulse.domain.instrument.library import PLACEHOLDER, Library
from pulse.domain.instrument.measures import check_indices
from pulse.domain.instrument.parts import (
    SIDES,
    Bank,
    Index,
    Item,
    Pair,
    Place,
    Section,
)
from pulse.domain.instrument.problems import Problem, at, suggestion
from pulse.domain.instrument.rotations import check_rotations
from pulse.domain.instrument.scale_checks import check_scales
from pulse.domain.plain_text import first_unseen
from pulse.domain.sentences import Sentence
from pulse.domain.words import N_

#: a question longer than this does not fit a phone screen with its options
MAX_TEXT = 160
#: characters that begin and end a quotation; an apostrophe inside a word is none of them
QUOTATION_MARKS = frozenset('"\u201c\u201d\u201e\u00ab\u00bb\u2018')


def check_library(library: Library) -> list[Problem]:
    """Every problem of an instrument, in the order of its files and lines; empty when it is sound."""
    checks: tuple[Callable[[Library], Iterator[Problem]], ...] = (
        check_ids,
        check_scales,
        _check_sources,
        _check_words,
        _check_items,
        _check_pairs,
        check_indices,
        check_rotations,
    )
    return sorted(chain.from_iterable(check(library) for check in checks), key=lambda problem: problem.order)


def _check_sources(library: Library) -> Iterator[Problem]:
    documents = {document.id for document in library.documents}
    said: dict[str, str] = {}
    for source in library.sources:
        if source.document not in documents:
            message = Sentence(
                N_('document "%(document)s" is not listed; %(near)s'),
                document=source.document,
                near=suggestion(source.document, documents),
            )
            yield Problem(at(source.place, "document"), source.id, message)
        if QUOTATION_MARKS & set(source.paraphrase):
            yield Problem(
                source.place, source.id, N_("the paraphrase has quotation marks; say it in our own words.")
            )
        if source.paraphrase and source.paraphrase in said:
            message = Sentence(
                N_("the paraphrase is the same as that of %(id)s; say what differs."),
                id=said[source.paraphrase],
            )
            yield Problem(source.place, source.id, message)
        said.setdefault(source.paraphrase, source.id)


def _check_words(library: Library) -> Iterator[Problem]:
    """Nothing that people read is empty or hidden, and every {placeholder} has words to stand in for it."""
    for place, subject, key, text in _all_words(library):
        if hidden := first_unseen(text):
            message = Sentence(N_("character %(place)s is one that cannot be seen; remove it."), place=hidden)
            yield Problem(at(place, key), subject, message)
        if not text.strip():
            message = Sentence(N_("%(key)s is empty; write the words people will read."), key=key)
            told: str = N_("this is empty; write the words people will read.")
            yield Problem(at(place, key), subject, message, told, (key,))
        for name in PLACEHOLDER.findall(text):
            if name not in library.terms:
                known = [f"{{{term}}}" for term in library.terms]
                written = f"{{{name}}}"
                near = suggestion(written, known)
                message = Sentence(
                    N_("%(term)s is not a term in scales.yaml; %(near)s"), term=written, near=near
                )
                on_page = N_("%(term)s is not a term of your organisation; %(near)s")
                told = Sentence(on_page, term=written, near=near)
                yield Problem(at(place, key), subject, message, told, (key, "terms"))


def _all_words(library: Library) -> Iterator[tuple[Place | None, str, str, str]]:
    """(place, id, key, words) of everything that may be shown; optional words only when there are any."""
    for bank in library.banks:
        yield bank.place, bank.id, "title", bank.title
        for key, words in (("lead_in", bank.lead_in), ("about", bank.about)):
            if words:
                yield bank.place, bank.id, key, words
        labelled: tuple[Section | Pair | Index, ...] = (*bank.sections, *bank.pairs, *bank.indices)
        for named in labelled:
            yield named.place, named.id, "label", named.label
        for item in bank.items:
            yield item.place, item.id, "text", item.text
    for scale in library.scales:
        if scale.lead_in:
            yield scale.place, scale.id, "lead_in", scale.lead_in
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
            message = Sentence(
                N_('scale "%(scale)s" is not in scales.yaml; use one of %(listed)s.')
                if item.scale
                else N_("no scale is named; use one of %(listed)s."),
                scale=item.scale,
                listed=listed,
            )
            told = Sentence(N_("there are no answers “%(scale)s” any more; choose others."), scale=item.scale)
            yield Problem(at(item.place, "scale"), item.id, message, told, ("scale",))
        elif item.reverse and not scale.scored:
            message = Sentence(
                N_("an open question has no score to turn round; take reverse away.")
                if scale.kind == "text"
                else N_("a question that is not scored has no score to turn round; take reverse away.")
            )
            on_page = N_("a question without a score has none to turn round; untick that it is.")
            yield Problem(at(item.place, "reverse"), item.id, message, on_page, ("reverse", "scale"))
        if len(item.text) > MAX_TEXT:
            message = Sentence(
                N_("the text has %(many)s characters and may have %(most)s; shorten it."),
                many=len(item.text),
                most=MAX_TEXT,
            )
            yield Problem(at(item.place, "text"), item.id, message, fields=("text",))
        yield from _check_item_sources(item, sources)
        if item.partner is not None:
            yield from _check_partner(library, item, item.partner)


def _check_item_sources(item: Item, known: set[str]) -> Iterator[Problem]:
    if not item.sources and not item.note:
        message = N_("no source is named; name one from sources.yaml, or say in a note that it is our own.")
        told = N_("no source is named; choose one, or say in the note that it is your own.")
        yield Problem(at(item.place, "sources"), item.id, message, told, ("sources", "note"))
    for source in item.sources:
        if source not in known:
            message = Sentence(
                N_('source "%(source)s" is not in sources.yaml; %(near)s'),
                source=source,
                near=suggestion(source, known),
            )
            told = Sentence(N_("there is no source “%(source)s”; choose another."), source=source)
            yield Problem(at(item.place, "sources"), item.id, message, told, ("sources",))


def _check_partner(library: Library, item: Item, partner: str) -> Iterator[Problem]:
    """A gap between two groups has a meaning only on the same scale, the same way round."""
    place = at(item.place, "compare_with")
    if partner not in library:
        known = suggestion(partner, (other.id for other in library.all_items()))
        message = Sentence(
            N_('compare_with "%(id)s" is not a question in any bank; %(near)s'), id=partner, near=known
        )
        told = Sentence(N_("it is compared with %(id)s; retire that instead of deleting it."), id=partner)
        yield Problem(place, item.id, message, told)
        return
    other = library.item(partner)
    if (other.scale, other.reverse) != (item.scale, item.reverse):
        message = Sentence(
            N_("it differs from %(id)s in scale or reverse, so the two cannot be compared; make them alike."),
            id=partner,
        )
        told = Sentence(
            N_("it is compared with %(id)s, so both need the same answers, turned round alike."), id=partner
        )
        yield Problem(place, item.id, message, told, ("scale", "reverse"))
    if item.audience != "leaders" or other.audience != "staff":
        message = Sentence(
            N_("compare_with goes from a leaders' question to a staff question; %(id)s does not fit."),
            id=partner,
        )
        told = Sentence(
            N_("%(id)s is for people who lead, and %(other)s, with which it is compared, for everybody."),
            id=item.id,
            other=partner,
        )
        yield Problem(place, item.id, message, told, ("audience",))


def _check_pairs(library: Library) -> Iterator[Problem]:
    for bank in library.banks:
        known = {pair.id for pair in bank.pairs}
        for item in bank.items:
            if item.pair is not None and item.pair not in known:
                message = Sentence(
                    N_('pair "%(pair)s" is not listed under pairs; %(near)s'),
                    pair=item.pair,
                    near=suggestion(item.pair, known),
                )
                yield Problem(at(item.place, "pair"), item.id, message)
            if (item.pair is None) != (item.side is None):
                yield Problem(item.place, item.id, N_("pair and side go together; write both or neither."))
        for pair in bank.pairs:
            yield from _check_pair(bank, pair)


def _check_pair(bank: Bank, pair: Pair) -> Iterator[Problem]:
    members = [item for item in bank.items if item.pair == pair.id]
    sides = sorted(item.side or "" for item in members)
    if sides not in [sorted(both) for both in SIDES.items()]:
        message = N_(
            "a pair is one positive and one negative question, or one expected and one experienced; mend it."
        )
        yield Problem(pair.place, pair.id, message)
    elif members[0].scale != members[1].scale:
        message = N_("its two questions use different scales; give them the same.")
        told = N_("its two questions would have different answers; give them the same.")
        yield Problem(pair.place, pair.id, message, told, ("scale",))
