"""Which questions a programme may be set to ask: the ready-made sets, or a list of one's own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pulse.banks.identifying import find_blocked_question
from pulse.banks.loading import freeze_items
from pulse.banks.store import get_library
from pulse.domain.instrument import Item, Library, Rotation
from pulse.domain.instrument.problems import suggestion
from pulse.domain.rotation_design import RotationError
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say
from pulse.surveys.rotations import design_own

#: values of `Details.question_set` that are not ids of ready-made sets
OWN, KEEP = "own", "keep"
#: what pages can say of the supplied sets, their labels and the first words of these, and of the banks
SUPPLIED = (
    *(N_("Quarterly, all staff"), N_("Quarterly"), N_("Monthly, a third of staff each time"), N_("Monthly")),
    *(N_("Yearly baseline"), N_("Yearly stages and Wigan Deal module")),
    *(N_("Mixed feelings"), N_("Leaders' reflection"), N_("Letting go"), N_("In your own words")),
    *(N_("Permission to act"), N_("Stages of change"), N_("Treated as assets"), N_("The six principles")),
    N_("The Wigan Deal principles"),
)


class QuestionSetError(ValueError):
    """These questions cannot be asked; one sentence says what to change."""


class QuestionSet(NamedTuple):
    """A ready-made set: `label` is what a person chooses by."""

    id: str
    label: str


def list_question_sets() -> list[QuestionSet]:
    """The ready-made sets of question_banks/rotation.yaml, in file order."""
    library = get_library()
    return [QuestionSet(each.id, _label(library, each, each.cohorts)) for each in library.rotations]


def list_banks() -> list[QuestionSet]:
    """Every bank with a question for everybody, to be taken whole."""
    library = get_library()
    found = [QuestionSet(bank.id, _(library.fill(bank.title))) for bank in library.banks]
    return [each for each in found if items_of_banks([each.id])]


def items_of_banks(bank_ids: Iterable[str]) -> list[str]:
    """What everybody is asked of these banks, and of the questions that they show of others; each once.

    In the order of the banks, open questions last. Reserves and retired questions are left out.
    """
    library = get_library()
    chosen: list[Item] = []
    for bank in (bank for bank_id in bank_ids for bank in library.banks if bank.id == bank_id):
        lent = [library.item(each) for section in bank.sections for each in section.borrowed]
        chosen += [item for item in (*bank.items, *lent) if item.offered and item.audience == "staff"]
    return [
        item.id
        for item in sorted(dict.fromkeys(chosen), key=lambda one: library.scale(one.scale).kind == "text")
    ]


def default_cohorts(set_id: str) -> int:
    """In how many cohorts a ready-made set is meant to be asked; 1, everybody, for anything else."""
    return next((each.cohorts for each in get_library().rotations if each.id == set_id), 1)


def rotation_of(
    set_id: str, item_ids: Sequence[str] = (), *, a_wave: int | None = None, minutes: float | None = None
) -> list[list[str]]:
    """Item ids a wave of a ready-made set, or of one's own list; raises QuestionSetError.

    Of one's own list, a_wave (closed questions) or minutes let the questions take turns; with neither, every
    wave asks them all, in the order given.
    """
    library = get_library()
    if set_id == OWN:
        _check_own(library, item_ids)
        if a_wave is None and minutes is None:
            return [list(item_ids)]
        try:
            return design_own(item_ids, a_wave=a_wave, minutes=minutes)
        except RotationError as error:
            raise QuestionSetError(say(error.sentence)) from error
    found = next((each for each in library.rotations if each.id == set_id), None)
    if found is None:
        known = ", ".join(each.id for each in library.rotations)
        raise QuestionSetError(
            _(
                "There is no question set of this kind: choose one of %(known)s, or %(own)s.",
                known=known,
                own=OWN,
            )
        )
    waves = _waves(library, found)
    _check_askable(library, dict.fromkeys(item for wave in waves for item in wave))
    return waves


def find_set_of(rotation: list[list[str]], cohorts: int | None = None) -> QuestionSet | None:
    """The ready-made set that asks exactly this, or None for an own list or a set edited since.

    cohorts: in how many the programme asks; only if the set means so many does its label speak of them.
    """
    library = get_library()
    for each in library.rotations:
        if _waves(library, each) == rotation:
            return QuestionSet(each.id, _label(library, each, cohorts))
    return None


def _waves(library: Library, rotation: Rotation) -> list[list[str]]:
    return [list(library.wave_items(rotation, number)) for number in range(1, len(rotation.waves) + 1)]


def _label(library: Library, rotation: Rotation, cohorts: int | None) -> str:
    """The set's own label; of its cohorts, which follow its first words, only where they are drawn."""
    sizes = sorted({len(wave) for wave in _waves(library, rotation)})
    count = str(sizes[0]) if len(sizes) == 1 else _("%(low)s to %(high)s", low=sizes[0], high=sizes[-1])
    words = rotation.label if cohorts == rotation.cohorts else rotation.label.partition(",")[0]
    return _("%(set)s: %(count)s questions", set=_(words), count=count)


def _check_askable(library: Library, item_ids: Iterable[str]) -> None:
    blocked = find_blocked_question(freeze_items(library, item_ids), library)
    if blocked:
        raise QuestionSetError(
            _("%(item)s could tell who answers: ask something else, or change its words.", item=blocked)
        )


def _check_own(library: Library, item_ids: Sequence[str]) -> None:
    if not item_ids:
        raise QuestionSetError(_("Name at least one question, by its id, such as PTA-01."))
    for item_id in item_ids:
        if item_id not in library:
            near = suggestion(item_id, (item.id for item in library.all_items()))
            raise QuestionSetError(
                _('There is no question "%(item)s" in any bank; %(near)s', item=item_id, near=say(near))
            )
    for item_id, times in Counter(item_ids).items():
        if times > 1:
            raise QuestionSetError(_("%(item)s is named twice: keep it once.", item=item_id))
    items = library.items(item_ids)
    for item in items:
        if item.audience == "leaders":
            raise QuestionSetError(
                _("%(item)s is for people who lead: name the staff question instead.", item=item.id)
            )
    _check_whole_pairs(library, items)
    _check_askable(library, item_ids)


def _check_whole_pairs(library: Library, items: Sequence[Item]) -> None:
    """Hope needs worry, and "expected" needs what is experienced, from the same person in the same wave."""
    asked = {item.id for item in items}
    for item in items:
        if item.pair is None or item.side == "experienced":
            continue
        for other in library.bank_of(item.id).items:
            if other.pair == item.pair and other.id not in asked:
                raise QuestionSetError(
                    _(
                        "%(item)s means little without its other side %(other)s: name both or neither.",
                        item=item.id,
                        other=other.id,
                    )
                )
