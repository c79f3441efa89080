"""Finding one's way in the question banks: every question with its words filled in, and a plain search."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from pulse.domain.instrument import Bank, Document, Item, Library, Scale, Source
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

#: rules of wording in the middle of a sentence
_RULES = {
    "double_barrelled": N_("double barrelled"),
    "two_referents": N_("two referents"),
    "negation": N_("negation"),
    "double_negation": N_("double negation"),
    "leading": N_("leading"),
    "absolutes": N_("absolutes"),
    "vague_frequency": N_("vague frequency"),
    "reading_grade": N_("reading grade"),
    "rare_word": N_("rare word"),
    "length": N_("length"),
    "jargon": N_("jargon"),
    "identifying": N_("identifying"),
    "scale_mismatch": N_("scale mismatch"),
    "presupposes": N_("presupposes"),
    "near_duplicate": N_("near duplicate"),
}


def name_rule(rule: str) -> str:
    """A rule of wording, as it stands in the middle of a sentence."""
    return _(_RULES.get(rule, rule.replace("_", " ")))


class Shown(NamedTuple):
    """A question as the pages show it; `sources` are (point, document it stands in)."""

    bank: Bank
    item: Item
    text: str
    section: str
    scale: Scale
    sources: list[tuple[Source, Document]]

    @property
    def waived(self) -> list[tuple[str, str]]:
        """(the rule, the reason for which it was overridden), for a page."""
        return [(name_rule(rule), reason) for rule, reason in self.item.waived]


class Group(NamedTuple):
    """The questions below one heading of a bank."""

    label: str
    questions: list[Shown]
    #: ids of questions of other banks that are shown here too
    borrowed: tuple[str, ...] = ()


def list_groups(library: Library, bank: Bank) -> list[Group]:
    """A bank's questions under its headings, in file order."""
    shown = list(_show_bank(library, bank))
    return [
        Group(
            library.fill(section.label),
            [each for each in shown if each.item.section == section.id],
            section.borrowed,
        )
        for section in bank.sections
    ]


def list_dimensions(library: Library) -> list[tuple[str, list[tuple[str, str]]]]:
    """Title of each bank, with (value, label) of each of its headings, to search by."""
    return [
        (
            library.fill(bank.title),
            [(f"{bank.id}/{section.id}", library.fill(section.label)) for section in bank.sections],
        )
        for bank in library.banks
    ]


def list_choices(library: Library) -> dict[str, list[tuple[str, str]]]:
    """(value, label) of everything else to search by."""
    measures = [(index.id, library.fill(index.label)) for bank in library.banks for index in bank.indices]
    documents = [(document.id, document.title) for document in library.documents]
    scales = [(scale.id, _answers(library, scale)) for scale in library.scales]
    return {"measures": measures, "documents": documents, "scales": scales}


def _answers(library: Library, scale: Scale) -> str:
    """Its first and last answer."""
    labels = [library.fill(label) for _, label in scale.options]
    if not labels:
        return _("A text box")
    return _("%(low)s to %(high)s", low=labels[0], high=labels[-1])


class Wanted(NamedTuple):
    """What is looked for; an empty field asks for nothing."""

    words: str = ""
    #: bank/heading
    dimension: str = ""
    #: id of a measure that the question counts in
    measure: str = ""
    #: id of a document that it comes from
    source: str = ""
    scale: str = ""
    #: "asked" by a survey, "never" asked, "retired"
    use: str = ""


def search(library: Library, wanted: Wanted, asked: Container[str] = ()) -> list[Shown]:
    """Questions that hold every word (in text, id or heading) and fit whatever else is given.

    asked: ids of the questions that any survey asks or asked; only `use` needs it.
    """
    words = wanted.words.casefold().split()
    return [
        shown
        for bank in library.banks
        for shown in _show_bank(library, bank)
        if _fits(shown, wanted, asked) and _holds(shown, words)
    ]


def _fits(shown: Shown, wanted: Wanted, asked: Container[str]) -> bool:
    item, bank = shown.item, shown.bank
    uses = {"": True, "retired": item.retired, "asked": item.id in asked, "never": item.id not in asked}
    return (
        wanted.dimension in ("", f"{bank.id}/{item.section}")
        and wanted.measure in ("", *(index.id for index in bank.indices if item in bank.index_items(index)))
        and wanted.source in ("", *(document.id for _, document in shown.sources))
        and wanted.scale in ("", item.scale)
        and uses.get(wanted.use, False)
    )


def _holds(shown: Shown, wanted: list[str]) -> bool:
    text = f"{shown.text} {shown.item.id} {shown.section} {shown.bank.title}".casefold()
    return all(word in text for word in wanted)


def _show_bank(library: Library, bank: Bank) -> Iterator[Shown]:
    labels = {section.id: library.fill(section.label) for section in bank.sections}
    sources = {source.id: source for source in library.sources}
    documents = {document.id: document for document in library.documents}
    for item in bank.items:
        points = [sources[each] for each in item.sources]
        yield Shown(
            bank=bank,
            item=item,
            text=library.fill(item.text),
            section=labels.get(item.section, ""),
            scale=library.scale(item.scale),
            sources=[(point, documents[point.document]) for point in points],
        )
