"""The words that an organisation sets once: terms that questions leave open, and swaps of single words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pulse.banks import usage
from pulse.banks.revising import EditError, Editor, Identifying, check_seen, fingerprint, revise_scales
from pulse.banks.telling import list_ids
from pulse.domain.instrument import Item, Library
from pulse.domain.instrument.asked import weigh_frozen, words_of
from pulse.domain.instrument.changing import Change
from pulse.domain.instrument.freezing import Frozen, freeze_item
from pulse.domain.instrument.slips import turning, words_in
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

LONGEST = 120
_MOST = 60
LINES_END = N_("What asks something else then is compared with nothing before: %(ids)s.")


class Reworded(NamedTuple):
    """Ids of the questions that other words of the organisation change."""

    ids: list[str]
    #: those of them that come to ask something else than people were asked
    broken: list[str]


def shown(library: Library) -> tuple[str, str, str]:
    """Terms and swaps as lines to edit, and the fingerprint of both."""
    return _lines(library.terms), _lines(library.swaps), fingerprint(_words(library))


def save_words(terms: str, swaps: str, seen: str, editor: Editor) -> Reworded:
    """Keep both; what questions they change. Raises EditError.

    Each of those is the same question in another term: its wording is what charts are marked by, so the
    change needs a reason.
    """
    own, instead = read_lines(terms, "terms"), read_lines(swaps, "swaps")
    found: list[Reworded] = []

    def change(library: Library) -> Library:
        check_seen(_words(library), seen)
        changed = replace(library, terms=own, swaps=instead)
        found.append(check_words(library, changed, editor))
        return changed

    try:
        revise_scales(change, editor, act="edited", what="words")
    except Identifying as error:  # told where the words were typed, not where they would be read
        raise EditError(str(error), "terms") from None
    return found[0]


def check_words(before: Library, after: Library, editor: Editor) -> Reworded:
    """What other words of the organisation do to questions; raises EditError for what they may not do."""
    found = reads_otherwise(before, after)
    _check_turned(before, after, found)
    if found.ids and not editor.why.strip():
        why = _("Say why: charts are marked where the words of a question change.")
        if found.broken:
            why += " " + _(LINES_END, ids=list_ids(found.broken))
        raise EditError(why, "why")
    return found


def read_lines(text: str, field: str) -> dict[str, str]:
    """ours = yours of each line; raises EditError."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        ours, equals, yours = (part.strip() for part in line.partition("="))
        if not line.strip():
            continue
        if not (equals and ours and yours):
            raise EditError(
                _("Line %(line)s: write two words or phrases with = between them.", line=number), field
            )
        if ours in found:
            raise EditError(
                _("Line %(line)s: “%(ours)s” stands there twice; keep one.", line=number, ours=ours), field
            )
        if max(len(ours), len(yours)) > LONGEST:
            raise EditError(
                _("Line %(line)s: write up to %(most)s characters on each side.", line=number, most=LONGEST),
                field,
            )
        found[ours] = yours
    if len(found) > _MOST:
        raise EditError(_("Write up to %(most)s lines.", most=_MOST), field)
    return found


def reads_otherwise(before: Library, after: Library) -> Reworded:
    """The questions with other words for people; none if a term is gone, which checks tell."""
    try:
        ids = [item.id for item in before.all_items() if _said(before, item) != _said(after, item)]
    except KeyError:
        return Reworded([], [])
    asked = usage.asked_as(ids) if ids else {}
    return Reworded(ids, [item_id for item_id in ids if _is_broken(asked[item_id], before, after, item_id)])


def _said(library: Library, item: Item) -> list[str]:
    return words_of(freeze_item(library, item.id))


def _is_broken(asked: Sequence[Frozen], before: Library, after: Library, item_id: str) -> bool:
    """Whether it comes to ask something else than people were asked, and did not already."""
    now, then = (freeze_item(library, item_id) for library in (before, after))
    return any(
        weigh_frozen(form, then) is Change.MEANING and weigh_frozen(form, now) is not Change.MEANING
        for form in asked
    )


def _check_turned(before: Library, after: Library, found: Reworded) -> None:
    """No word that people were asked with becomes its contrary: old and new answers would be added up."""
    for field, old, new in (("terms", before.terms, after.terms), ("swaps", before.swaps, after.swaps)):
        for ours in old.keys() | new.keys():
            was, becomes = (table.get(ours, ours) for table in (old, new))
            if turning(words_in(was), words_in(becomes)) and any(usage.uses_of(found.ids).values()):
                raise EditError(
                    _(
                        "“%(old)s” cannot become “%(new)s”: that changes what is asked, and surveys ask it. "
                        "Write another question instead.",
                        old=was,
                        new=becomes,
                    ),
                    field,
                )


def _words(library: Library) -> tuple[dict[str, str], dict[str, str]]:
    return dict(library.terms), dict(library.swaps)


def _lines(words: Mapping[str, str]) -> str:
    return "\n".join(f"{ours} = {yours}" for ours, yours in words.items())
