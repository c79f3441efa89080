"""What makes a measure sound: it points at questions that are there, can be scored, and score only once."""

from collections.abc import Iterator

from pulse.domain.instrument.library import Library
from pulse.domain.instrument.naming import name_scale
from pulse.domain.instrument.parts import COMPARING, Bank, Index, Item
from pulse.domain.instrument.problems import Problem, at, suggestion
from pulse.domain.sentences import Sentence
from pulse.domain.words import N_

#: fields of a form that decide which questions a measure is made of, and how they are answered
_OF_QUESTIONS = ("sections", "pairs", "scale", "section")
_BY_PAIRS = ("griffin", "gap")
#: the sides that each method of comparing pairs reads
_SIDES_OF = {"griffin": ("positive", "negative"), "gap": ("expected", "experienced")}


def check_indices(library: Library) -> Iterator[Problem]:
    """Every problem of every measure."""
    owner: dict[str, Index] = {}
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
            N_("it is made of the heading %(id)s; keep that, or change the measure first."),
        ),
        (
            "pairs",
            N_('pair "%(id)s" is not there; %(near)s'),
            index.pairs,
            {pair.id for pair in bank.pairs},
            N_("it is made of the pair %(id)s; keep that, or change the measure first."),
        ),
        (
            "beside",
            N_('question "%(id)s" is not there; %(near)s'),
            index.beside,
            {item.id for item in library.all_items()},
            N_("it is shown beside the question %(id)s; keep that, and retire it if it is no longer asked."),
        ),
    )
    for key, words, ids, known, on_page in named:
        for missing in (each for each in ids if each not in known):
            message = Sentence(words, id=missing, near=suggestion(missing, known))
            told = Sentence(on_page, id=missing)
            yield Problem(at(index.place, key), index.id, message, told, (key, "headings"))


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
            told = Sentence(
                N_(
                    "every question under its headings counts in it, and %(id)s, on %(scale)s, has no score; "
                    "choose other answers, or a heading that no measure is made of."
                ),
                id=item.id,
                scale=name_scale(library, item.scale),
            )
            yield Problem(index.place, index.id, message, told, _OF_QUESTIONS)
    yield from _check_one_scale(library, index, items)
    if index.method == "griffin":
        unfit = N_("griffin needs how much of each feeling there is; give its questions a unipolar scale.")
        for item in [i for i in items if i.scale in known and known[i.scale].kind != "unipolar"][:1]:
            on_page = N_(
                "mixed feelings are asked by how much there is of each, and %(id)s has other answers."
            )
            yield Problem(index.place, index.id, unfit, Sentence(on_page, id=item.id), _OF_QUESTIONS)
    yield from _check_needs(index, items)
    yield from _check_sides(index, items)


def _check_one_scale(library: Library, index: Index, items: tuple[Item, ...]) -> Iterator[Problem]:
    first = {item.scale: item.id for item in reversed(items)}
    if len(first) < 2:
        return
    often = sorted(first, key=lambda scale: -sum(item.scale == scale for item in items))
    told = Sentence(
        N_(
            "%(odd)s has the answers %(odd_scale)s, and %(id)s has %(scale)s; all questions of a measure "
            "need the same answers, so choose other answers, or another heading."
        ),
        odd=first[often[-1]],
        odd_scale=name_scale(library, often[-1]),
        id=first[often[0]],
        scale=name_scale(library, often[0]),
    )
    message = N_("its questions use different scales; a measure has one scale.")
    yield Problem(index.place, index.id, message, told, _OF_QUESTIONS)


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
        enough = N_("it has %(most)s to answer, so nobody could answer %(need)s: lower the number.")
        none = N_("there is a heading without a question; add one first, or choose another heading.")
        told = Sentence(enough, most=most, need=index.need) if most else none
        yield Problem(at(index.place, "need"), index.id, message, told, ("need",) if most else ("sections",))
    if index.method == "mean_of_facets" and not 1 <= index.need_facets <= len(index.sections):
        message = Sentence(
            N_("need_facets must be 1 to %(most)s, the number of its sections; mend it."),
            most=len(index.sections),
        )
        told = Sentence(
            N_("a score of it needs %(need)s of its headings; choose so many at least."),
            need=index.need_facets,
        )
        yield Problem(at(index.place, "need_facets"), index.id, message, told, ("sections",))
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
            told = Sentence(
                N_("the pair of %(id)s is of another kind; choose other pairs, or another way to score."),
                id=item.id,
            )
            yield Problem(at(index.place, "pairs"), index.id, message, told, ("pairs", "method"))
        if index.method == "griffin" and item.reverse:
            turned = N_("a side of a mixed-feelings pair is never reversed; take reverse away.")
            on_page = N_("a side of mixed feelings is never turned round; untick that it is.")
            yield Problem(item.place, item.id, turned, on_page, ("reverse",))
        if index.method == "leader_gap" and item.partner is None:
            alone = N_("no compare_with is written; name the staff question it mirrors.")
            on_page = N_(
                "every question under this heading is compared with one that everybody is asked; choose "
                "another heading."
            )
            yield Problem(item.place, item.id, alone, on_page, ("section",))


def _check_single_use(bank: Bank, index: Index, owner: dict[str, Index]) -> Iterator[Problem]:
    """An item that scored in two measures would make them agree by construction (part-whole)."""
    if index.method in COMPARING:
        return
    for item in bank.index_items(index):
        if item.id in owner:
            message = Sentence(
                N_("%(id)s already scores in %(measure)s; a question scores in one measure only."),
                id=item.id,
                measure=owner[item.id].id,
            )
            told = Sentence(
                N_(
                    "%(id)s already scores in “%(measure)s”, and a question scores in one measure only; "
                    "choose other headings or pairs."
                ),
                id=item.id,
                measure=owner[item.id].label,
            )
            yield Problem(index.place, index.id, message, told, ("sections", "pairs", "section"))
        owner.setdefault(item.id, index)
