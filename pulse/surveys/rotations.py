"""Rotations of the banks' questions: made of a choice of one's own, and what a cycle of them covers."""

from collections.abc import Iterable, Sequence

from pulse.banks.store import get_library
from pulse.domain.instrument import Bank, Index, Item, Library
from pulse.domain.instrument.parts import COMPARING
from pulse.domain.rotation_coverage import Coverage, Measured, cover, met_by_person
from pulse.domain.rotation_design import Question, design
from pulse.domain.sheets import seconds_to_answer
from pulse.surveys.models import BY_PERSON, Programme

#: methods whose measures are made of facets, one a section
_BY_FACETS = ("mean_of_facets", "stage")


def design_own(
    item_ids: Sequence[str],
    every_wave: Sequence[str] | None = None,
    *,
    a_wave: int | None = None,
    minutes: float | None = None,
) -> list[list[str]]:
    """Item ids a wave for a choice of one's own; raises RotationError.

    every_wave: asked first in every wave; None for those of the choice that the banks ask in every wave.
    a_wave, minutes: how many closed questions, or how long, as in `domain.rotation_design.design`.
    """
    library = get_library()
    anchors = [item for item in library.anchors if item in item_ids] if every_wave is None else every_wave
    return design(list_questions(item_ids), anchors, a_wave=a_wave, minutes=minutes)


def coverage_of(rotation: Sequence[Sequence[str]]) -> Coverage:
    """What a rotation asks over its cycle; raises KeyError for a question that has left its bank."""
    library = get_library()
    questions = list_questions(dict.fromkeys(item for wave in rotation for item in wave))
    measures = [
        Measured(index.id, library.fill(index.label), _made_of(bank, index))
        for bank in library.banks
        for index in bank.indices
        if index.method not in COMPARING
    ]
    return cover(rotation, {question.id: question for question in questions}, measures)


def met_by_each(programme: Programme) -> tuple[int, int]:
    """(fewest, most) different questions that one person is asked in the long run."""
    return met_by_person(programme.rotation, programme.cohorts, programme.rotate_by == BY_PERSON)


def _made_of(bank: Bank, index: Index) -> tuple[str, ...]:
    """The questions of a measure that are offered: no default rotation has reserves or retired ones."""
    return tuple(item.id for item in bank.index_items(index) if item.offered)


def list_questions(item_ids: Iterable[str]) -> list[Question]:
    """What the design of a rotation needs to know of these questions; raises KeyError for an unknown one."""
    library = get_library()
    return [_question(library, item) for item in library.items(item_ids)]


def _question(library: Library, item: Item) -> Question:
    """Its group is the measure that it scores in, else its section; facets are the sections of a measure."""
    bank, scale = library.bank_of(item.id), library.scale(item.scale)
    of = next(
        (i for i in bank.indices if i.method not in COMPARING and item in bank.index_items(i)),
        None,
    )
    return Question(
        id=item.id,
        group=of.id if of else f"{bank.id} {item.section}",
        facet=item.section if of and of.method in _BY_FACETS else "",
        pair=item.pair or "",
        reverse=item.reverse,
        is_open=scale.kind == "text",
        seconds=seconds_to_answer([{"text": library.fill(item.text), "kind": scale.kind}]),
    )
