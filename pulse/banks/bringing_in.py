"""Bringing a file of questions in: shown first with what it would do to each question, then kept as a whole.

The file obeys the rules of an edit: a question that is asked already keeps its meaning, another term raises
its wording, and one that the file no longer has is retired, not lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pulse.banks import usage
from pulse.banks.file_scores import refuse_other_scores
from pulse.banks.history import Difference, compare_heads
from pulse.banks.importing import Imported, read_upload
from pulse.banks.incoming import with_incoming
from pulse.banks.limits import ImportRefused
from pulse.banks.parsing import parse_scales
from pulse.banks.reading import UnreadableError, read_text
from pulse.banks.reasons import needs_reason
from pulse.banks.revising import (
    EditError,
    Editor,
    Identifying,
    add_bank,
    fingerprint,
    refuse_identifying,
    revise_scales,
)
from pulse.banks.store import forget, get_library
from pulse.banks.telling import list_ids
from pulse.banks.weighing import edits_in, weigh_edits
from pulse.banks.writing import UnwritableError, write_bank, write_scales
from pulse.db import writing
from pulse.domain.instrument import Bank, Item, Library, Problem
from pulse.domain.instrument.changing import Change, later
from pulse.domain.instrument.comparing import ItemChange, compare_banks
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

#: what is handed from the preview to the save: YAML of each bank, "scales" for new ones; a form holds 512 KB
MOST_CHARACTERS = 300_000
_KINDS = {
    Change.NOTHING: N_("notes only"),
    Change.SPELLING: N_("spelling"),
    Change.TERM: N_("another term"),
    Change.MEANING: N_("another question under the same id"),
}


@dataclass(frozen=True)
class Coming:
    """One bank of a file, before it is kept."""

    bank: Bank
    #: whether it takes the place of one that is here
    here: bool
    changes: tuple[ItemChange, ...]
    #: id -> what its change is at least, of those that change
    weighed: Mapping[str, Change]
    #: of the bank that it takes the place of; "" for a new one
    seen: str
    #: what people read before the questions is other than it was
    read_first_differs: bool = False
    #: what differs of the bank itself: its words, headings and measures
    heads: tuple[Difference, ...] = ()
    #: it is kept only with a word why
    needs_reason: bool = False

    @property
    def kinds(self) -> dict[str, str]:
        """Id -> what kind of change it is, of those that change."""
        return {item_id: _(_KINDS[weighed]) for item_id, weighed in self.weighed.items()}


@dataclass(frozen=True)
class Preview:
    """What a file would do, and the file itself as the save takes it."""

    banks: tuple[Coming, ...]
    report: tuple[str, ...]
    #: document -> YAML
    documents: Mapping[str, str]


class ReasonNeeded(EditError):
    """What is asked, or how it is scored, would be another without a word why: `found` is shown again."""

    def __init__(self, found: Preview) -> None:
        super().__init__(_("Say why: whoever looks for what is changed here will want to know."), "why")
        self.found = found


def preview(name: str, content: bytes) -> Preview:
    """What the file would change; raises EditError in one sentence. Changes nothing."""
    library = get_library()
    try:
        found = read_upload(name, content, library)
        documents = _documents(found)
    except (ImportRefused, UnwritableError) as error:
        raise EditError(str(error), "file") from None
    if sum(map(len, documents.values())) > MOST_CHARACTERS:
        raise EditError(_("The file has too many questions for one go: bring in one bank at a time."), "file")
    coming = tuple(_coming(library, bank) for bank in found.banks)
    _refuse_other_meanings(coming)
    refuse_other_scores(library, found.banks)
    _refuse_identifying(library, found)
    return Preview(coming, found.report, documents)


def bring_in(documents: Mapping[str, str], seen: Mapping[str, str], editor: Editor) -> list[str]:
    """Keep what was previewed, all or nothing; ids of the banks. Raises EditError.

    seen: bank id -> fingerprint of the bank as the preview compared it.
    """
    try:
        with writing():
            forget()  # what others keep meanwhile
            if "scales" in documents:
                _add_scales(documents["scales"], editor)
            coming = [_take(name, text, seen, editor) for name, text in documents.items() if name != "scales"]
            if not editor.why and any(one.needs_reason for one in coming):
                raise ReasonNeeded(Preview(tuple(coming), (), documents))
    finally:
        forget()  # what was not kept after all
    return [one.bank.id for one in coming]


def _take(name: str, text: str, seen: Mapping[str, str], editor: Editor) -> Coming:
    _check_seen(name, seen)  # before anything is said of the file: it was made for the bank as it was
    [coming] = preview(f"{name}.yaml", text.encode()).banks
    _check_seen(coming.bank.id, seen)
    add_bank(coming.bank.id, lambda _library: _kept(coming), editor, act="imported", what="from a file")
    return coming


def _check_seen(bank_id: str, seen: Mapping[str, str]) -> None:
    here = [bank for bank in get_library().banks if bank.id == bank_id]
    if "".join(map(fingerprint, here)) != seen.get(bank_id, ""):
        raise EditError(_("Somebody else has changed this bank meanwhile: bring the file in again."))


def _documents(found: Imported) -> dict[str, str]:
    documents = {bank.id: write_bank(bank) for bank in found.banks}
    if found.scales:
        documents["scales"] = write_scales(found.scales, {}, {})
    return documents


def _coming(library: Library, bank: Bank) -> Coming:
    here = next((one for one in library.banks if one.id == bank.id), None)
    changes = tuple(compare_banks(here, bank))
    if here is None:
        return Coming(bank, False, changes, {}, "")
    weighed = {item_id: found.least for item_id, found in weigh_edits(library, edits_in(changes)).items()}
    heads = tuple(compare_heads(here, bank))
    return Coming(
        *(bank, True, changes, weighed, fingerprint(here), here.lead_in != bank.lead_in, heads),
        needs_reason=needs_reason(here, bank, weighed),
    )


def _refuse_other_meanings(banks: tuple[Coming, ...]) -> None:
    """A file cannot do what an edit cannot: what was asked is never asked otherwise under its id."""
    turned = [
        item_id
        for coming in banks
        for item_id, weighed in coming.weighed.items()
        if weighed is Change.MEANING
    ]
    asked = [item_id for item_id, uses in usage.uses_of(turned).items() if uses]
    if asked:
        raise EditError(
            _(
                "The file makes another question of %(listed)s, which surveys ask: give it a new id there.",
                listed=list_ids(asked),
            ),
            "file",
        )


def _refuse_identifying(library: Library, found: Imported) -> None:
    try:
        refuse_identifying(library, with_incoming(library, found.banks, found.scales))
    except Identifying as error:
        raise EditError(str(error), "file") from None


def _kept(coming: Coming) -> Bank:
    """With raised wordings, and with what the file lacks retired at the end of its heading."""
    sections = [section.id for section in coming.bank.sections]
    items = []
    for change in coming.changes:
        if change.after is not None:
            items.append(_later(coming, change.before, change.after))
        elif change.before is not None:
            items.append(replace(change.before, retired=True))
    gone = next((item.id for item in items if item.section not in sections), "")
    if gone:
        raise EditError(
            _("The file lacks %(id)s and its heading: keep the heading, so that it can be retired.", id=gone)
        )
    return replace(coming.bank, items=tuple(sorted(items, key=lambda item: sections.index(item.section))))


def _later(coming: Coming, before: Item | None, after: Item) -> Item:
    return later(before, after, read_first_differs=coming.read_first_differs) if before else after


def _add_scales(text: str, editor: Editor) -> None:
    try:
        problems: list[Problem] = []
        scales, *_rest = parse_scales(read_text(text, "scales"), problems)
    except UnreadableError as error:
        raise EditError(error.problem.message) from None
    if problems or not scales:
        raise EditError(_("Something was lost on the way: bring the file in again."))
    revise_scales(
        lambda library: replace(
            library,
            scales=(*library.scales, *(one for one in scales if one not in library.scales)),
        ),
        editor,
        act="imported",
        what=", ".join(scale.id for scale in scales),
    )
