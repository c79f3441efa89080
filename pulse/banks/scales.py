"""Answer scales: added, copied, spelled anew. What the answers of a question mean never changes under it."""

from dataclasses import dataclass, replace
from typing import get_args

from pulse.banks import usage
from pulse.banks.revising import EditError, Editor, check_seen, fingerprint, revise_scales
from pulse.banks.store import get_library
from pulse.banks.terms import read_lines
from pulse.domain.instrument import Item, Library, Scale
from pulse.domain.instrument.changing import Change, weigh_scale
from pulse.domain.instrument.parts import Kind
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say

KINDS: dict[str, str] = {
    "bipolar": N_("Agreement: five options, 1 to 5"),
    "unipolar": N_("How much of it there is: five options, 0 to 4"),
    "choice": N_("A choice that is not scored"),
    "text": N_("A text box"),
}
#: what may be set apart from the options
_APART = ("na", "pns")


@dataclass(frozen=True)
class Typed:
    """What an editor types: options and answers set apart are a line each, "1 = Strongly disagree"."""

    kind: str
    options: str
    apart: str
    lead_in: str
    favourable: str
    unfavourable: str
    max_chars: int | None
    note: str


def get_scale(library: Library, scale_id: str) -> Scale:
    """Raises EditError."""
    try:
        return library.scale(scale_id)
    except KeyError:
        raise EditError(_("There is no such scale: it may have been deleted.")) from None


def shown(scale: Scale) -> tuple[Typed, str]:
    """As it stands, and its fingerprint."""
    options = "\n".join(f"{code} = {label}" for code, label in scale.options)
    apart = "\n".join(f"{code} = {label}" for code, label in scale.nonsubstantive)
    good, bad = (", ".join(map(str, chosen)) for chosen in (scale.favourable, scale.unfavourable))
    typed = Typed(scale.kind, options, apart, scale.lead_in, good, bad, scale.max_chars, scale.note)
    return typed, fingerprint(scale)


def questions_with(library: Library, scale_id: str) -> list[Item]:
    """Every question that is answered on it, retired ones too."""
    return [item for item in library.all_items() if item.scale == scale_id]


def add_scale(scale_id: str, typed: Typed, editor: Editor) -> None:
    """A scale of one's own; raises EditError."""
    if scale_id in {scale.id for scale in get_library().scales}:
        raise EditError(_("%(id)s is the name of another scale: choose a new one.", id=scale_id), "id")
    made = _scale(scale_id, typed)
    revise_scales(
        lambda library: replace(library, scales=(*library.scales, made)),
        editor,
        act="edited",
        what=f"{scale_id}: new scale",
    )


def save_scale(scale_id: str, typed: Typed, seen: str, editor: Editor) -> None:
    """Keep a scale; raises EditError where answers that were given would come to mean something else."""

    def change(library: Library) -> Library:
        before = get_scale(library, scale_id)
        check_seen(before, seen)
        after = _scale(scale_id, typed)
        if questions_with(library, scale_id):
            _check_same_meaning(before, after)
        scales = tuple(after if each.id == scale_id else each for each in library.scales)
        return replace(library, scales=scales)

    revise_scales(change, editor, act="edited", what=f"{scale_id}: scale")


def delete_scale(scale_id: str, editor: Editor) -> None:
    """Take away a scale that no question is answered on; raises EditError for any other."""

    def change(library: Library) -> Library:
        get_scale(library, scale_id)
        used = questions_with(library, scale_id)
        if used:
            raise EditError(
                _("%(id)s is answered on this scale, so it stays: copy it to make another.", id=used[0].id)
            )
        return replace(library, scales=tuple(each for each in library.scales if each.id != scale_id))

    revise_scales(change, editor, act="edited", what=f"{scale_id}: scale deleted")


def asked_with(library: Library, scale_id: str) -> bool:
    """Whether any survey asks or asked a question with it."""
    return any(usage.uses_of([item.id for item in questions_with(library, scale_id)]).values())


def _check_same_meaning(before: Scale, after: Scale) -> None:
    """Spelling may change; kind, number, codes, what is favourable and what the words mean may not."""
    weighed = weigh_scale(before, after)
    if weighed.least is Change.MEANING:
        raise EditError(
            _(
                "This is more than spelling, and questions are answered on this scale: %(reason)s. Copy it "
                "and change the copy, so that answers that were given keep their meaning.",
                reason="; ".join(map(say, weighed.reasons)),
            ),
            "options",
        )


def _scale(scale_id: str, typed: Typed) -> Scale:
    kind: Kind | None = next((each for each in get_args(Kind) if each == typed.kind), None)
    if kind is None:
        raise EditError(_("Choose what kind of answers these are."), "kind")
    apart = read_lines(typed.apart, "apart")
    if set(apart) - set(_APART):
        raise EditError(_("What is set apart begins with na or with pns, and nothing else."), "apart")
    options = [(_code(code), label) for code, label in read_lines(typed.options, "options").items()]
    return Scale(
        id=scale_id,
        kind=kind,
        options=tuple(sorted(options)),
        nonsubstantive=tuple((code, apart[code]) for code in _APART if code in apart),
        favourable=_codes(typed.favourable, "favourable"),
        unfavourable=_codes(typed.unfavourable, "unfavourable"),
        lead_in=typed.lead_in,
        max_chars=typed.max_chars if kind == "text" else None,
        note=typed.note,
    )


def _code(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) == 1):
        raise EditError(
            _("“%(code)s” is no code of an option: use one digit, as in 1 = Agree.", code=written), "options"
        )
    return int(written)


def _codes(written: str, field: str) -> tuple[int, ...]:
    try:
        return tuple(_code(each) for each in written.replace(",", " ").split())
    except EditError:
        raise EditError(_("Write codes of options, such as 4, 5."), field) from None
