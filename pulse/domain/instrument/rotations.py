"""What makes a rotation sound: questions that exist, suit staff, come once a wave, and pairs kept whole."""

from collections import Counter
from collections.abc import Iterator

from pulse.domain.instrument.library import Library
from pulse.domain.instrument.parts import Item, Place, Rotation, RotationWave
from pulse.domain.instrument.problems import Problem, suggestion
from pulse.domain.sentences import Sentence
from pulse.domain.words import N_


def check_rotations(library: Library) -> Iterator[Problem]:
    """Every problem of the anchors and of every ready-made plan."""
    for missing in (each for each in library.anchors if each not in library):
        kept = Sentence(N_("%(id)s is asked in every wave; retire it instead of deleting it."), id=missing)
        yield _unknown(library, library.places.get("every_wave"), "every_wave", missing, kept)
    told: set[tuple[str, str]] = set()
    for rotation in library.rotations:
        for number, wave in enumerate(rotation.waves, start=1):
            for problem in _check_wave(library, rotation, wave, number):
                # questions that take turns come back wave after wave, but stand in one place of the file
                if wave.place is None or (str(wave.place), problem.message) not in told:
                    yield problem
                told.add((str(wave.place), problem.message))


def _unknown(library: Library, place: Place | None, subject: str, item_id: str, kept: str) -> Problem:
    near = suggestion(item_id, (item.id for item in library.all_items()))
    message = Sentence(N_('question "%(id)s" is not in any bank; %(near)s'), id=item_id, near=near)
    return Problem(place, subject, message, kept)


def _check_wave(library: Library, rotation: Rotation, wave: RotationWave, number: int) -> Iterator[Problem]:
    subject = Sentence(N_("%(rotation)s wave %(number)s"), rotation=rotation.id, number=number)
    asked = library.wave_items(rotation, number)
    for item_id in (*wave.closed, *wave.open):
        if item_id not in library:
            words = N_("the programme “%(programme)s” asks %(id)s; retire it instead of deleting it.")
            kept = Sentence(words, programme=rotation.label, id=item_id)
            yield _unknown(library, wave.place, subject, item_id, kept)
    for item_id, times in Counter(asked).items():
        if times > 1:
            message = Sentence(N_("%(id)s is asked twice in the wave; keep one."), id=item_id)
            yield Problem(wave.place, subject, message)
    items = [library.item(item_id) for item_id in dict.fromkeys(asked) if item_id in library]
    for item in items:
        if item.reserve:
            message = Sentence(
                N_("%(id)s is a reserve; take it out of the wave, or take reserve away from the question."),
                id=item.id,
            )
            words = N_(
                "the programme “%(programme)s” asks %(id)s, so it cannot be kept in reserve; untick it."
            )
            told = Sentence(words, programme=rotation.label, id=item.id)
            yield Problem(wave.place, subject, message, told, ("reserve",))
        if item.audience == "leaders":
            message = Sentence(N_("%(id)s is for leaders; use the staff question."), id=item.id)
            words = N_(
                "the programme “%(programme)s” asks everybody %(id)s, so it cannot be for leaders only."
            )
            told = Sentence(words, programme=rotation.label, id=item.id)
            yield Problem(wave.place, subject, message, told, ("audience",))
    yield from _check_open(library, wave, subject)
    yield from _check_whole_pairs(library, items, wave.place, subject)


def _check_open(library: Library, wave: RotationWave, subject: str) -> Iterator[Problem]:
    kinds = {scale.id: scale.kind for scale in library.scales}
    for ids, right, other in ((wave.closed, False, "open"), (wave.open, True, "closed")):
        for item in (library.item(item_id) for item_id in ids if item_id in library):
            if item.scale in kinds and (kinds[item.scale] == "text") is not right:
                message = Sentence(N_("%(id)s belongs under %(key)s; move it there."), id=item.id, key=other)
                yield Problem(wave.place, subject, message)


def _check_whole_pairs(
    library: Library, items: list[Item], place: Place | None, subject: str
) -> Iterator[Problem]:
    """Both sides come from one submission: hope needs worry, and "expected" needs what is experienced.

    What staff experience may be asked alone, because it also scores in its own measure.
    """
    asked = {item.id for item in items}
    for item in (each for each in items if each.pair is not None and each.side != "experienced"):
        for other in (each for each in library.bank_of(item.id).items if each.pair == item.pair):
            if other.id not in asked:
                message = Sentence(
                    N_("%(id)s is asked without its other side %(other)s; ask both or neither."),
                    id=item.id,
                    other=other.id,
                )
                yield Problem(place, subject, message)
