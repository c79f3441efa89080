"""Reads rotation.yaml: programmes whose waves are written out, or whose questions take turns.

Anything of the wrong shape is noted in `problems`; what is returned then is not for use.
"""

from collections.abc import Mapping

from pulse.banks.checking import Entry
from pulse.banks.reading import Node
from pulse.domain.instrument import Problem, Rotation, RotationWave
from pulse.domain.rotation import Turns, take_turns

_PROGRAMMES = ("every_wave", "programmes")
_PROGRAMME = (
    *("id", "label", "weeks_between_waves", "cohorts", "with_every_wave", "waves"),
    *("number_of_waves", "turns", "open"),
)


def parse_anchors(tree: Node) -> tuple[str, ...]:
    """What rotation.yaml asks in every wave; its mistakes are noted by `parse_rotations`."""
    return Entry(tree, _PROGRAMMES, []).words("every_wave")


def parse_rotations(tree: Node, pairs: Mapping[str, str], problems: list[Problem]) -> tuple[Rotation, ...]:
    """The programmes of rotation.yaml; `pairs` tells of each paired question which pair it is of."""
    entry = Entry(tree, _PROGRAMMES, problems)
    entry.words("every_wave")
    return tuple(_rotation(node, pairs, problems) for node in entry.entries("programmes"))


def _rotation(node: Node, pairs: Mapping[str, str], problems: list[Problem]) -> Rotation:
    entry = Entry(node, _PROGRAMME, problems)
    if entry.has("waves") and entry.has("turns"):
        entry.note("turns", "it has waves and turns; keep what each wave asks, or the lists that take turns.")
    waves = _turns(entry, pairs) if entry.has("turns") else _written(entry)
    return Rotation(
        id=entry.text("id"),
        label=entry.text("label"),
        weeks_between_waves=entry.whole("weeks_between_waves", low=1),
        cohorts=entry.whole("cohorts", 1, low=1),
        with_anchors=entry.flag("with_every_wave"),
        waves=waves,
        place=entry.place,
    )


def _written(entry: Entry) -> tuple[RotationWave, ...]:
    """Waves that are written out one by one."""
    for key in ("number_of_waves", "open"):
        if entry.has(key):
            entry.note(key, f"{key} belongs to turns; take it away where the waves are written out.")
    waves = [
        Entry(each, ("closed", "open"), entry.problems, entry.subject) for each in entry.entries("waves")
    ]
    if not waves:
        entry.note(None, "it has no waves; list what each wave asks.")
    return tuple(RotationWave(wave.words("closed"), wave.words("open"), wave.place) for wave in waves)


def _turns(entry: Entry, pairs: Mapping[str, str]) -> tuple[RotationWave, ...]:
    """The waves of a programme that says which questions take turns, and how many of them at a time."""
    groups = [
        Entry(each, ("a_wave", "questions"), entry.problems, entry.subject) for each in entry.entries("turns")
    ]
    turns = [Turns(group.words("questions"), group.whole("a_wave", 1, low=1)) for group in groups]
    number = entry.whole("number_of_waves", low=1)
    for group, turn in zip(groups, turns, strict=True):
        if not turn.questions:
            group.note(None, "questions is missing; list the questions that take turns.")
    closed = take_turns(turns, number, pairs)
    opens = take_turns([Turns(entry.words("open"), 1)], number, pairs)
    place = entry.place.at("turns")
    return tuple(
        RotationWave(tuple(wave), tuple(last), place) for wave, last in zip(closed, opens, strict=True)
    )
