"""What makes a measure sound: it points at questions that are there, can be scored, and score only once."""

from collections.abc import Iterator

from pulse.domain.instrument.library import Library
from pulse.domain.instrument.parts import COMPARING, Bank, Index, Item
from pulse.domain.instrument.problems import Problem, at, suggestion
from pulse.domain.sentences import Sentence
from pulse.domain.words import N_

_BY_PAIRS = ("griffin", "gap")
#: the sides that each method of comparing pairs reads
_SIDES_OF = {"griffin": ("positive", "negative"), "gap": ("expected", "experienced")}


def check_indices(library: Library) -> Iterator[Problem]:
    """Every problem of every measure."""
    owner: dict[str, str] = {}
    for bank in library.banks:
        for index in bank.indices:
            references = list(_check_references(library, bank, index))
            yield from references or _check_items(library, bank, index)
            yield from _check_single_use(bank, index, owner)


def _check_references(library: Library, bank: Bank, index: Index) -> Iterator[Problem]:
    """Sections, pairs and companions exist."""
    wanted = "pairs" if index.method in _BY_PAIRS else "sections"
    if not getattr(index, wanted):
        message = Sentence(
            N_("a measure by %(method)s needs %(parts)s; list them."), method=index.method, parts=wanted
        )
        yield Problem(index.place, index.id, message)
    named = (
        (
            "sections",
            N_('section "%(id)s" is not there; %(near)s'),
            index.sections,
            {section.id for section in bank.sections},
        ),
        ("pairs", N_('pair "%(id)s" is not there; %(near)s'), index.pairs, {pair.id for pair in bank.pairs}),
        (
            "beside",
            N_('question "%(id)s" is not there; %(near)s'),
            index.beside,
            {item.id for item in library.all_items()},
        ),
    )
    for key, words, ids, known in named:
        for missing in (each for each in ids if each not in known):
            message = Sentence(words, id=missing, near=suggestion(missing, known))
            yield Problem(at(index.place, key), index.id, message)


def _check_items(library: Library, bank: Bank, index: Index) -> Iterator[Problem]:
    """Items can be scored on one common scale, and there are enough of them."""
    items = bank.index_items(index)
    known = {scale.id: scale for scale in library.scales}
    for item in items:
        if item.scale in known and not known[item.scale].scored:
            message = Sentence(
                N_("%(id)s has no score, so it cannot be part of a measure; move it to another section."),
                id=item.id,
            )
            yield Problem(index.place, index.id, message)
    if len({item.scale for item in items}) > 1:
        yield Problem(
            index.place, index.id, N_("its questions use different scales; a measure has one scale.")
        )
    if index.method == "griffin" and any(
        known[i.scale].kind != "unipolar" for i in items if i.scale in known
    ):
        unfit = N_("griffin needs how much of each feeling there is; give its questions a unipolar scale.")
        yield Problem(index.place, index.id, unfit)
    yield from _check_needs(index, items)
    yield from _check_sides(index, items)


def _check_needs(index: Index, items: tuple[Item, ...]) -> Iterator[Problem]:
    faceted = index.method in ("mean_of_facets", "stage")
    if faceted:
        most = min(sum(item.section == section for item in items) for section in index.sections)
    else:
        most = len(index.pairs) if index.method in _BY_PAIRS else len(items)
    if index.need > most:
        message = Sentence(
            N_("need is %(need)s but it has only %(most)s to count; lower need or add questions."),
            need=index.need,
            most=most,
        )
        yield Problem(at(index.place, "need"), index.id, message)
    if index.method == "mean_of_facets" and not 1 <= index.need_facets <= len(index.sections):
        message = Sentence(
            N_("need_facets must be 1 to %(most)s, the number of its sections; mend it."),
            most=len(index.sections),
        )
        yield Problem(at(index.place, "need_facets"), index.id, message)
    if index.method == "stage" and index.stage is None:
        yield Problem(
            index.place, index.id, N_("a measure by stage needs in_place_from; add the stage rule.")
        )


def _check_sides(index: Index, items: tuple[Item, ...]) -> Iterator[Problem]:
    """The Griffin formula reads how much of each side a person feels: a side turned round has no meaning."""
    sides = _SIDES_OF.get(index.method)
    for item in items:
        if sides and item.side not in sides:
            message = Sentence(
                N_("%(id)s is %(side)s, but %(method)s compares %(first)s with %(second)s questions."),
                id=item.id,
                side=item.side,
                method=index.method,
                first=sides[0],
                second=sides[1],
            )
            yield Problem(at(index.place, "pairs"), index.id, message)
        if index.method == "griffin" and item.reverse:
            yield Problem(
                item.place,
                item.id,
                N_("a side of a mixed-feelings pair is never reversed; take reverse away."),
            )
        if index.method == "leader_gap" and item.partner is None:
            alone = N_("no compare_with is written; name the staff question it mirrors.")
            yield Problem(item.place, item.id, alone)


def _check_single_use(bank: Bank, index: Index, owner: dict[str, str]) -> Iterator[Problem]:
    """An item that scored in two measures would make them agree by construction (part-whole)."""
    if index.method in COMPARING:
        return
    for item in bank.index_items(index):
        if item.id in owner:
            message = Sentence(
                N_("%(id)s already scores in %(measure)s; a question scores in one measure only."),
                id=item.id,
                measure=owner[item.id],
            )
            yield Problem(index.place, index.id, message)
        owner.setdefault(item.id, index.id)
